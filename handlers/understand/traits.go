package understand

import (
	"slices"
	"strings"
	"unicode/utf8"

	"duban/internal/maxent"
)

// What the second reading sees of a text: runs of one to four characters, in which numbers,
// days and units stand as signs for what they are, where the text was said and by whom; and,
// as hints that may fail it, the words of the cues and what was counted.

// The signs that stand for what a text names.
const (
	signTask     = 'Ⓣ'
	signPercent  = 'Ⓟ'
	signQuantity = 'Ⓠ'
	signBare     = 'Ⓝ'
	signDay      = 'Ⓓ'
	signUnit     = 'Ⓤ'
	signBegin    = '⟨'
	signEnd      = '⟩'
	signMark     = '|'
)

const (
	longestRunOf = 4   // characters of a run
	mostSigns    = 160 // of a text; what is longer says no more of what it is
)

// The kinds of trait; a run by itself and the same run at a place are two.
const (
	traitRun uint32 = iota + 1
	traitRunAtPlace
	traitRunOfSpeaker
	traitAsked
	traitSetting
	traitCue
	traitCues
	traitForm
)

// mask is a piece of s that is shown as a sign.
type mask struct {
	start, end int
	sign       rune
}

// masks lists the pieces of s that are shown as signs, by where they begin; of two that
// begin together the one that says more comes first.
func (u *utterance) masks() []mask {
	all := make([]mask, 0, 2*len(u.nums)+len(u.days)+len(u.units))
	for _, n := range u.nums {
		switch n.kind {
		case numTask:
			all = append(all, mask{n.start, n.end, signTask})
		case numPercent:
			all = append(all, mask{n.start, n.end, signPercent})
		}
	}
	for _, d := range u.days {
		all = append(all, mask{d.start, d.end, signDay})
	}
	for _, at := range u.units {
		all = append(all, mask{at.start, at.end, signUnit})
	}
	for _, n := range u.nums {
		sign := signBare
		if n.kind == numQuantity {
			sign = signQuantity
		}
		all = append(all, mask{n.from, n.to, sign})
	}
	slices.SortStableFunc(all, func(a, b mask) int { return a.start - b.start })
	return all
}

// signs is the text as it is compared.
func (u *utterance) signs() []rune {
	out := make([]rune, 0, mostSigns+2)
	out = append(out, signBegin)
	masks := u.masks()
	for i := 0; i < len(u.s) && len(out) <= mostSigns; {
		for len(masks) > 0 && masks[0].start < i {
			masks = masks[1:]
		}
		if len(masks) > 0 && masks[0].start == i && masks[0].end > i {
			out = append(out, masks[0].sign)
			i = masks[0].end
			continue
		}
		r, size := utf8.DecodeRuneInString(u.s[i:])
		i += size
		switch {
		case r == ' ':
			continue
		case strings.ContainsRune(clauseMarks, r) && r != '?':
			r = signMark
		}
		out = append(out, r)
	}
	return append(out, signEnd)
}

// setting tells where the words were said: 1 by themselves, 2 under a list, 3 under a task;
// 4 more as the answer to a question.
func (u *utterance) setting() uint32 {
	p := uint32(1)
	switch {
	case u.listed:
		p = 2
	case len(u.ctx.Quoted) > 0 || u.ctx.QuoteText != "" || len(u.quoted) > 0 && u.ctx.Asked == "":
		p = 3
	}
	if u.ctx.Asked != "" {
		p += 4
	}
	return p
}

// speaker tells who says it: 1 staff, 2 somebody not yet bound, 3 the office or a leader.
func (u *utterance) speaker() uint32 {
	switch {
	case !u.ctx.Bound:
		return 2
	case u.leads():
		return 3
	}
	return 1
}

// traits lists what is seen of the text itself, each once, and the hints.
func (u *utterance) traits() (surface, hints []maxent.Feature) {
	rs := u.signs()
	place, mouth := u.setting(), u.speaker()
	out := make([]maxent.Feature, 0, 9*len(rs)+len(u.ctx.Asked))
	out = append(out, trait(traitSetting, 1, place), trait(traitSetting, 2, mouth), trait(traitSetting, 3, place*8+mouth),
		trait(traitSetting, 4, uint32(len(rs)/4)*8+place))
	for i := range rs {
		h := uint32(2166136261)
		for n := 0; n < longestRunOf && i+n < len(rs); n++ {
			h = (h ^ uint32(rs[i+n])) * 16777619
			out = append(out, trait(traitRun, h, uint32(n)))
			if n < 3 && place > 1 {
				out = append(out, trait(traitRunAtPlace, h, place))
			}
			if n < 2 && mouth > 1 {
				out = append(out, trait(traitRunOfSpeaker, h, mouth))
			}
		}
	}
	before := rune(0)
	for i, r := range u.ctx.Asked {
		if i > 3*mostSigns {
			break
		}
		if before != 0 {
			out = append(out, trait(traitAsked, uint32(before), uint32(r)))
		}
		before = r
	}
	slices.Sort(out)
	return slices.Compact(out), u.hints(place, mouth)
}

// hints are the cues that were found, in pairs too, and the form of the text.
func (u *utterance) hints(place, mouth uint32) []maxent.Feature {
	var out []maxent.Feature
	add := func(kind, a, b uint32) { out = append(out, trait(kind, a, b)) }
	everywhere := func(fact, value uint32) {
		add(traitForm, fact, value)
		add(traitForm, fact+64, value*8+place)
		add(traitForm, fact+128, value*8+mouth)
	}
	var found []uint32
	for c := range cueCount {
		if !u.has(c) {
			continue
		}
		add(traitCue, uint32(c), 0)
		add(traitCue, uint32(c), place)
		add(traitCue, uint32(c), 16+mouth)
		for _, other := range found {
			add(traitCues, other, uint32(c))
		}
		found = append(found, uint32(c))
	}
	few := func(n int) uint32 { return uint32(min(n, 2)) }
	counted := [5]int{}
	for _, n := range u.nums {
		counted[n.kind]++
	}
	numbers := uint32(0)
	for _, n := range counted {
		numbers = numbers*3 + few(n)
	}
	everywhere(1, numbers)
	everywhere(2, few(len(u.units))*9+few(len(u.days))*3+few(len(u.refs)))
	everywhere(3, uint32(u.claim))
	everywhere(4, uint32(min(len(u.clauses), 4)))
	for fact, holds := range [...]bool{u.asks, u.ends, u.percent != nil, u.bare != ""} {
		if holds {
			everywhere(5+uint32(fact), 1)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// trait hashes one trait.
func trait(kind, a, b uint32) maxent.Feature {
	h := kind*0x9e3779b9 ^ a
	h *= 0x85ebca6b
	h ^= h >> 13
	h ^= b * 0xc2b2ae35
	h *= 0x27d4eb2f
	return maxent.Feature(h ^ h>>15)
}
