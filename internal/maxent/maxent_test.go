package maxent

import (
	"bytes"
	"hash/fnv"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func words(s string) []Feature {
	var out []Feature
	for w := range strings.FieldsSeq(s) {
		h := fnv.New32a()
		h.Write([]byte(w))
		out = append(out, Feature(h.Sum32()))
	}
	return out
}

// weather and food: two classes of plain sentences, a third that may be either.
func lessons() []Sample {
	var out []Sample
	for class, lines := range map[string]string{
		"weather": "rain falls today\nsun shines today\nrain and wind\nsun and wind\ncold rain\nwarm sun today\nwind falls",
		"food":    "bread and cheese\nwarm bread\nsoup today\ncold soup and bread\ncheese today\nsoup and cheese\nbread soup",
	} {
		for line := range strings.SplitSeq(lines, "\n") {
			out = append(out, Sample{Features: words(line), Classes: []string{class}})
		}
	}
	return append(out,
		Sample{Features: words("nothing special today"), Classes: []string{"neither", "food"}},
		Sample{Features: words("nothing special"), Classes: []string{"neither"}},
		Sample{Features: words("special nothing and"), Classes: []string{"neither"}})
}

func best(m *Model, text string) (string, float64) {
	p := m.Probabilities(words(text), nil)
	b := 0
	for c := range p {
		if p[c] > p[b] {
			b = c
		}
	}
	return m.Classes()[b], p[b]
}

func TestLearns(t *testing.T) {
	t.Parallel()
	m := Train(lessons())
	for text, want := range map[string]string{
		"rain and sun": "weather", "cold wind today": "weather", "cheese soup": "food", "warm bread and cheese": "food", "nothing special": "neither",
	} {
		if got, p := best(m, text); got != want || p < 0.6 {
			t.Errorf("%q: %s %.2f, want %s", text, got, p, want)
		}
	}
	if m.Class("food") < 0 || m.Class("music") != -1 {
		t.Errorf("places of classes: %d, %d", m.Class("food"), m.Class("music"))
	}
	if _, p := best(m, "unheard of"); p > 0.8 {
		t.Errorf("%.2f sure of words it never saw", p)
	}
}

// Hints help where they are, and are not needed where the words alone tell.
func TestHints(t *testing.T) {
	t.Parallel()
	hint := map[string][]Feature{"weather": {1}, "food": {2}}
	var lines []Sample
	for range 20 {
		for _, s := range lessons() {
			s.Hints = hint[s.Classes[0]]
			lines = append(lines, s)
		}
	}
	m := Train(lines)
	if got, _ := best(m, "rain and sun"); got != "weather" {
		t.Errorf("without hints: %s", got)
	}
	bare := m.Probabilities(words("today"), nil)[m.Class("food")]
	if told := m.Probabilities(words("today"), []Feature{2})[m.Class("food")]; told <= bare {
		t.Errorf("with its hint %.2f, without %.2f", told, bare)
	}
}

func TestProbabilitiesSumToOne(t *testing.T) {
	t.Parallel()
	m := Train(lessons())
	rapid.Check(t, func(t *rapid.T) {
		features := rapid.SliceOfDistinct(rapid.SampledFrom(words("rain falls sun wind cheese soup bread nothing special today other")), rapid.ID[Feature]).Draw(t, "features")
		sum := 0.0
		for _, p := range m.Probabilities(features, nil) {
			if p < 0 || math.IsNaN(p) {
				t.Fatalf("probability %v", p)
			}
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("sum %v", sum)
		}
	})
}

func TestCode(t *testing.T) {
	t.Parallel()
	m := Train(lessons())
	var b bytes.Buffer
	if err := m.Encode(&b); err != nil {
		t.Fatal(err)
	}
	again, err := Decode(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range lessons() {
		was, is := m.Probabilities(s.Features, nil), again.Probabilities(s.Features, nil)
		for c := range was {
			if was[c] != is[c] {
				t.Fatalf("%v is %v after coding", was, is)
			}
		}
	}
	for cut := range b.Len() {
		if _, err := Decode(b.Bytes()[:cut]); err == nil {
			t.Fatalf("cut at %d of %d and no error", cut, b.Len())
		}
	}
}

func FuzzDecode(f *testing.F) {
	var b bytes.Buffer
	if err := Train(lessons()).Encode(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("maxent1\n"))
	f.Fuzz(func(t *testing.T, code []byte) {
		if len(code) > 1<<16 {
			return
		}
		if m, err := Decode(code); err == nil {
			m.Probabilities(words("rain and sun"), nil)
		}
	})
}
