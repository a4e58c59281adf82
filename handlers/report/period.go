package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"duban/store/ledger"
)

var (
	yearWord    = regexp.MustCompile(`^(\d{4})年?$`)
	quarterWord = regexp.MustCompile(`^(\d{4})(?:-?[Qq]|年第?)([1-4一二三四])(?:季度)?$`)
	halfWord    = regexp.MustCompile(`^(\d{4})(?:-?[Hh]|年)([12上下])(?:半年)?$`)
	monthWord   = regexp.MustCompile(`^(\d{4})(?:-|年)(\d{1,2})月?$`)
)

// Period reads the period of a report: 2018, 2018Q3, 2018H2, 2018-07, the same in
// Chinese (2018年第三季度, 2018年7月), one day (2018-07-25) or two (2018-07-01..2018-07-25).
// Empty words are the month up to today. The period ends today at the latest; one that
// has not begun is an error, and so are words that are none of these.
func Period(words string, today ledger.Date) (from, to ledger.Date, err error) {
	words = strings.TrimSpace(words)
	if from, to, err = period(words, today); err != nil {
		return ledger.Date{}, ledger.Date{}, fmt.Errorf("report: period %q: %w", words, err)
	}
	if to.After(today) {
		to = today
	}
	if from.After(to) {
		return ledger.Date{}, ledger.Date{}, fmt.Errorf("report: period %q ends before it begins, or has not begun by %s", words, today)
	}
	return from, to, nil
}

func period(words string, today ledger.Date) (from, to ledger.Date, err error) {
	months := func(year, month, n int) (ledger.Date, ledger.Date, error) {
		if month < 1 || month > 12 {
			return ledger.Date{}, ledger.Date{}, fmt.Errorf("there is no month %d", month)
		}
		first := ledger.NewDate(year, time.Month(month), 1)
		return first, first.AddMonths(n).AddDays(-1), nil
	}
	if words == "" {
		return today.AddMonths(-1).AddDays(1), today, nil
	}
	if m := yearWord.FindStringSubmatch(words); m != nil {
		return months(number(m[1]), 1, 12)
	}
	if m := quarterWord.FindStringSubmatch(words); m != nil {
		return months(number(m[1]), number(m[2])*3-2, 3)
	}
	if m := halfWord.FindStringSubmatch(words); m != nil {
		return months(number(m[1]), number(m[2])*6-5, 6)
	}
	if m := monthWord.FindStringSubmatch(words); m != nil {
		return months(number(m[1]), number(m[2]), 1)
	}
	first, last, two := strings.Cut(words, "..")
	if from, err = ledger.ParseDate(first); err != nil {
		return from, to, err
	}
	if !two {
		return from, from, nil
	}
	to, err = ledger.ParseDate(last)
	return from, to, err
}

// number reads digits, or the one Chinese word that names a quarter or a half.
func number(s string) int {
	if i := strings.Index("一二三四", s); i >= 0 && s != "" {
		return i/len("一") + 1
	}
	switch s {
	case "上":
		return 1
	case "下":
		return 2
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0 // the patterns let nothing else through
	}
	return n
}

// PeriodName is what a period is called: 2018年, 2018年上半年, 2018年第三季度, 2018年9月, or its two days.
func PeriodName(from, to ledger.Date) string {
	months := (to.Year-from.Year)*12 + int(to.Month) - int(from.Month) + 1
	whole := from.Day == 1 && to == ledger.EndOfMonth(to.Year, to.Month)
	switch {
	case whole && months == 12 && from.Month == time.January:
		return fmt.Sprintf("%d年", from.Year)
	case whole && months == 6 && (from.Month == time.January || from.Month == time.July):
		return fmt.Sprintf("%d年%s半年", from.Year, [...]string{"上", "下"}[(from.Month-1)/6])
	case whole && months == 3 && (from.Month-1)%3 == 0:
		return fmt.Sprintf("%d年第%s季度", from.Year, [...]string{"一", "二", "三", "四"}[(from.Month-1)/3])
	case whole && months == 1:
		return fmt.Sprintf("%d年%d月", from.Year, int(from.Month))
	}
	return from.Chinese() + "至" + to.Chinese()
}
