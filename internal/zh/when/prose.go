package when

import (
	"regexp"
	"strings"

	"duban/store/ledger"
)

// InProse reads the deadlines that a paragraph of a task states. Only what is put
// like a deadline counts: 到2015年, 2022年底前, 2012—2015年, 每半年, 印发之日起3个月内, and a
// bare year or month that opens a clause; no years of titles, standards, documents or
// comparisons. Several give multi with short labels; none gives open. Text holds the words of the dates alone.
func InProse(text string, issued ledger.Date) ledger.Deadline {
	src := prepare(text, maxProse)
	c := scan{s: src.s, ref: issued}
	var kept, soft []mention
	empty := c.blanks()
	for _, m := range c.collect() {
		switch {
		case m.p.bad != "", empty.hold(m), c.openHours(m):
		case c.soft(m):
			soft = append(soft, m)
		case c.states(m) || c.goesOn(kept, m):
			kept = append(kept, m)
		}
	}
	if len(kept) == 0 {
		kept = soft
	}
	kept = c.merge(kept)
	if len(kept) == 0 {
		return ledger.Deadline{Kind: ledger.DeadlineOpen}
	}
	d := c.assemble(kept)
	if d.Kind != ledger.DeadlineMulti {
		kept = kept[:1]
	}
	words := make([]string, 0, len(kept))
	for _, m := range kept[:min(len(kept), maxParts)] {
		words = append(words, c.lead(m.start)+c.s[m.start:m.end])
	}
	d.Text = strings.Join(words, "；")
	return d
}

// goesOn reports whether the mention stands in a list behind one that counts:
// 2022年、2023年各建4座.
func (c *scan) goesOn(kept []mention, m mention) bool {
	n := len(kept)
	return n > 0 && m.cycle == "" && kept[n-1].p.prec == m.p.prec && c.s[kept[n-1].end:m.start] == "、"
}

// soft reports a manner more than a date (逐年提高): it counts only where nothing else
// does.
func (c *scan) soft(m mention) bool {
	return m.cycle != "" && (strings.HasPrefix(c.s[m.start:], "逐") || strings.HasPrefix(c.s[m.start:], "分")) || m.cycle == ledger.CycleDay
}

// reOpen stands behind days on which something is open to people.
var reOpen = regexp.MustCompile(`^(?:均|全天|免费|夜间|错时|对外|错峰|延长)*(?:开放|延时|开馆|闭馆|营业|服务至|服务到|(?:办理|服务|窗口|开放|营业)时间)`)

// openHours reports whether the days say when people are let in, and not when the work is
// done: 每周五、周六开放至21时.
func (c *scan) openHours(m mention) bool {
	return (m.cycle == ledger.CycleWeek || m.cycle == ledger.CycleDay) && reOpen.MatchString(c.s[m.end:])
}

// reWholly opens what is finished within the period in front of it: 2018年上半年全部接入平台.
var reWholly = regexp.MustCompile(`^(?:全部|全面|基本|整体|如期)?(?:完成|建成|接入|竣工|完工|投用|投入使用|建成投用|通车|上线|开通|启用|入驻|关停|关闭|搬迁|拆除|改造到位|整改到位|落实到位)`)

// lead is the 到 or 至 in front of the mention.
func (c *scan) lead(i int) string {
	for _, w := range []string{"截至", "截止", "到", "至"} {
		if strings.HasSuffix(c.s[:i], w) {
			return w
		}
	}
	return ""
}

// reRoundsAt stands before the dates of several rounds: 分两轮于5月、10月发放.
var reRoundsAt = regexp.MustCompile(`分(?:\d{1,2}|[两二三四五六七八九十])(?:轮|批|批次|次|期|步|阶段|个阶段)[,]?[在于]$`)

// opensAt reports whether 在 or 于 before the mention opens its clause: 在5月份出台实施办法.
func (c *scan) opensAt(i int) bool {
	head := strings.TrimSuffix(strings.TrimSuffix(c.s[:i], "在"), "于")
	return len(head) < i && strings.ContainsRune("#,;。:\n", c.prev(len(head)))
}

// states reports whether the mention is put like a deadline.
func (c *scan) states(m mention) bool {
	if m.cycle != "" {
		return !strings.HasPrefix(c.s[m.start:], "一") && c.prev(m.start) != '/'
	}
	if m.p.to.Before(c.ref) && !m.p.to.IsZero() {
		return m.bound == boundBy && m.p.to.Year == c.ref.Year
	}
	if m.p.span && m.p.prec == precYear && c.prev(m.start) == '(' {
		return false
	}
	if m.bound == boundBy || m.bound == boundSince || m.p.span || c.lead(m.start) != "" {
		return true
	}
	words := c.s[m.start:m.end]
	if m.bound == boundAfter || strings.HasPrefix(words, "当") || strings.HasPrefix(words, "本") && m.p.prec != precYear {
		return false
	}
	if m.p.point && m.p.prec != precDay {
		return true
	}
	if strings.HasSuffix(words, "前") {
		return true // 2021年1月8日下班前
	}
	if m.p.prec != precYear && endsWith(c.s[:m.start], "争取", "力争", "确保", "预计", "拟", "拟于", "定于", "将于", "应于", "须于", "要于", "确保于", "争取于") {
		return true
	}
	if m.p.prec != precYear && (c.opensAt(m.start) || reRoundsAt.MatchString(c.s[max(0, m.start-30):m.start])) {
		return true
	}
	if !m.relative && m.p.prec != precYear && m.p.prec != precDay && reWholly.MatchString(c.s[m.end:]) {
		return true
	}
	opens := strings.ContainsRune("#,;。:\n)", c.prev(m.start))
	if m.p.prec == precDay && !strings.ContainsRune("完前", c.next(m.end)) {
		return false
	}
	return opens && !c.follows(m.end, "度)》]")
}
