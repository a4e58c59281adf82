package picture

import (
	"cmp"
	"fmt"
	"slices"

	"duban/handlers/report"
	"duban/store/ledger"
)

// maxPages is how many pages a line of time has at most.
const maxPages = 6

// maxRows is more tasks than maxPages pages hold.
const maxRows = maxPages * 16

const (
	laneHigh = 28.0
	laneGap  = 16.0

	pointSize = 13.0 // radius of a checkpoint with its rim
)

// pages lays the line of time. When the tasks need more pages than there may be, those
// that are done, stand or are furthest from their deadline are left out first.
func pages(f report.Facts, o Options) ([]*sheet, error) {
	if err := report.Check(f); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	fonts, err := newFonts(o.Font)
	if err != nil {
		return nil, err
	}
	l := line{f: f, axis: newAxis(f, f.Rows), fonts: fonts}
	order := pressing(f.Rows)
	rows, note := f.Rows, ""
	if len(order) > maxRows {
		rows, note = l.kept(order, maxRows)
	}
	for {
		out, err := l.lay(rows, note)
		if err != nil || len(out) <= maxPages {
			return out, err
		}
		rows, note = l.kept(order, len(rows)-1)
	}
}

// line is a line of time under way.
type line struct {
	f     report.Facts
	axis  axis
	fonts *fonts
}

// kept is the first n of the order, in the plan's order again, and what is said of the
// others.
func (l line) kept(order []string, n int) ([]report.Row, string) {
	var out []report.Row
	for _, r := range l.f.Rows {
		if slices.Contains(order[:n], r.Task.No) {
			out = append(out, r)
		}
	}
	return out, fmt.Sprintf("任务较多，其余%d项见台账。", len(order)-n)
}

// pressing is the numbers of the tasks, those first that most need a look.
func pressing(rows []report.Row) []string {
	rank := map[ledger.Level]int{ledger.LevelOverdue: 0, ledger.LevelBehind: 1, ledger.LevelNear: 2, ledger.LevelPending: 3, ledger.LevelNormal: 4,
		ledger.LevelStanding: 5, ledger.LevelClosed: 6, ledger.LevelPaused: 7, ledger.LevelCancelled: 8}
	list := slices.Clone(rows)
	slices.SortStableFunc(list, func(a, b report.Row) int {
		if c := cmp.Compare(rank[a.Level], rank[b.Level]); c != 0 {
			return c
		}
		x, _ := a.Due()
		y, _ := b.Due()
		return x.Due.Compare(y.Due)
	})
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.Task.No
	}
	return out
}

// lay lays the rows on as many pages as they need; note stands under the last.
func (l line) lay(rows []report.Row, note string) ([]*sheet, error) {
	note = "圆点为节点时限，横条为办理期间，颜色为状态，红线为截至日。" + note
	if l.axis.months == 3 {
		note = "年份下的数字为月份。" + note
	}
	starts := []int{0}
	for { // the number of pages in the title changes nothing about their height
		from := starts[len(starts)-1]
		s := &sheet{fonts: l.fonts}
		y := l.head(s, len(starts), 0)
		foot := s.high(note, sizeText, inner) + 10
		at := from
		for project := ""; at < len(rows); at++ {
			high := l.high(s, rows[at], &project)
			if y += high; y > height-margin-foot && at > from {
				break
			}
		}
		if s.err != nil {
			return nil, s.err
		}
		if at >= len(rows) {
			break
		}
		starts = append(starts, at)
	}
	var out []*sheet
	for i, from := range starts {
		to := len(rows)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		s := &sheet{fonts: l.fonts}
		y := l.head(s, i+1, len(starts))
		project := ""
		for _, r := range rows[from:to] {
			y = l.row(s, r, y, &project)
		}
		if len(rows) == 0 {
			s.text(margin, y+sizeText, "没有任务。", sizeText, grey)
			y += sizeText * 2
		}
		s.block(margin, y, inner, note, sizeText, grey, 0)
		if s.err != nil {
			return nil, s.err
		}
		out = append(out, s)
	}
	return out, nil
}

// head lays title, key and scale.
func (l line) head(s *sheet, page, of int) float64 {
	title := "任务时间轴"
	if of > 1 {
		title += fmt.Sprintf("（%d/%d）", page, of)
	}
	y := key(s, l.f, l.classes(), heading(s, l.f, title, page == 1)+20, func(c report.Class) string { return c.Word })
	l.axis.scale(s, l.f, y)
	return y + scaleHigh + 14
}

// classes are those in whose colour something is drawn.
func (l line) classes() []report.Class {
	has := map[ledger.Level]bool{}
	for _, r := range l.f.Rows {
		has[r.Level] = true
		for _, p := range r.Points {
			has[p.Level] = true
		}
	}
	var out []report.Class
	for _, level := range report.Levels() {
		if has[level] {
			out = append(out, report.Class{Level: level, Word: l.f.Lights.Word(level)})
		}
	}
	return out
}

// high is how much room a task takes, with the heading of its 工程 where that changes.
func (l line) high(s *sheet, r report.Row, project *string) float64 {
	high := entryHigh(s, r, label(r)) + 4 + laneHigh + laneGap
	if head := projectOf(l.f, r); head != *project {
		*project = head
		high += s.high(head, sizeHead, inner-20) + 14
	}
	return high
}

// projectOf is the heading over the task; a plan without 工程 has none.
func projectOf(f report.Facts, r report.Row) string {
	if r.Task.Project == "" && len(f.Projects) > 1 {
		return report.NoProject
	}
	return r.Task.Project
}

// row lays one task from y on and returns where the next begins.
func (l line) row(s *sheet, r report.Row, y float64, project *string) float64 {
	if head := projectOf(l.f, r); head != *project {
		*project = head
		y += section(s, y, head, colours[ledger.LevelClosed][0])
	}
	y += entry(s, l.f, r, label(r), y) + 4
	s.rect(margin, y, inner, laneHigh, band)
	l.axis.marks(s, y, laneHigh)
	l.points(s, r, y+laneHigh/2)
	s.rect(l.axis.x(l.f.Today)-1.5, y-2, 3, laneHigh+4, red)
	return y + laneHigh + laneGap
}

// points draws a task's span and its checkpoints in the colour of their state.
func (l line) points(s *sheet, r report.Row, mid float64) {
	if len(r.Points) == 0 {
		s.rect(margin, mid-4, inner, 8, span)
		return
	}
	start, end := l.f.Issued, r.Points[0].Due
	if first := r.Points[0]; !first.Start.IsZero() || start.IsZero() {
		start = first.Start
	}
	for _, p := range r.Points {
		if p.Due.After(end) {
			end = p.Due
		}
	}
	if start.IsZero() || start.Before(l.axis.from) {
		start = l.axis.from
	}
	if from := l.axis.begin(start); l.axis.x(end) > from {
		s.rect(from, mid-4, l.axis.x(end)-from, 8, span)
	}
	radius := pointSize - 2
	if len(r.Points) > 30 {
		radius = 5
	}
	for _, p := range r.Points {
		s.dot(l.axis.x(p.Due), mid, radius+2, white)
		s.dot(l.axis.x(p.Due), mid, radius, ground(l.f, p.Level))
	}
}
