package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// noTime is an open end of a period.
var noTime time.Time

// withdrawFor is how long a report can be taken back by its author.
const withdrawFor = 30 * time.Minute

func writesProgress(i understand.Intent) bool {
	return i == understand.Report || i == understand.Done || i == understand.Correct
}

// eventID sorts by time and is the same for the same message, so that a decision made
// again writes the same event.
func eventID(at time.Time, message string, n int) string {
	sum := sha256.Sum256([]byte(message))
	return fmt.Sprintf("%013d-%s-%d", at.UnixMilli(), hex.EncodeToString(sum[:6]), n)
}

// actorFor says in whose name the speaker acts on the task, or refuses.
func (t *turn) actorFor(x *ledger.Task) (ledger.Actor, act, bool) {
	me := ledger.Actor{ID: t.me.ID, Name: t.me.Name}
	if u := t.unit(x); u != "" {
		me.Unit = u
		if t.m.Conversation.Group && t.room != nil && !t.see.seesUnit(u) {
			return me, say("请私聊反馈", fmt.Sprintf("本群没有绑定“%s”，请私聊我反馈。", u)), false
		}
		return me, act{}, true
	}
	if may(t.me, reportFor) {
		me.Unit, me.Behalf = wording.Responsible(x), true
		if x.Lead() != "" {
			me.Unit = x.Lead()
		}
		if t.behalf = t.behalf || spokenFor.MatchString(t.words()); !t.behalf {
			return me, t.askBehalf(x, me.Unit), false
		}
		return me, act{}, true
	}
	if len(x.Named()) == 0 && len(t.me.Units) > 0 { // only collective names are responsible: each member unit may report its share
		me.Unit = t.me.Units[0]
		return me, act{}, true
	}
	return me, say("不是责任单位", fmt.Sprintf("任务%s的责任单位是%s，您不能代为反馈，未做记录。请核对任务编号。", x.No, ownersText(x))), false
}

// event begins an event of this turn.
func (t *turn) event(x *ledger.Task, point string, kind ledger.EventKind, by ledger.Actor) ledger.Event {
	return ledger.Event{
		ID: eventID(t.now, t.m.ID, t.nth), Task: x.ID, Point: point, Kind: kind, At: t.now, By: by, Message: t.m.ID,
	}
}

// enter adds an event with the progress it leads to, under the precondition that both
// the task and its progress are as they were when it was decided.
func (t *turn) enter(a *act, x *ledger.Task, e ledger.Event, p *ledger.Progress) error {
	rec, err := ledger.Put(ledger.RecordProgress, x.ID, p)
	if err != nil {
		return err
	}
	a.events = append(a.events, e)
	a.puts = append(a.puts, rec)
	a.expects = append(a.expects, t.book.Expect(ledger.RecordTask, x.No), t.book.Expect(ledger.RecordProgress, x.ID))
	if e.Kind != ledger.EventAssign { // which changes the units, and mirrors itself
		t.mirrorTodos(a, x, e, x.Named())
	}
	return nil
}

// leadingTask is a number in front of a text, with the marks of a task's where it has some.
var leadingTask = regexp.MustCompile(`^(任务|第)?\s*(\d+)\s*(?:号|项)?(?:任务)?[，,：:\s]*`)

// afterTask is the text without the number of the task that it begins with. Another number
// stays: 9月底前 is a day and 13710 a rule, whatever the task.
func afterTask(text, no string) string {
	text = strings.TrimSpace(text)
	m := leadingTask.FindStringSubmatchIndex(text)
	if m == nil || strings.TrimLeft(text[m[4]:m[5]], "0") != no {
		return text
	}
	rest := text[m[1]:]
	bare := m[2] < 0 && m[1] == m[5]
	if r, _ := utf8.DecodeRuneInString(rest); bare && strings.ContainsRune("年月日%％个点.、", r) {
		return text
	}
	return rest
}

// said is the report that the words contain.
func (t *turn) said() *ledger.Report {
	m := t.mean
	m.Next = afterTask(m.Next, m.Task)
	if t.behalf {
		m.Text = ownReport(m.Text, m.Task)
	}
	return &ledger.Report{
		Text: m.Text, Percent: m.Percent, Status: ledger.ReportStatus(m.Status), Blocker: m.Blocker, Next: m.Next, Expect: m.Expect,
	}
}

// illegal says in words why the state does not allow it, and what to do.
func illegal(x *ledger.Task, p *ledger.Progress, point string, kind ledger.EventKind) act {
	s, state := p.Point(point), ledger.StateOf(p, point)
	no := x.No
	switch {
	case state == ledger.StateClosed && kind == ledger.EventApply:
		return say("已办结", fmt.Sprintf("任务%s已于%s办结，无需再申请。", no, wording.Day(s.ClosedAt)))
	case state == ledger.StateClosed && (kind == ledger.EventReport || kind == ledger.EventCorrect || kind == ledger.EventWithdraw):
		return say("已办结", fmt.Sprintf("任务%s已于%s办结，不再接受反馈，未做记录。确需补充的，请联系督查室恢复办理。", no, wording.Day(s.ClosedAt)))
	case state == ledger.StatePending && kind == ledger.EventApply:
		return say("正在审核", fmt.Sprintf("任务%s已于%s申请办结，正在等待审核，无需重复申请。", no, wording.Day(s.AppliedAt)))
	case kind == ledger.EventAccept || kind == ledger.EventReturn:
		return say("没有待审核的申请", fmt.Sprintf("任务%s目前没有待审核的办结申请，未做任何改动。", no))
	case kind == ledger.EventExtendYes || kind == ledger.EventExtendNo:
		text := fmt.Sprintf("任务%s目前没有待批的延期申请，未做任何改动。", no)
		for _, pt := range x.Points {
			if !pt.Planned.IsZero() {
				text += fmt.Sprintf("%s现时限为%s（已延期%d次）。", label(x, pt), pt.Due.Chinese(), p.Point(pt.ID).Extended)
			}
		}
		return say("没有待批的延期", text)
	case state == ledger.StateExtending && kind == ledger.EventExtend:
		return say("延期审批中", fmt.Sprintf("任务%s已申请延期到%s，正在等待审批，请勿重复申请。", no, s.Ask.To.Chinese()))
	case kind == ledger.EventPress && (state == ledger.StateClosed || state == ledger.StateStruck):
		return say("已办结，未催办", fmt.Sprintf("任务%s已于%s办结，未催办。", no, wording.Day(s.ClosedAt)))
	case kind == ledger.EventResume:
		return say("无需恢复", fmt.Sprintf("任务%s目前为“%s”，无需恢复。%s未做任何改动。", no, state, otherThanResume(no)))
	case kind == ledger.EventSign:
		return say("无需签收", fmt.Sprintf("任务%s目前没有需要签收的事项，未做任何改动。", no))
	}
	return say("不能这样办理", fmt.Sprintf("任务%s目前为“%s”，不能%s，未做任何改动。", no, state, wording.Event(kind)))
}

// contactsOf lists the staff ids of the unit's contact people, in a fixed order.
func contactsOf(b *ledger.Book, unit string) []string {
	var out []string
	for id, m := range b.Members {
		if m.In(unit) && m.Has(ledger.DutyContact) {
			out = append(out, id)
		}
	}
	sortStrings(out)
	return out
}
