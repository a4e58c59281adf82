package handlers

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runPublish publishes a bulletin after a yes: it gets the next number, its facts are
// frozen, the publisher gets the file and the groups of the units the short text. What
// was asked holds only while the number is still the next one and nobody has published
// the period in between; else it is asked again.
func runPublish(t *turn) (act, error) {
	switch {
	case t.m.Conversation.Group:
		return say("请私聊我", "发布通报请在单聊中办理。请私聊我。"), nil
	case t.book.Plan == nil:
		return say("还没有方案", "还没有导入方案，没有可以通报的任务。"), nil
	}
	i, fault := t.nextIssue()
	if fault != "" {
		return say("不能发布", fault+"未做任何改动。"), nil
	}
	again := issuesOf(t.book, i.From, i.To)
	if !t.confirmed || t.mean.N != i.Number || t.mean.Order != strconv.Itoa(len(again)) {
		return t.askPublish(i, again)
	}
	return t.publish(i)
}

// nextIssue is the issue that would be published now; else why there is none.
func (t *turn) nextIssue() (ledger.Issue, string) {
	i := ledger.Issue{Year: t.desk.o.Issues.year(t.today), Rules: t.desk.lights(t.book), At: t.now, By: ledger.Actor{ID: t.me.ID, Name: t.me.Name}}
	i.Number = t.book.NextIssue(i.Year)
	t.meant()
	if i.From, i.To = t.mean.From, t.mean.To; i.From.IsZero() {
		i.From, i.To = t.desk.o.Issues.period(t.today)
	}
	if i.To.IsZero() || i.To.After(t.today) {
		i.To = t.today
	}
	i.AsOf = report.Until(i.To, t.now)
	if t.confirmed { // the facts that were shown, not those of the moment of the yes
		i.AsOf = t.mean.At
		return i, ""
	}
	switch issued := t.book.Plan.Issued; {
	case i.From.After(i.To):
		return i, "所说的期间还没有开始。"
	case !issued.IsZero() && !i.To.After(issued):
		return i, fmt.Sprintf("%s在方案印发（%s）之前，没有可以通报的情况。", report.PeriodName(i.From, i.To), issued.Chinese())
	case t.mean.N != 0 && t.mean.N != i.Number:
		return i, fmt.Sprintf("下一期应为%s，不能编为第%d期。请回复“发布通报”。", i.Name(), t.mean.N)
	}
	return i, ""
}

// issueFacts computes what an issue that is not published yet would tell.
func (t *turn) issueFacts(i ledger.Issue, events []ledger.Event) report.Facts {
	return report.AsOf(t.book, events, report.Query{
		From: i.From, To: i.To, Now: i.AsOf, Rules: i.Rules, Lights: t.desk.o.Lights, Note: t.desk.o.Note, Alike: t.comparison().Groups, Soon: 30, Silent: 14, Most: 10,
		Reporting: t.desk.o.Rhythm.Plan, IsWorkday: t.desk.workday,
	})
}

// whole is the issue with what it keeps of the configuration of today.
func (d *Desk) whole(i ledger.Issue, f report.Facts) ledger.Issue {
	i.Imprint, i.Note, i.Alike, i.Owing = &d.o.Imprint, d.o.Note, f.Alike, f.Owing
	for l, light := range d.o.Lights {
		if light.Word == "" {
			continue
		}
		if i.Words == nil {
			i.Words = map[ledger.Level]string{}
		}
		i.Words[l] = light.Word
	}
	return i
}

func (t *turn) allEvents() ([]ledger.Event, error) {
	events, err := t.desk.o.Ledger.Events(t.ctx, "", time.Time{}, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("handlers: all events: %w", err)
	}
	return events, nil
}

// askPublish shows what would be published and waits for a yes.
func (t *turn) askPublish(i ledger.Issue, again []ledger.Issue) (act, error) {
	events, err := t.allEvents()
	if err != nil {
		return act{}, err
	}
	f := t.issueFacts(i, events)
	if err := report.Check(f); err != nil {
		return act{}, errors.Join(errors.New("handlers: bulletin not offered"), err)
	}
	name := report.PeriodName(i.From, i.To)
	var b strings.Builder
	fmt.Fprintf(&b, "确认发布%s通报？\n\n- 期号：%s\n- 期间：%s至%s，数据截至%s\n- %s\n", name, i.Name(), f.From, f.To, f.AsOf, figures(f))
	rooms := len(t.issueRooms())
	switch {
	case rooms > 0:
		fmt.Fprintf(&b, "- 发布后：Word文件发给您，要点发到%d个单位群\n", rooms)
	default:
		b.WriteString("- 发布后：Word文件发给您，不发群\n")
	}
	for _, old := range again {
		fmt.Fprintf(&b, "- 注意：%s已于%s由%s发布为%s，确认后将另编一期\n", name, wording.Day(old.At), wording.Escape(old.By.Name), old.Name())
	}
	p := &pending{Asked: fmt.Sprintf("确认发布%s通报？", name), Confirm: true, Mean: t.mean}
	p.Mean.From, p.Mean.To, p.Mean.At, p.Mean.N, p.Mean.Order = i.From, i.To, i.AsOf, i.Number, strconv.Itoa(len(again))
	return act{reply: reply{title: "确认发布", text: b.String() + "\n请回复“确认”或“取消”。", buttons: yesNo()}, ask: p}, nil
}

