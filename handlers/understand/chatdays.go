package understand

import (
	"strings"
	"time"

	"duban/store/ledger"
)

// timelyWords puts words of time that only chat uses into those the calendar knows,
// of the same size in bytes, so that offsets stay.
var timelyWords = strings.NewReplacer("接下来", "，未来", "截止的", "到期的", "截止任务", "到期任务", "截止有", "到期有")

func timely(s string) string {
	if !strings.Contains(s, "截止") && !strings.Contains(s, "接下来") {
		return s
	}
	return timelyWords.Replace(s)
}

// findShortDays adds days that only chat writes: 11-30 or 11/30 behind 到, and N号
// whose neighbours make it a day.
func (u *utterance) findShortDays() {
	for _, w := range [...]string{"今明两天", "今明", "今天明天", "今天和明天"} {
		if i := strings.Index(u.s, w); i >= 0 && !u.inDay(i) {
			u.days = append(u.days, day{start: i, end: i + len(w), from: u.today(), to: u.today().AddDays(1)})
			break
		}
	}
	for i, n := range u.nums {
		if n.kind == numTask || n.kind == numPercent || !n.whole || u.inDay(n.from) {
			continue
		}
		after := u.s[n.to:]
		switch {
		case strings.HasPrefix(after, "号") && dayOfMonth(&u.nums[i], u.s[:n.from], after[len("号"):]):
			u.addDay(n.from, n.to+len("号"), u.nextDay(int(n.value)))
		case i+1 < len(u.nums) && u.nums[i+1].from == n.to+1 && strings.ContainsRune("-/.", rune(u.s[n.to])) && hasAnySuffix(u.s[:n.from], "到", "至", "改成", "改为", "前", "在", "于", "计"):
			m := u.nums[i+1]
			if ledger.ValidDate(u.today().Year, time.Month(int(n.value)), int(m.value)) && !hasAnyPrefix(u.s[m.to:], "%", "-", "/") {
				d := ledger.NewDate(u.today().Year, time.Month(int(n.value)), int(m.value))
				if d.Compare(u.today()) < 0 {
					d = ledger.NewDate(d.Year+1, d.Month, d.Day)
				}
				u.addDay(n.from, m.to, d)
			}
		}
	}
}
