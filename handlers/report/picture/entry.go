package picture

import (
	"duban/handlers/report"
	"duban/store/ledger"
)

// label is the task as a list names it.
func label(r report.Row) string { return r.Task.No + "　" + r.Task.Title }

// entryRoom is what a task's words have beside its state.
func entryRoom(s *sheet, r report.Row) float64 { return inner - s.width(r.State(), sizeText) - 48 }

// entryHigh is how high a task's words are.
func entryHigh(s *sheet, r report.Row, text string) float64 {
	return s.high(text, sizeText, entryRoom(s, r))
}

// entry writes a task's words with its state at the right, and returns how high they are.
func entry(s *sheet, f report.Facts, r report.Row, text string, y float64) float64 {
	state, c := s.width(r.State(), sizeText), ink
	if r.Level == ledger.LevelOverdue {
		c = red
	}
	s.dot(width-margin-state-14, y+sizeText-10, 9, ground(f, r.Level))
	s.text(width-margin-state, y+sizeText, r.State(), sizeText, c)
	return s.block(margin, y, entryRoom(s, r), text, sizeText, ink, 0)
}
