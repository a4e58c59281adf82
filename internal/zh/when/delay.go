package when

import (
	"strings"

	"duban/store/ledger"
)

// Delay is a length of time without a beginning: 延期10天, 宽限两周, 再给3个工作日. What it
// is added to is the caller's business.
type Delay struct {
	Months, Days, Workdays int
	Matched                string
	Start, End             int // byte offsets in the folded text
}

// From adds the delay to a day, as C6 counts.
func (d Delay) From(day ledger.Date) ledger.Date {
	return offset{months: d.Months, days: d.Days, workdays: d.Workdays}.from(day)
}

// FindDelay gives the first length of time in the text that is neither followed by 内
// or 后 (then it is a date, see Find) nor counted in hours, years of age or the like.
func FindDelay(text string) (Delay, bool) {
	src := prepare(text, maxChat)
	c := scan{s: src.s, lean: leanChat}
	for i := 0; i < len(c.s); {
		r := c.next(i)
		if r != '半' && !isHanDigit(r) && (r < '0' || r > '9') {
			i++
			for i < len(c.s) && c.s[i]&0xC0 == 0x80 {
				i++
			}
			continue
		}
		o, j, ok := c.duration(i)
		lone := c.prev(j) != '月' || c.prev(j-len("月")) == '个' || r == '半' || r == '两'
		if ok && lone && !strings.ContainsRune("上下前后第", c.prev(i)) && (c.prev(j) != '日' || o.workdays > 0) && o.hours == 0 && !c.follows(j, "内之以后里前度计行") {
			d := Delay{Months: o.months, Days: o.days, Workdays: o.workdays}
			d.Start, d.End = src.place(i, j)
			d.Matched = src.folded[d.Start:d.End]
			return d, true
		}
		i = max(c.run(i), i+len(string(r)))
	}
	return Delay{}, false
}
