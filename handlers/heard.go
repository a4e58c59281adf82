package handlers

import (
	"sync"

	"duban/handlers/understand"
	"duban/store/ledger"
)

// Bounds of what is kept: questions are short, and few different ones are asked.
const (
	heardText = 48 // bytes
	heardMost = 1024
)

// heard keeps what short questions were found to mean: all day long many people ask
// the same few things in the same words, and understanding them is half the work of
// answering. Only what can change nothing is kept, and only for one day of one plan.
type heard struct {
	mu   sync.RWMutex
	lex  *understand.Lexicon
	day  ledger.Date
	kept map[hearing]understand.Meaning
}

// hearing is all that the meaning of a question depends on within a day.
type hearing struct {
	text                    string
	unit, duty              string
	group, mentioned, bound bool
}

// parse understands the text, from memory where it can. The context carries no quote
// and no question of the bot: those are understood anew each time.
func (h *heard) parse(lex *understand.Lexicon, text string, c understand.Context) understand.Meaning {
	if len(text) > heardText {
		return lex.Parse(text, c)
	}
	key := hearing{text, c.Unit, c.Duty, c.Group, c.Mentioned, c.Bound}
	h.mu.RLock()
	m, ok := h.kept[key]
	ok = ok && h.lex == lex && h.day == c.Today
	h.mu.RUnlock()
	if ok {
		return m
	}
	m = lex.Parse(text, c)
	if m.ReadOnly && m.Sure && m.At.IsZero() && m.Tasks == nil && m.Units == nil {
		h.keep(lex, c.Today, key, m)
	}
	return m
}

func (h *heard) keep(lex *understand.Lexicon, day ledger.Date, key hearing, m understand.Meaning) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lex != lex || h.day != day || len(h.kept) >= heardMost {
		h.lex, h.day, h.kept = lex, day, make(map[hearing]understand.Meaning)
	}
	h.kept[key] = m
}
