package xlsx

import (
	"strconv"
	"strings"
	"time"

	"duban/store/ledger"
)

// china is the zone in which moments are shown.
var china = time.FixedZone("Asia/Shanghai", 8*60*60)

// share is a percentage as a cell that can be computed with, 0.375 for 37.5%, and shown
// with a decimal or without.
type share struct {
	part    float64
	decimal bool
}

// form is the style of what is shown in a form of its own.
func (b *book) form(v any) (style int, own bool) {
	switch x := v.(type) {
	case ledger.Date:
		return b.day, true
	case time.Time:
		return b.moment, true
	case share:
		if x.decimal {
			return b.tenths, true
		}
		return b.percent, true
	}
	return 0, false
}

// serial is how a workbook counts days.
func serial(d ledger.Date) int { return d.Sub(ledger.NewDate(1899, time.December, 30)) }

func text(s string) cell { return cell{v: s} }

func number(n int) cell { return cell{v: n} }

func lit(l ledger.Level, s string) cell { return cell{v: s, level: l} }

// no is a task's number: as a number, where it is one, so that the sheet sorts by it.
func no(s string) cell {
	if n, err := strconv.Atoi(s); err == nil && strconv.Itoa(n) == s {
		return number(n)
	}
	return text(s)
}

// date is a day, empty for none.
func date(d ledger.Date) cell {
	if d.IsZero() {
		return text("")
	}
	return cell{v: d}
}

// dayOf is the day of a moment, empty for none.
func dayOf(t time.Time) cell {
	if t.IsZero() {
		return text("")
	}
	return date(ledger.DateOf(t.In(china)))
}

// percent is a percentage as it is written elsewhere: 60%, 37.5%. What is none stays as it
// is.
func percent(s string) cell {
	v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || !strings.HasSuffix(s, "%") {
		return text(s)
	}
	return cell{v: share{v / 100, strings.Contains(s, ".")}}
}
