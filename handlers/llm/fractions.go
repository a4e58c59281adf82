package llm

import (
	"regexp"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// fractionForm is a fraction as words have it: 四分之一, 近两成, 过半, 不足三分之一.
var fractionForm = regexp.MustCompile(`^(大约|约|将近|接近|近|超过|超|逾|多于|不足|不到|少于|过)?(?:([一二两三四五六七八九十]{1,3})分之([一二两三四五六七八九十]{1,3})|(\d)成(半)?|(半数|一半|半))`)

// fraction is the bounds in which a share must lie.
type fraction struct {
	least, most float64
	over, under bool // the bound itself does not count
}

func (f fraction) holds(part, whole float64) bool {
	const slip = 1e-9
	if whole == 0 {
		return false
	}
	r := part / whole
	if r < f.least-slip || r > f.most+slip {
		return false
	}
	return !(f.over && r <= f.least+slip) && !(f.under && r >= f.most-slip)
}

// readFraction reads a fraction at the head of s and says how long it is. A bare one is
// meant exactly; 约 allows three points in a hundred, 近 five below, 超过 and 不足 ten, so
// that what is said is not only true but near.
func readFraction(s string) (fraction, int) {
	m := fractionForm.FindStringSubmatch(s)
	if m == nil || m[1] == "过" && m[6] == "" {
		return fraction{}, 0
	}
	v := 0.5
	switch {
	case m[2] != "":
		whole, okWhole := zh.Number(m[2])
		part, okPart := zh.Number(m[3])
		if !okWhole || !okPart || whole <= part {
			return fraction{}, 0
		}
		v = part / whole
	case m[4] != "":
		v = float64(atoi(m[4])) / 10
		if m[5] != "" {
			v += 0.05
		}
	case m[1] == "" && m[6] == "半":
		return fraction{}, 0 // 半年
	}
	switch m[1] {
	case "":
		return fraction{least: v, most: v}, len(m[0])
	case "大约", "约":
		return fraction{least: v - 0.03, most: v + 0.03}, len(m[0])
	case "将近", "接近", "近":
		return fraction{least: v - 0.05, most: v, under: true}, len(m[0])
	case "不足", "不到", "少于":
		return fraction{least: v - 0.1, most: v, under: true}, len(m[0])
	}
	return fraction{least: v, most: v + 0.1, over: true}, len(m[0])
}

// fractionBefore is the fraction that a class after it takes, as a count before it would
// be: 四分之一的任务已办结; -1 without.
func (p *sentence) fractionBefore(i int) int {
	for j := i - 1; j >= 0; j-- {
		switch it := p.items[j]; {
		case it.kind == isShare && it.frac != nil && !it.used:
			return j
		case it.kind == isWord && !strings.Contains("进度", it.text):
		default:
			return -1
		}
	}
	return -1
}

// ofWhole reports whether the class is the fraction of all tasks. Nothing else may have
// been named before, of which it could be a part.
func (p *sentence) ofWhole(i, j int) bool {
	set := p.items[i].set
	if p.k.classes[set].percent == "" || i > 0 && p.items[i-1].kind == isNone {
		return false
	}
	for _, it := range p.items[:j] {
		if it.kind != isWord && it.kind != isMark && it.kind != isStop && it.kind != isDate && !(it.kind == isClass && it.used) && !(it.kind == isCount && (it.used || it.n == p.k.Total)) || it.text == "其中" {
			return false
		}
	}
	return p.items[j].frac.holds(float64(p.k.classes[set].count), float64(p.k.Total))
}

// percent reads 62.5%; false for what is none.
func percent(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	return v, err == nil
}
