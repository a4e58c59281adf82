package seeds

import (
	"regexp"
	"strings"
)

// column is one column of a task table.
type column struct {
	kind kind
	head string
}

// taskTable is a table whose header row was understood, with its data rows.
type taskTable struct {
	cols   []column
	rows   []row
	fixed  bool // cells stand under their headings, so position decides
	merges bool // the format states its merges
	line   int
	name   string

	spaced  bool // its cells were cut at every space, so a title has its spaces back
	guessed bool // there was no header row: the columns are told by their cells

	given given // what the lines over it say for its rows

	legend map[string]kind // what the marks of a matrix mean
	voids  bool            // hollow marks stand in it
}

// isHeader reports whether the cells are the header row of a task table: most of
// them known, one that names the task and one that says who or when.
func (h headings) isHeader(cells []string) bool {
	if len(cells) > maxSheetCols {
		return false
	}
	known, filled := 0, 0
	var task, owner, when, no, category bool
	named := 0 // units, as a matrix has them in its heading
	for _, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		filled++
		k := h.of(c)
		if k != kindNone {
			known++
		}
		task = task || k == kindTitle || k == kindDetail
		category = category || k == kindCategory
		no = no || k == kindNo
		if k == kindNone && len(cells) > 4 && allUnitTokens(oneLine(c)) {
			named++
		}
		owner = owner || k.isOwner()
		when = when || k == kindTime || k == kindPeriod
	}
	if named > 2 && no && task && !isNo(cells[0]) {
		known, owner = known+named, true
	}
	return known >= 2 && known*3 >= filled*2 && (owner || when) && (task || category || no && owner && when)
}

// isBareHeader reports whether the cells head a list whose rows say inside their text
// who answers and when: 序号 | 任务内容 | 备注.
func (h headings) isBareHeader(cells []string, rows func() []string) bool {
	no, task := false, false
	for _, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		k := h.of(c)
		no, task = no || k == kindNo, task || k == kindTitle || k == kindDetail
		if k == kindNone || k.isOwner() || k == kindTime {
			return false
		}
	}
	if !no || !task {
		return false
	}
	owned, below := 0, rows()
	for _, r := range below {
		if h.namesUnits(r) {
			owned++
		}
	}
	return owned > 0 && owned*2 >= len(below)
}

// columns reads the header row.
func (h headings) columns(cells []string) []column {
	out := make([]column, len(cells))
	for i, c := range cells {
		out[i] = column{kind: h.of(c), head: oneLine(c)}
	}
	return loneYear(out)
}

// sub lays a second header row over the first: 责任单位 over 牵头单位 and 配合单位. A
// known word below is more exact than the one above, except for periods under a
// time heading, which are targets and no deadlines all the same.
func (h headings) sub(cols []column, cells []string) []column {
	out := make([]column, max(len(cols), len(cells)))
	copy(out, cols)
	for i, c := range cells {
		if strings.TrimSpace(c) == "" || oneLine(c) == out[i].head {
			continue
		}
		if k := h.of(c); k != kindNone {
			out[i] = column{kind: k, head: oneLine(c)}
		} else if out[i].kind == kindNone {
			out[i].head = oneLine(c)
		}
	}
	return out
}

// isSubHeader reports whether a row goes on with the header: only heading words,
// or blanks, and no number of a row or a section.
func (h headings) isSubHeader(cells []string) bool {
	known, filled := 0, 0
	for _, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		if isSection(c) {
			return false
		}
		filled++
		if h.of(c) != kindNone {
			known++
		}
	}
	return filled > 0 && known*4 >= filled*3
}

// spread gives a table that lost the empty cells of its second header row its
// columns: 序号 任务 责任单位 时限 / 牵头 配合 stand under the one heading of their sort.
func (h headings) spread(cols []column, cells []string) []column {
	var sub []column
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			sub = append(sub, column{kind: h.of(c), head: oneLine(c)})
		}
	}
	for i, c := range cols {
		if len(sub) > 0 && (c.kind == kindOwner && sub[0].kind.isOwner() || c.kind == kindTime && sub[0].kind == kindPeriod) {
			out := append([]column{}, cols[:i]...)
			out = append(out, sub...)
			return append(out, cols[i+1:]...)
		}
	}
	return cols
}

