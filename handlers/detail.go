package handlers

import (
	"fmt"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runDetail shows one task: what the plan says, and where it stands.
func runDetail(t *turn) (act, error) {
	if list := t.named(t.mean.Tasks); t.mean.Task == "" && len(list) > 1 { // each has its line
		return t.list("任务", fmt.Sprintf("**所问的%s任务**", count(len(list))), list, t.m.Text), nil
	}
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**任务%s** %s\n", x.No, wording.Escape(x.Title))
	if x.Detail != "" {
		fmt.Fprintf(&b, "\n%s\n", wording.Escape(wording.Short(x.Detail, 300)))
	}
	b.WriteString("\n- 责任单位：" + ownersText(x) + "\n")
	b.WriteString("- 时限要求：" + when(x) + "\n")
	if was := formerNumbers(x); was != "" {
		b.WriteString("- " + was + "\n")
	}
	if t.see.sees(x) {
		t.standing(&b, x)
	} else {
		b.WriteString("\n办理情况仅对责任单位和督查室显示。")
	}
	a := say("任务"+x.No, b.String(), t.detailButtons(x)...)
	a.reply.tasks = []string{x.No}
	return a, nil
}

// standing writes where the task stands: light, checkpoints, the newest report.
func (t *turn) standing(b *strings.Builder, x *ledger.Task) {
	p := t.book.Progress(x.No)
	fmt.Fprintf(b, "- 状态：%s%s\n", t.desk.o.Lights.Of(t.level(x)), t.standingWord(x))
	if p != nil && p.Follow != nil {
		fmt.Fprintf(b, "- 批示跟踪（13710）：%s批示，%s\n", wording.Day(p.Follow.At), wording.FollowStep(p.Follow.Ahead(x, p, t.today, t.workday)))
	}
	if p != nil && p.Reporting != nil {
		fmt.Fprintf(b, "- 报送：%s（本任务另定）\n", wording.Reporting(t.reporting(x)))
	}
	points := x.Begun(t.today)
	if x.Recurring() && len(points) > 3 {
		points = points[len(points)-3:]
	}
	for _, pt := range points {
		fmt.Fprintf(b, "- 节点：%s%s\n", pointWork(x, pt), t.pointState(p.Point(pt.ID), pt))
	}
	if pt, ok := ledger.CurrentPoint(x, p, t.today); ok || x.Standing() {
		b.WriteString(t.shareLines(x, pt.ID))
	}
	if p == nil || p.Last == nil {
		b.WriteString("\n还没有反馈记录。")
		return
	}
	fmt.Fprintf(b, "\n最近反馈（%s，%s）：\n\n> %s", wording.Moment(p.Last.At), wording.Escape(p.Last.By.Name), wording.Escape(wording.Short(p.Last.Report.Text, 200)))
	extras(b, p.Last.Report)
}

// pointWork is pointWhen with all that the plan wants done by then.
func pointWork(x *ledger.Task, pt ledger.Point) string {
	if pt.Text == "" {
		return pointWhen(x, pt)
	}
	return wording.Escape(wording.Short(pt.Work(), 120)) + " " + pt.Due.Chinese()
}

// standingWord adds what the office or the unit has said of the task as a whole.
func (t *turn) standingWord(x *ledger.Task) string {
	p := t.book.Progress(x.No)
	out := ""
	switch {
	case p == nil:
		return ""
	case p.Status != ledger.StatusActive && p.Why != "":
		out = "（" + wording.Escape(wording.Short(p.Why, 40)) + "）"
	case p.Declined != nil:
		out = "（退办待定）"
	}
	if len(p.Unsigned) > 0 {
		out += "（待签收：" + wording.Escape(strings.Join(p.Unsigned, "、")) + "）"
	}
	if p.Need != nil {
		out += "（需协调：" + wording.Escape(wording.Short(p.Need.Text, 40)) + "）"
	}
	return out
}

func extras(b *strings.Builder, r ledger.Report) {
	b.WriteString("\n")
	if r.Blocker != "" {
		b.WriteString("\n- 存在问题：" + wording.Escape(r.Blocker))
	}
	if r.Next != "" {
		b.WriteString("\n- 下一步：" + nextStep(r))
	}
	if !r.Expect.IsZero() {
		b.WriteString("\n- 预计完成：" + r.Expect.Chinese())
	}
}

func (t *turn) pointState(s ledger.PointState, pt ledger.Point) string {
	out := ""
	switch s.Phase {
	case ledger.PhaseClosed:
		return "，已于" + wording.Day(s.ClosedAt) + "办结"
	case ledger.PhasePending:
		out = "，待审核（" + wording.Day(s.AppliedAt) + "申请办结）"
	case ledger.PhaseOpen:
		out = "，" + wording.Days(pt.Due, t.today)
	}
	if !pt.Planned.IsZero() {
		out += fmt.Sprintf("（原时限%s，已延期%d次）", pt.Planned.Chinese(), s.Extended)
	}
	if s.Ask != nil {
		out += "，申请延至" + s.Ask.To.Chinese() + "待审批"
	}
	if s.Percent != nil {
		out += "，进度" + wording.Percent(*s.Percent)
	}
	if s.Returned > 0 && s.Phase == ledger.PhaseOpen {
		out += fmt.Sprintf("，退回%d次", s.Returned)
		if s.Reason != "" {
			out += "（" + wording.Escape(wording.Short(s.Reason, 40)) + "）"
		}
	}
	return out
}

func (t *turn) detailButtons(x *ledger.Task) []ledger.Button {
	out := []ledger.Button{{Label: "查看依据", Say: "依据 任务" + x.No}}
	if t.see.sees(x) {
		out = append(out, ledger.Button{Label: "反馈记录", Say: "任务" + x.No + "的记录"})
	}
	return out
}

// ownersText lists the responsible parties in the plan's order with their roles.
func ownersText(x *ledger.Task) string {
	var out []string
	for _, o := range x.Owners {
		out = append(out, wording.Party(o.Name, o.Role))
	}
	if len(out) == 0 {
		return "方案未写明"
	}
	return wording.Escape(strings.Join(out, "、"))
}

// runOwns says who is responsible.
func runOwns(t *turn) (act, error) {
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	text := fmt.Sprintf("任务%s（%s）的责任单位：%s。", x.No, wording.Escape(wording.Short(x.Title, 40)), ownersText(x))
	if names := t.contacts(x); names != "" && t.see.sees(x) {
		text += "\n\n联络员：" + names + "。"
	}
	a := say("责任单位", text)
	a.reply.tasks = []string{x.No}
	return a, nil
}

// contacts lists the known contact people of the units named in the task.
func (t *turn) contacts(x *ledger.Task) string {
	var out []string
	for _, u := range x.Named() {
		for _, id := range contactsOf(t.book, u) {
			out = append(out, wording.Escape(t.book.Members[id].Name)+"（"+u+"）")
		}
	}
	return strings.Join(out, "、")
}

// runBasis shows the clause behind a task.
func runBasis(t *turn) (act, error) {
	if t.mean.Task == "" && t.mean.Query == "" && len(t.mean.Tasks) == 0 {
		return runSummaryBasis(t)
	}
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	c := t.book.Clauses[x.Clause]
	if c == nil {
		return say("依据", fmt.Sprintf("任务%s列于%s任务清单，正文中没有能够对应的条款。", x.No, wording.Escape(t.planName()))), nil
	}
	text := fmt.Sprintf("任务%s的依据：%s\n\n**%s** %s\n\n> %s", x.No, wording.Escape(t.planTitle()),
		wording.Escape(c.Project), wording.Escape(c.Heading), wording.Escape(c.Text))
	a := say("依据", text)
	a.reply.tasks = []string{x.No}
	return a, nil
}

func (t *turn) planTitle() string {
	if t.book.Plan == nil {
		return "方案"
	}
	if t.book.Plan.Number == "" {
		return "《" + t.book.Plan.Title + "》"
	}
	return "《" + t.book.Plan.Title + "》（" + t.book.Plan.Number + "）"
}
