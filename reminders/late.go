package reminders

import (
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"duban/store/ledger"
)

// grace is how long after a slot its run may still come before anybody is alarmed.
const grace = time.Hour

// ahead is how far the mark may lie after now before the clock is suspected.
const ahead = 24 * time.Hour

// pulse is what the planner's runs have seen: when the first began, and the newest
// planned slot that one of them read or wrote.
type pulse struct {
	mu    sync.Mutex
	begun time.Time
	mark  time.Time
}

func (p *pulse) begin(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begun.IsZero() {
		p.begun = now
	}
}

func (p *pulse) beat(mark time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mark = mark
}

func (p *pulse) read() (begun, mark time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.begun, p.mark
}

// Late reports whether a slot of a working day has passed by more than an hour without
// being planned, by any replica, and since which slot: the loop has stopped, its runs
// fail, or the process was down. A mark more than a day after now is late as well, with
// the mark itself as since: somebody's clock was set ahead, and nothing will be planned
// until then. A planner that has not run yet is not late.
func (p *Planner) Late(now time.Time) (since time.Time, late bool) {
	begun, mark := p.pulse.read()
	tt, err := p.Rules.timetable(p.Cal)
	if begun.IsZero() || err != nil {
		return time.Time{}, false
	}
	if mark.After(now.Add(ahead)) {
		return mark, true
	}
	floor := mark
	if floor.IsZero() { // a first start: what came before it was not missed
		floor = begun
	}
	newest, ok := tt.newest(floor, now.Add(-grace))
	if !ok {
		return time.Time{}, false
	}
	first, ok := tt.next(floor, newest)
	if !ok {
		return newest, true
	}
	return first, true
}

// rescue turns a panic of a run into its error: the loop must go on, since a planner that
// stopped is silent.
func (p *Planner) rescue(err *error) {
	if r := recover(); r != nil {
		p.Log.Error("planner panicked", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		*err = fmt.Errorf("reminders: planner panicked: %v", r)
	}
}

// marked is the newest planned slot that the book knows.
func marked(b *ledger.Book) time.Time { return b.Marks[MarkName] }
