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

// listMost bounds how many tasks of a list are remembered by their place.
const listMost = 100

// shown remembers for askFor what the last answer of each conversation was about: one task,
// so that a question can go on about it (什么时候要交 after 任务28) and so that it is offered
// first where a task must be asked for; or a list, so that its leaves can be turned and one
// of it be named by its place. It lives in this process: where nothing is remembered the
// bot asks, and nothing is ever written by it alone.
type shown struct {
	mu   sync.Mutex
	kept map[string]showing
}

// showing is what one answer was about.
type showing struct {
	tasks []string // their IDs, in the order in which they were shown
	mean  understand.Meaning
	page  int // of a list of several pages: which one was shown
	pages int
	at    time.Time

	asked understand.Meaning // the list or summary asked for last, for 那法制办呢
	since time.Time

	sums   understand.Meaning // the summary shown last, so that 依据 speaks of the same figures
	summed time.Time
}

// showing is what the answer of this turn is about.
func (t *turn) showing(r reply) showing {
	ids := t.book.IDs(r.tasks)
	k := showing{tasks: ids[:min(len(ids), listMost)], at: t.now}
	if t.pagesAll > 1 && t.mean.ReadOnly {
		k.mean, k.page, k.pages = t.mean, t.page, t.pagesAll
	}
	switch t.mean.Intent {
	case understand.Summary:
		k.asked, k.sums = t.mean, t.mean
	case understand.Overdue, understand.DueIn, understand.UnitTasks, understand.MyTasks, understand.AllTasks:
		k.asked = t.mean
	}
	return k
}

// note remembers what an answer was about; one about no task and of a single page leaves
// the list as it was, and one that is no summary the summary.
func (s *shown) note(key string, k showing, now time.Time) {
	list, sums, asked := len(k.tasks) > 0 || k.pages > 0, k.sums.Intent != "", k.asked.Intent != ""
	if !list && !sums && !asked {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	old, known := s.kept[key]
	if s.kept == nil || !known && len(s.kept) >= shownMost {
		s.kept = map[string]showing{}
	}
	if list {
		old.tasks, old.mean, old.page, old.pages, old.at = k.tasks, k.mean, k.page, k.pages, now
	}
	if list || asked { // an answer about one task ends it
		old.asked, old.since = k.asked, now
	}
	if sums {
		old.sums, old.summed = k.sums, now
	}
	s.kept[key] = old
}

// lastSummary is what the conversation's last summary was asked for; false when there was
// none of late.
func (s *shown) lastSummary(key string, now time.Time) (understand.Meaning, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[key]
	return k.sums, ok && k.sums.Intent != "" && now.Sub(k.summed) <= askFor
}

// onward is the question asked last in the conversation, asked of the units of m.
func (s *shown) onward(key string, m understand.Meaning, now time.Time) (understand.Meaning, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[key]
	if !ok || k.asked.Intent == "" || now.Sub(k.since) > askFor {
		return m, false
	}
	out := k.asked
	out.Unit, out.Units, out.Scope, out.Page = m.Unit, m.Units, "unit", 0
	if out.Intent == understand.MyTasks || out.Intent == understand.AllTasks {
		out.Intent = understand.UnitTasks
	}
	return out, true
}

// last is what the conversation's last answer was about; nothing when there was none of late.
func (s *shown) last(key string, now time.Time) showing {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.kept[key]; ok && now.Sub(k.at) <= askFor {
		return k
	}
	return showing{}
}

// inPlace is the task that stood at a place of the list shown last, counted from 1, -1 being
// the last; nil when there is none. A list beyond what is remembered has no last.
func (t *turn) inPlace(n int) *ledger.Task {
	list := t.desk.shown.last(talkKey(t.m), t.now).tasks
	if n == -1 && len(list) < listMost {
		n = len(list)
	}
	if len(list) < 2 || n < 1 || n > len(list) {
		return nil
	}
	return t.book.ByID(list[n-1])
}

// turnLeaf makes the meaning that of another page of the list shown last.
func (t *turn) turnLeaf() bool {
	k := t.desk.shown.last(talkKey(t.m), t.now)
	page := t.mean.Page
	switch page {
	case understand.PageNext:
		page = k.page + 1
	case understand.PagePrev:
		page = k.page - 1
	}
	if k.pages == 0 || page < 1 || page > k.pages {
		return false
	}
	t.mean = k.mean
	t.mean.Page = page
	return true
}

// lastShown is the task that the conversation is about; nil when there is none.
func (t *turn) lastShown() *ledger.Task {
	if list := t.desk.shown.last(talkKey(t.m), t.now).tasks; len(list) == 1 {
		return t.book.ByID(list[0])
	}
	return nil
}

// askShown asks whether an order or a report that names no task is about the one shown last.
func (t *turn) askShown() (act, bool) {
	x := t.lastShown()
	if t.mean.N != 0 {
		x = t.inPlace(t.mean.N)
	}
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

// goOn reads words that are not understood by themselves: 那法制办呢 by the question before, a bare number as the task to be
// shown, 下一页 and 第2个 by the list shown last, a question as one about the task shown last. Only what changes nothing is read so.
func (t *turn) goOn() {
	if t.mean.Onward && t.talk == nil && t.m.Quote == nil {
		t.mean, _ = t.desk.shown.onward(talkKey(t.m), t.mean, t.now)
		return
	}
	if t.mean.Intent != understand.Clarify && t.mean.Intent != understand.Unknown || t.talk != nil || t.m.Quote != nil {
		return
	}
	if x := t.book.Task(zh.Fold(t.m.Text)); x != nil && !t.m.Conversation.Group {
		t.mean = understand.Meaning{Intent: understand.TaskDetail, Task: x.No, ReadOnly: true}
		return
	}
	if t.mean.Page != 0 && t.turnLeaf() {
		return
	}
	if x := t.inPlace(t.mean.N); x != nil && t.mean.Toward == "" {
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
