package seeds

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A document may say who answers for its measures in a list behind them:
// 第一条由县农业农村局牵头，县财政局配合；第二、三条由……负责。 Or a line behind some of them
// does: 以上第3至5项由县水务局负责, 上述两项由县商务局负责.
var (
	reDivision     = regexp.MustCompile(`^(?:其中[，,：:]?|(?:上述|以上)[^，。；第]{0,8}[中，,]+)?(?:(上述|以上)?(?:第)?([一二三四五六七八九十\d]{1,3}(?:(?:[、，,和及至]|[-—–~～]+)第?[一二三四五六七八九十\d]{1,3}){0,9})[条项](?:措施|任务|工作|政策|内容|事项)?|(?:任务|措施|事项)([一二三四五六七八九十\d]{1,3}(?:(?:[、，,和及至]|[-—–~～]+)(?:任务|措施|事项)?[一二三四五六七八九十\d]{1,3}){0,9}))(?:[均都]?由|[，,：:]|的?((?:责任|牵头)(?:单位|部门))[为是：:])(.+)$`)
	reUnitsFirst   = regexp.MustCompile(`^([^，,；。：:第]{2,60}?)(?:(?:具体)?(负责|牵头|承担|承办|落实|办理)(?:完成|落实|办理|推进)?|[：:])(?:上述|以上)?(?:任务|措施|事项|工作)?(?:第?([一二三四五六七八九十\d]{1,3}(?:(?:[、，,和及至]|[-—–~～]+)第?[一二三四五六七八九十\d]{1,3}){0,9})[条项](?:任务|工作|事项|措施)?)$`)
	reShareHead    = regexp.MustCompile(`^(?:任务|职责|责任)(?:分工|划分)(?:如下)?[:：]`)
	reBracketNo    = regexp.MustCompile(`[（(]([一二三四五六七八九十\d]{1,3})[）)]`)
	reOrderly      = regexp.MustCompile(`^(?:[（(]([一二三四五六七八九十\d]{1,3})[）)]|([一二三四五六七八九十\d]{1,3})[.．、])\s*(?:由|责任单位[为是：:]|牵头单位[为是：:])(.{3,80})$`)
	reDivisionHead = regexp.MustCompile(`^[（(]?(?:任务|职责|责任)(?:分工|划分|单位)(?:如下)?[）)]?[:：。]?$`)
	reClause       = regexp.MustCompile(`[；;。]`)
	reNumberIn     = regexp.MustCompile(`[一二三四五六七八九十\d]+`)
)

// maxShares bounds such lists and lines: each looks through all that stands before it.
const maxShares = 200

// share gives the items of a list the units that such a list or line behind them names,
// and takes it out of the text. It does so only where every number leads to one item
// before it, and none of those names units of its own.
func (h headings) share(paras []block) []block {
	for from, n := 0, 0; from < len(paras) && n < maxShares; n++ {
		first, read := nextDivisions(paras, from)
		if first < 0 {
			break
		}
		last := first
		var parts []division
		for ; last < len(paras); last++ {
			more := read(paras[last].text)
			if more == nil || len(parts) > 0 && more[0].above {
				break
			}
			parts = append(parts, more...)
		}
		given := h.fitAny(paras[:first], parts)
		if from = last; given == nil {
			continue
		}
		if isDivisionHead(paras[first-1].text) {
			first--
		}
		from, paras = first, slices.Delete(slices.Clone(paras), first, last)
		for i, units := range given {
			paras[i].text += "（" + units + "）"
		}
	}
	return paras
}

// nextDivisions is where the next such list begins, and how its lines are read; -1 where
// none does.
func nextDivisions(paras []block, from int) (int, func(string) []division) {
	for i := from; i < len(paras); i++ {
		switch {
		case divisions(paras[i].text) != nil:
			return i, divisions
		case i > 0 && isDivisionHead(paras[i-1].text) && orderly(paras[i].text) != nil:
			return i, orderly
		}
	}
	return -1, nil
}

// fitAny gives the numbers their items: headings 一、二 or items 1. 2., whichever of them
// the numbers fit, but not both. 以上 speaks of the sort that stands before it.
func (h headings) fitAny(paras []block, parts []division) map[int]string {
	items := make(map[numeral]map[int][]int)
	nearest, no := plain, 0
	for i, p := range paras {
		style, n, rest := splitNo(p.text)
		if style == plain || rest == "" {
			continue
		}
		if items[style] == nil {
			items[style] = make(map[int][]int)
		}
		nearest, no = style, ordinal(n)
		items[style][no] = append(items[style][no], i)
	}
	if parts[0].above {
		parts[0].countBack(no)
		return h.fitShares(paras, items[nearest], parts)
	}
	var given map[int]string
	for _, at := range items {
		fit := h.fitShares(paras, at, parts)
		if fit != nil && given != nil {
			return nil
		}
		if fit != nil {
			given = fit
		}
	}
	return given
}

