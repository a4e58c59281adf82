package handlers

import (
	"context"
	"fmt"
	"time"

	"duban/handlers/report"
	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// movedDays is how far back "recent" goes when no period was said.
const movedDays = 7

// lights are the thresholds in which the plan's tasks are seen.
func (d *Desk) lights(b *ledger.Book) ledger.LightRules {
	r := d.o.Light
	if b.Plan != nil {
		r.Issued = b.Plan.Issued
	}
	return r
}

// movedSince is the first day of the period of a summary.
func movedSince(t *turn) ledger.Date {
	if !t.mean.From.IsZero() && !t.mean.From.After(t.today) {
		return t.mean.From
	}
	return t.today.AddDays(-movedDays + 1)
}

// query turns the words of a summary into what is computed, within what the asker
// and the place may see.
func (t *turn) query() (report.Query, act, bool) {
	t.meant()
	if t.mean.From.After(t.today) {
		return report.Query{}, notBegun(), false
	}
	q := report.Query{
		Period:  t.periodName(),
		Project: t.mean.Project, From: movedSince(t), To: t.today, Now: t.now,
		Rules: t.desk.lights(t.book), Lights: t.desk.o.Lights, Note: t.desk.o.Note, Soon: 30, Silent: 14, Most: 10,
		Reporting: t.desk.o.Rhythm.Plan, IsWorkday: t.desk.workday,
	}
	if to := t.mean.To; !to.IsZero() && to.Before(t.today) && !to.Before(q.From) {
		q.To, q.Now = to, report.Until(to, t.now)
	}
	switch {
	case t.mean.Unit != "" || len(t.mean.Units) > 1:
		unit, ask, ok := t.oneUnit()
		if !ok {
			return q, ask, false
		}
		if !t.see.seesUnit(unit) {
			return q, say("没有权限", "只能查看本单位的汇总。如需查看其他单位，请联系督查室。"), false
		}
		q.Unit = unit
	case t.mean.Scope == "mine" && t.me != nil && len(t.me.Units) > 0 && t.see.seesUnit(t.me.Units[0]):
		q.Unit = t.me.Units[0]
	case t.see.all:
	case t.m.Conversation.Group && len(t.see.units) > 0:
		q.Units = t.see.units
	case len(t.see.units) > 0:
		q.Unit = t.see.units[0]
	case t.m.Conversation.Group:
		return q, say("本群未绑定", "本群还没有绑定单位，不能显示汇总。请私聊我发送“汇总”。"), false
	default:
		return q, say("没有权限", "您没有查看汇总的权限。如有需要，请联系督查室。"), false
	}
	return q, act{}, true
}

// runSummary answers with the figures; with a model configured the words are owed and
// come a little later.
func runSummary(t *turn) (act, error) {
	q, ask, ok := t.query()
	if !ok {
		return ask, nil
	}
	figure := t.mean.Metric == understand.MetricRate || t.mean.Metric == understand.MetricProject
	if t.desk.o.Worder != nil && modelOn(t.book) && !figure {
		a := say("正在汇总", "正在汇总，请稍候，最长约半分钟。")
		a.digest = t.m.Text
		return a, nil
	}
	f, err := t.facts(q)
	if err != nil {
		return act{}, err
	}
	switch t.mean.Metric {
	case understand.MetricRate:
		return t.rate(f), nil
	case understand.MetricProject:
		return t.byProject(f), nil
	}
	return t.summary(f), nil
}

// facts are those of now, or of the end of a period that is over.
func (t *turn) facts(q report.Query) (report.Facts, error) {
	if q.Now.Before(t.now) {
		events, err := t.allEvents()
		if err != nil {
			return report.Facts{}, err
		}
		return report.AsOf(t.book, events, q), nil
	}
	events := t.events
	if events == nil {
		var err error
		loc := t.now.Location()
		if events, err = t.desk.o.Ledger.Events(t.ctx, "", q.From.In(loc, 0, 0), q.To.AddDays(1).In(loc, 0, 0)); err != nil {
			return report.Facts{}, fmt.Errorf("handlers: events of the period: %w", err)
		}
	}
	return report.Compute(t.book, until(events, q.To.AddDays(1).In(t.now.Location(), 0, 0)), q), nil
}

// until drops events at or after the moment.
func until(events []ledger.Event, end time.Time) []ledger.Event {
	for i, e := range events {
		if !e.At.Before(end) {
			return events[:i]
		}
	}
	return events
}

func (t *turn) summary(f report.Facts) act {
	text := f.Chat() + "\n回复“依据”可查看各项数字对应的任务编号。"
	text += t.otherYear()
	if t.m.Conversation.Group && t.see.units != nil {
		text += "全部情况请私聊我发送“汇总”。"
	}
	buttons := []ledger.Button{{Label: "依据", Say: "依据"}}
	if !t.m.Conversation.Group && may(t.me, seeAll) && t.desk.o.Writers[FormPicture] != nil {
		buttons = append(buttons, ledger.Button{Label: "进度图", Say: "进度图"})
	}
	return say("落实情况汇总", wording.Cut(text, pageBytes), buttons...)
}

// runSummaryBasis lists the task numbers behind the figures of a summary: of the one shown
// last, unless the words name another.
func runSummaryBasis(t *turn) (act, error) {
	if m := t.mean; m.Unit == "" && len(m.Units) == 0 && m.Project == "" && m.From.IsZero() {
		if last, ok := t.desk.shown.lastSummary(talkKey(t.m), t.now); ok {
			t.mean = last
		}
	}
	q, ask, ok := t.query()
	if !ok {
		return ask, nil
	}
	f, err := t.facts(q)
	if err != nil {
		return act{}, err
	}
	return say("汇总依据", wording.Cut(f.Basis(), pageBytes)), nil
}

// ComposeDigest words a summary that is owed, when it is sent: it is computed from the
// state of that moment and within what its asker may see then. When the model fails,
// is slow or says what the facts do not, the figures go out in the rules' own words.
func (d *Desk) ComposeDigest(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	b, err := d.Fresh(ctx)
	if err != nil {
		return ledger.Body{}, false, err
	}
	t := d.reopen(ctx, n, b)
	if !may(t.me, seeUnit) {
		return ledger.Body{}, false, nil
	}
	q, ask, ok := t.query()
	if !ok {
		return t.body(ask.reply), true, nil
	}
	f, err := t.facts(q)
	if err != nil {
		return ledger.Body{}, false, err
	}
	a := t.summary(f)
	if d.o.Worder == nil || !modelOn(b) {
		return t.body(a.reply), true, nil
	}
	words, err := d.o.Worder.Word(ctx, f.Builtin(), a.reply.text)
	if err != nil {
		d.o.Log.Warn("model words not used", "notice", n.Key, "by", n.By, "err", err)
		return t.body(a.reply), true, nil
	}
	d.o.Log.Info("model words used", "notice", n.Key, "by", n.By)
	a.reply.text = wording.Escape(f.PeriodLine()) + wording.Cut(words, pageBytes) + "\n\n〔AI辅助生成，数字由系统统计，请核对后使用〕"
	if f.Note != "" {
		a.reply.text += "\n\n（" + wording.Escape(f.Note) + "）"
	}
	return t.body(a.reply), true, nil
}

// reopen makes the turn of an owed summary from its notice.
func (d *Desk) reopen(ctx context.Context, n ledger.Notice, b *ledger.Book) *turn {
	now := d.o.Now()
	t := &turn{ctx: ctx, desk: d, now: now, today: ledger.DateOf(now)}
	t.m.ID, t.m.Text, t.m.Sender.ID = n.Key, n.Ask, n.By
	t.m.Conversation.Group, t.m.Conversation.ID = n.To.Room != "", n.To.Room
	t.on(b)
	t.mean = t.lex.Parse(n.Ask, t.context())
	if t.mean.Intent != understand.Summary {
		t.mean = understand.Meaning{Intent: understand.Summary}
	}
	return t
}

func projects(b *ledger.Book) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range b.Tasks {
		if t.Project != "" && !seen[t.Project] {
			seen[t.Project] = true
			out = append(out, t.Project)
		}
	}
	return out
}
