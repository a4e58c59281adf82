package seeds

import (
	"cmp"
	"slices"

	"duban/internal/zh"
	"duban/store/ledger"
)

// ChangeKind says what a revised plan changes.
type ChangeKind string

// The kinds of change. A task may have several.
const (
	ChangeNew      ChangeKind = "new"      // the old plan has no such task
	ChangeGone     ChangeKind = "gone"     // the new plan has no such task
	ChangeUnits    ChangeKind = "units"    // other owners or other roles
	ChangeDeadline ChangeKind = "deadline" // another time requirement
	ChangeWords    ChangeKind = "words"    // another title or further text
	ChangeNumber   ChangeKind = "number"   // the same task under another number
	ChangePlan     ChangeKind = "plan"     // title, number, issue date or end of the plan itself
)

// Change is one difference. OldNo is empty for a new task, NewNo for one that is
// gone, both for the plan. Old and New are texts for people.
type Change struct {
	Kind  ChangeKind `json:"kind"`
	OldNo string     `json:"old_no,omitempty"`
	NewNo string     `json:"new_no,omitempty"`
	Title string     `json:"title"`
	Old   string     `json:"old,omitempty"`
	New   string     `json:"new,omitempty"`
}

// Diff is what a revised plan changes: first the plan itself, then the new plan's
// tasks in order, then those gone. Pairs gives for each old number the new one, so
// that progress can follow its task.
type Diff struct {
	Changes []Change          `json:"changes"`
	Pairs   map[string]string `json:"pairs"`
}

// Empty reports whether the revised plan says the same as the old one.
func (d Diff) Empty() bool { return len(d.Changes) == 0 }

// Of returns the changes of one kind.
func (d Diff) Of(k ChangeKind) []Change {
	var out []Change
	for _, c := range d.Changes {
		if c.Kind == k {
			out = append(out, c)
		}
	}
	return out
}

const (
	sameWords = 0.6  // two titles this alike are one task, whatever their numbers
	sameNo    = 0.35 // enough under one number
	unitBonus = 0.1  // for a common unit
)

// Compare pairs the tasks of two plans by number, words and units, and lists what
// differs. It reads both and changes neither.
func Compare(old, revised *ledger.Plan) Diff {
	d := Diff{Pairs: make(map[string]string, len(old.Tasks))}
	d.plan(old, revised)
	match := pairTasks(old.Tasks, revised.Tasks)
	taken := make([]bool, len(old.Tasks))
	for j := range revised.Tasks {
		t := &revised.Tasks[j]
		i := match[j]
		if i < 0 {
			d.Changes = append(d.Changes, Change{Kind: ChangeNew, NewNo: t.No, Title: t.Title, New: ledger.Owners(t.Owners)})
			continue
		}
		taken[i] = true
		d.Pairs[old.Tasks[i].No] = t.No
		d.task(&old.Tasks[i], t)
	}
	for i := range old.Tasks {
		if t := &old.Tasks[i]; !taken[i] {
			d.Changes = append(d.Changes, Change{Kind: ChangeGone, OldNo: t.No, Title: t.Title, Old: ledger.Owners(t.Owners)})
		}
	}
	return d
}

func (d *Diff) plan(a, b *ledger.Plan) {
	for _, f := range []struct{ what, old, new string }{
		{"方案名称", a.Title, b.Title},
		{"文号", a.Number, b.Number},
		{"成文日期", a.Issued.Chinese(), b.Issued.Chinese()},
		{"方案截止日期", a.Ends.Chinese(), b.Ends.Chinese()},
	} {
		if zh.Fold(f.old) != zh.Fold(f.new) {
			d.Changes = append(d.Changes, Change{Kind: ChangePlan, Title: f.what, Old: f.old, New: f.new})
		}
	}
}

func (d *Diff) task(a, b *ledger.Task) {
	add := func(k ChangeKind, old, revised string) {
		if old != revised {
			d.Changes = append(d.Changes, Change{Kind: k, OldNo: a.No, NewNo: b.No, Title: b.Title, Old: old, New: revised})
		}
	}
	add(ChangeNumber, a.No, b.No)
	add(ChangeUnits, ledger.Owners(sortedOwners(a)), ledger.Owners(sortedOwners(b)))
	moved := unlabelled(a.Deadline).Expected() != unlabelled(b.Deadline).Expected()
	if moved {
		add(ChangeDeadline, deadlineWords(a), deadlineWords(b))
	}
	d.points(a, b, moved)
	if zh.Fold(a.Title) != zh.Fold(b.Title) {
		add(ChangeWords, a.Title, b.Title)
	} else if zh.Fold(a.Detail) != zh.Fold(b.Detail) {
		add(ChangeWords, a.Detail, b.Detail)
	}
}

