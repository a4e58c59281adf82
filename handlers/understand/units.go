package understand

// unitAt is a unit found in the text: its canonical name, or the several units
// that the short name may mean.
type unitAt struct {
	name       string
	several    []string
	start, end int
}

// unitsIn finds the units named in s.
func (l *Lexicon) unitsIn(s string) []unitAt {
	var out []unitAt
	for _, f := range l.units.FindAll(s) {
		if f.End <= f.Start || f.End > len(s) {
			continue
		}
		at := unitAt{name: f.Name, start: f.Start, end: f.End}
		if n := len(out); n > 0 && out[n-1].start == f.Start {
			// One word, several units: ask.
			prev := &out[n-1]
			if prev.name != "" {
				prev.several = append(prev.several, prev.name)
			}
			prev.several, prev.name = addOnce(prev.several, f.Name), ""
			continue
		}
		out = append(out, at)
	}
	return out
}
