package understand

import (
	"strconv"
	"strings"
)

// Percentages in talk that is typed or spoken without marks, and levels that somebody
// settles on.

// roughly are the words that stand between a pause and the percentage.
var roughly = []string{"大概", "大约", "差不多", "估计", "估摸着", "估摸", "约莫", "约", "也就", "目前", "现在", "整体", "总体", "我看", "有", "才", "到"}

var (
	// told ends a piece that tells something of its own, behind which one pauses.
	told = compile(`\p{Han}{3}(?:了|好|完|齐|过|起来|下来|到位|中)$|了.{0,4}[0-9一二三四五六七八九十百两][个台家次份户项条人]$`)
	// going is what is under way in front of a level: 站点还在迁大概百分之七十五.
	going = compile(`\p{Han}[还正]在(?:迁移?|搬迁?|建设?|编[写制]?|写|改|修改|测试?|调试?|联调|装|修|做|办|弄|搞|推进?|绑定?|录入?|导入?|开发|施工)$`)
	// measuresOther are words of a piece whose number the percentage repeats.
	measuresOther = []string{"覆盖", "满意", "率", "资金", "经费", "支付", "投资", "占", "群众", "提高", "提升", "增长", "下降", "减少", "隔壁", "人家", "别的", "他们", "其他", "兄弟", "价", "租", "费", "税"}
)

// pause is where the piece of s[from:at] begins that belongs to the percentage at the byte
// at, when it follows a sentence of its own without a mark; from otherwise.
func (u *utterance) pause(from, at int) int {
	cut := at
	for w := longestSuffix(u.s[from:cut], roughly); w != ""; w = longestSuffix(u.s[from:cut], roughly) {
		cut -= len(w)
	}
	piece := u.s[from:cut]
	if containsAny(piece, measuresOther...) || hanCount(piece) < 4 {
		return from
	}
	if i := strings.LastIndex(piece, "然后"); i >= 0 {
		return from + i + len("然后")
	}
	if w := longestSuffix(piece, rateWords); w != "" && strings.HasSuffix(piece[:len(piece)-len(w)], "了") {
		return cut - len(w) // 方案写好送审了进度百分之六十五
	}
	if u.blankAt(cut) && u.matches(told, piece) || cut < at && u.matches(going, piece) {
		return cut
	}
	return from
}

// blankAt reports whether the person left a blank before the byte at of s.
func (u *utterance) blankAt(at int) bool {
	if u.runs == nil || at == 0 {
		return false
	}
	i := runeLen(u.s[:at])
	return i < len(u.runs) && u.runs[i] > 0 && u.own[u.runs[i]-1] == ' '
}

// longestSuffix is longestPrefix from the other end.
func longestSuffix(s string, list []string) string {
	best := ""
	for _, w := range list {
		if len(w) > len(best) && strings.HasSuffix(s, w) {
			best = w
		}
	}
	return best
}

// settled reports whether the number is the level that the speaker settles on among
// others: 60%吧，也可能55%，先按60报.
func (u *utterance) settled(n number) bool {
	if n.kind != numPercent && (n.kind != numBare || !n.whole || n.value > 100) {
		return false
	}
	c := u.clauseAt(n.start)
	front, by := strings.CutSuffix(strings.TrimSuffix(u.s[c.start:max(n.start, c.start)], "百分之"), "按")
	back := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(u.s[min(n.end, c.end):c.end], "吧"), "了"), "上去")
	return by && madeOf(front, settling) && inList([]string{"报", "上报", "来报", "算", "来算", "填", "填报", "记", "计"}, back)
}

// settling may stand in front of 按60%报.
var settling = []string{"先", "就", "暂时", "暂", "那", "还是", "综合", "总体", "整体", "统一", "我们", "我", "也", "都", "折中", "干脆", " "}

// settledOn is the level that is settled on where percentages stand in the text.
func (u *utterance) settledOn() (v float64, ok bool) {
	if !u.rates() {
		return 0, false
	}
	for _, n := range u.nums {
		if u.settled(n) {
			v, ok = n.value, true
		}
	}
	return v, ok
}

// sameAs matches a comparison that says that the level is still the older one.
var sameAs = compile(`(?:跟|和|与|同)(?:上个?月|上周|上个?星期|上次|上期|昨天|前天)(?:的)?(?:一样|相同|持平)`)

// ofThisYear matches the share of a longer task that is to be done this year.
var ofThisYear = compile(`^((?:今年|本年度|当年|([0-9]{4})年)的?(?:部分|任务|内容|工作)(?:已经?|都)?)(?:完成|做|办|搞|弄|干|推进)`)

// pass is where the piece of s[from:at] begins that speaks of the percentage at the byte at,
// behind words that do not speak against it.
func (u *utterance) pass(from, at int) int {
	before := u.s[from:at]
	if u.matches(sameAs, before) {
		return from + sameAs.FindStringIndex(before)[1]
	}
	if m := u.find(ofThisYear, before); m != nil && (m[2] == "" || m[2] == strconv.Itoa(u.today().Year)) {
		return from + len(m[1])
	}
	return from
}
