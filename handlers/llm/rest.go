package llm

import (
	"regexp"
	"slices"
	"strings"
)

// restForm is what is left over: 其余2项, 剩余13项任务, 另1项, 其余任务.
var (
	restForm = regexp.MustCompile(`^(?:(?:其余|其他|其它|余下|剩余|另外|另)的?(\d+)(?:(?:项|件)(?:任务|事项)?|个(?:任务|事项))|(?:其余|其他|其它|余下|剩余)(?:的|各项|各类)?任务|(?:其余|其他|其它)各项)`)
	without  = regexp.MustCompile(`除([^,。;]{0,12}?\d+项[^,。;任]{0,3}?)(?:之|以)?外,其余`)
)

// readRest reads what is left over at the head of s and says how long it is. In 另1项任务9
// the task's number follows.
func readRest(s string) (item, int) {
	m := restForm.FindStringSubmatch(s)
	if m == nil {
		return item{}, 0
	}
	n := len(m[0])
	if head, cut := strings.CutSuffix(m[0], "任务"); cut && n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n = len(head)
	}
	return item{kind: isRest, n: atoi(m[1])}, n
}

// told is what of the whole, and of the class last counted, has been told so far, so that
// it is known what is left.
type told struct {
	parts []string // classes of the plan that were counted
	inner string   // the class counted last
	named []string // its tasks that were named since
}

func (t *told) count(set string, of bool) {
	if of && !slices.Contains(t.parts, set) {
		t.parts = append(slices.Clone(t.parts), set)
	}
	t.inner, t.named = set, nil
}

func (t *told) name(tasks []string) { t.named = append(slices.Clone(t.named), tasks...) }

// rest makes what is left over the scope. It is the class counted last without its tasks
// named since, as it is read where that fits, or all tasks without the classes counted.
func (p *sentence) rest(i int) error {
	it := &p.items[i]
	var found [][]string
	add := func(of []string, gone func(string) bool) {
		left := slices.DeleteFunc(slices.Clone(of), gone)
		if len(left) > 0 && (it.n == 0 || it.n == len(left)) && len(left) < len(of) {
			found = append(found, left)
		}
	}
	if c := p.k.classes[p.told.inner]; len(c.order) == c.count && len(p.told.named) > 0 {
		add(c.order, func(t string) bool { return slices.Contains(p.told.named, t) })
	}
	if slices.Contains(p.told.parts, p.told.inner) {
		add(p.k.order, func(t string) bool {
			return slices.ContainsFunc(p.told.parts, func(set string) bool { return p.k.classes[set].tasks[t] })
		})
	}
	if len(found) == 0 || len(found) > 1 && it.n == 0 {
		return p.lie("number", i)
	}
	p.scope, p.weak, p.byUnit, p.each, p.all, p.head = found[0], false, false, false, false, ""
	p.left, p.listing = slices.Clone(found[0]), false
	return nil
}

// listed takes the tasks of a group off what is left over: 其余2项为任务3、任务5. Once one
// is named, all must be.
func (p *sentence) listedRest(i int) error {
	if p.left == nil {
		return nil
	}
	for _, t := range p.items[i].tasks {
		at := slices.Index(p.left, t)
		if at >= 0 {
			p.left, p.listing = slices.Delete(p.left, at, at+1), true
			continue
		}
		if !p.listing && p.start > 0 && p.ownClaim(i) && !p.introduced(i) && p.restBefore() {
			p.left = nil // the next clause goes on to something else
			return nil
		}
		return p.lie("task", i)
	}
	return nil
}

// restBefore reports whether the rest was spoken of in an earlier clause.
func (p *sentence) restBefore() bool {
	return !slices.ContainsFunc(p.clause(), func(it item) bool { return it.kind == isRest })
}
