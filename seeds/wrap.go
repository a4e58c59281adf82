package seeds

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	reTimeOpen = regexp.MustCompile(`(?:年|[-—–~～至、]|^\d{4})$`)
	reTimeRest = regexp.MustCompile(`^(?:底|前|日|月|末|完成|[-—–~～至])`)
)

// wraps reports whether a row without a number only goes on with the lines of the
// cells over it, as where a table was printed line by line: it has no time of its
// own, or one that the time above needs, and names no units of its own.
func (w *rowWalk) wraps(d *draft, cells []cell) bool {
	if w.t.merges || !w.t.fixed || len(cells) < 3 {
		return false
	}
	for i, c := range cells {
		if i >= len(w.t.cols) || c.text == "" || c.covered {
			continue
		}
		switch k := w.t.cols[i].kind; {
		case k == kindTime && d.time != "" && !reTimeOpen.MatchString(d.time) && !reTimeRest.MatchString(c.text):
			return false
		case k.isOwner() && k != kindPerson && !d.openOwner(k.field()):
			return false
		}
	}
	return !strings.HasSuffix(d.title, "。") && !strings.HasSuffix(d.title, "；")
}

// completes reports whether the line under a table is the rest of a cell of its last
// row: 县水务局、县应急 | 管理局.
func completes(last, b block) bool {
	if b.table != nil || len(b.cells) > 0 || b.text == "" || utf8.RuneCountInString(b.text) > 12 || isNote(b.text) || isNo(b.text) {
		return false
	}
	return slices.ContainsFunc(last.cells, func(c string) bool {
		whole := c + b.text
		return len(c) > len("县应急") && !looksUnits(c) && looksUnits(whole) && reHasUnit.MatchString(whole) || reTimeOpen.MatchString(c) && looksTime(b.text)
	})
}

// reLevelOpen is the first character of a name at the end of a list: 县住建局、县.
var reLevelOpen = regexp.MustCompile(`[、，,；;][省市县区]$`)

// openOwner reports whether the units of the field so far cannot be all: the list
// ends with a mark, or in the middle of a name.
func (d *draft) openOwner(field string) bool {
	for i := len(d.owners) - 1; i >= 0; i-- {
		if d.owners[i].field == field {
			text := strings.TrimSpace(d.owners[i].text)
			return text == "" || reLevelOpen.MatchString(text) || strings.ContainsRune("、，,；;/（(", lastRune(text)) || !looksUnits(text)
		}
	}
	return true
}

// addOwner adds a further statement of units, joined with the one before of its sort where
// that broke off inside a name.
func (d *draft) addOwner(field, text string) {
	for i := len(d.owners) - 1; i >= 0; i-- {
		if d.owners[i].field != field {
			continue
		}
		if d.openOwner(field) {
			d.owners[i].text += text
			return
		}
		break
	}
	d.owners = append(d.owners, duty{field, text})
}

// wrap goes on with the title or the detail in the middle of its sentence.
func (d *draft) wrap(k kind, text string) {
	if k == kindTitle {
		d.title += text
	} else {
		d.detail += text
	}
}

// openAbove reports whether a cell of the row before breaks off, so that a lone line may go
// on with it.
func (t *taskTable) openAbove(cells []cell) bool {
	for i, c := range cells {
		k := t.cols[i].kind
		switch {
		case c.text == "":
		case strings.ContainsRune("、，,；（(", lastRune(c.text)), k == kindTime && reTimeOpen.MatchString(c.text), k.isOwner() && k != kindPerson && !looksUnits(c.text):
			return true
		}
	}
	return false
}
