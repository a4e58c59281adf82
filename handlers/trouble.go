package handlers

import (
	"regexp"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

var (
	// wantsHelp are words by which a unit asks for what it cannot settle alone.
	wantsHelp = regexp.MustCompile(`(?:请|需要?|希望|恳请|盼|能不能|能否|可否|麻烦)[^，。；,;]{0,14}(?:协调|支持|出面|帮忙|帮助)|(?:协调|支持|出面|帮忙)一下`)
	// cannot are words by which a unit says that it will not get done.
	cannot = regexp.MustCompile(`(?:没法|无法|没办法|不能|难以)(?:按时|按期|如期)?(?:完成|办结|推进)|(?:完成|办|做|推进)不了|完不成|推不动|推不下去`)
	// stuck are words for a standstill whose cause stands beside them.
	stuck = regexp.MustCompile(`卡住|卡壳|停滞|搁置|受阻`)
	// settled words keep both from saying so.
	settled = regexp.MustCompile(`不需要?(?:协调|支持|帮)|无需|不用|不必|已(?:经)?(?:协调|请|解决)|协调好|协调会|没有(?:问题|困难)`)
	// cause is what is missing.
	cause = regexp.MustCompile(`没|未|缺|不到位|不足|一直|等`)
	moved = regexp.MustCompile(`已|完成|进度|\d\s*[%％]`)
)

// troubled fills in the problem that a report states, with the clauses that say what is
// missing: 卡住了 alone tells a leader nothing.
func troubled(m understand.Meaning) understand.Meaning {
	if settled.MatchString(m.Blocker) {
		m.Blocker = ""
	}
	if settled.MatchString(m.Text) || !wantsHelp.MatchString(m.Text) && !cannot.MatchString(m.Text) && !stuck.MatchString(m.Text) {
		return m
	}
	var out []string
	for _, c := range strings.FieldsFunc(m.Text, func(r rune) bool { return strings.ContainsRune("，。；！,;!\n", r) }) {
		says := wantsHelp.MatchString(c) || cannot.MatchString(c) || stuck.MatchString(c)
		if says || strings.Contains(m.Blocker, strings.TrimSpace(leadingTask.ReplaceAllString(c, ""))) || cause.MatchString(c) && !moved.MatchString(c) {
			out = append(out, strings.TrimSpace(leadingTask.ReplaceAllString(c, "")))
		}
	}
	if len(out) > 0 {
		m.Blocker, m.Next = strings.Join(out, "，"), ""
	}
	return m
}

// offerHelp asks, after a report with a problem that the unit cannot settle alone, whether
// it shall go to the office and the leaders.
func (t *turn) offerHelp(a *act, x *ledger.Task, by ledger.Actor) bool {
	p, text := t.book.Progress(x.No), t.mean.Blocker
	if settled.MatchString(text) || !wantsHelp.MatchString(text) && !cannot.MatchString(text) || by.Behalf || p != nil && p.Need != nil ||
		ledger.Lawful(ledger.StateOf(p, t.lastPoint(x)), ledger.EventNeed) != nil {
		return false
	}
	t.offer(a, x, "是否就任务"+x.No+"申请协调？", "好的，不申请协调，已记录的反馈不变。", "", understand.Meaning{Intent: understand.Need, Task: x.No, Reason: text})
	if cannot.MatchString(text) && !x.Standing() {
		a.reply.text += "\n\n需要延期的，请回复“任务" + x.No + " 申请延期到几月几日，原因”。"
	}
	return true
}

// asksForHelp reads a request for help with one's own task as a report: asked of the bot,
// it would only get the task shown.
func (t *turn) asksForHelp() {
	x := t.book.Task(t.mean.Task)
	if t.mean.Intent != understand.TaskDetail || x == nil || t.unit(x) == "" || !wantsHelp.MatchString(t.m.Text) || settled.MatchString(t.m.Text) {
		return
	}
	text := strings.TrimSpace(leadingTask.ReplaceAllString(strings.TrimSpace(t.m.Text), ""))
	t.mean = understand.Meaning{Intent: understand.Report, Task: x.No, Text: text, Status: string(ledger.StatusBlocked), Sure: true, Firm: true}
}

var (
	// received are the words of whoever has read what was issued.
	received = regexp.MustCompile(`^(?:任务\s*(\d+)\s*)?(?:(?:已)?(?:收到|收悉|知悉)|好的|知道了|明白|马上(?:办|办理|落实)|立即(?:办理|落实))[了啦]?(?:[，,。！!\s]+(.*))?$`)
	signAll  = regexp.MustCompile(`^(?:全部|都|一并|统一)签收[了。]?$`)
)

// signing reads as a signature that somebody has got what was issued: 收到 under the quoted
// 催办, 任务24收到, 全部签收. What is said beyond it is a report and signs by itself.
func (t *turn) signing() {
	text := strings.TrimSpace(t.m.Text)
	if t.me == nil || t.mean.Intent == understand.Report || t.mean.Intent == understand.Sign {
		return
	}
	if signAll.MatchString(text) {
		t.mean = understand.Meaning{Intent: understand.Sign}
		return
	}
	m := received.FindStringSubmatch(text)
	if m == nil || t.talk != nil && len(t.quotedTasks) == 0 && m[1] == "" {
		return
	}
	waits := func(no string) bool {
		p := t.book.Progress(no)
		return p != nil && slices.ContainsFunc(p.Unsigned, t.me.In)
	}
	no, list := m[1], t.quotedTasks
	if no == "" && len(list) == 1 {
		no = list[0]
	}
	switch {
	case no != "" && waits(no) && m[2] != "" && !received.MatchString(m[2]): // what is said beyond it is kept
		t.mean = understand.Meaning{Intent: understand.Report, Task: no, Text: text, Status: string(ledger.StatusInProgress)}
	case no != "" && waits(no):
		t.mean = understand.Meaning{Intent: understand.Sign, Task: no}
	case m[1] == "" && len(list) > 1 && slices.ContainsFunc(list, waits):
		t.mean = understand.Meaning{Intent: understand.Sign}
	}
}

// signBy adds to a report that its unit has got what was issued: whoever reports has read it.
func (t *turn) signBy(a *act, x *ledger.Task, e ledger.Event, p *ledger.Progress) (ledger.Event, *ledger.Progress) {
	if p == nil || !slices.Contains(p.Unsigned, e.By.Unit) || e.By.Behalf {
		return e, p
	}
	a.events = append(a.events, e)
	s := t.event(x, "", ledger.EventSign, e.By)
	s.ID = eventID(t.now, t.m.ID, t.nth+1)
	a.reply.text += "\n\n" + wording.Escape(e.By.Unit) + "已一并签收。"
	return s, p.With(x.ID, s)
}
