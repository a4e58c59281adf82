package handlers

import (
	"regexp"

	"duban/handlers/report"
	"duban/store/ledger"
)

// yearSaid finds a year in the words: 2018年, 18年, 今年, 去年.
var yearSaid = regexp.MustCompile(`(?:\d{2}|[今明去前本当])年|\d{4}`)

// meant makes the period of the words one that can be told of. A month, a quarter or a half
// without a year that has not begun is that of the year before, where the plan was there by
// its end: who asks for 三季度 in January asks about the last one.
func (t *turn) meant() {
	if from, to, ok := t.yearBefore(); ok && t.mean.From.After(t.today) {
		t.mean.From, t.mean.To = from, to
	}
}

// yearBefore is the period of the words a year earlier; false when they name none or its
// year, or when the plan was not there yet.
func (t *turn) yearBefore() (from, to ledger.Date, ok bool) {
	if t.mean.From.IsZero() || t.mean.To.IsZero() || yearSaid.MatchString(t.m.Text) || t.book.Plan == nil {
		return from, to, false
	}
	from, to = t.mean.From.AddMonths(-12), t.mean.To.AddMonths(-12)
	if t.mean.To == ledger.EndOfMonth(t.mean.To.Year, t.mean.To.Month) {
		to = ledger.EndOfMonth(to.Year, to.Month)
	}
	return from, to, !to.Before(t.book.Plan.Issued)
}

// periodName is what the asker's period is called, with the day up to which it has gone;
// empty when none was named.
func (t *turn) periodName() string {
	if t.mean.From.IsZero() || t.mean.To.IsZero() {
		return ""
	}
	name := report.PeriodName(t.mean.From, t.mean.To)
	if t.mean.To.After(t.today) {
		name += "（至" + t.today.Chinese() + "）"
	}
	return name
}

func notBegun() act {
	return say("期间还没有开始", "所说的期间还没有开始，没有可以统计的情况。请换一个期间。")
}

// otherYear offers the same period of the year before, where this year's has only begun
// and no year was said.
func (t *turn) otherYear() string {
	from, to, ok := t.yearBefore()
	if !ok || t.mean.To.Before(t.today) || t.mean.To.Sub(t.mean.From) < 27 {
		return ""
	}
	name := report.PeriodName(from, to)
	return "查" + name + "请回复“" + name + "汇总”。"
}
