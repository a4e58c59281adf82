package seeds

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/internal/zh/when"
	"duban/store/ledger"
)

// step is what a row wants reached in a period that has a column: 一季度目标.
type step struct{ head, text string }

// reMark is a cell that says only that work goes on in its period.
var reMark = regexp.MustCompile(`^[√✓✔●○■□▲★☆◆△◎]+$`)

// steps reads the period columns of a row as checkpoints, and apart from them the
// periods that hold a mark alone.
func (b *builder) steps(d *draft) (points, marks []ledger.Point) {
	for _, s := range d.steps {
		p, ok := periodOf(s.head, planYear(b.plan))
		if !ok || emptyCell(s.text) || s.text == "0" {
			continue
		}
		if reMark.MatchString(s.text) {
			marks = append(marks, p)
			continue
		}
		p.Text = s.text
		if whole := p.Label + " " + s.text; utf8.RuneCountInString(whole) <= when.MaxLabel {
			p.Label = whole
		}
		points = append(points, p)
	}
	return points, marks
}

// stepDeadline is the deadline of a row that states no other: its steps, or the end
// of the last period that it marks.
func stepDeadline(points, marks []ledger.Point) ledger.Deadline {
	out := ledger.Deadline{Kind: ledger.DeadlineMulti}
	for _, p := range points {
		p = bare(p)
		out.Parts = append(out.Parts, ledger.Part{Label: p.Label, Text: p.Text, Deadline: ledger.Deadline{Kind: ledger.DeadlineDue, End: p.Due}})
	}
	switch {
	case len(points) > 1:
		return out
	case len(points) == 1:
		return ledger.Deadline{Kind: ledger.DeadlineDue, End: points[0].Due}
	case len(marks) > 0:
		return ledger.Deadline{Kind: ledger.DeadlineRange, Start: marks[0].Start, End: marks[len(marks)-1].Due}
	}
	return ledger.Deadline{Kind: ledger.DeadlineOpen}
}

// stages are the dates that the further text of a task sets before its deadline:
// 6月底前完成招标 beside 2018年12月底.
func (b *builder) stages(d *draft, whole ledger.Deadline) []ledger.Point {
	if d.time == "" || d.detail == "" || whole.Kind != ledger.DeadlineDue && whole.Kind != ledger.DeadlineRange {
		return nil
	}
	dl := when.InProse(d.detail, b.plan.Issued)
	parts := dl.Parts
	if dl.Kind == ledger.DeadlineDue {
		parts = []ledger.Part{{Text: d.detail, Deadline: dl}}
	}
	var out []ledger.Point
	for _, p := range parts {
		end := p.Deadline.End
		last := end == whole.End && dl.Kind == ledger.DeadlineMulti
		if p.Deadline.Kind == ledger.DeadlineDue && end.After(b.plan.Issued) && (last || end.Before(whole.End)) {
			out = append(out, ledger.Point{ID: end.String(), Label: cmp.Or(p.Label, end.Chinese()), Text: p.Text, Due: end})
		}
	}
	return out
}

// addSteps puts the steps of a task among its checkpoints, in the order of their due
// days. A step of the same period as a checkpoint gives it its words. What lies
// before the day of issue or behind the deadline is none and stays with the text.
func (b *builder) addSteps(t *ledger.Task, steps []ledger.Point) {
	if len(steps) == 0 {
		return
	}
	own := t.Points[:len(t.Points):len(t.Points)]
	var more []ledger.Point
	var early, late []string
	for _, s := range steps {
		at := slices.IndexFunc(own, func(p ledger.Point) bool { return p.ID == s.ID })
		single := len(t.Points) > 0 && (t.Deadline.Kind == ledger.DeadlineDue || t.Deadline.Kind == ledger.DeadlineRange)
		if at < 0 {
			at = slices.IndexFunc(own, func(p ledger.Point) bool {
				return p.Due == s.Due || single && !s.Start.IsZero() && !p.Due.Before(s.Start) && p.Due.Before(s.Due)
			})
		}
		switch {
		case at >= 0:
			own[at].Text = join(own[at].Text, cmp.Or(s.Text, s.Label), "；")
		case !s.Due.After(b.plan.Issued):
			early = append(early, said(s))
		case single && s.Due.After(t.Deadline.End):
			late = append(late, said(s))
		default:
			more = append(more, bare(s))
		}
	}
	t.Points = append(own, more...)
	slices.SortStableFunc(t.Points, func(p, q ledger.Point) int { return p.Due.Compare(q.Due) })
	for _, left := range []struct {
		what  string
		steps []string
	}{{"早于印发日期", early}, {"晚于完成时限", late}} {
		if len(left.steps) > 0 {
			words := strings.Join(left.steps, "；")
			t.Detail = join(t.Detail, words, "；")
			t.Problems = append(t.Problems, ledger.Problem{Row: t.No, Text: "分期目标“" + shorten(words, 40) + "”" + left.what, Proposal: "未设节点，只列入任务内容，请核对"})
		}
	}
}

// bare leaves out words that the label says already.
func bare(p ledger.Point) ledger.Point {
	if strings.HasSuffix(p.Label, p.Text) {
		p.Text = ""
	}
	return p
}

// said is a step in one phrase.
func said(p ledger.Point) string {
	if p = bare(p); p.Text == "" {
		return p.Label
	}
	return p.Label + "：" + p.Text
}
