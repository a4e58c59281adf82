package picture

import (
	"fmt"
	"strconv"
	"time"

	"duban/handlers/report"
	"duban/store/ledger"
)

const (
	taskLabel = 300.0 // room for number and title
	stateRoom = 76.0
	timeLeft  = margin + taskLabel + 12 + stateRoom
	timeRight = width - margin
)

// timeline lays one row per task: its span, its checkpoints in the colour of their state,
// and today's line across all.
func timeline(s *sheet, f report.Facts) {
	y := heading(s, f, "任务时间轴")
	rows := f.Rows
	if len(rows) > maxTasks {
		rows = rows[:maxTasks]
	}
	if len(rows) == 0 {
		s.text(margin, y+14, "没有任务。", 14, grey)
		return
	}
	a := newAxis(f, rows)
	top := y + 18 // today's label stands above the years
	y = top + 38
	back := len(s.shapes)
	project := ""
	for i, r := range rows {
		if p := r.Task.Project; p != project && p != "" {
			project = p
			s.rect(margin, y+4, 4, 14, grey)
			y += s.block(margin+10, y+3, width-2*margin-10, p, 13, ink, 0) + 8
		}
		high := a.row(s, f, r, y, i%2 == 1)
		y += high
	}
	lines := &sheet{fonts: s.fonts}
	a.scale(lines, top, y)
	s.check(lines.err)
	s.behind(back, lines.shapes)
	today := a.x(f.Today)
	s.rect(today-0.75, top+2, 1.5, y-top-2, red)
	label := fmt.Sprintf("截至%d月%d日", int(f.Today.Month), f.Today.Day)
	w := s.width(label, 12)
	s.text(min(max(today-w/2, timeLeft), timeRight-w), top-3, label, 12, red)
	note := "圆点为节点时限，颜色为节点状态；浅色条为办理期间。"
	if a.months == 3 {
		note += "年份下的数字为季度。"
	}
	if left := len(f.Rows) - len(rows); left > 0 {
		note += fmt.Sprintf("其余%d项见台账。", left)
	}
	s.block(margin, y+8, width-2*margin, note, 12, grey, 0)
}

// axis maps days to places.
type axis struct {
	from, to ledger.Date
	months   int // between two marks
}

// newAxis spans whole quarters from the issue of the plan, or what is earlier, to the
// last deadline or the next month.
func newAxis(f report.Facts, rows []report.Row) axis {
	from, to := f.Today, f.Today.AddDays(30)
	if !f.Issued.IsZero() && f.Issued.Before(from) {
		from = f.Issued
	}
	for _, r := range rows {
		for _, p := range r.Points {
			for _, d := range []ledger.Date{p.Start, p.Due} {
				if !d.IsZero() && d.Before(from) {
					from = d
				}
				if d.After(to) {
					to = d
				}
			}
		}
	}
	a := axis{from: quarter(from), to: quarter(to).AddMonths(3)}
	switch span := (a.to.Year-a.from.Year)*12 + int(a.to.Month-a.from.Month); {
	case span <= 15:
		a.months = 1
	case span <= 84:
		a.months = 3
	default:
		a.months, a.from, a.to = 12, ledger.NewDate(a.from.Year, 1, 1), ledger.NewDate(a.to.AddDays(-1).Year+1, 1, 1)
	}
	return a
}

func quarter(d ledger.Date) ledger.Date {
	return ledger.NewDate(d.Year, (d.Month-1)/3*3+1, 1)
}

// x is where the day ends, so that a deadline on the last day of a month stands at the
// month's end.
func (a axis) x(d ledger.Date) float64 {
	return timeLeft + (timeRight-timeLeft)*float64(d.AddDays(1).Sub(a.from))/float64(a.to.Sub(a.from))
}

// scale draws the columns: years, and months or quarters below them where they have room.
func (a axis) scale(s *sheet, top, bottom float64) {
	for d, n := a.from, 0; d.Before(a.to); d, n = d.AddMonths(a.months), n+1 {
		x, end := a.x(d.AddDays(-1)), a.x(d.AddMonths(a.months).AddDays(-1))
		s.rect(x, top+18, 0.5, bottom-top-18, rule)
		if n == 0 || d.Month == time.January {
			year := strconv.Itoa(d.Year) + "年"
			if s.width(year, 12) < a.x(ledger.NewDate(d.Year+1, 1, 1).AddDays(-1))-x-4 && x+s.width(year, 12) < timeRight {
				s.rect(x, top+2, 0.5, bottom-top-2, grey)
				s.text(x+4, top+15, year, 12, ink)
			}
		}
		label := ""
		switch a.months {
		case 1:
			label = strconv.Itoa(int(d.Month)) + "月"
		case 3:
			label = strconv.Itoa((int(d.Month)-1)/3 + 1)
		}
		if w := s.width(label, 10); label != "" && w < end-x-1 {
			s.text(x+(end-x-w)/2, top+31, label, 10, grey)
		}
	}
	s.rect(timeLeft, top+36, timeRight-timeLeft, 0.5, grey)
}

// row lays one task from y on and returns how high its row is.
func (a axis) row(s *sheet, f report.Facts, r report.Row, y float64, shaded bool) float64 {
	label := r.Task.No + "　" + r.Task.Title
	text := s.high(label, 12, taskLabel)
	high := max(text+8, 24)
	if shaded {
		s.rect(margin, y, width-2*margin, high, band)
	}
	s.block(margin, y+(high-text)/2-1, taskLabel, label, 12, ink, 0)
	mid := y + high/2
	s.dot(margin+taskLabel+14, mid, 4, ground(f, r.Level))
	s.text(margin+taskLabel+22, mid+4, r.State(), 11, ink)
	a.points(s, f, r, mid)
	return high
}

func (a axis) points(s *sheet, f report.Facts, r report.Row, mid float64) {
	if len(r.Points) == 0 {
		s.rect(timeLeft, mid-0.5, timeRight-timeLeft, 1, span)
		return
	}
	start, end := f.Issued, r.Points[0].Due
	if first := r.Points[0]; !first.Start.IsZero() || start.IsZero() {
		start = first.Start
	}
	for _, p := range r.Points {
		end = latest(end, p.Due)
	}
	if start.IsZero() || start.Before(a.from) {
		start = a.from
	}
	if from := a.x(start.AddDays(-1)); a.x(end) > from {
		s.rect(from, mid-4, a.x(end)-from, 8, span)
	}
	radius := 4.5
	if len(r.Points) > 30 {
		radius = 2.5
	}
	for _, p := range r.Points {
		s.dot(min(a.x(p.Due), timeRight-radius), mid, radius, ground(f, p.Level))
	}
}

func latest(a, b ledger.Date) ledger.Date {
	if b.After(a) {
		return b
	}
	return a
}