// figures are the classes of the facts in one line.
func figures(f report.Facts) string {
	var list []string
	for _, c := range f.Classes {
		if c.Count > 0 {
			list = append(list, fmt.Sprintf("%s%d项", c.Word, c.Count))
		}
	}
	if len(list) == 0 {
		return fmt.Sprintf("共%d项", f.Total)
	}
	return fmt.Sprintf("共%d项，其中%s", f.Total, strings.Join(list, "、"))
}

// publish records the issue and owes what follows from it.
func (t *turn) publish(i ledger.Issue) (act, error) {
	events, err := t.allEvents()
	if err != nil {
		return act{}, err
	}
	whole := t.issueFacts(i, events)
	i = t.desk.whole(i, whole)
	rec, err := ledger.Put(ledger.RecordSetting, i.ID(), i)
	if err != nil {
		return act{}, err
	}
	name := report.PeriodName(i.From, i.To)
	a := act{
		puts:    []ledger.Record{rec},
		expects: []ledger.Expect{t.book.Expect(ledger.RecordSetting, i.ID()), t.book.Expect(ledger.RecordPlan, "plan")},
		events: []ledger.Event{{
			ID: eventID(t.now, t.m.ID, 0), Task: ledger.SetupLog, Kind: ledger.EventPublish, At: t.now, By: i.By, Message: t.m.ID,
			Ref: i.ID(), Reason: "发布通报" + i.Name() + "，期间" + name,
		}},
	}
	for _, id := range t.issueRooms() {
		a.notices = append(a.notices, ledger.Notice{
			Key: i.ID() + "/room:" + id, Kind: ledger.NoticeReply, To: ledger.Target{Room: id},
			Body: ledger.Body{Title: "督查通报" + i.Name(), Text: t.issueText(i, whole, report.AsOf(t.book, events, report.Query{Units: t.book.Rooms[id].Units, Soon: 30, Silent: 14, Most: 10}.Published(i)))},
			By:   t.m.Sender.ID, Made: t.now, Due: t.now,
		})
	}
	a.pressed = slices.Clone(a.notices)
	text := fmt.Sprintf("已发布：%s，%s通报，数据截至%s。", i.Name(), name, whole.AsOf)
	if n := len(a.notices); n > 0 {
		text += fmt.Sprintf("要点已发往%d个单位群。", n)
	}
	if t.desk.o.Writers[FormBulletin] != nil {
		text += "Word文件稍后发给您。"
		t.oweIssue(&a, i)
	}
	a.reply = reply{title: "已发布", text: text}
	return a, nil
}

// issueRooms are the groups that get the short text, each once, in a fixed order.
func (t *turn) issueRooms() []string {
	if !t.desk.o.Issues.Rooms {
		return nil
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(t.book.Rooms)), func(id string) bool { return len(t.book.Rooms[id].Units) == 0 })
}

// issueText is what a group reads: the figures of the whole, and what its own units are
// late with. Other units are not named in it.
func (t *turn) issueText(i ledger.Issue, whole, own report.Facts) string {
	var b strings.Builder
	fmt.Fprintf(&b, "【督查通报】%s\n\n%s%s落实情况，数据截至%s：%s。\n", i.Name(), wording.Escape(whole.Name()), report.PeriodName(i.From, i.To), whole.AsOf, figures(whole))
	if own.Total > 0 {
		fmt.Fprintf(&b, "\n本群单位%s。\n", figures(own))
		for _, l := range own.Overdue {
			b.WriteString("- " + own.DueLine(l) + "\n")
		}
		if n := own.Overdues() - len(own.Overdue); n > 0 {
			fmt.Fprintf(&b, "- 其余%d项略\n", n)
		}
	}
	b.WriteString("\n请各责任单位抓紧办理并反馈进展。")
	if whole.Note != "" {
		b.WriteString(wording.Escape(whole.Note) + "。")
	}
	fmt.Fprintf(&b, "\n\n%s", wording.Escape(i.Imprint.Office))
	return wording.Cut(b.String(), pageBytes)
}
