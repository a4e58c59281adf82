package when

import (
	"strings"

	"duban/store/ledger"
)

// maxChat bounds a chat message; more is not read.
const maxChat = 8 << 10

// Moment is a date, and perhaps a time, that somebody wrote in chat. Date is the last
// day of what was named (月底, 三季度末), Precision how wide that was: day, week, tendays,
// month, quarter, halfyear, year. Matched is the text, from byte Start to End of
// zh.Fold(text), so that a caller can cut it out.
type Moment struct {
	Date         ledger.Date
	Hour, Minute int
	HasTime      bool
	Precision    string
	Matched      string
	Start, End   int
}

// FindAll gives every date in the text, in order, as of today. A month or day without a
// year is the next one, unless it has passed by at most a month: then it is the one just
// past, for reports look back (10月15日完成了). 周五 is the next Friday, today included;
// 下周五 the Friday of next week. N号 counts only where its neighbours speak of time,
// for it may number a task.
func FindAll(text string, today ledger.Date) []Moment {
	src := prepare(text, maxChat)
	c := scan{s: src.s, ref: today, lean: leanChat}
	var out []Moment
	for _, m := range c.collect() {
		if m.cycle != "" || m.p.bad != "" {
			continue
		}
		d := m.p.to
		if m.bound == boundSince || d.IsZero() {
			d = m.p.from
		}
		if m.bound == boundAfter {
			d = d.AddDays(1)
		}
		mo := Moment{Date: d, Precision: m.p.prec, HasTime: m.clock.has, Hour: m.clock.hour, Minute: m.clock.minute}
		mo.Start, mo.End = src.place(m.start, m.end)
		mo.Matched = src.folded[mo.Start:mo.End]
		out = append(out, mo)
	}
	if len(out) == 0 {
		if mo, ok := c.todayAt(src); ok {
			return []Moment{mo}
		}
	}
	return out
}

// todayAt reads a clock time without a date (下班前, 下午5点前) as today's.
func (c *scan) todayAt(src source) (Moment, bool) {
	for i := 0; i < len(c.s); {
		j, isWord := c.any(i, "下班前", "下班之前", "上午", "下午", "中午", "晚上", "傍晚")
		if isWord {
			cl, k, ok := c.clockTime(i)
			if ok && (k > j || strings.HasPrefix(c.s[i:], "下班")) {
				mo := Moment{Date: c.ref, HasTime: true, Hour: cl.hour, Minute: cl.minute, Precision: precDay}
				mo.Start, mo.End = src.place(i, c.opt(k, "之前", "以前", "前"))
				mo.Matched = src.folded[mo.Start:mo.End]
				return mo, true
			}
		}
		i = max(c.run(i), i+1)
		for i < len(c.s) && c.s[i]&0xC0 == 0x80 {
			i++
		}
	}
	return Moment{}, false
}

// place maps a stretch of the prepared text to the folded text.
func (s source) place(start, end int) (int, int) {
	if end <= start {
		return int(s.at[start]), int(s.at[start])
	}
	return int(s.at[start]), int(s.at[end-1]) + 1
}
