package wording

import (
	"time"

	"duban/internal/zh"
	"duban/store/ledger"
)

// china is the zone in which every time is shown, whatever zone it was stored in.
var china = time.FixedZone("Asia/Shanghai", 8*60*60)

// Day is the calendar day of a moment in China: 2018年12月31日.
func Day(t time.Time) string { return ledger.DateOf(t.In(china)).Chinese() }

// Moment is the day and the minute in China: 2018年12月31日 09:05.
func Moment(t time.Time) string { return Day(t) + " " + t.In(china).Format("15:04") }

// Cut shortens to at most n bytes, never inside a character, ending in an ellipsis
// where something was cut and there is room for one.
func Cut(s string, n int) string {
	const dots = "…"
	switch {
	case len(s) <= n:
		return s
	case n < len(dots):
		return ""
	}
	return zh.CutBytes(s, n-len(dots)) + dots
}
