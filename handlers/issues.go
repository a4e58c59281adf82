package handlers

import (
	"context"
	"fmt"
	"time"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// Issues is how bulletins (通报) are drafted, numbered and made known.
type Issues struct {
	Every  ledger.Rhythm // how often one is due; a month when it is never by the clock
	ByPlan bool          // numbers run through the plan instead of the year
	Rooms  bool          // the groups of the units get the short text of what is published
}

// period is the one that is due to be told of on the day: the last that is over.
func (i Issues) period(day ledger.Date) (from, to ledger.Date) {
	every := i.Every
	if !every.On() {
		every = ledger.RhythmMonth
	}
	_, _, from, to = ledger.PeriodBefore(every, day)
	return from, to
}

// year is the one whose numbers an issue of the day takes; 0: the plan's.
func (i Issues) year(day ledger.Date) int {
	if i.ByPlan {
		return 0
	}
	return day.Year
}

// issuesOf are the published issues of one period.
func issuesOf(b *ledger.Book, from, to ledger.Date) []ledger.Issue {
	var out []ledger.Issue
	for _, i := range b.Issues() {
		if i.From == from && i.To == to {
			out = append(out, i)
		}
	}
	return out
}

// ComposeBulletin makes the draft of a bulletin that the clock owes to one person of the
// supervision office. There is nothing to send to somebody who has left it, nor when the
// period's bulletin was published before.
func (d *Desk) ComposeBulletin(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	b, err := d.Fresh(ctx)
	if err != nil {
		return ledger.Body{}, false, err
	}
	from, to, err := report.Period(n.Ask, ledger.DateOf(d.o.Now()))
	if err != nil {
		return ledger.Body{}, false, fmt.Errorf("handlers: draft %s: %w", n.Key, err)
	}
	if !b.Members[n.To.Member].Has(ledger.DutySupervisor) || b.Plan == nil || len(issuesOf(b, from, to)) > 0 {
		return ledger.Body{}, false, nil
	}
	body, ok, err := d.make(ctx, n.Key, b, order{form: FormBulletin, period: n.Ask})
	if err == nil && ok && len(body.Files) > 0 {
		name := report.PeriodName(from, to)
		body.Title = name + "通报草稿"
		body.Text = fmt.Sprintf("%s通报草稿已生成，数据截至%s，只发督查室。请核对；定稿后回复“发布 %s通报”，即编入期号并印发。", name, to.Chinese(), name)
		body.Buttons = []ledger.Button{{Label: "发布", Say: "发布 " + name + "通报"}}
	}
	return body, ok, err
}

// runIssues lists what was published, newest first.
func runIssues(t *turn) (act, error) {
	list := t.book.Issues()
	if len(list) == 0 {
		return say("通报目录", "还没有发布过通报。督查室可回复“生成通报”查看草稿，定稿后回复“发布通报”。"), nil
	}
	lines := make([]string, 0, len(list))
	for k := len(list) - 1; k >= 0; k-- {
		i := list[k]
		lines = append(lines, fmt.Sprintf("- %s：%s，%s由%s发布", i.Name(), report.PeriodName(i.From, i.To), wording.Day(i.At), wording.Escape(i.By.Name)))
	}
	last := list[len(list)-1]
	text := t.pages(fmt.Sprintf("**通报目录** 共%d期", len(list)), lines, "通报目录")
	return say("通报目录", text+fmt.Sprintf("\n\n回复“%s通报”可再取文件。", last.Name())), nil
}

// runIssue owes the file of a published issue again, with the facts of then.
func runIssue(t *turn) (act, error) {
	var found *ledger.Issue
	for _, i := range t.book.Issues() { // a number without a year means the newest of it
		if i.Number == t.mean.N && (t.mean.From.IsZero() || t.mean.From.Year == i.Year) {
			found = &i
		}
	}
	switch {
	case found == nil:
		return say("没有这一期", fmt.Sprintf("没有找到第%d期通报。可回复“通报目录”查看已发布的各期。", t.mean.N)), nil
	case t.m.Conversation.Group:
		return say("请私聊我", "通报含全部单位的情况，不在群里发送。请私聊我。"), nil
	case t.desk.o.Writers[FormBulletin] == nil:
		return say("请在后台导出", fmt.Sprintf("这里不能发送文件，请在后台用 duban report --issue %d --docx 文件名 生成。", found.Number)), nil
	}
	a := say("正在生成", fmt.Sprintf("正在生成%s通报，稍后发送。", found.Name()))
	t.oweIssue(&a, *found)
	return a, nil
}

// oweIssue owes the speaker the file of an issue.
func (t *turn) oweIssue(a *act, i ledger.Issue) {
	a.notices = append(a.notices, ledger.Notice{
		Key: "file/" + t.m.ID, Kind: ledger.NoticeFile, To: target(t.m), Ask: order{form: FormBulletin, issue: i.Name()}.String(),
		By: t.m.Sender.ID, Made: t.now, Due: t.now, Expires: t.now.Add(24 * time.Hour),
	})
	a.slow = true
}
