package maxent

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Sample is a text whose class is known: its features, and every class that would be right,
// the best first. Hints are features too, but such as may be missing from a text that means
// the same: now and then the model must learn to do without them.
type Sample struct {
	Features []Feature
	Hints    []Feature
	Classes  []string
}

// How a model is learned. The figures were chosen by cross-validation on the tables of
// utterances; nearby ones do as well.
const (
	epochs    = 12
	rate      = 0.3
	smoothing = 1e-2 // keeps the first steps small
	decay     = 1e-5 // pulls weights to 0
	seldom    = 2    // a feature of fewer samples is left out
	lesser    = 0.5  // what a right class counts that is not the best
	hintless  = 4    // every so many-th step goes without hints
)

// learner is a model while it is learned.
type learner struct {
	classes  []string
	features []Feature
	place    map[Feature]int
	weights  []float32
	steps    []float32 // sums of squared gradients
}

// Train learns a model from the samples. The same samples in the same order give the same
// model on machines that round alike.
func Train(samples []Sample) *Model {
	l := &learner{place: map[Feature]int{}}
	seen := map[Feature]int{}
	for _, s := range samples {
		for _, c := range s.Classes {
			if !slices.Contains(l.classes, c) {
				l.classes = append(l.classes, c)
			}
		}
		for _, f := range slices.Concat(s.Features, s.Hints) {
			seen[f]++
		}
	}
	slices.Sort(l.classes)
	for f, n := range seen {
		if n >= seldom {
			l.features = append(l.features, f)
		}
	}
	slices.Sort(l.features)
	for i, f := range l.features {
		l.place[f] = i
	}
	l.weights = make([]float32, len(l.features)*len(l.classes))
	l.steps = make([]float32, len(l.weights))
	l.learn(samples)
	return l.model()
}

// learn goes through the samples, each time in another order.
func (l *learner) learn(samples []Sample) {
	order := rand.New(rand.NewPCG(1, 2))
	surface, whole, right := make([][]int, len(samples)), make([][]int, len(samples)), make([][]int, len(samples))
	for i, s := range samples {
		surface[i] = l.places(s.Features)
		whole[i] = append(slices.Clone(surface[i]), l.places(s.Hints)...)
		for _, c := range s.Classes {
			if k := slices.Index(l.classes, c); !slices.Contains(right[i], k) {
				right[i] = append(right[i], k)
			}
		}
	}
	for range epochs {
		for _, i := range order.Perm(len(samples)) {
			if n := len(samples[i].Features); order.IntN(hintless) == 0 {
				l.step(surface[i], right[i], share(n))
			} else {
				l.step(whole[i], right[i], share(n+len(samples[i].Hints)))
			}
		}
	}
}

// places are where the weights of the features stand that the model keeps.
func (l *learner) places(features []Feature) []int {
	var out []int
	for _, f := range features {
		if p, ok := l.place[f]; ok {
			out = append(out, p)
		}
	}
	return out
}

// step moves the weights towards the right classes. Where several are right, each is
// aimed at as far as the model believes in it already.
func (l *learner) step(known, right []int, share float64) {
	n := len(l.classes)
	p := make([]float64, n)
	for _, f := range known {
		for c, w := range l.weights[f*n : f*n+n] {
			p[c] += float64(w)
		}
	}
	for c := range p {
		p[c] *= share
	}
	softmax(p)
	aim, sum := make([]float64, n), 0.0
	for i, c := range right {
		w := 1.0
		if i > 0 {
			w = lesser
		}
		aim[c] = w * (p[c] + 0.05)
		sum += aim[c]
	}
	for c := range aim {
		off := (p[c] - aim[c]/sum) * share
		if math.Abs(off) < 1e-4 {
			continue
		}
		for _, f := range known {
			w, s := &l.weights[f*n+c], &l.steps[f*n+c]
			g := float32(off) + decay**w
			*s += g * g
			*w -= rate * g / float32(math.Sqrt(float64(*s)+smoothing))
		}
	}
}

// model rounds the weights to small whole numbers.
func (l *learner) model() *Model {
	top := float32(0)
	for _, w := range l.weights {
		top = max(top, w, -w)
	}
	m := &Model{classes: l.classes, scale: float64(top) / math.MaxInt8, weights: make([]int8, len(l.weights))}
	for i, w := range l.weights {
		if top > 0 {
			m.weights[i] = int8(math.Round(float64(w / top * math.MaxInt8)))
		}
	}
	m.index(l.features)
	return m
}
