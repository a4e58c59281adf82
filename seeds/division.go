package seeds

import (
	"regexp"
	"slices"
	"strings"
)

// A document may say who answers for its measures in a list behind them:
// 第一条由县农业农村局牵头，县财政局配合；第二、三条由……负责。
var (
	reDivision     = regexp.MustCompile(`^(?:其中[，,：:]?|(?:上述|以上)[^，。；第]{0,8}[中，,]+)?(?:第([一二三四五六七八九十\d]{1,3}(?:(?:[、，,和及至]|[-—–~～]+)第?[一二三四五六七八九十\d]{1,3}){0,9})[条项](?:措施|任务|工作|政策|内容)?|(?:任务|措施|事项)([一二三四五六七八九十\d]{1,3}(?:(?:[、，,和及至]|[-—–~～]+)(?:任务|措施|事项)?[一二三四五六七八九十\d]{1,3}){0,9}))(?:[由，,]|责任单位[为是：:])(.+)$`)
	reOrderly      = regexp.MustCompile(`^(?:[（(]([一二三四五六七八九十\d]{1,3})[）)]|([一二三四五六七八九十\d]{1,3})[.．、])\s*(?:由|责任单位[为是：:]|牵头单位[为是：:])(.{3,80})$`)
	reDivisionHead = regexp.MustCompile(`^[（(]?(?:任务|职责|责任)(?:分工|划分|单位)(?:如下)?[）)]?[:：。]?$`)
	reClause       = regexp.MustCompile(`[；;。]`)
	reNumberIn     = regexp.MustCompile(`[一二三四五六七八九十\d]+`)
)

// share gives the items of a list the units that such a list behind them names, and
// takes that list out of the text. It does so only where every number leads to one
// item before it, and none of those names units of its own.
func (h headings) share(paras []block) []block {
	read := divisions
	first := slices.IndexFunc(paras, func(p block) bool { return reDivision.MatchString(p.text) && divisions(p.text) != nil })
	if first < 0 {
		for i := 1; i < len(paras) && first < 0; i++ {
			if isDivisionHead(paras[i-1].text) && orderly(paras[i].text) != nil {
				first, read = i, orderly
			}
		}
	}
	if first < 0 {
		return paras
	}
	items := make(map[numeral]map[int][]int)
	for i, p := range paras[:first] {
		if style, no, rest := splitNo(p.text); style != plain && rest != "" {
			if items[style] == nil {
				items[style] = make(map[int][]int)
			}
			items[style][ordinal(no)] = append(items[style][ordinal(no)], i)
		}
	}
	var parts []division
	last := first
	for ; last < len(paras); last++ {
		more := read(paras[last].text)
		if more == nil {
			break
		}
		parts = append(parts, more...)
	}
	var given map[int]string
	for _, at := range items { // headings 一、二 and items 1. 2.: the numbers fit one of them
		if fit := h.fitShares(paras, at, parts); fit != nil {
			if given != nil {
				return paras
			}
			given = fit
		}
	}
	if given == nil {
		return paras
	}
	if first > 0 && isDivisionHead(paras[first-1].text) {
		first--
	}
	out := slices.Delete(slices.Clone(paras), first, last)
	for i, units := range given {
		out[i].text += "（" + units + "）"
	}
	return out
}

// isDivisionHead tells the heading of such a list.
func isDivisionHead(text string) bool {
	_, _, rest := splitNo(text)
	return reDivisionHead.MatchString(rest)
}

// fitShares gives every number its one item, or returns nil.
func (h headings) fitShares(paras []block, items map[int][]int, parts []division) map[int]string {
	given := make(map[int]string)
	for _, part := range parts {
		for _, no := range part.numbers {
			at := items[no]
			if len(at) != 1 || given[at[0]] != "" || h.namesUnits(paras[at[0]].text) {
				return nil
			}
			given[at[0]] = part.units
		}
	}
	if len(given) < 2 {
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
}

// divisions reads a paragraph that is nothing but such clauses, or returns nil.
func divisions(text string) []division {
	var out []division
	for _, clause := range reClause.Split(text, -1) {
		if clause = strings.TrimSpace(clause); clause == "" {
			continue
		}
		m := reDivision.FindStringSubmatch(clause)
		if m == nil || !reDutyEnd.MatchString(m[3]) || !hasUnitToken(m[3]) {
			return nil
		}
		m[1] += m[2]
		d := division{units: m[3]}
		end := 0
		for _, at := range reNumberIn.FindAllStringIndex(m[1], -1) {
			no := ordinal(m[1][at[0]:at[1]])
			if n := len(d.numbers); n > 0 && strings.ContainsAny(m[1][end:at[0]], "至-—–~～") {
				for k := d.numbers[n-1] + 1; k < no && k < 100; k++ {
					d.numbers = append(d.numbers, k)
				}
			}
			d.numbers, end = append(d.numbers, no), at[1]
		}
		out = append(out, d)
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
