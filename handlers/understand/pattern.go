package understand

import (
	"regexp"
	"regexp/syntax"
)

// pattern is a regular expression with the characters that every match of it holds. Most
// texts lack one of them, which shows without trying the expression.
type pattern struct {
	*regexp.Regexp
	needs []marks // of each a match holds one character or more
}

func compile(form string) *pattern {
	p := &pattern{Regexp: regexp.MustCompile(form)}
	if tree, err := syntax.Parse(form, syntax.Perl); err == nil { // as MustCompile has parsed it
		p.needs = needs(tree)
	}
	return p
}

// whole is the pattern of a whole text.
func whole(form string) *pattern { return compile(`^(?:` + form + `)$`) }

// wideClass is the size from which a class of characters is taken for one that any text meets.
const wideClass = 64

// needs lists, for an expression, sets of characters of each of which a match holds one.
func needs(e *syntax.Regexp) []marks {
	switch e.Op {
	case syntax.OpLiteral:
		if e.Flags&syntax.FoldCase != 0 {
			return nil
		}
		out := make([]marks, len(e.Rune))
		for i, r := range e.Rune {
			out[i].add(r)
		}
		return out
	case syntax.OpCharClass:
		var set marks
		size := 0
		for i := 0; i < len(e.Rune); i += 2 {
			if size += int(e.Rune[i+1]-e.Rune[i]) + 1; size > wideClass {
				return nil
			}
			for r := e.Rune[i]; r <= e.Rune[i+1]; r++ {
				set.add(r)
			}
		}
		return []marks{set}
	case syntax.OpCapture, syntax.OpPlus:
		return needs(e.Sub[0])
	case syntax.OpRepeat:
		if e.Min > 0 {
			return needs(e.Sub[0])
		}
	case syntax.OpConcat:
		var out []marks
		for _, part := range e.Sub {
			out = append(out, needs(part)...)
		}
		return out
	case syntax.OpAlternate:
		return needsOfAny(e.Sub)
	}
	return nil
}

// needsOfAny joins the needs of alternatives, first with first: a match of one of them
// holds a character of each set of that one, and so of the joined sets.
func needsOfAny(choices []*syntax.Regexp) []marks {
	out := needs(choices[0])
	for _, c := range choices[1:] {
		more := needs(c)
		out = out[:min(len(out), len(more))]
		for i := range out {
			for k := range out[i] {
				out[i][k] |= more[i][k]
			}
		}
	}
	return out
}

// within reports whether a text of these characters may hold a match.
func (p *pattern) within(m *marks) bool {
	for i := range p.needs {
		if !m.meets(&p.needs[i]) {
			return false
		}
	}
	return true
}

// find is FindStringSubmatch on a piece of the text.
func (u *utterance) find(p *pattern, s string) []string {
	if !p.within(&u.marks) {
		return nil
	}
	return p.FindStringSubmatch(s)
}

// matches is MatchString on a piece of the text.
func (u *utterance) matches(p *pattern, s string) bool {
	return p.within(&u.marks) && p.MatchString(s)
}
