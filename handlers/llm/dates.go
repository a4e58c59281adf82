package llm

import (
	"slices"
	"time"
)

// date: a day is the day of the facts, the ends of their period, or the time limit or
// the report of the tasks named, as the words around it say.
func (p *sentence) date(i int) error {
	it := &p.items[i]
	switch {
	case it.used:
		return nil // a span in which something was counted
	case it.far:
		return p.month(i)
	}
	if p.neighbour(i, -1, asOfs) {
		if !it.on(p.k.AsOf) {
			return p.lie("date", i)
		}
		return nil
	}
	from, to := p.neighbour(i, +1, ranges) && p.dateAt(i+2), p.neighbour(i, -1, ranges) && p.dateAt(i-2)
	if from && !it.on(p.k.From) || to && !it.on(p.k.To) {
		return p.lie("date", i)
	}
	if from || to {
		return nil
	}
	if len(p.about(i)) == 0 {
		if it.last != (day{}) || !it.on(p.k.AsOf) || p.clauseHas(dues...) {
			return p.lie("date", i)
		}
		return nil
	}
	due, when := p.clauseHas(dues...), p.clauseHas(whens...) || p.happened(i)
	err := p.ofEach(i, "date", func(f fact) bool {
		return (due || !when) && it.on(f.Due) || (when || !due) && it.on(f.When)
	})
	if err != nil {
		return p.lie("date", i)
	}
	return nil
}

// happened reports whether what follows the day is something that was told or done on
// it, not something due by it.
func (p *sentence) happened(i int) bool {
	if i+1 >= len(p.items) {
		return false
	}
	it := p.items[i+1]
	return it.kind == isSource && it.src.kind == "said" || it.kind == isClass && !p.clauseHas(musts...)
}

// period is how many days the facts look back, both ends counted; 0 when they do not
// say.
func (k *known) period() int {
	from, _, okFrom := dayOf(k.From)
	to, _, okTo := dayOf(k.To)
	if !okFrom || !okTo {
		return 0
	}
	last, _ := to.time()
	began, _ := from.time()
	return int(last.Sub(began)/(24*time.Hour)) + 1
}

// month: a month without a day is the month of the time limit.
func (p *sentence) month(i int) error {
	it := &p.items[i]
	err := p.ofEach(i, "date", func(f fact) bool {
		d, _, ok := dayOf(f.Due)
		return ok && d.m == it.d.m && (it.d.y == 0 || it.d.y == d.y)
	})
	if err != nil || !p.clauseHas(dues...) || p.clauseHas("前", "之前", "以前", "日前") {
		return p.lie("date", i)
	}
	return nil
}

func (p *sentence) neighbour(i, step int, words []string) bool {
	j := i + step
	return j >= 0 && j < len(p.items) && slices.Contains(words, p.items[j].text)
}

func (p *sentence) dateAt(i int) bool {
	return i >= 0 && i < len(p.items) && p.items[i].kind == isDate
}
