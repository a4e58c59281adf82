package seeds

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"duban/internal/zh"
	"duban/store/ledger"
)

// points lists what the revised plan wants otherwise by the way: another aim of a
// period, another milestone, another day for one. moved says that the deadline itself
// is listed already, with the days of its parts.
func (d *Diff) points(a, b *ledger.Task, moved bool) {
	add := func(k ChangeKind, old, revised string) {
		d.Changes = append(d.Changes, Change{Kind: k, OldNo: a.No, NewNo: b.No, Title: b.Title, Old: old, New: revised})
	}
	fresh := slices.Clone(b.Points)
	var gone []ledger.Point
	listed := ""
	for _, o := range a.Points {
		at := counterpart(o, fresh, !moved || a.Deadline.Kind == b.Deadline.Kind && b.Deadline.Kind != ledger.DeadlineMulti)
		if at < 0 {
			gone = append(gone, o)
			continue
		}
		n := fresh[at]
		fresh = slices.Delete(fresh, at, at+1)
		if part, _, lap := strings.Cut(n.ID, "."); lap && !b.Recurring() {
			if listed == part {
				continue // another period of the same duty
			}
			listed = part
		}
		switch own := !moved || !b.Recurring() && !ofDeadline(n, b); {
		case o.Due != n.Due && own:
			add(ChangeDeadline, pointWords(o), pointWords(n))
		case !sameWork(a, b, o, n):
			add(ChangeWords, pointWords(o), pointWords(n))
		}
	}
	for _, o := range gone {
		if !ofDeadline(o, a) {
			add(ChangeDeadline, pointWords(o), "无")
		}
	}
	for _, n := range fresh {
		if !ofDeadline(n, b) {
			add(ChangeDeadline, "无", pointWords(n))
		}
	}
}

// counterpart finds the checkpoint of the revised task that is this one, or -1: the
// same day under the same ID, else the same words, else, where IDs can be trusted, the
// same ID.
func counterpart(o ledger.Point, list []ledger.Point, byID bool) int {
	at := slices.IndexFunc(list, func(n ledger.Point) bool { return n.ID == o.ID && n.Due == o.Due })
	if at < 0 && workKey(o) != "" {
		at = slices.IndexFunc(list, func(n ledger.Point) bool { return workKey(n) == workKey(o) })
	}
	if at < 0 && strings.Count(o.ID, "-") == 2 { // a date of the text, which may have moved with its words
		at = slices.IndexFunc(list, func(n ledger.Point) bool { return strings.Count(n.ID, "-") == 2 && undated(n) == undated(o) })
	}
	if at < 0 && byID {
		at = slices.IndexFunc(list, func(n ledger.Point) bool { return n.ID == o.ID })
	}
	return at
}

// reOfDeadline are the IDs that a deadline gives: 1, and 2.2018Q3 within several.
var reOfDeadline = regexp.MustCompile(`^\d{1,3}(?:\.|$)`)

// ofDeadline tells the checkpoints that the deadline itself gives from those that
// period columns and the further text add.
func ofDeadline(p ledger.Point, t *ledger.Task) bool {
	if t.Recurring() {
		return p.Text == "" && !strings.Contains(p.Label, " ")
	}
	return reOfDeadline.MatchString(p.ID)
}

// sameWork reports whether the two checkpoints want the same done. What both plans
// print in the same words of their time or text is the same, however it was read: an
// older state holds shorter labels, and no texts.
func sameWork(a, b *ledger.Task, o, n ledger.Point) bool {
	x, y := workKey(o), workKey(n)
	was, is := letters(a.TimeText+a.Detail), letters(b.TimeText+b.Detail)
	switch {
	case x == y:
		return true
	case was == is:
		return within(was, o) && within(is, n)
	case o.Text == "" && strings.HasPrefix(y, x) && x != "":
		return within(was, n)
	}
	return letters(a.Detail) != letters(b.Detail) && within(letters(b.Detail), n) && y != "" // listed with the text
}

// within reports whether every phrase of the work stands in the text.
func within(text string, p ledger.Point) bool {
	for _, phrase := range strings.FieldsFunc(p.Work(), func(r rune) bool { return strings.ContainsRune("：:；;", r) }) {
		if p.Label != p.Due.Chinese() || phrase != p.Label {
			if !strings.Contains(text, letters(phrase)) {
				return false
			}
		}
	}
	return true
}

// workKey is what the checkpoint wants done, without marks; empty where it names no
// more than its day.
func workKey(p ledger.Point) string {
	if work := p.Work(); work != p.Due.Chinese() {
		return letters(work)
	}
	return ""
}

// undated is the work without figures.
func undated(p ledger.Point) string { return strings.Map(noDigit, workKey(p)) }

func noDigit(r rune) rune {
	if unicode.IsDigit(r) {
		return -1
	}
	return r
}

// letters leaves the letters and figures of a text, folded.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, zh.Fold(s))
}

// pointWords says a checkpoint: 一季度目标：完成选址; 完成可研（2018年5月31日）.
func pointWords(p ledger.Point) string {
	if head, text, ok := strings.Cut(p.Label, " "); ok && isPeriodHeading(head) && p.Text == "" {
		return head + "目标：" + text
	}
	if isPeriodHeading(p.Label) {
		if p.Text == "" {
			return p.Label + "目标：无"
		}
		return p.Label + "目标：" + p.Text
	}
	if work := p.Work(); work != p.Due.Chinese() {
		return work + "（" + p.Due.Chinese() + "）"
	}
	return p.Due.Chinese()
}
