package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

func sortStrings(s []string) { slices.Sort(s) }

// runReport records one progress reply.
func runReport(t *turn) (act, error) {
	if len(t.several) > 0 {
		return t.recordSeveral(t.several)
	}
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	by, ask, ok := t.actorFor(x)
	if !ok {
		return ask, nil
	}
	if a, stop := t.noReport(x); stop {
		return a, nil
	}
	t.mean = troubled(filled(t.mean))
	if nilReport(t.mean) {
		if t.mean.Text = nilText(t.mean); t.mean.Text == "" {
			return t.askNil(x), nil
		}
		t.mean.Blocker = "" // the reason stands in the text
	}
	if strings.TrimSpace(t.mean.Text) == "" {
		return act{
			reply: reply{title: "请填写进展", text: fmt.Sprintf("请写明任务%s的进展，例如：已完成招标，进度60%%。（尚未记录）", x.No)},
			ask:   &pending{Asked: "请回复任务进展", Task: x.No, Mean: understand.Meaning{Intent: understand.Report, Task: x.No}},
		}, nil
	}
	p := t.book.Progress(x.No)
	point := t.pointOf(x)
	if open := t.choosable(x); point == "" && t.mean.Intent == understand.Done && len(open) > 1 {
		_, ask, _ := t.onePoint(x)
		return ask, nil
	}
	if point == "" {
		if pt, ok := ledger.CurrentPoint(x, p, t.today); ok {
			point = pt.ID
		} else if !x.Standing() {
			return illegal(x, p, x.Points[len(x.Points)-1].ID, ledger.EventReport), nil
		}
	}
	if err := ledger.Lawful(ledger.StateOf(p, point), ledger.EventReport); err != nil {
		return illegal(x, p, point, ledger.EventReport), nil
	}
	if t.recedes(x, point, by) {
		return t.recede(x, point, by)
	}
	if a, stop := t.doneAlready(x, point, by.Unit); stop {
		return a, nil
	}
	e := t.event(x, point, ledger.EventReport, by)
	e.Report = t.said()
	e.Report.Part = t.part(x, point, by)
	next, a := p.With(x.ID, e), act{}
	a.reply = t.receiptFor("已记录", x, point, e, next, append(t.shareNotes(&a, x, e, p, next), t.filed(x, p), t.unreadRate(x, point)))
	t.followUp(&a, x, point, by)
	e, next = t.signBy(&a, x, e, next)
	return a, t.enter(&a, x, e, next)
}

// receiptFor says what was stored, and how to take it back. Empty notes are left out.
func (t *turn) receiptFor(done string, x *ledger.Task, point string, e ledger.Event, p *ledger.Progress, notes []string) reply {
	var b strings.Builder
	fmt.Fprintf(&b, "%s：**任务%s** %s\n\n> %s\n", done, x.No, wording.Escape(wording.Short(x.Title, 40)), wording.Escape(wording.Short(e.Report.Text, 500)))
	if e.Report.Percent != nil {
		fmt.Fprintf(&b, "\n- 进度：%s", wording.Percent(*e.Report.Percent))
	}
	if e.Report.Blocker != "" {
		fmt.Fprintf(&b, "\n- 存在问题：%s", wording.Escape(e.Report.Blocker))
	}
	if e.Report.Next != "" {
		fmt.Fprintf(&b, "\n- 下一步：%s", nextStep(*e.Report))
	}
	if !e.Report.Expect.IsZero() {
		fmt.Fprintf(&b, "\n- 预计完成：%s", e.Report.Expect.Chinese())
	}
	if pt, ok := x.Point(point); ok {
		fmt.Fprintf(&b, "\n- 节点时限：%s%s", pointWhen(x, pt), t.pointState(p.Point(point), pt))
		if !e.Report.Expect.IsZero() && e.Report.Expect.After(pt.Due) {
			b.WriteString("\n- 注意：预计完成时间晚于时限，时限未变；需要延期的请向督查室申请")
		}
	}
	fmt.Fprintf(&b, "\n- 反馈人：%s\n- 时间：%s", who(e.By), wording.Moment(e.At))
	for _, note := range notes {
		if note != "" {
			b.WriteString("\n- " + note)
		}
	}
	b.WriteString("\n\n如有误，30分钟内可回复“撤回”，之后可回复“更正 任务" + x.No + " 正确内容”。")
	return reply{title: done + " 任务" + x.No, text: b.String(), tasks: []string{x.No}}
}

