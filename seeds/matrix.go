package seeds

import (
	"regexp"
	"slices"
	"strings"

	"duban/internal/zh"
)

// A matrix names the units in its heading and says with a mark in each row what part
// they have: ★ leads, △ helps.

var (
	reLegend   = regexp.MustCompile(`[“"]?([★☆●○◆◇■□▲△√✓◎※*＊])[”"]?\s*(?:号|标记)?(?:的?为|表示|代表|指|是|：|:|=|-|—)*\s*(牵头|主办|负责|责任|承办|配合|协办|参与|协助)`)
	reFullMark = regexp.MustCompile(`^[★●◆■▲√✓✔◎]$`)
	reVoidMark = regexp.MustCompile(`^[☆○◇□△]$`)
)

// markRole is the part that a cell of a matrix gives its unit; kindNone where it is no
// mark at all.
func (t *taskTable) markRole(text string) kind {
	text = strings.TrimSpace(text)
	if k, ok := t.legend[text]; ok {
		return k
	}
	switch text {
	case "牵头", "主办", "主", "牵头单位":
		return kindLead
	case "配合", "协办", "协", "参与", "配合单位":
		return kindSupport
	case "责任", "负责", "承办":
		return kindOwner
	}
	switch {
	case reFullMark.MatchString(text) && t.voids:
		return kindLead
	case reFullMark.MatchString(text):
		return kindOwner
	case reVoidMark.MatchString(text):
		return kindSupport
	}
	return kindNone
}

// unitHeads reports whether a row goes on with the header by naming units under one
// heading of units that spans them.
func (h headings) unitHeads(cols []column, r row) bool {
	n := 0
	for i, c := range r.cells {
		if c.text == "" || c.covered || i < len(cols) && cols[i].head == oneLine(c.text) {
			continue
		}
		if i >= len(cols) || !looksUnits(c.text) || cols[i].kind != kindNone && !cols[i].kind.isOwner() {
			return false
		}
		n++
	}
	return n > 1
}

// nameUnits puts the names of such a row into the headings.
func nameUnits(cols []column, r row) {
	for i, c := range r.cells {
		if i < len(cols) && c.text != "" && !c.covered {
			cols[i] = column{kind: kindNone, head: oneLine(c.text)}
		}
	}
}

// unitColumns finds the columns of a matrix: headed by a unit, with nothing but marks
// below.
func (t *taskTable) unitColumns(blocks []block) {
	if !slices.ContainsFunc(t.cols, column.mayBeUnit) {
		return
	}
	t.legend = make(map[string]kind)
	for _, m := range reLegend.FindAllStringSubmatch(t.notes(blocks), 8) {
		t.legend[m[1]] = legendKind(m[2])
	}
	t.voids = false
	for _, r := range t.rows {
		for _, c := range r.cells {
			t.voids = t.voids || reVoidMark.MatchString(c.text)
		}
	}
	for i, c := range t.cols {
		if c.mayBeUnit() && t.onlyMarks(i) {
			t.cols[i].kind = kindUnit
		}
	}
}

func (c column) mayBeUnit() bool {
	return (c.kind == kindNone || c.kind == kindNote) && looksUnits(c.head)
}

// notes are the remarks under and around the table.
func (t *taskTable) notes(blocks []block) string {
	var out []string
	for _, b := range blocks {
		if b.table == nil && reLegend.MatchString(b.text) {
			out = append(out, b.text)
		}
	}
	for _, r := range t.rows {
		if words := r.filled(); len(words) == 1 {
			out = append(out, words[0])
		}
	}
	return zh.CutBytes(strings.Join(out, "\n"), maxParagraph)
}

func (t *taskTable) onlyMarks(col int) bool {
	marks := 0
	for _, r := range t.rows {
		if col >= len(r.cells) || emptyCell(r.cells[col].text) || len(r.filled()) < 2 || isTotal(r) {
			continue
		}
		if t.markRole(r.cells[col].text) == kindNone {
			return false
		}
		marks++
	}
	return marks > 0
}

// addMarked adds the units of a matrix to the task of a row.
func (w *rowWalk) addMarked(d *draft, cells []cell) {
	byRole := make(map[kind][]string)
	for i, c := range w.t.cols {
		if c.kind != kindUnit || i >= len(cells) {
			continue
		}
		if k := w.t.markRole(cells[i].text); k != kindNone {
			byRole[k] = append(byRole[k], c.head)
		}
	}
	for _, k := range []kind{kindLead, kindOwner, kindSupport} {
		if len(byRole[k]) > 0 {
			d.owners = append(d.owners, duty{k.field(), strings.Join(byRole[k], "、")})
		}
	}
	if len(byRole) > 0 && len(w.t.legend) == 0 && w.t.voids {
		d.doubt("分工标记没有说明", "按实心为牵头、空心为配合理解，请核对")
	}
}
