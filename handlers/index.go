package handlers

import (
	"duban/handlers/understand"
	"duban/internal/zh"
	"duban/store/ledger"
)

// indexed is what is built over a plan's words and kept until they change.
type indexed struct {
	defs   int64
	lex    *understand.Lexicon
	titles *zh.Index
	nos    []string
}

// lexicon returns the words of the book's plan, built anew only when they changed.
func (d *Desk) lexicon(b *ledger.Book) *understand.Lexicon {
	return d.indexOf(b).lex
}

func (d *Desk) indexOf(b *ledger.Book) *indexed {
	if x := d.lex.Load(); x != nil && x.defs == b.Defs() {
		return x
	}
	x := &indexed{defs: b.Defs(), lex: understand.NewLexicon(b.Tasks, projects(b), b.Aliases)}
	titles := make([]string, len(b.Tasks))
	for i, t := range b.Tasks {
		titles[i] = t.Title
		x.nos = append(x.nos, t.No)
	}
	x.titles = zh.NewIndex(titles)
	d.lex.Store(x)
	return x
}

// likely is the score from which a title counts as meant by the words, and ahead how
// far the best must be before it stands alone.
const (
	likely = 0.3
	ahead  = 0.25
)

// find lists the tasks whose titles the words fit, best first; one alone when it is
// clearly ahead.
func (t *turn) find(q string) []string {
	x := t.desk.indexOf(t.book)
	var out []string
	hits := x.titles.Search(q, maxChoices)
	for i, h := range hits {
		if h.Score < likely || i > 0 && hits[0].Score-h.Score > ahead {
			break
		}
		out = append(out, x.nos[h.Pos])
	}
	return out
}
