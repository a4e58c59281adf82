package understand

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"duban/store/ledger"
)

// timelyWords puts words of time that only chat uses into those the calendar knows,
// of the same size in bytes, so that offsets stay.
var timelyWords = strings.NewReplacer("头上年", "头里年", "头上月", "头里月", "手上年", "手里年", "手上月", "手里月", "全年", "今年", "接下来", "，未来", "截止的", "到期的", "截止任务", "到期任务", "截止有", "到期有", "后面两", "未来两", "后面三", "未来三", "后面一", "未来一", "后面几", "未来几", "往后一", "未来一", "往后两", "未来两", "往后三", "未来三", "往后几", "未来几", "往后1", "未来1", "往后2", "未来2", "往后3", "未来3", "里头", "以内", "后面1", "未来1", "后面2", "未来2", "后面3", "未来3")

func timely(s string) string {
	if !strings.Contains(s, "截止") && !strings.Contains(s, "接下来") && !strings.Contains(s, "后面") && !strings.Contains(s, "往后") && !strings.Contains(s, "里头") && !strings.Contains(s, "头上") && !strings.Contains(s, "手上") && !strings.Contains(s, "全年") {
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
	u.findPassing()
	for i, n := range u.nums {
		if n.whole && hasAnyPrefix(u.s[n.to:], "号到今天", "号到现在", "号到目前", "号至今") && dated(u.lastDay(int(n.value))) {
			u.days = slices.DeleteFunc(u.days, func(d day) bool { return d.start <= n.from && n.from < d.end })
			u.days = append(u.days, day{start: n.from, end: n.to + len("号"), from: u.lastDay(int(n.value)), to: u.today()})
			continue
		}
		if d, ok := u.pointDay(n); ok {
			u.addDay(n.from, n.to, d)
			continue
		}
		if n.kind == numTask || n.kind == numPercent || !n.whole || u.inDay(n.from) {
			continue
		}
		after := u.s[n.to:]
		switch {
		case strings.HasPrefix(after, "号") && u.noSuchDay() == "" && dayOfMonth(&u.nums[i], u.s[:n.from], after[len("号"):]):
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

// onDay matches what is done on a day as well as to a task, behind 28号: 28号完成系统上线.
var onDay = compile(`^(?:能|可以|可|会|要|将|就|必须|应|前后|全部|正式|准时|按时|如期|统一)*(?:完成|上线|验收|交付|提交|上报|召开|启动|竣工|开标|发布|印发|到位|交|报|送审|会审|评审|签约|投用|投入使用|试运行|结束|收尾|完工|挂网|公示|搞定|弄好|做好|办好)(?:[^了没未过率吗么?％%]*)$`)

// findEither looks for a number with 号 in front of the words that may be a day as well as
// a task.
func (u *utterance) findEither() {
	for _, n := range u.nums {
		if n.kind != numTask {
			continue
		}
		c := u.clauseAt(n.from)
		if n.start == n.from && n.value <= 31 && u.s[n.to:n.end] == "号" && u.atFront(n.start) && !c.asks && u.matches(onDay, strings.TrimSpace(u.s[n.end:c.end])) {
			u.either = n.no()
		}
		return
	}
}

// pointDay reads 10.25 as a day where its neighbours say so.
func (u *utterance) pointDay(n number) (ledger.Date, bool) {
	if n.whole || n.minus || n.kind == numPercent || n.kind == numTask || u.inDay(n.from) {
		return ledger.Date{}, false
	}
	month, dom, _ := strings.Cut(u.s[n.from:n.to], ".")
	m, err := strconv.Atoi(month)
	k, err2 := strconv.Atoi(dom)
	if err != nil || err2 != nil || len(dom) > 2 || !ledger.ValidDate(u.today().Year, time.Month(m), k) {
		return ledger.Date{}, false
	}
	after := strings.TrimPrefix(u.s[n.to:], " ")
	near := hasAnyPrefix(after, "提醒", "前", "之前", "截止", "到期", "叫我", "再提醒", "为止") ||
		hasAnySuffix(u.s[:n.from], "延期到", "延到", "推迟到", "延至", "延期至", "改到", "推到", "缓到", "宽限到", "截止到")
	if !near || hasAnyPrefix(after, "%", "万", "亿", "元", "个") {
		return ledger.Date{}, false
	}
	d := ledger.NewDate(u.today().Year, time.Month(m), k)
	if d.Compare(u.today()) < 0 {
		d = ledger.NewDate(d.Year+1, d.Month, d.Day)
	}
	return d, true
}

// findPassing adds 过三天再提醒: the day after so many have passed.
func (u *utterance) findPassing() {
	for _, w := range [...]string{"还有", "还剩", "只剩", "剩"} { // 还有三天到期的
		k := strings.Index(u.s, w)
		if k < 0 || len(u.days) > 0 {
			continue
		}
		rest := u.s[k+len(w):]
		at := strings.Index(rest, "到期")
		if n, ok := length(rest); ok && n <= 366 && at > 0 && at <= 15 {
			u.addDay(k, k+len(w)+at, u.today().AddDays(n))
			return
		}
	}
	if k := strings.Index(u.s, "不到"); k >= 0 && len(u.days) == 0 && containsAny(u.s, "到期", "截止", "期限") { // 离截止不到一周的
		if n, ok := length(u.s[k+len("不到"):]); ok && n <= 366 {
			u.addDay(k, k+len("不到"), u.today().AddDays(n))
			return
		}
	}
	i := strings.Index(u.s, "过")
	if i < 0 || len(u.days) > 0 {
		return
	}
	rest := u.s[i+len("过"):]
	if n, ok := length(rest); ok && n <= 366 {
		if k := strings.Index(rest, "再"); k > 0 && k <= 15 {
			u.addDay(i, i+len("过")+k, u.today().AddDays(n))
		}
	}
}
