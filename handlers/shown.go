package handlers

import (
	"sync"
	"time"

	"duban/handlers/understand"
	"duban/internal/zh"
	"duban/store/ledger"
)

// shownMost bounds how many conversations are remembered.
const shownMost = 4096

// shown remembers for askFor which one task the last answer of each conversation was
// about, so that a question can go on about it (什么时候要交 after 任务28) and so that it is
// offered first where a task must be asked for. It lives in this process: where nothing is
// remembered the bot asks, and nothing is ever written by it alone.
type shown struct {
	mu   sync.Mutex
	kept map[string]showing
}

type showing struct {
	task string // its ID
	at   time.Time
}

// note remembers what an answer was about: an answer about several tasks leaves none to go
// on about, one about no task changes nothing.
func (s *shown) note(key string, ids []string, now time.Time) {
	if len(ids) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if delete(s.kept, key); len(ids) > 1 {
		return
	}
	if s.kept == nil || len(s.kept) >= shownMost {
		s.kept = map[string]showing{}
	}
	s.kept[key] = showing{ids[0], now}
}

// about is the task of the conversation's last answer, "" for none of late.
func (s *shown) about(key string, now time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.kept[key]; ok && now.Sub(k.at) <= askFor {
		return k.task
	}
	return ""
}

// lastShown is the task that the conversation is about; nil when there is none.
func (t *turn) lastShown() *ledger.Task {
	return t.book.ByID(t.desk.shown.about(talkKey(t.m), t.now))
}

// askShown asks whether an order or a report that names no task is about the one shown last.
func (t *turn) askShown() (act, bool) {
	x := t.lastShown()
	if x == nil || t.talk != nil || t.m.Quote != nil || len(t.mean.Tasks) > 0 {
		return act{}, false
	}
	c := t.context()
	c.Quoted = []string{x.No}
	again := t.lex.Parse(t.m.Text, c)
	if again.Task != x.No || again.Intent == understand.Clarify || writesProgress(again.Intent) && t.unit(x) == "" {
		return act{}, false
	}
	return t.askThis(x, again), true
}

// goOn reads words that are not understood by themselves: a bare number as the task to be
// shown, a question as one about the task shown last. Only what changes nothing is read so.
func (t *turn) goOn() {
	if t.mean.Intent != understand.Clarify && t.mean.Intent != understand.Unknown || t.talk != nil || t.m.Quote != nil {
		return
	}
	if x := t.book.Task(zh.Fold(t.m.Text)); x != nil && !t.m.Conversation.Group {
		t.mean = understand.Meaning{Intent: understand.TaskDetail, Task: x.No, ReadOnly: true}
		return
	}
	x := t.lastShown()
	if x == nil {
		return
	}
	c := t.context()
	c.Quoted = []string{x.No}
	if again := t.lex.Parse(t.m.Text, c); again.ReadOnly && again.Task == x.No {
		t.mean = again
	}
}