// isDivisionHead tells the heading of such a list.
func isDivisionHead(text string) bool {
	_, _, rest := splitNo(text)
	return reDivisionHead.MatchString(rest)
}

// fitShares gives every number its one item, or returns nil. What a line calls 以上 are the
// nearest items with these numbers.
func (h headings) fitShares(paras []block, items map[int][]int, parts []division) map[int]string {
	given := make(map[int]string)
	for _, part := range parts {
		for _, no := range part.numbers {
			at := items[no]
			if part.above && len(at) > 0 {
				at = at[len(at)-1:]
			}
			if len(at) != 1 || given[at[0]] != "" || h.namesUnits(paras[at[0]].text) {
				return nil
			}
			given[at[0]] = part.units
		}
	}
	if len(given) < 2 && !parts[0].above {
		return nil
	}
	return given
}

// namesUnits reports whether the paragraph states its units itself.
func (h headings) namesUnits(text string) bool {
	_, labels := h.statements(text)
	return slices.ContainsFunc(labels, func(l label) bool { return l.kind == kindOwner })
}

// division is one clause of the list: these items, those units.
type division struct {
	numbers []int
	units   string
	above   bool // 以上第…项
	count   bool // 以上三项: its number is how many they are
}

// countBack turns a count of items into their numbers, the last of which is given.
func (d *division) countBack(last int) {
	if !d.count {
		return
	}
	n := d.numbers[0]
	d.numbers = d.numbers[:0]
	for no := last - n + 1; no <= last; no++ {
		d.numbers = append(d.numbers, no)
	}
}

// divisions reads a paragraph that is nothing but such clauses, or returns nil.
func divisions(text string) []division {
	if r, n := firstRune(text), len(text); (r == '（' || r == '【') && (lastRune(text) == '）' || lastRune(text) == '】') {
		text = text[len("（") : n-len("）")]
	}
	text = reBracketNo.ReplaceAllString(reShareHead.ReplaceAllString(text, ""), "$1")
	var out []division
	for _, clause := range reClause.Split(text, -1) {
		if clause = strings.TrimSpace(clause); clause == "" {
			continue
		}
		if m := reUnitsFirst.FindStringSubmatch(clause); m != nil && namesOnly(m[1]) {
			out = append(out, division{units: m[1] + cmp.Or(m[2], "负责"), numbers: numbersIn(m[3])})
			continue
		}
		m := reDivision.FindStringSubmatch(strings.Replace(clause, "两", "二", 1))
		if m == nil || !(m[4] != "" && namesOnly(m[5]) || reDutyEnd.MatchString(m[5]) && (hasUnitToken(m[5]) || looksUnits(reDutyFrom.ReplaceAllString(m[5], "")))) {
			return nil
		}
		d := division{units: m[5], numbers: numbersIn(m[2] + m[3]), above: m[1] != ""}
		d.count = d.above && len(d.numbers) == 1 && !strings.Contains(clause, "第"+m[2])
		if m[4] != "" {
			d.units = m[4] + "：" + m[5]
		}
		out = append(out, d)
	}
	return out
}

// numbersIn are the numbers of a list: 1、3至5 are 1, 3, 4, 5.
func numbersIn(list string) []int {
	var out []int
	end := 0
	for _, at := range reNumberIn.FindAllStringIndex(list, -1) {
		no := ordinal(list[at[0]:at[1]])
		if n := len(out); n > 0 && strings.ContainsAny(list[end:at[0]], "至-—–~～") {
			for k := out[n-1] + 1; k < no && k < 100; k++ {
				out = append(out, k)
			}
		}
		out, end = append(out, no), at[1]
	}
	return out
}

// orderly reads a paragraph of a list that answers item by item under its own numbers:
// 1.由县司法局牵头，县财政局配合.
func orderly(text string) []division {
	var out []division
	for _, clause := range reClause.Split(text, -1) {
		if clause = strings.TrimSpace(clause); clause == "" {
			continue
		}
		m := reOrderly.FindStringSubmatch(clause)
		if m == nil || !reDutyEnd.MatchString(m[3]) || !hasUnitToken(m[3]) || reTimeWord.MatchString(m[3]) {
			return nil
		}
		out = append(out, division{numbers: []int{ordinal(m[1] + m[2])}, units: m[3]})
	}
	return out
}
