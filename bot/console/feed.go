package console

import (
	"encoding/json"
	"fmt"
)

// event is one change, as the open pages hear of it.
type event struct {
	Seq   int64      `json:"seq"`
	Msg   *bubble    `json:"msg,omitempty"`   // new, or changed when the page has its ref
	Chat  *summary   `json:"chat,omitempty"`  // a conversation's row in the list
	Clock *clockView `json:"clock,omitempty"` // the time, and whether it is moving
}

// feed numbers the events and hands them to the open pages. A page that lost its
// connection names the last number it has seen and gets what it missed; when that is
// too long ago, or was said by another process (epoch), it is told to start over. The
// Console's mu guards it.
type feed struct {
	epoch   string
	seq     int64
	backlog [][]byte // the newest events, the last one has number seq
	clients map[*client]struct{}
}

// publish numbers an event, keeps it for pages that come back and queues it for those
// that are here. A page whose queue is full is cut off; it comes back and catches up.
func (f *feed) publish(ev event) int64 {
	f.seq++
	ev.Seq = f.seq
	line, err := json.Marshal(ev)
	if err != nil {
		// Strings, numbers and booleans only: this is a mistake in this package.
		panic(fmt.Sprintf("console: event: %v", err))
	}
	f.backlog = append(f.backlog, line)
	if len(f.backlog) > 2*maxBacklog {
		f.backlog = append([][]byte(nil), f.backlog[maxBacklog:]...)
	}
	for cl := range f.clients {
		select {
		case cl.queue <- line:
		default:
			f.drop(cl)
		}
	}
	return f.seq
}

// join adds a page and returns what it missed since the event it names; false when it
// must start over.
func (f *feed) join(cl *client, epoch string, since int64) ([][]byte, bool) {
	missed := f.seq - since
	if epoch != f.epoch || missed < 0 || missed > int64(len(f.backlog)) {
		return nil, false
	}
	f.clients[cl] = struct{}{}
	return append([][]byte(nil), f.backlog[int64(len(f.backlog))-missed:]...), true
}

// drop ends a page's queue. It may be called twice.
func (f *feed) drop(cl *client) {
	if _, here := f.clients[cl]; here {
		delete(f.clients, cl)
		close(cl.queue)
	}
}

func (f *feed) dropAll() {
	for cl := range f.clients {
		f.drop(cl)
	}
}
