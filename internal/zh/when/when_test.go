package when

import (
	"maps"
	"slices"
	"testing"
)

// TestExamples holds the reader to the example table that defines the conventions.
func TestExamples(t *testing.T) {
	table := rows(t, "examples.tsv")
	if len(table) != 88 {
		t.Fatalf("%d rows, want 88", len(table))
	}
	for _, r := range table {
		d := Deadline(r.phrase, r.issued)
		right, first := verdict(d.Expected(), r.expected, alike)
		if !right {
			t.Errorf("line %d: %s (%s) = %s, want %s", r.line, r.phrase, r.issued, d.Expected(), r.expected)
		} else if !first {
			t.Logf("line %d: %s = %s, first choice %s", r.line, r.phrase, d.Expected(), r.expected)
		}
	}
}

// TestPhrases measures the reader on our own table, kind by kind.
func TestPhrases(t *testing.T) {
	type score struct{ right, first, all int }
	scores := map[string]*score{}
	table := rows(t, "phrases.tsv")
	for _, r := range table {
		d := Deadline(r.phrase, r.issued)
		kind := kindOf(r.expected)
		if scores[kind] == nil {
			scores[kind] = &score{}
		}
		s := scores[kind]
		s.all++
		right, first := verdict(d.Expected(), r.expected, exactly)
		if right {
			s.right++
		} else {
			t.Errorf("line %d: %s (%s) = %s, want %s; note %s", r.line, r.phrase, r.issued, d.Expected(), r.expected, d.Note)
		}
		if first {
			s.first++
		}
	}
	if len(table) < 300 {
		t.Errorf("%d rows, want 300 at least", len(table))
	}
	for _, kind := range slices.Sorted(maps.Keys(scores)) {
		s := scores[kind]
		t.Logf("%-7s %3d of %3d right, %3d first choice", kind, s.right, s.all, s.first)
	}
}