// unlabelled leaves out what the parts are for: the checkpoints are compared with it.
func unlabelled(d ledger.Deadline) ledger.Deadline {
	d.Parts = slices.Clone(d.Parts)
	for i := range d.Parts {
		d.Parts[i].Label = ""
	}
	return d
}

// deadlineWords says a deadline so that two different ones read differently.
func deadlineWords(t *ledger.Task) string {
	words := cmp.Or(t.TimeText, t.Deadline.Text, "无")
	return words + "（" + describe(t.Deadline) + "）"
}

// sortedOwners leaves the order of names out of the comparison, except for the
// first, who answers for the task.
func sortedOwners(t *ledger.Task) []ledger.Owner {
	out := slices.Clone(t.Owners)
	if len(out) > 2 {
		slices.SortFunc(out[1:], func(a, b ledger.Owner) int { return cmp.Compare(a.String(), b.String()) })
	}
	return out
}

// pairTasks returns for each new task the index of its old one, or -1: first the same
// words, then the same number with words that agree, then the best words among the rest.
func pairTasks(old, revised []ledger.Task) []int {
	match := make([]int, len(revised))
	for j := range match {
		match[j] = -1
	}
	taken := make([]bool, len(old))
	byNo := make(map[string]int, len(old))
	grams := make([][][2]rune, len(old))
	for i := range old {
		byNo[old[i].No] = i
		grams[i] = pairs(old[i].Title)
	}
	take := func(j, i int) { match[j], taken[i] = i, true }
	sameTitles(old, revised, take)
	newGrams := make([][][2]rune, len(revised))
	for j := range revised {
		newGrams[j] = pairs(revised[j].Title)
		if i, ok := byNo[revised[j].No]; ok && match[j] < 0 && !taken[i] && dice(grams[i], newGrams[j]) >= sameWords {
			take(j, i)
		}
	}
	for _, p := range candidates(old, revised, grams, newGrams, match, taken) {
		if match[p.new] < 0 && !taken[p.old] {
			take(p.new, p.old)
		}
	}
	return match
}

// sameTitles takes the tasks whose title is the same in both plans, and no other's: a
// neighbour's title may be much like it (一期, 二期) and stand under its old number.
func sameTitles(old, revised []ledger.Task, take func(j, i int)) {
	type place struct{ i, j, n, m int }
	places := make(map[string]*place, len(old))
	for i := range old {
		key := zh.Fold(old[i].Title)
		if places[key] == nil {
			places[key] = &place{}
		}
		places[key].i, places[key].n = i, places[key].n+1
	}
	for j := range revised {
		if p := places[zh.Fold(revised[j].Title)]; p != nil {
			p.j, p.m = j, p.m+1
		}
	}
	for j := range revised {
		if p := places[zh.Fold(revised[j].Title)]; p != nil && p.n == 1 && p.m == 1 {
			take(j, p.i)
		}
	}
}

type candidate struct {
	old, new int
	score    float64
}

// candidates lists the pairs alike enough among the tasks still alone, best first.
// Only tasks that share a character pair are looked at.
func candidates(old, revised []ledger.Task, a, b [][][2]rune, match []int, taken []bool) []candidate {
	holders := make(map[[2]rune][]int)
	for i := range old {
		for _, g := range a[i] {
			if h := holders[g]; !taken[i] && (len(h) == 0 || h[len(h)-1] != i) {
				holders[g] = append(h, i)
			}
		}
	}
	var out []candidate
	for j := range revised {
		if match[j] >= 0 {
			continue
		}
		common := make(map[int]int)
		for _, g := range b[j] {
			for _, i := range holders[g] {
				common[i]++
			}
		}
		for i, n := range common {
			enough := sameWords
			if old[i].No == revised[j].No {
				enough = sameNo
			}
			if bound := 2*float64(n)/float64(len(a[i])+len(b[j])) + unitBonus; bound < enough {
				continue // dice cannot be more
			}
			score := dice(a[i], b[j])
			if unitsShared(old[i].Owners, revised[j].Owners) > 0 {
				score += unitBonus
			}
			if score >= enough {
				out = append(out, candidate{i, j, score})
			}
		}
	}
	slices.SortFunc(out, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.new, y.new), cmp.Compare(x.old, y.old))
	})
	return out
}

// dice is how alike two sets of character pairs are, from 0 to 1.
func dice(a, b [][2]rune) float64 {
	if len(a) == 0 || len(b) == 0 {
		if len(a) == len(b) {
			return 1
		}
		return 0
	}
	set := make(map[[2]rune]int, len(a))
	for _, g := range a {
		set[g]++
	}
	common := 0
	for _, g := range b {
		if set[g] > 0 {
			set[g]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
