package picture

import (
	"strconv"
	"time"

	"duban/handlers/report"
	"duban/store/ledger"
)

// axis maps days to places between the margins.
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
	case span <= 66:
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
	return margin + pointSize + (inner-2*pointSize)*float64(d.AddDays(1).Sub(a.from))/float64(a.to.Sub(a.from))
}

// begin is where the day begins.
func (a axis) begin(d ledger.Date) float64 { return a.x(d.AddDays(-1)) }

// scaleHigh is the room that the scale takes: today's label, the years, the months.
const scaleHigh = 3*(sizeText+8) + 8

// scale writes the years, and below them the month with which each mark ends.
func (a axis) scale(s *sheet, f report.Facts, y float64) {
	label := "截至" + f.AsOf
	w := s.width(label, sizeText)
	s.text(min(max(a.x(f.Today)-w/2, margin), width-margin-w), y+sizeText, label, sizeText, red)
	years, months := y+2*(sizeText+8)-8, y+3*(sizeText+8)-8
	for d := a.from; d.Before(a.to); d = ledger.NewDate(d.Year+1, 1, 1) {
		end := ledger.NewDate(d.Year+1, 1, 1)
		if end.After(a.to) {
			end = a.to
		}
		year := strconv.Itoa(d.Year) + "年"
		room := a.begin(end) - a.begin(d)
		if a.months == 12 && s.width(year, sizeText)+12 > room {
			year = strconv.Itoa(d.Year % 100)
		}
		if s.width(year, sizeText)+12 > room {
			continue
		}
		s.rect(a.begin(d), years-sizeText+4, 2, months-years+sizeText+2, rule)
		s.text(a.begin(d)+6, years, year, sizeText, ink)
	}
	for d := a.from; a.months < 12 && d.Before(a.to); d = d.AddMonths(a.months) {
		last := d.AddMonths(a.months).AddDays(-1)
		month := strconv.Itoa(int(last.Month))
		if a.months == 1 {
			month += "月"
		}
		if w := s.width(month, sizeText); w+4 <= a.x(last)-a.begin(d) {
			s.text(a.x(last)-w-2, months, month, sizeText, grey)
		}
	}
	s.rect(margin, y+scaleHigh-2, inner, 2, grey)
}

// marks draws the scale's lines in a lane, those of years stronger.
func (a axis) marks(s *sheet, y, high float64) {
	for d := a.from; d.Before(a.to); d = d.AddMonths(a.months) {
		c := rule
		if d.Month == time.January {
			c = span
		}
		s.rect(a.begin(d), y, 1, high, c)
	}
}
