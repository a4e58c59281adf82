// Package maxent is a maximum-entropy classifier (multinomial logistic regression) over
// hashed features: which of a handful of classes a small piece of text belongs to, and how
// sure that is. A model is learned once, from labelled samples, and read at run time from a
// few hundred kilobytes of small whole numbers.
//
// The method is that of Berger, Della Pietra and Della Pietra, "A Maximum Entropy Approach
// to Natural Language Processing", Computational Linguistics 22(1), 1996; it is trained by
// AdaGrad (Duchi, Hazan and Singer, JMLR 12, 2011).
package maxent

import (
	"math"
	"slices"
)

// Feature is the hash of something seen in a text. Two features that share a hash are one;
// with 32 bits that is rare enough not to matter.
type Feature uint32

// Model tells classes apart. It never changes and may be used by several goroutines.
type Model struct {
	classes []string
	scale   float64 // what a weight of 1 stands for
	weights []int8  // of feature slot i and class c at i*len(classes)+c
	keys    []Feature
	slots   []int32 // beside keys: an open-addressing table, -1 for empty
	mask    uint32
}

// Classes lists the names of the classes, in the order of Probabilities.
func (m *Model) Classes() []string { return slices.Clone(m.classes) }

// Name is the name of the class at a place in Probabilities.
func (m *Model) Name(place int) string { return m.classes[place] }

// Class is the place of a class in Probabilities, -1 when the model does not know it.
func (m *Model) Class(name string) int { return slices.Index(m.classes, name) }

// Probabilities gives the probability of every class for a text with these features and
// hints, each of them once. They sum to 1. Features the model never saw say nothing.
func (m *Model) Probabilities(features, hints []Feature) []float64 {
	n := len(m.classes)
	sums := make([]int32, n)
	for _, list := range [...][]Feature{features, hints} {
		for _, f := range list {
			i := m.slot(f)
			if i < 0 {
				continue
			}
			for c, w := range m.weights[int(i)*n : int(i)*n+n] {
				sums[c] += int32(w)
			}
		}
	}
	out := make([]float64, n)
	by := m.scale * share(len(features)+len(hints))
	for c, s := range sums {
		out[c] = float64(s) * by
	}
	softmax(out)
	return out
}

// slot finds the weights of a feature, -1 when there are none.
func (m *Model) slot(f Feature) int32 {
	if len(m.keys) == 0 {
		return -1
	}
	for i := spread(f) & m.mask; ; i = (i + 1) & m.mask {
		if m.slots[i] < 0 || m.keys[i] == f {
			return m.slots[i]
		}
	}
}

// index builds the table of slots for features in the order of their weights.
func (m *Model) index(features []Feature) {
	size := 1
	for size < 2*len(features)+1 {
		size *= 2
	}
	m.mask = uint32(size - 1)
	m.keys, m.slots = make([]Feature, size), make([]int32, size)
	for i := range m.slots {
		m.slots[i] = -1
	}
	for n, f := range features {
		i := spread(f) & m.mask
		for m.slots[i] >= 0 {
			i = (i + 1) & m.mask
		}
		m.keys[i], m.slots[i] = f, int32(n)
	}
}

// spread mixes the bits of a feature, so that its low ones make a good place in a table.
func spread(f Feature) uint32 {
	x := uint32(f)
	x ^= x >> 16
	x *= 0x7feb352d
	x ^= x >> 15
	return x
}

// share is what one of n features weighs: long texts have many, and should be no surer for it.
func share(n int) float64 { return 3 / math.Sqrt(float64(max(n, 1))) }

// softmax turns scores into probabilities, in place.
func softmax(v []float64) {
	if len(v) == 0 {
		return
	}
	top, sum := slices.Max(v), 0.0
	for i, x := range v {
		v[i] = math.Exp(x - top)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
}
