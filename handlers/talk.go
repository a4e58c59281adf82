package handlers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"duban/handlers/understand"
	"duban/store/ledger"
)

// pending is a question of the bot that waits for its answer, with the meaning that
// the answer completes.
type pending struct {
	Asked   string             `json:"asked"`
	Task    string             `json:"task,omitempty"`
	Choices []choice           `json:"choices,omitempty"`
	Confirm bool               `json:"confirm,omitempty"` // a yes or no is awaited
	Reason  bool               `json:"reason,omitempty"`  // free words are awaited as the reason
	Day     bool               `json:"day,omitempty"`     // a day is awaited, with or without a reason
	List    bool               `json:"list,omitempty"`    // an offer: each choice does what it says, and the others stay open
	Text    string             `json:"text,omitempty"`    // what was said, to be read again with the task known
	Behalf  bool               `json:"behalf,omitempty"`  // it was said that the unit is spoken for
	Marks   []string           `json:"marks,omitempty"`   // the applications that a yes decides on
	No      string             `json:"no,omitempty"`      // the answer to a no, where something stays recorded
	Mean    understand.Meaning `json:"mean"`
}

// choice is one numbered line of a question and what picking it fills in.
type choice struct {
	Label string              `json:"label"`
	Task  string              `json:"task,omitempty"`
	Point string              `json:"point,omitempty"`
	Unit  string              `json:"unit,omitempty"`
	Say   string              `json:"say,omitempty"`  // the command that the choice stands for
	Who   bool                `json:"who,omitempty"`  // yes, the unit is spoken for
	Mean  *understand.Meaning `json:"mean,omitempty"` // in the place of the question's own
	Mark  string              `json:"mark,omitempty"` // the application that it decides on
}

// pend puts what the act asks into the conversation's talk; an act that asks nothing
// leaves it cleared. It is kept by the IDs of its tasks: a revision may give them other
// numbers before the answer comes.
func (a act) pend(talk *ledger.Talk, b *ledger.Book, now time.Time) error {
	if a.ask == nil {
		return nil
	}
	ask := *a.ask
	ask.renamed(b.IDs)
	body, err := json.Marshal(ask)
	if err != nil {
		return fmt.Errorf("handlers: encode question: %w", err)
	}
	talk.Until, talk.Body = now.Add(askFor), body
	return nil
}

// answers reports whether the words may be the answer to a question of the bot, so
// that what was asked must be known before they are understood.
func answers(m understand.Meaning) bool {
	switch m.Intent {
	case understand.Instruct, understand.Urge: // it may be the words of an order that were asked for
		return atLarge(m)
	case understand.Choose, understand.Confirm, understand.Cancel, understand.Chitchat, understand.Unknown, understand.Clarify, understand.BindUnit,
		understand.Agree, understand.Disagree:
		return true
	}
	return false
}

// atLarge reports whether the words are an order on no task that they name.
func atLarge(m understand.Meaning) bool {
	return (m.Intent == understand.Instruct || m.Intent == understand.Urge) && m.Firm && m.Task == "" && len(m.Tasks) == 0
}

// recall adds what the store knows around the message and reads it again in that
// light. A question that cannot be read any more counts as not asked.
func (t *turn) recall(got ledger.Arrived) {
	c := t.context()
	if got.Talk != nil {
		var p pending
		if err := json.Unmarshal(got.Talk.Body, &p); err != nil {
			t.desk.o.Log.Warn("pending question unreadable", "message", t.m.ID, "err", err)
		} else if p.renamed(t.book.Numbers) && (p.Reason || !atLarge(t.mean)) {
			t.talk = &p
			c.Asked, c.AskedTask, c.Choices = p.Asked, p.Task, len(p.Choices)
		}
	}
	if q := t.m.Quote; q != nil {
		c.QuoteText, t.quote = q.Text, q.Text
		if got.Quoted != nil {
			t.quote = got.Quoted.Text
		}
		switch {
		case got.Quoted != nil && len(got.Quoted.Tasks) > 0:
			c.Quoted, t.quoted = t.book.Numbers(got.Quoted.Tasks), true
		case q.FromBot:
			c.Quoted = understand.QuotedTasks(q.Text)
		}
	}
	t.about = c.Quoted
	t.mean = t.lex.Parse(t.m.Text, c)
	t.quotedTasks = c.Quoted
	t.reread()
	t.asksForHelp()
	if t.signing(); t.talk != nil && t.withdraws() {
		t.mean = understand.Meaning{Intent: understand.Withdraw}
		return
	}
	t.complete()
	t.goOn()
}

// complete turns the answer to a question into the meaning that the question was
// about.
func (t *turn) complete() {
	p := t.talk
	if p == nil {
		return
	}
	t.behalf = p.Behalf
	if p.List && t.mean.Intent != understand.Cancel || t.mean.Intent == understand.Clarify && (t.mean.Toward == understand.Choose || t.mean.Missed) {
		t.open = p
	}
	if p.Reason && t.freeWords() {
		t.pick(p.Choices[0])
		t.mean.Reason = strings.TrimSpace(p.Mean.Reason + " " + t.freeReason()) // what came before it stands: 13710
		return
	}
	if p.Day && t.asksForDay() {
		return
	}
	if p.allDone(t.m.Text) {
		t.mean = p.Mean
		for _, c := range p.Choices {
			t.points = append(t.points, c.Point)
		}
		return
	}
	if no := strings.TrimSpace(t.m.Text); t.mean.Intent == understand.Clarify || t.mean.Intent == understand.Choose && t.mean.N > len(p.Choices) {
		for _, c := range p.Choices { // the task's own number does as well as its place in the list
			if c.Task == no && c.Point == "" {
				t.pick(c)
				return
			}
		}
	}
	switch t.mean.Intent {
	case understand.Choose:
		if n := t.mean.N; n >= 1 && n <= len(p.Choices) {
			t.pick(p.Choices[n-1])
		} else if t.mean.Task != "" && len(p.Choices) == 0 && p.Task == "" { // which task, asked without a list
			t.pick(choice{Task: t.mean.Task})
		}
	case understand.Confirm:
		t.agreed(p)
	}
}

