package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// isTotal tells 合计, 总计 and 小计 rows.
func isTotal(r row) bool {
	words := r.filled()
	for len(words) > 1 && isNo(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	return totalWord(words[0]) || len(words) > 1 && totalWord(words[0]+words[1]) // 合 | 计
}

func totalWord(s string) bool {
	s = strings.ReplaceAll(zh.Fold(s), " ", "")
	for _, w := range []string{"合计", "总计", "小计", "共计", "总数"} {
		if strings.HasPrefix(s, w) && utf8.RuneCountInString(s) <= 16 {
			return true
		}
	}
	return false
}

// sectionRow returns the name in a row such as 一 | 大力实施党建工程 of a table that
// counts its tasks 1, 2, 3: another style of number, and neither units nor time.
func (w *rowWalk) sectionRow(cells []cell) (name, number string) {
	no, ok := w.t.column(cells, kindNo)
	if !ok || no.text == "" || hasDigit(no.text) || !w.onlyAmounts(cells) || !w.t.digits() {
		return "", ""
	}
	title, _ := w.t.column(cells, kindTitle)
	if cat, ok := w.t.column(cells, kindCategory); ok && title.text == "" {
		title = cat
	}
	return sectionName(title.text), bareNo(no.text)
}

// reAmount is a subtotal: 52, 18.5亿元, 3个.
var reAmount = regexp.MustCompile(`^[\d.,%]+(?:个|项|件|亿元?|万元?|公里|/)*$`)

// onlyAmounts reports whether the row has nothing beside its number and its name but
// subtotals, none of them where units or times stand.
func (w *rowWalk) onlyAmounts(cells []cell) bool {
	words := 0
	for i, c := range cells {
		if c.text == "" || c.covered {
			continue
		}
		k := kindNone
		if i < len(w.t.cols) {
			k = w.t.cols[i].kind
		}
		if reAmount.MatchString(zh.Fold(c.text)) && !k.isOwner() && k != kindTime && k != kindStart && k != kindNo {
			continue
		}
		words++
	}
	return words <= 2
}

// enter starts a section of the table.
func (w *rowWalk) enter(text string) {
	style, no, _ := splitNo(oneLine(text))
	w.given.enter(style, sectionName(text))
	text = w.given.lead(w.h, w.t, text)
	w.project, w.section = sectionName(text), ""
	w.named = w.named || len(w.out) == 0 && !isSection(text)
	switch style {
	case hanBrack, digitBra:
		w.section = "(" + no + ")"
	case hanComma:
		w.section = no
	}
}

// digits reports whether most rows are numbered with digits.
func (t *taskTable) digits() bool {
	n, all := 0, 0
	for _, r := range t.rows {
		if len(r.cells) > 2 && isNo(r.cells[0].text) && len(r.filled()) > 2 {
			all++
			if hasDigit(r.cells[0].text) {
				n++
			}
		}
	}
	return n*2 > all
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// spans reports whether one merged cell fills the row.
func (w *rowWalk) spans(r row) bool {
	if !w.t.merges || len(r.cells) < 3 {
		return false
	}
	for _, c := range r.cells {
		if c.text != r.cells[0].text {
			return false
		}
	}
	return true
}

// firstOnly reports whether the row's one filled cell stands in the first column of
// a wider row, as a section heading in a sheet does.
func (t *taskTable) firstOnly(r row) bool {
	return len(r.cells) > 1 && r.cells[0].text != ""
}

// fitContinuation finds the column that a stray line goes on with.
func (t *taskTable) fitContinuation(text string) []cell {
	best, at := -1e9, 0
	seen := featuresOf(text)
	for i := range t.cols {
		if s := t.score(seen, i); s > best {
			best, at = s, i
		}
	}
	out := make([]cell, len(t.cols))
	out[at].text = text
	return out
}

// isNote tells the remarks under a table.
func isNote(s string) bool {
	for _, p := range []string{"注：", "注:", "备注：", "说明：", "填表", "审核", "制表", "附注", "（注", "联系人", "续表", "（续", "接上表", "(续"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return reFoot.MatchString(s)
}

// reFoot is a line that a form has over or under its rows: 填表人：, 填报单位（盖章）：.
var reFoot = regexp.MustCompile(`^(?:填[表报写]|制表|审核|复核|审批|签发|联系|单位负责|分管领导签|注)(?:人|单位|部门|日期|时间|领导|电话|字|[0-9１-９])?(?:（[签盖][^（）]{1,3}）)?[:：]`)

// isFoot tells such a line of several cells. A row with a number is none.
func isFoot(r row) bool {
	words := r.filled()
	return len(words) > 1 && reFoot.MatchString(words[0])
}

// continues reports whether the row goes on with the task of the row before: its
// number cell is empty or covered although the table numbers its tasks, and the
// next number does not leave room for a lost one.
func (w *rowWalk) continues(cells []cell, rest []row) bool {
	w.shares = false
	no, ok := w.t.column(cells, kindNo)
	if !ok || len(w.out) == 0 {
		return w.titleCovered(cells)
	}
	if no.text != "" && !no.covered {
		return false
	}
	title, _ := w.t.column(cells, kindTitle)
	if title.text == "" || title.covered {
		return true
	}
	if no.covered {
		cat, has := w.t.column(cells, kindCategory)
		return !has || !cat.covered
	}
	prev, next := w.lastNo(), w.nextNo(rest)
	shared := prev > 0 && next == prev+1
	w.shares = shared && w.whole(cells)
	return shared && !w.whole(cells)
}

// belongs reports whether a merge puts the row under the title of the last task, as
// where each supporting unit has a row of its own.
func (w *rowWalk) belongs(r row) bool {
	if !w.t.merges || len(w.out) == 0 || w.spans(r) {
		return false
	}
	title, ok := w.t.column(w.t.align(r), kindTitle)
	return ok && title.covered && title.text != "" && oneLine(title.text) == w.out[len(w.out)-1].title
}

func (w *rowWalk) titleCovered(cells []cell) bool {
	title, ok := w.t.column(cells, kindTitle)
	return ok && title.covered && len(w.out) > 0
}

// nextNo is the number of the next numbered row, or 0. A number stands in front.
func (w *rowWalk) nextNo(rest []row) int {
	for _, r := range rest[:min(len(rest), 40)] {
		for _, c := range r.cells[:min(len(r.cells), 2)] {
			if !c.covered && isNo(c.text) {
				return ordinal(bareNo(c.text))
			}
		}
	}
	return 0
}

func isDitto(s string) bool {
	switch s {
	case "同上", "〃", "″", "\"", "同前", "同上。", "〞":
		return true
	}
	return false
}