// settle gives every table exactly one title column and no stray ones: of several
// task columns the leftmost that has a cell of its own in nearly every row is the
// title, those left of it are categories, those right of it details.
func (t *taskTable) settle() {
	own := t.ownCells()
	t.dropMeasures(own)
	title := t.pick(own, kindTitle)
	if title < 0 { // 考核指标 | 目标值: what is to be reached is the task, the value its detail
		title = t.pickOf(own, func(c column) bool { return c.kind == kindCategory && strings.Contains(c.head, "指标") })
	}
	for _, k := range []kind{kindDetail, kindNone, kindCategory} {
		if title < 0 {
			title = t.pick(own, k)
		}
	}
	if title < 0 {
		return
	}
	if under := t.ownNumbers(title); under > 0 { // the tasks are numbered inside their cells
		title = under
		for i := range t.cols[:under] {
			if t.cols[i].kind == kindNo {
				t.cols[i].kind = kindNote
			}
		}
	}
	for i := range t.cols {
		switch k := t.cols[i].kind; {
		case i == title:
			t.cols[i].kind = kindTitle
		case k == kindTitle && i < title:
			t.cols[i].kind = kindCategory
		case k == kindTitle:
			t.cols[i].kind = kindDetail
		case k == kindNone:
			t.cols[i].kind = kindNote
		}
	}
	t.settleDuty(own)
}

// reMeasure is what a column 单位 of a table of figures holds: 亿元, %, 家.
var reMeasure = regexp.MustCompile(`^(?:[%％‰]|个?百分点|[百千]?[万亿]?(?:元|美元|人|户|吨|亩|平方米|立方米|公里|千米|米|辆|台|套|件|人次|千瓦时|千瓦|标煤|度|册|份|例|场|次)|公顷|平方公里|微克/?立方米|吨标准煤|家|个|项|天|件|所|座|条|名|处|次|位|分|张|支|宗|批|起|只|头|株|对|栋|间|部|—|-|/)(?:/[\p{Han}]{1,4})?$`)

// dropMeasures makes columns of measures mere notes.
func (t *taskTable) dropMeasures(own []int) {
	for i, c := range t.cols {
		if c.kind != kindOwner {
			continue
		}
		n := 0
		for _, r := range t.rows {
			if i < len(r.cells) && reMeasure.MatchString(strings.TrimSpace(r.cells[i].text)) {
				n++
			}
		}
		if n > 0 && n*10 >= own[i]*8 {
			t.cols[i].kind = kindNote
		}
	}
}

// settleDuty turns 责任单位 beside 牵头单位 into support, and a 备注 that holds the
// times of a table without a time column into that column.
func (t *taskTable) settleDuty(own []int) {
	lead, when, note := false, false, -1
	for i, c := range t.cols {
		lead = lead || c.kind == kindLead
		when = when || c.kind == kindTime
		if c.kind == kindNote && own[i]*2 >= len(t.rows) && t.mostlyTime(i) {
			note = i
		}
	}
	for i, c := range t.cols {
		if lead && c.kind == kindOwner {
			t.cols[i].kind = kindSupport
		}
	}
	if !when && note >= 0 {
		t.cols[note].kind = kindTime
	}
}

func (t *taskTable) mostlyTime(col int) bool {
	hits := 0
	for _, r := range t.rows {
		if col < len(r.cells) && looksTime(r.cells[col].text) {
			hits++
		}
	}
	return hits*2 > len(t.rows)
}

// ownCells counts, by column, the rows with a filled cell that no merge covers.
func (t *taskTable) ownCells() []int {
	own := make([]int, len(t.cols))
	for _, r := range t.rows {
		for i, c := range r.cells {
			if i < len(own) && c.text != "" && !c.covered {
				own[i]++
			}
		}
	}
	return own
}

// pick is pickOf for a kind of column.
func (t *taskTable) pick(own []int, k kind) int {
	return t.pickOf(own, func(c column) bool { return c.kind == k })
}

// pickOf returns the leftmost column of those that has a cell of its own for nearly
// every number of the table (for nearly every row, where there are no numbers), or
// the fullest one, or -1.
func (t *taskTable) pickOf(own []int, fits func(column) bool) int {
	tasks, best := 0, -1
	for i, c := range t.cols {
		if c.kind == kindNo {
			tasks = own[i]
			break
		}
	}
	for i, c := range t.cols {
		if fits(c) && own[i] > 0 && (best < 0 || own[i] > own[best]) {
			best = i
		}
	}
	if best < 0 {
		return -1
	}
	if tasks == 0 {
		tasks = own[best]
	}
	for i, c := range t.cols {
		if fits(c) && own[i] > 0 && own[i]*10 >= tasks*9 {
			return i
		}
	}
	return best
}
