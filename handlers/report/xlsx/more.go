package xlsx

import (
	"cmp"
	"fmt"
	"strings"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// points writes every checkpoint of every task.
func (b *book) points() {
	cols := []column{{"任务号", 8, true}, {"任务摘要", 36, false}, {"承办方", 22, false}, {"节点名", 20, false}, {"开始", 14, true}, {"截止", 14, true},
		{"原截止", 14, true}, {"延期次数", 9, true}, {"节点状态", 10, true}, {"申请日", 14, true}, {"办结日", 14, true}, {"退回次数", 9, true}}
	var rows [][]cell
	for _, r := range b.facts.Rows {
		for _, p := range r.Points {
			rows = append(rows, []cell{no(r.Task.No), text(wording.Short(r.Task.Title, 40)), text(wording.Responsible(r.Task)), text(label(p)),
				date(p.Start), date(p.Due), date(p.Planned), number(p.State.Extended), lit(p.Level, b.facts.Lights.Word(p.Level)),
				dayOf(p.State.AppliedAt), dayOf(p.State.ClosedAt),
				number(p.State.Returned)})
		}
	}
	b.sheet(sheetPoints, []string{"节点一览"}, cols, rows)
}

// label names a checkpoint by what is to be done by then, else by the day in force: a label
// that is only the day the plan had set is no name any more once that day was moved.
func label(p report.PointRow) string {
	work := p.Work()
	if work == p.Planned.Chinese() {
		work = ""
	}
	return cmp.Or(work, p.Due.Chinese())
}

// history writes the audit record: who, when, what. What was withdrawn or corrected
// stays, and says so.
func (b *book) history(events []ledger.Event) {
	f := b.facts
	ours := map[string]report.Row{}
	for _, r := range f.Rows {
		ours[r.Task.ID] = r
	}
	gone := map[string]string{}
	for _, e := range events {
		if !e.At.After(f.At) && e.Ref != "" && (e.Kind == ledger.EventWithdraw || e.Kind == ledger.EventCorrect) {
			gone[e.Ref] = "已" + wording.Event(e.Kind)
		}
	}
	cols := []column{{"记录时刻", 20, true}, {"任务号", 8, true}, {"任务摘要", 32, false}, {"节点名", 18, false}, {"类型", 11, true}, {"文字", 60, false}, {"百分比", 9, true},
		{"经办人", 12, true}, {"所在方", 18, false}, {"备注", 14, false}, {"记录号", 30, false}}
	var rows [][]cell
	for _, e := range events {
		r, in := ours[e.Task]
		if !in || e.At.After(f.At) {
			continue
		}
		word, done := e.Reason, ""
		if e.Report != nil {
			word = e.Report.Text
			if e.Report.Percent != nil {
				done = wording.Percent(*e.Report.Percent)
			}
		}
		if !e.Date.IsZero() {
			word = strings.TrimSpace(e.Date.Chinese() + " " + word)
		}
		rows = append(rows, []cell{cell{v: e.At}, no(r.Task.No), text(wording.Short(r.Task.Title, 40)), text(pointOf(r, e.Point)), text(kind(e)), text(word), percent(done),
			text(e.By.Name), text(e.By.Unit), text(gone[e.ID]), text(e.ID)})
	}
	b.sheet(sheetHistory, []string{"反馈和办理记录"}, cols, rows)
}

// pointOf names the checkpoint that an event is about, by its label or its day.
func pointOf(r report.Row, id string) string {
	for _, p := range r.Points {
		if p.ID == id {
			return label(p)
		}
	}
	return ""
}

// setup writes who changed the set-up; a ledger of single units has no part in that.
func (b *book) setup(events []ledger.Event) {
	if len(b.facts.Of) > 0 {
		return
	}
	var rows [][]cell
	for _, e := range events {
		if e.Task == ledger.SetupLog && !e.At.After(b.facts.At) {
			rows = append(rows, []cell{cell{v: e.At}, text(e.By.Name), text(e.Reason), text(e.ID)})
		}
	}
	b.sheet(sheetSetup, []string{"设置记录"}, []column{{"记录时刻", 20, true}, {"经办人", 14, true}, {"变动", 80, false}, {"记录号", 30, false}}, rows)
}

func kind(e ledger.Event) string {
	k := wording.Event(e.Kind)
	if e.By.Behalf {
		k += "（代）"
	}
	return k
}

// summary writes every figure with what it counts.
func (b *book) summary() {
	f := b.facts
	cols := []column{{"指标", 22, false}, {"数值", 12, true}, {"占比", 12, true}, {"口径", 48, false}, {"依据", 90, false}}
	rows := [][]cell{{text("合计"), number(f.Total), text(""), text(f.Scope), text("")}}
	for _, c := range f.Classes {
		rows = append(rows, []cell{lit(c.Level, c.Word), number(c.Count), percent(c.Percent), text(f.Meaning(c.Level)), text(wording.Numbers(c.Tasks))})
	}
	for _, r := range f.Rates {
		basis := fmt.Sprintf("分子%d：%s\n分母%d：%s", r.Part.Count, wording.Numbers(r.Part.Refs), r.Whole.Count, wording.Numbers(r.Whole.Refs))
		rows = append(rows, []cell{text(r.Name), text(fmt.Sprintf("%d÷%d", r.Part.Count, r.Whole.Count)), percent(r.Text()), text(r.Meaning), text(basis)})
	}
	for _, x := range []struct {
		name, meaning string
		report.Figure
	}{
		{"本期新办结", f.From + "至" + f.To, f.Fresh}, {"本期批准延期", f.From + "至" + f.To, f.Extended},
		{"本期有进展", f.From + "至" + f.To, report.Figure{Count: f.MovedAll, Refs: f.MovedOf}},
		{fmt.Sprintf("%d天内到期", f.SoonDays), "有未办结的节点在此期间到期", report.Figure{Count: f.SoonAll, Refs: f.SoonOf}},
		{"需要领导关注", "有事项待领导决定或协调，或逾期没有反馈、多次延期、多次退回", report.Figure{Count: f.AttentionAll, Refs: f.AttentionOf}},
	} {
		rows = append(rows, []cell{text(x.name), number(x.Count), text(""), text(x.meaning), text(wording.Numbers(x.Refs))})
	}
	b.sheet(sheetSummary, []string{"汇总（截至" + f.AsOf + "）", "各类互不重复，合计等于任务总数；占比按最大余数法取舍，合计为100%。"}, cols, rows)
}