// agreed is a yes to what was asked.
func (t *turn) agreed(p *pending) {
	switch {
	case len(p.Choices) == 1 && p.Choices[0].Who: // a yes to this alone, not to what follows
		t.pick(p.Choices[0])
	case p.Confirm:
		t.mean, t.confirmed, t.marks = p.Mean, true, p.Marks
		if p.Mean.Intent == understand.Report && len(p.Choices) > 1 {
			t.several = p.Choices
		} else if len(p.Choices) == 1 {
			t.point = p.Choices[0].Point
		}
	case p.List: // 好的 after an offer only says that it was read
		if t.mean = t.lex.Parse(t.m.Text, t.context()); t.mean.Intent != understand.Agree {
			t.mean = understand.Meaning{Intent: understand.Chitchat}
		}
	case len(p.Choices) == 1:
		t.pick(p.Choices[0])
	default: // no yes was awaited: what the words say by themselves
		t.mean = t.lex.Parse(t.m.Text, t.context())
		if t.mean.Intent == understand.Clarify && len(p.Choices) > 1 {
			t.mean.Ask, t.open = p.Asked, p
		}
	}
}

// freeWords reports whether the text is the reason that was asked for, not a command, a
// question, a bare yes or no, or a report on another task.
func (t *turn) freeWords() bool {
	m := t.mean
	switch {
	case m.Intent == understand.Disagree && m.Task == "" && m.Reason != "": // 不行，材料不够
		return true
	case t.talk.Mean.Intent == understand.Instruct && (m.Task == "" || m.Task == t.talk.Task) && len(m.Tasks) < 2 &&
		(m.Intent == understand.Instruct || m.Intent == understand.Urge): // an order is what was asked for
		return true
	case m.Firm, m.Intent == understand.Cancel, m.Intent == understand.Confirm, m.Intent == understand.Choose:
		return false
	}
	return m.ReadOnly || m.Task == "" || m.Task == t.talk.Task
}

// asksForDay goes on with the request for another day: words without a day are its reason.
func (t *turn) asksForDay() bool {
	p, m := t.talk, t.mean
	switch {
	case m.Task != "" && m.Task != p.Task:
		return false
	case m.Intent == understand.Postpone:
		t.mean.Task, t.mean.Reason = p.Task, cmp.Or(m.Reason, because(t.m.Text), p.Mean.Reason)
	case t.freeWords() && m.Percent == nil:
		t.mean = p.Mean
		t.mean.Reason = t.freeReason()
	default:
		return false
	}
	t.point = p.Choices[0].Point
	return true
}

// pick fills in what was chosen. What had been said is read again as if the task had
// been quoted, so that nothing of it is lost.
func (t *turn) pick(c choice) {
	t.behalf = t.behalf || c.Who
	if c.Mark == "" && c.Mean != nil { // the choice is the yes to what it says
		t.mean, t.point, t.confirmed = *c.Mean, c.Point, true
		return
	}
	if c.Mark != "" {
		t.mean, t.marks = t.talk.Mean, []string{c.Mark}
		if c.Mean != nil {
			t.mean = *c.Mean
		}
		return
	}
	if c.Say != "" { // as if the person had said it
		t.m.Text, t.mean = c.Say, t.lex.Parse(c.Say, t.context())
		return
	}
	t.mean = t.talk.Mean
	if c.Task != "" {
		t.readFor(c.Task, t.talk.Text)
		t.mean.Task, t.mean.Tasks, t.chosen = c.Task, nil, true
	}
	if c.Unit != "" {
		t.mean.Unit, t.mean.Units = c.Unit, nil
	}
	t.point = c.Point
	if t.mean.Intent == understand.Clarify && c.Task != "" {
		t.mean.Intent = understand.TaskDetail
	}
}

// readFor reads what was said again as if the task had been quoted, where it then says the
// same about that task.
func (t *turn) readFor(no, text string) {
	c := t.context()
	c.Quoted = []string{no}
	if again := t.lex.Parse(text, c); text != "" && again.Task == no && again.Intent == t.mean.Intent {
		t.mean = again
	}
}

// context is what the words alone are read in.
func (t *turn) context() understand.Context {
	c := understand.Context{
		Today: t.today, Now: t.now, Group: t.m.Conversation.Group, Mentioned: t.m.Mentioned,
		Bound: t.me != nil && len(t.me.Duties) > 0, Unit: t.myUnit(),
	}
	for _, d := range []ledger.Duty{ledger.DutyLeader, ledger.DutySupervisor, ledger.DutyAdmin, ledger.DutyHead, ledger.DutyContact, ledger.DutyStaff} {
		if t.me.Has(d) {
			c.Duty = string(d)
			break
		}
	}
	return c
}

// historyOf is the task whose events the turn will need.
func (t *turn) historyOf() string {
	if t.mean.Task != "" || t.me == nil {
		return t.mean.Task
	}
	return lastReported(t.book, t.me.ID)
}
