package understand

import (
	"strings"
)

// percentForm reports whether a number is a percentage by its own form: with a
// percent sign, 百分之, 成, or after 进度/完成率. It widens n to the whole phrase and
// turns 八成 into 80.
func percentForm(n *number, before, after string) bool {
	switch {
	case strings.HasPrefix(strings.TrimPrefix(after, " "), "%"), strings.HasPrefix(after, "个百分点"), strings.HasPrefix(after, "percent"):
		n.end = n.to + 1
		if strings.HasPrefix(after, "个百分点") {
			n.end, n.whole, n.minus = n.to+len("个百分点"), false, true // a change, not a level
		}
		return true
	case strings.HasSuffix(before, "百分之"):
		n.start -= len("百分之")
		return true
	case strings.HasPrefix(after, "成") && n.value > 0 && n.value <= 10 && !hasAnyPrefix(after[len("成"):], "立", "功", "果", "员", "效", "型", "熟", "本", "都", "绩", "为", "交", "长") && !(n.value == 8 && hasAnyPrefix(after[len("成"):], "能", "会", "是", "要", "得", "没", "不", "可", "完不", "做不", "办不", "赶不", "来不", "弄不", "搞不", "又", "还得", "还要", "就", "他", "在")):
		n.value *= 10
		n.end = n.to + len("成")
		if half := after[len("成"):]; strings.HasPrefix(half, "半") {
			n.value, n.end = n.value+5, n.end+len("半")
		} else if half != "" && isDigit(half[0]) && half[0] != '0' && n.value <= 90 && !(len(half) > 1 && (isDigit(half[1]) || half[1] == '.')) && !measured(half[1:]) {
			n.value, n.end = n.value+float64(half[0]-'0'), n.end+1 // 6成5
		} else if d := strings.Index("一二三四五六七八九", first(half, 1)); half != "" && d >= 0 && n.value <= 90 && !measured(half[len("一"):]) {
			n.value, n.end = n.value+float64(d/len("一")+1), n.end+len("一") // 五成五
		}
		return true
	}
	return afterRate(before) && !(n.value == 1 && (strings.HasPrefix(after, "半") || hasAnyPrefix(after, oneWords...))) && !measured(after) && !hasAnyPrefix(after, "号", "项", "条", "/", ":", "-", "~") && !taskWord(before)
}

// rateWords name the progress itself.
var rateWords = []string{"进度", "完成率", "完成度", "完成比例", "推进率", "完成进度", "progress"}

// linking words between 进度 and its number.
var rateLinks = []string{"已经", "已达", "达到", "大概", "大约", "约为", "更新为", "更新到", "改为", "改成", "调整为", "现在是", "目前是", "眼下是", "眼下", "现在", "目前", "只有", "才到", "为", "是", "到", "达", "约", "才", "有", "在", "至", ":", "已", "了", "=", " ", "差不多", "接近", "将近", "也就", "就"}

// afterRate reports whether before ends in 进度 and linking words.
func afterRate(before string) bool {
	for range 4 {
		if hasAnySuffix(before, rateWords...) {
			return true
		}
		cut := before
		for _, l := range rateLinks {
			if strings.HasSuffix(before, l) {
				cut = before[:len(before)-len(l)]
				break
			}
		}
		if cut == before {
			return false
		}
		before = cut
	}
	return hasAnySuffix(before, rateWords...)
}

// findPercent chooses the percentage that states the progress. With none it stays
// nil; with several and no telling which, doubt is set and it stays nil too; so it does
// where the only one may belong to something else, which is strange then.
func (u *utterance) findPercent() {
	best, tie, odd := notOurs, false, false // odd: one of them is strange
	var value float64
	for _, n := range u.nums {
		if n.kind != numPercent {
			continue
		}
		r := u.rate(n)
		odd = odd || r == strange
		switch {
		case r == notOurs:
		case r > best:
			best, tie, value = r, false, n.value
		case n.value != value && u.takenBack(n):
			best, tie, value = r, false, n.value
		case r == best && n.value != value:
			tie = true
		}
	}
	if v, ok := u.half(); ok && best == notOurs {
		best, value = loose, v
	}
	if v, ok := u.settledOn(); ok {
		best, tie, odd, value = newer, false, false, v
	}
	u.doubt = tie || best == loose && odd || best > notOurs && (value > 100 || u.ranged())
	switch {
	case best == notOurs || u.doubt:
	case best == strange:
		u.strange = &value
	default:
		u.percent = &value
	}
}

// takenBack reports whether a word between n and the percentage before it says that
// the older one was wrong.
func (u *utterance) takenBack(n number) bool {
	from := 0
	for _, p := range u.nums {
		if p.kind == numPercent && p.end <= n.start {
			from = p.end
		}
	}
	return from > 0 && containsAny(u.s[from:n.start], "不对", "错了", "更正", "改成", "改为", "应该", "应为", "不是", "是", "纠正")
}
