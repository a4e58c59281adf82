package llm

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Words for days are told from the day of the facts, whatever the reader's day is.
var (
	weekday  = regexp.MustCompile(`(\d?)(上|本|这|下)周([一二三四五六日天])`)
	monthDay = regexp.MustCompile(`(\d?)(上个?|本|这个|下个?)月(?:(\d{1,2})[日号]|(底|末))`)
	spanForm = regexp.MustCompile(`^(上|本|这|下)(周|个?月)(?:内|里|中|期间)?`)
	pastWeek = strings.NewReplacer("近一周", "近7天", "近1周", "近7天", "过去一周", "过去7天", "近两周", "近14天", "近2周", "近14天")
)

// time is the day at midnight; false when it has no year.
func (d day) time() (time.Time, bool) {
	return time.Date(d.y, time.Month(d.m), d.d, 0, 0, 0, 0, time.UTC), d.y > 0
}

func dayAt(t time.Time) day { return day{t.Year(), int(t.Month()), t.Day()} }

func (d day) String() string {
	return strconv.Itoa(d.y) + "年" + strconv.Itoa(d.m) + "月" + strconv.Itoa(d.d) + "日"
}

// today is the day of the facts.
func (k *known) today() (time.Time, bool) {
	d, _, ok := dayOf(k.AsOf)
	if !ok {
		return time.Time{}, false
	}
	return d.time()
}

var steps = map[string]int{"上": -1, "上个": -1, "下": 1, "下个": 1}

// dated writes out the days that are told by their week or month: 下周五, 本月15日, 上月底.
func (k *known) dated(s string) string {
	today, ok := k.today()
	if !ok {
		return s
	}
	s = weekday.ReplaceAllStringFunc(pastWeek.Replace(s), func(m string) string {
		p := weekday.FindStringSubmatch(m)
		n := strings.Index("一二三四五六日", strings.ReplaceAll(p[3], "天", "日")) / len("一")
		return apart(p[1]) + dayAt(monday(today).AddDate(0, 0, 7*steps[p[2]]+n)).String()
	})
	return monthDay.ReplaceAllStringFunc(s, func(m string) string {
		p := monthDay.FindStringSubmatch(m)
		first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, steps[p[2]], 0)
		last := first.AddDate(0, 1, -1)
		switch n := atoi(p[3]); {
		case p[4] != "":
			return apart(p[1]) + dayAt(last).String()
		case n >= 1 && n <= last.Day():
			return apart(p[1]) + dayAt(first.AddDate(0, 0, n-1)).String()
		}
		return m
	})
}

// apart keeps a number away from the year that follows it: 任务8本周二.
func apart(digit string) string {
	if digit == "" {
		return ""
	}
	return digit + " "
}

func monday(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

// span reads a week or a month: a date that any day of it fits.
func (k *known) span(s string) (item, int) {
	m := spanForm.FindStringSubmatch(s)
	today, ok := k.today()
	if m == nil || !ok {
		return item{}, 0
	}
	step := steps[m[1]]
	from := monday(today).AddDate(0, 0, 7*step)
	to := from.AddDate(0, 0, 6)
	if m[2] != "周" {
		from = time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, step, 0)
		to = from.AddDate(0, 1, -1)
	}
	return item{kind: isDate, d: dayAt(from), last: dayAt(to)}, len(m[0])
}

// on reports whether the written day, or one of the days of a span, is the day of the
// fact.
func (it *item) on(fact string) bool {
	if it.last == (day{}) {
		return it.d.is(fact)
	}
	f, _, ok := dayOf(fact)
	if !ok {
		return false
	}
	at, known := f.time()
	from, _ := it.d.time()
	to, _ := it.last.time()
	return known && !at.Before(from) && !at.After(to)
}

// governing is the span that the class with a count at i is counted in, or -1: one in its
// clause, or alone in the clause before.
func (p *sentence) governing(i int) int {
	if set := p.items[i].set; set != setMoved && set != setSoon {
		return -1
	}
	stops := 0
	for j := i - 1; j >= 0; j-- {
		switch it := p.items[j]; {
		case it.kind == isDate && it.last != (day{}):
			if stops == 0 || j == 0 || p.items[j-1].kind == isStop {
				return j
			}
			return -1
		case it.kind == isStop:
			stops++
			if stops > 1 {
				return -1
			}
		case it.kind == isWithin, stops > 0 && it.kind != isWord:
			return -1
		}
	}
	return -1
}

// inSpan is the class narrowed to the days of the span at j; false when the facts do not
// show all of them. What falls due is counted from the day of the facts on, so that a span
// that has begun has to be told of as what is to come.
func (p *sentence) inSpan(i, j int) (class, bool) {
	span, list, all := p.items[j], p.k.Moved, p.k.MovedAll
	from, _ := span.d.time()
	to, _ := span.last.time()
	today, ok := p.k.today()
	on := func(f fact) string { return f.When }
	if p.items[i].set == setSoon {
		list, all, on = p.k.Soon, p.k.SoonAll, func(f fact) string { return f.Due }
		ok = ok && !to.After(today.AddDate(0, 0, p.k.SoonDays)) && (!from.Before(today) || p.clauseOf(i, "将", "将有", "即将", "还有"))
	} else {
		d, _, known := dayOf(p.k.From)
		began, _ := d.time()
		ok = ok && known && !from.Before(began) && !from.After(today)
	}
	out := class{tasks: map[string]bool{}}
	for _, f := range list {
		if span.on(on(f)) {
			out.add(f.Task)
		}
	}
	return out, ok && all == len(list)
}

// clauseOf reports whether one of the words stands in the clause of an item.
func (p *sentence) clauseOf(i int, words ...string) bool {
	from, to := i, i
	for from > 0 && p.items[from-1].kind != isStop {
		from--
	}
	for to < len(p.items) && p.items[to].kind != isStop {
		to++
	}
	for _, it := range p.items[from:to] {
		for _, w := range words {
			if it.text == w {
				return true
			}
		}
	}
	return false
}
