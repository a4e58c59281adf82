package seeds

import (
	"regexp"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// A cell may hold several tasks, each with its number, units and time: （1）开工项目20个，4月底前
// 完成（县发改局）；（2）盘活闲置土地，6月底前完成（县自然资源局）.

// rePieceNo is the number of such a piece, at the beginning or behind the end of a sentence.
var rePieceNo = regexp.MustCompile(`(?:^|[；;。：:\n])\s*(?:[（(](\d{1,2})[)）]|([①②③④⑤⑥⑦⑧⑨⑩])|(\d{1,2})[.．、])\s*`)

// pieces cuts the text at its numbers 1, 2, 3 …; head is what stands before them. Fewer than
// two give nil.
func pieces(text string) (head string, out []string) {
	from, want := -1, 1
	for _, m := range rePieceNo.FindAllStringSubmatchIndex(text, -1) {
		no := 0
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				no = ordinal(text[m[g]:m[g+1]])
			}
		}
		if no != want {
			continue
		}
		if from < 0 {
			head = text[:m[0]]
		} else {
			out = append(out, text[from:m[0]])
		}
		from, want = m[1], want+1
	}
	if len(out) == 0 {
		return text, nil
	}
	return head, append(out, text[from:])
}

// apart makes a draft of each piece of the row's text, where all of them name their units
// and a time; nil where the row is one task.
func (w *rowWalk) apart(d *draft) []draft {
	head, parts := pieces(d.detail)
	if parts == nil {
		if head, parts = pieces(d.title); parts == nil {
			return nil
		}
	} else {
		head = join(d.title, head, "：")
	}
	var out []draft
	for i, text := range parts {
		rest, labels := w.h.statements(strings.TrimRight(text, "；;"))
		sub := draft{no: d.no + numberDot + strconv.Itoa(i+1), line: d.line, place: w.section, project: join(d.project, strings.TrimRight(head, "：: "), "／"), title: heading(rest), prose: rest, hasTime: true}
		sub.take(labels)
		if len(sub.owners) == 0 || sub.title == "" || sub.time == "" && !reTimeWord.MatchString(zh.Fold(rest)) {
			return nil
		}
		sub.detail, sub.leaders = strings.TrimSpace(strings.TrimLeft(strings.TrimPrefix(rest, sub.title), "。")), w.given.people
		out = append(out, sub)
	}
	return out
}

// divided are the units of a cell that says who does what: （1）摊位规范（县市场监管局）；（2）…; nil
// where it only lists units.
func (w *rowWalk) divided(text string) []duty {
	_, parts := pieces(text)
	var out []duty
	for _, p := range parts {
		rest, labels := w.h.statements(strings.TrimRight(p, "；;。"))
		if len(labels) != 1 || labels[0].kind != kindOwner || rest == "" {
			return nil
		}
		out = append(out, duty{prose, labels[0].text})
	}
	return out
}
