package handlers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

const (
	// dingFor is how long a DING is of use: later, whoever commanded it is told instead.
	dingFor = 2 * time.Hour
	// maxDinged bounds how many people one DING names.
	maxDinged = 100
	// maxDingReason bounds what the DING repeats of the words of whoever commanded it, in
	// characters.
	maxDingReason = 100
)

// dingAsk is what a notice of a DING asks for.
type dingAsk struct {
	To   []string `json:"to"` // staff ids
	Text string   `json:"text"`
}

// runDing presses the contacts of a task by DING, after a yes to their names and the
// words. Nothing but this command makes one.
func runDing(t *turn) (act, error) {
	if t.desk.o.Dings == nil {
		return say("不能发DING", "当前平台不能发DING，未发出。可回复“催办 任务编号”由群和单聊催办；特别紧急的，请直接打电话。"), nil
	}
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	const word = "DING催办"
	p, point := t.book.Progress(x.No), t.lastPoint(x)
	if err := ledger.Lawful(ledger.StateOf(p, point), ledger.EventPress); err != nil {
		return illegal(x, p, point, ledger.EventPress), nil
	}
	units, no, ok := t.toPress(x, p, point, ledger.EventPress, word)
	if !ok {
		return no, nil
	}
	to, reached, without := t.toDing(units)
	if t.confirmed { // only those who were named
		to = slices.DeleteFunc(to, func(id string) bool { return !slices.Contains(t.marks, id) })
	}
	switch {
	case len(to) == 0 && t.confirmed:
		return say("没有发出", "所列联络员已有变动，未发出DING。请重新发送“DING 任务"+x.No+"”。"), nil
	case len(to) == 0:
		return say("没有联络员", fmt.Sprintf("任务%s的责任单位（%s）没有登记联络员，DING无人可发。请先登记联络员，或回复“催办 任务%s”通知到群。（未做任何改动）", x.No, strings.Join(units, "、"), x.No)), nil
	case len(to) > maxDinged:
		return say("人数过多", fmt.Sprintf("任务%s的联络员共%d名，一次DING最多%d名。请指明单位，例如：DING %s 任务%s。（未做任何改动）", x.No, len(to), maxDinged, units[0], x.No)), nil
	}
	text := t.dingText(x, point)
	if !t.confirmed {
		return t.askDing(x, to, without, text), nil
	}
	return t.ding(x, p, point, reached, to, text)
}

// toDing are the contacts of the units, the units that have one, and those without.
func (t *turn) toDing(units []string) (to, reached, without []string) {
	for _, u := range units {
		ids := t.contactsToday(u)
		if len(ids) == 0 {
			without = append(without, u)
			continue
		}
		reached = append(reached, u)
		for _, id := range ids {
			if !slices.Contains(to, id) {
				to = append(to, id)
			}
		}
	}
	return to, reached, without
}

// dingText is plain: a DING shows no Markdown.
func (t *turn) dingText(x *ledger.Task, point string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "【催办】任务%s %s", x.No, wording.Short(x.Title, 60))
	if pt, ok := x.Point(point); ok {
		fmt.Fprintf(&b, "，时限%s（%s）", pointWhen(x, pt), wording.Days(pt.Due, t.today))
	}
	if why := strings.TrimSpace(t.mean.Reason); why != "" {
		fmt.Fprintf(&b, "。%s", strings.TrimRight(wording.Short(why, maxDingReason), "。"))
	}
	fmt.Fprintf(&b, "。请抓紧办理，并单聊%s回复“签收 任务%s”和进展。%s", t.desk.o.Bot, x.No, t.desk.o.Imprint.Office)
	return b.String()
}

func (t *turn) askDing(x *ledger.Task, to, without []string, text string) act {
	q := fmt.Sprintf("确认用DING催办任务%s？", x.No)
	p := &pending{Asked: q, Task: x.No, Confirm: true, Mean: t.mean, Marks: to}
	p.Mean.Task, p.Mean.Tasks = x.No, nil
	var b strings.Builder
	fmt.Fprintf(&b, "%s（尚未发出）\n\n- 发给：%s\n- 方式：DING是强提醒，会在对方的钉钉里弹出；不发短信、不打电话", q, t.dinged(to))
	if len(without) > 0 {
		fmt.Fprintf(&b, "\n- 没有联络员、发不到：%s", wording.Units(without, 5))
	}
	fmt.Fprintf(&b, "\n- 内容：%s", wording.Escape(text))
	if t.desk.o.Hours.Next(t.now).After(t.now) {
		b.WriteString("\n\n现在是非工作时间，确认后会立即发出。不急的请回复“取消”，改发“催办 任务" + x.No + "”，上班后再通知。")
	}
	b.WriteString("\n\n请回复“确认”或“取消”。")
	return act{reply: reply{title: "确认DING催办", text: b.String(), buttons: yesNo(), tasks: []string{x.No}}, ask: p}
}

// dinged names people with their units.
func (t *turn) dinged(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = personOf(t.book, id)
	}
	return strings.Join(names, "、")
}

// ding records the pressing, which the units must sign for, and owes the DING.
func (t *turn) ding(x *ledger.Task, p *ledger.Progress, point string, units, to []string, text string) (act, error) {
	e := t.event(x, point, ledger.EventPress, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
	e.Reason, e.Units, e.Ref = strings.TrimSpace(t.mean.Reason), units, ledger.ByDing
	ask, err := json.Marshal(dingAsk{To: to, Text: text})
	if err != nil {
		return act{}, fmt.Errorf("handlers: ding: %w", err)
	}
	a := act{notices: []ledger.Notice{{
		Key: "ding/" + e.ID, Kind: ledger.NoticeDing, To: ledger.Target{Member: t.m.Sender.ID}, Ask: string(ask), By: t.m.Sender.ID,
		Body: ledger.Body{Title: "DING催办 任务" + x.No, Tasks: []string{x.No}}, Made: t.now, Due: t.now, Expires: t.now.Add(dingFor),
	}}}
	for _, id := range to { // each of them bears it, not whoever commanded it
		a.pressed = append(a.pressed, ledger.Notice{To: ledger.Target{Member: id}, Due: t.now})
	}
	a.reply = reply{title: "已DING催办", tasks: []string{x.No}, text: fmt.Sprintf("已登记催办，DING正在发给：%s。\n\n**任务%s** %s\n\n没有送达的，会单独告诉您。",
		t.dinged(to), x.No, wording.Escape(wording.Short(x.Title, 40)))}
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}
