package when

import (
	"fmt"
	"strconv"
	"time"

	"duban/store/ledger"
)

// Point is one dated obligation of a task: a milestone, or one period of a recurring
// duty. ID is unique within the task and stays the same however often it is computed.
type Point struct {
	ID, Label  string
	Text       string // what is to be done by then, where the label is too short for it
	Start, Due ledger.Date
}

// maxPoints bounds the obligations of one task; defaultYears is how far a recurring
// duty is laid out when the plan names no end.
const (
	maxPoints    = 400
	defaultYears = 5
)

// Checkpoints lays a deadline out as dated obligations in the order of the text. A
// date or a period with an end gives one ("1"), several give one each ("1", "2", …),
// a recurring duty one for each period whose due day comes after issued, up to ends
// ("2018", "2018H2", "2018Q3", "2018-07", "2018W27"; within several, "2.2018Q3"; with
// more days in a period, "2018.1" and "2018.2"). Without ends it is laid out for five
// years; where the day of issue is not known it gives none. Daily duties are standing and give none, nor do open, review and done. The
// list stops at 400.
func Checkpoints(d ledger.Deadline, issued, ends ledger.Date) []Point {
	if ends.IsZero() {
		ends = issued.AddMonths(12 * defaultYears)
	}
	switch d.Kind {
	case ledger.DeadlineDue, ledger.DeadlineRange:
		return single(d, "1", "")
	case ledger.DeadlineEvery:
		return recurring(d, issued, ends, "", "")
	case ledger.DeadlineMulti:
		var out []Point
		for i, p := range d.Parts {
			id := strconv.Itoa(i + 1)
			if p.Deadline.Kind == ledger.DeadlineEvery {
				out = append(out, withText(recurring(p.Deadline, issued, ends, id+".", p.Label+" "), p.Text)...)
				continue
			}
			out = append(out, withText(single(p.Deadline, id, p.Label), p.Text)...)
		}
		return out[:min(len(out), maxPoints)]
	}
	return nil
}

func withText(points []Point, text string) []Point {
	for i := range points {
		points[i].Text = text
	}
	return points
}

func single(d ledger.Deadline, id, label string) []Point {
	if d.End.IsZero() || d.Kind != ledger.DeadlineDue && d.Kind != ledger.DeadlineRange {
		return nil
	}
	if label == "" {
		label = d.End.Chinese()
	}
	return []Point{{ID: id, Label: label, Start: d.Start, Due: d.End}}
}

// lap is one period of a cycle.
type lap struct {
	id, label   string
	first, last ledger.Date
}

func recurring(d ledger.Deadline, issued, ends ledger.Date, prefix, label string) []Point {
	var out []Point
	if issued.IsZero() {
		return nil // no first period to count from
	}
	for n := 0; n < 2*maxPoints && len(out) < maxPoints; n++ {
		l, ok := lapOf(d.Cycle, issued, n)
		if !ok || l.first.After(ends) {
			break
		}
		dues := []ledger.Date{l.last}
		if len(d.Anchors) > 0 {
			dues = dues[:0]
			for _, a := range d.Anchors {
				dues = append(dues, anchorDay(d.Cycle, a, l))
			}
		}
		for i, due := range dues {
			if !due.After(issued) || due.After(ends) || len(out) >= maxPoints {
				continue
			}
			p := Point{ID: prefix + l.id, Label: label + l.label, Start: l.first, Due: due}
			if len(dues) > 1 {
				p.ID += "." + strconv.Itoa(i+1)
				p.Label += fmt.Sprintf("(%d月%d日)", int(due.Month), due.Day)
			}
			out = append(out, p)
		}
	}
	return out
}

// lapOf is the n-th period of the cycle, counted from the one that holds the day of
// issue.
func lapOf(cycle ledger.Cycle, issued ledger.Date, n int) (lap, bool) {
	y, m := issued.Year, int(issued.Month)
	switch cycle {
	case ledger.CycleWeek, ledger.CycleFortnight:
		return weekLap(cycle, issued, n), true
	case ledger.CycleMonth:
		f := months(y, m, n)
		return lap{fmt.Sprintf("%d-%02d", f.Year, int(f.Month)), fmt.Sprintf("%d年%d月", f.Year, int(f.Month)), f, last(f, 1)}, true
	case ledger.CycleQuarter:
		f := months(y, (m-1)/3*3+1, 3*n)
		q := (int(f.Month)-1)/3 + 1
		return lap{fmt.Sprintf("%dQ%d", f.Year, q), fmt.Sprintf("%d年第%s季度", f.Year, []string{"一", "二", "三", "四"}[q-1]), f, last(f, 3)}, true
	case ledger.CycleHalfYear:
		f := months(y, (m-1)/6*6+1, 6*n)
		h := (int(f.Month)-1)/6 + 1
		return lap{fmt.Sprintf("%dH%d", f.Year, h), fmt.Sprintf("%d年%s半年", f.Year, []string{"上", "下"}[h-1]), f, last(f, 6)}, true
	case ledger.CycleYear:
		f := months(y+n, 1, 0)
		return lap{strconv.Itoa(f.Year), fmt.Sprintf("%d年", f.Year), f, last(f, 12)}, true
	case ledger.CycleTwoYears:
		f := months(y+2*n, 1, 0)
		return lap{strconv.Itoa(f.Year + 1), fmt.Sprintf("%d—%d年", f.Year, f.Year+1), f, last(f, 24)}, true
	}
	return lap{}, false
}

// weekLap is a week or fortnight; a fortnight is named by its second week.
func weekLap(cycle ledger.Cycle, issued ledger.Date, n int) lap {
	length := 7
	if cycle == ledger.CycleFortnight {
		length = 14
	}
	first := issued.AddDays(1 - isoWeekday(issued) + n*length)
	end := first.AddDays(length - 1)
	year, week := end.In(time.UTC, 0, 0).ISOWeek()
	return lap{fmt.Sprintf("%dW%02d", year, week), fmt.Sprintf("%d年第%d周", year, week), first, end}
}

func months(y, m, plus int) ledger.Date { return ledger.NewDate(y, time.Month(m+plus), 1) }

// last is the last day of the n months from first on.
func last(first ledger.Date, n int) ledger.Date {
	return ledger.NewDate(first.Year, first.Month+time.Month(n), 0)
}

// anchorDay is the day of the anchor in the period, or the month's last where the
// month has no such day.
func anchorDay(cycle ledger.Cycle, a ledger.Anchor, l lap) ledger.Date {
	if cycle == ledger.CycleWeek || cycle == ledger.CycleFortnight {
		return l.last.AddDays(a.Weekday - 7)
	}
	month := l.first
	if a.Month > 0 && cycle != ledger.CycleMonth {
		month = months(l.first.Year, int(l.first.Month), int(a.Month)-1)
	}
	if cycle == ledger.CycleTwoYears && a.Month > 0 {
		month.Year = l.last.Year
	}
	end := last(ledger.Date{Year: month.Year, Month: month.Month, Day: 1}, 1)
	if a.Day > 0 && a.Day < end.Day {
		end.Day = a.Day
	}
	return end
}
