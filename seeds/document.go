package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/store/ledger"
)

// document is what every format becomes: paragraphs and tables in reading order.
type document struct {
	blocks []block
	notes  []ledger.Problem // what a person must know of it

	whole  *document        // with what people do not see; nil where nothing is hidden
	hidden []ledger.Problem // what was left out of the whole
}

// block is one paragraph or one table. A text line that holds cells (bars, tabs,
// gaps) is a one-row table until gather joins its neighbours.
type block struct {
	line  int    // line or paragraph number in the source, from 1
	text  string // paragraph: cleaned text
	table *grid  // table: not nil, and text is empty

	cells  []string // text line with bars, tabs, gaps or commas: its cells
	sep    rune     // what stood between them
	starts []int    // where on the line they begin, where only blanks stand between them
	lead   bool     // a bar stood in front of them
	rule   bool     // a line drawn between rows
	used   bool     // taken by a table
}

// grid is a table as printed. Rows may have different lengths.
type grid struct {
	rows   []row
	merges bool // the format states merged cells, so an empty cell is truly empty
	name   string

	hidden        bool     // people do not see the sheet
	hiddenColumns []string // nor these columns, which hold something

	since1904 bool // its day numbers count from 1904
}

type row struct {
	line   int
	cells  []cell
	hidden bool // people do not see it
}

// cell is one cell. covered marks a cell that a merge covers; text is then the
// text of the merge.
type cell struct {
	text    string
	covered bool
}

func (r row) blank() bool {
	for _, c := range r.cells {
		if c.text != "" {
			return false
		}
	}
	return true
}

// filled returns the texts of the cells that hold any of their own.
func (r row) filled() []string {
	var out []string
	for _, c := range r.cells {
		if c.text != "" && !c.covered {
			out = append(out, c.text)
		}
	}
	return out
}

func (r row) text() string { return strings.Join(r.filled(), " ") }

// paragraphs returns the text blocks that stand outside tables, lines that a hard
// break cut inside brackets, inside a name or after a 、 joined again.
func (d *document) paragraphs() []block {
	out := make([]block, 0, len(d.blocks))
	joins := 0
	for _, b := range d.blocks {
		if b.table != nil || b.text == "" || b.used {
			joins = 0
			continue
		}
		if n := len(out); n > 0 && joins < 6 && (cutShort(out[n-1].text) || cutName(out[n-1].text, b.text)) {
			if style, _, rest := splitNo(b.text); style == plain || reDayRest.MatchString(b.text) && rest == "" {
				out[n-1].text += b.text
				joins++
				continue
			}
		}
		joins = 0
		out = append(out, b)
	}
	return out
}

var (
	reNameOpen = regexp.MustCompile(`各[省市县区州旗乡镇]$`)
	reNameRest = regexp.MustCompile(`^（[省市县区州旗乡镇街道、]{1,9}）`)
)

// reDayRest is the rest of a date that a break cut before the end of the brackets: 2025/6/ | 30）.
var reDayRest = regexp.MustCompile(`^\d{1,2}[)）]。?$`)

var reUnitLabel = regexp.MustCompile(`^[【（]?[^，。；：]{0,8}(?:单位|部门)[^，。；：]{0,6}[：:]`)

// reNameEnd is the end of a unit's name and no name itself.
var reNameEnd = regexp.MustCompile(`^(?:会|局|办|处|院|部|室|科|队|厅|委|公司|中心|政府|人民政府|委员会|员会|管委会|办公室|管理局|集团|支行|分行)[。；]?$`)

// cutName reports whether the lines are the two halves of a name: 各县 | （市、区）政府,
// 配合单位：县财政 | 局.
func cutName(s, next string) bool {
	if reNameOpen.MatchString(s) && reNameRest.MatchString(next) {
		return true
	}
	if !reUnitLabel.MatchString(s) || utf8.RuneCountInString(next) > 60 || strings.Contains(next, "：") {
		return false
	}
	last := s[max(strings.LastIndex(s, "、"), strings.LastIndex(s, "，"), strings.LastIndex(s, "："))+len("、"):]
	rest, _, _ := strings.Cut(next, "、")
	return reNameEnd.MatchString(next) || last != "" && !looksUnits(last) && !looksTime(last) && looksUnits(last+rest) && looksUnits(next)
}

// cutShort reports whether the line cannot end here: open brackets, or a list mark.
func cutShort(s string) bool {
	if strings.HasSuffix(s, "、") {
		return true
	}
	open := strings.Count(s, "（") - strings.Count(s, "）")
	return open > 0 && strings.LastIndex(s, "（") > strings.LastIndex(s, "。") && len(s)-strings.LastIndex(s, "（") < 400
}