// corrected finds the task whose report is to be corrected. Without one named it is that of
// the speaker's own report of the last half hour, when there is only one; else it asks.
func (t *turn) corrected() (*ledger.Task, act, bool) {
	if t.mean.Task != "" || len(t.mean.Tasks) > 0 {
		return t.oneTask(true)
	}
	fresh, older := t.ownReports()
	switch {
	case len(fresh) == 1:
		if t.readFor(fresh[0].No, t.m.Text); t.mean.Percent == nil {
			return nil, t.offerCorrection(fresh[0]), false
		}
		return fresh[0], act{}, true
	case len(fresh) > 0 && t.admitsRecent(fresh[0]):
		return nil, t.offerCorrection(fresh[0]), false
	case len(fresh)+len(older) == 0:
		return nil, say("没有可更正的反馈", t.sampled("没有找到您的反馈记录，无法更正。可直接反馈，例如：任务20 已完成招标，进度60%。")), false
	case len(fresh) > 0 && t.unknownQuote():
		return nil, t.askThis(fresh[0], t.mean), false
	}
	if len(fresh) == 0 {
		fresh = older
	}
	return nil, t.askTask(fresh, true), false
}

// admission is how somebody begins who takes a report back: 我刚才报错了.
var admission = regexp.MustCompile(`^(?:不好意思|抱歉|对不起)?[,，]?(?:我|我们)?(?:刚才|刚刚|上次|之前|上一条|前面|昨天)?(?:的)?(?:报|说|填|写|发|弄|搞|打)?的?(?:错了?|不对|有误)[,，。;；：:\s]*`)

// admitsRecent reports whether the words take back the report just made on x without giving
// another level for it.
func (t *turn) admitsRecent(x *ledger.Task) bool {
	if !admission.MatchString(t.m.Text) || t.now.Sub(t.book.Progress(x.No).LastBy(t.me.ID).At) > recentFor {
		return false
	}
	c := t.context()
	c.Quoted = []string{x.No}
	again := t.lex.Parse(t.m.Text, c)
	return again.Percent == nil && again.Task == x.No
}

// offerCorrection asks whether the words are to stand in place of the report on x: what
// states no level may as well be a new report. An admission alone says nothing to stand there.
func (t *turn) offerCorrection(x *ledger.Task) act {
	instead := strings.TrimSpace(admission.ReplaceAllString(t.m.Text, ""))
	if len([]rune(instead)) < 3 {
		return say("请写明正确内容", fmt.Sprintf("请写明任务%s更正后的内容，例如：更正 任务%s 进度50%%。要撤回刚才的反馈，请回复“撤回”。（未做任何改动）", x.No, x.No))
	}
	q := fmt.Sprintf("要把任务%s刚才的反馈更正为“%s”吗？", x.No, wording.Escape(wording.Short(instead, 60)))
	mean := t.mean
	mean.Intent, mean.Task, mean.Text = understand.Correct, x.No, instead
	return act{
		reply: reply{title: "请确认更正", text: q + "（尚未更正）\n\n请回复“确认”或“取消”。要撤回刚才的反馈，请回复“撤回”。", buttons: yesNo()},
		ask:   &pending{Asked: q, Task: x.No, Mean: mean, Confirm: true},
	}
}

// runCorrect replaces one's unit's last report; both versions are kept.
func runCorrect(t *turn) (act, error) {
	x, ask, ok := t.corrected()
	if !ok {
		return ask, nil
	}
	by, ask, ok := t.actorFor(x)
	if !ok {
		return ask, nil
	}
	p := t.book.Progress(x.No)
	wrong := p.LastOf(by.Unit)
	if wrong == nil {
		return say("没有可更正的反馈", fmt.Sprintf("任务%s没有贵单位的反馈记录，无法更正。可直接反馈，例如：任务%s 已完成招标，进度60%%。", x.No, x.No)), nil
	}
	if strings.TrimSpace(t.mean.Text) == "" {
		return say("请写明正确内容", fmt.Sprintf("请写明更正后的内容，例如：更正 任务%s 进度50%%。", x.No)), nil
	}
	point := wrong.Point
	if err := ledger.Lawful(ledger.StateOf(p, point), ledger.EventCorrect); err != nil {
		return illegal(x, p, point, ledger.EventCorrect), nil
	}
	events, err := t.history(x.ID)
	if err != nil {
		return act{}, err
	}
	e := t.event(x, point, ledger.EventCorrect, by)
	e.Report, e.Ref = t.said(), wrong.Event
	e.Report.Part = t.part(x, point, by)
	next, a := ledger.Fold(x.ID, append(slices.Clone(events), e)), act{}
	a.reply = t.receiptFor("已更正", x, point, e, next, t.shareNotes(&a, x, e, p, next))
	a.reply.text = strings.Replace(a.reply.text, "30分钟内可回复“撤回”，之后可回复", "可回复", 1) +
		fmt.Sprintf("原反馈（%s：%s）已由此替换，保留在记录中。", wording.Moment(wrong.At), wording.Escape(wording.Short(wrong.Report.Text, 40)))
	t.hintClosing(&a, x, point, by)
	return a, t.enter(&a, x, e, next)
}

// nextStep is the next step without the words that announce it.
func nextStep(r ledger.Report) string {
	return wording.Escape(strings.TrimLeft(strings.TrimPrefix(r.Next, "下一步"), "，,：: "))
}
