package understand

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// Levels said in words, and what is too vague to be one.

// half reads 一半 and its like; 过半 and 不到一半 state no number.
func (u *utterance) half() (float64, bool) {
	if u.is("百分百", "百分百了", "已百分百", "达到百分百", "百分百啦", "满分", "百分之百了") {
		return 100, true
	}
	if v, ok := u.fraction(); ok {
		return v, true
	}
	for _, w := range [...]string{"一半", "对半", "半数"} {
		i := strings.Index(u.s, w)
		if i < 0 {
			continue
		}
		if c := u.clauseAt(i); u.estranged(&rated{c: c, from: c.start, n: number{start: i}}) {
			return 0, false // 机房装了一半
		}
		before := last(u.s[:i], 3)
		after := u.s[i+len(w):]
		if containsAny(before, "不到", "不足", "没到", "过", "超", "快", "近", "马上", "另", "还差", "还剩", "多", "少", "剩") || hasAnyPrefix(after, "以上", "以下", "多", "都不", "的单位", "的部门", "人", "不到", "单位", "部门", "左右的单位", "都没", "也没", "没", "还没", "未", "都未") {
			return 0, false
		}
		return 50, true
	}
	return 0, false
}

// part matches a fraction in words.
var part = regexp.MustCompile(`([二三四五六七八九十]|[2-9]|10)分之([一二三四五六七八九两]|[1-9])`)

// fraction reads 四分之三 as 75. One that is no whole number of hundredths, is near, or
// is of what is left, states no number.
func (u *utterance) fraction() (float64, bool) {
	at := part.FindStringSubmatchIndex(u.s)
	if at == nil || len(part.FindAllString(u.s, 2)) > 1 {
		return 0, false
	}
	of, ok1 := zh.Number(u.s[at[2]:at[3]])
	n, ok2 := zh.Number(u.s[at[4]:at[5]])
	if !ok1 || !ok2 || n >= of || 100*n/of != float64(int(100*n/of)) {
		return 0, false
	}
	c := u.clauseAt(at[0])
	before, after := u.s[c.start:at[0]], u.s[at[1]:c.end]
	if containsAny(before, "不到", "不足", "没到", "近", "超", "过", "还差", "还剩", "剩", "还有", "另", "没", "未", "计划", "预计", "争取", "目标", "要", "资金", "经费") || hasAnyPrefix(after, "多", "以上", "以下", "的单位", "的部门", "的人", "没", "还没", "未", "单位", "部门", "人") {
		return 0, false
	}
	return 100 * n / of, true
}

// ranged reports whether the text gives a range (60%-70%, 六七成) instead of a level.
func (u *utterance) ranged() bool {
	prev := -1
	for _, n := range u.nums {
		if n.kind != numPercent {
			if n.kind == numBare && nextPercent(u.s[n.to:]) {
				return true
			}
			continue
		}
		if prev >= 0 && prev <= n.start {
			if gap := u.s[prev:n.start]; gap == "-" || gap == "~" || gap == "至" || gap == "—" || gap == "到" && !strings.Contains(u.s[:prev], "从") && !strings.Contains(u.s[:prev], "由") {
				return true
			}
		}
		prev = n.end
	}
	return containsAny(u.s, "六七成", "七八成", "五六成", "八九成", "三四成", "四五成", "两三成")
}

// nextPercent reports whether a dash and a percentage follow: 60-70%.
func nextPercent(after string) bool {
	rest := strings.TrimLeft(after, "-~")
	if rest == after || rest == "" || !isDigit(rest[0]) {
		return false
	}
	n := digits(rest, 0)
	return strings.HasPrefix(rest[n.to:], "%")
}

// vague reports whether a range (六七成, 60%到70%之间吧) is all that is said: no level.
func (u *utterance) vague() bool {
	for _, n := range u.nums {
		if n.kind == numPercent && n.minus && n.whole && (afterRate(strings.TrimRight(u.s[:n.start], "-−负")) || u.size() <= 6) {
			return true
		}
	}
	return u.ranged() && u.claim != claimDenied && u.size() <= 20 && hanCount(u.residue("百分之", "进度", "完成", "大概", "大约", "差不多", "左右", "之间", "目前", "现在", "已经", "已", "成", "到", "至", "的样子", "估计", "有", "应该", "在", "零", "十")) <= 2
}

func (u *utterance) scoreVague() float64 {
	if u.percent == nil && !u.asks && u.vague() {
		return 0.9
	}
	return 0
}

func (u *utterance) fillVague(m *Meaning) {
	m.Toward, m.Text = Report, u.textOf()
	m.Ask = "进度请报一个数，例如“任务20进度60%”。"
}

// anyPercentOver reports whether a percentage beyond 100 stands in the text.
func (u *utterance) anyPercentOver() bool {
	for _, n := range u.nums {
		if n.kind == numPercent && n.value > 100 && !n.minus {
			return true
		}
	}
	return false
}

// scoreStrange is for a percentage beside whose subject the task may not be: 地铁延长线完成30%.
func (u *utterance) scoreStrange() float64 {
	if u.percent == nil && u.strange != nil && !u.asks {
		return 0.9
	}
	return 0
}

func (u *utterance) fillStrange(m *Meaning) {
	u.fillVague(m)
	level := strconv.FormatFloat(*u.strange, 'f', -1, 64)
	if t := u.target(true); t.no != "" {
		m.Ask = fmt.Sprintf("%s%%是任务%s的总进度吗？是的，请回复“任务%s 进度%s%%”；不是的，请写明总进度。", level, t.no, t.no, level)
		return
	}
	m.Ask = fmt.Sprintf("%s%%是哪一项任务的总进度？请回复任务编号和进度，例如“任务20 进度%s%%”。", level, level)
}
