package when

import (
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
	"duban/store/ledger"
)

// InTitle joins a deadline that a title gives in brackets, "制定管理办法(管理办法7月底前)",
// with the deadline of its cell: multi, the bracket first, the rest named by the head
// of the title. An open or empty cell leaves the bracket alone. Without a dated bracket
// the cell comes back unchanged.
func InTitle(title string, cell ledger.Deadline, issued ledger.Date) ledger.Deadline {
	src := prepare(title, maxCell)
	ms, c := bracketed(src.s, issued)
	if len(ms) == 0 {
		return cell
	}
	parts := make([]ledger.Part, 0, len(ms)+1)
	for i, m := range ms {
		d := c.typed(m)
		d.Text = c.s[m.start:m.end]
		parts = append(parts, ledger.Part{Label: c.label(ms, i), Deadline: d})
	}
	const note = "标题括号内另有时限"
	switch cell.Kind {
	case ledger.DeadlineOpen, "":
		if len(parts) == 1 {
			d := parts[0].Deadline
			d.Note = "时限取自标题括号"
			return d
		}
	case ledger.DeadlineMulti:
		parts = append(parts, cell.Parts...)
	case ledger.DeadlineReview, ledger.DeadlineDone:
		return cell
	default:
		if parts[0].Deadline.Expected() == cell.Expected() {
			return cell
		}
		parts = append(parts, ledger.Part{Label: head(src.s), Deadline: cell})
	}
	return ledger.Deadline{Kind: ledger.DeadlineMulti, Parts: parts, Text: zh.Clean(cell.Text), Note: note}
}

// InBrackets reads brackets at the end of a heading that hold a period and nothing
// else: 总结提升(2022年11月). A span of years is part of a name and none.
func InBrackets(title string, issued ledger.Date) ledger.Deadline {
	src := prepare(title, maxCell)
	c := &scan{s: src.s, ref: issued}
	for _, m := range c.collect() {
		if m.cycle != "" || m.p.bad != "" || m.p.prec == precYear && m.p.span {
			continue
		}
		if c.prev(m.start) == '(' && c.next(m.end) == ')' {
			d := c.typed(m)
			d.Text, d.Note = c.s[m.start:m.end], "时限取自标题括号"
			return d
		}
	}
	return ledger.Deadline{Kind: ledger.DeadlineOpen}
}

// bracketed finds the bounded mentions inside the round brackets of a title.
func bracketed(s string, issued ledger.Date) ([]mention, *scan) {
	c := &scan{s: s, ref: issued}
	if !strings.Contains(s, "(") {
		return nil, c
	}
	var out []mention
	for _, m := range c.collect() {
		open := strings.LastIndexByte(s[:m.start], '(')
		if open < 0 || strings.Contains(s[open:m.start], ")") || m.cycle != "" || m.p.bad != "" || m.p.span {
			continue
		}
		if m.bound == boundBy || m.p.point {
			out = append(out, m)
		}
	}
	return out, c
}

// headVerbs open a title and say little.
var headVerbs = []string{
	"积极推进", "全面推进", "加快推进", "推进", "建立健全", "建立", "健全", "完善", "完成", "开展", "制定", "制订", "编制", "建设", "加强", "实施", "推行", "深化", "推广", "落实",
}

// head is the first clause of the title without its opening verb.
func head(s string) string {
	if k := strings.IndexAny(s, separators+"《"); k > 0 {
		s = s[:k]
	}
	for _, v := range headVerbs {
		if t, ok := strings.CutPrefix(s, v); ok && utf8.RuneCountInString(t) >= 2 {
			s = t
			break
		}
	}
	if s == "" {
		s = "总体"
	}
	return short(s)
}
