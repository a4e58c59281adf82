package understand

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"duban/internal/zh"
	"duban/store/ledger"
)

// maxRunes bounds what is read of one message; more is noise or a document.
const maxRunes = 2000

// utterance is a text with everything that was seen in it. It is made once per
// message; the rows only look at it.
type utterance struct {
	lex *Lexicon
	ctx Context

	own  string // the person's words, without mention and quote block
	s    string // own, folded, blanks squeezed, typing errors mended
	runs []int  // byte offset in own of every rune of s, when they match one to one

	clauses []clause
	nums    []number
	days    []day
	span    *spanOf
	units   []unitAt

	refs     []string // tasks that the words name by number, in order
	bare     string   // a bare number in front that may be a task (28完成了)
	quoted   []string // tasks of the quoted message or of the question asked
	listed   bool     // the quoted message itself is a list
	quotes   bool     // a list is quoted, or several tasks
	percent  *float64
	doubt    bool     // several percentages and none is clearly the progress
	heard    bool     // a percentage is what somebody else says
	strange  *float64 // the only percentage, where it may be of something else than the task
	unrated  string   // why a percentage was not taken
	noReport string   // why the words are no report on the task that they know
	asks     bool     // the whole is a question, begins or ends with one
	ends     bool     // it ends with a question
	spread   bool     // it speaks of a run of tasks
	closes   bool     // it asks for the closing in a clause of its own
	claim    claim

	open     bool   // the rules ask because they do not know, not because they must
	ordered  bool   // there is the verb of an order that is denied or unclear
	told     bool   // the verb of an order is only told of: 设备延期到货
	either   string // a task N号 that may as well be the day: 28号完成系统上线
	toldPast *bool  // whether it tells what was done; nil before it is asked
	page     int    // 第2页 at the end, 0 when not said

	cued  bool            // hits are found
	hits  [cueCount]int16 // where the first word of each cue begins, −1 for none
	marks marks           // of s, or of a text that s is a piece of
}

// clause is a piece of the text between two marks.
type clause struct {
	start, end int
	text       string
	asks       bool
}

// cells part the cells of a row that was copied from a table.
var cells = regexp.MustCompile(` *\t[ \t]*`)

// read looks at everything once.
func (l *Lexicon) read(text string, c Context) *utterance {
	own, quoted, mentioned := strip(text)
	own = cells.ReplaceAllString(own, "，")
	if mentioned {
		c.Mentioned = true
	}
	if utf8.RuneCountInString(own) > maxRunes {
		own = string([]rune(own)[:maxRunes])
	}
	u := &utterance{lex: l, ctx: c, own: own}
	u.fold(own)
	u.uncivil()
	u.cutPage()
	u.cutDenied()
	u.split()
	u.listed = c.QuoteList || len(c.Quoted) > 1
	u.findNumbers()
	u.findDays()
	u.placeNumbers()
	u.spread = u.matches(run, u.s)
	u.units = l.unitsIn(u.masked())
	u.findSelf()
	u.findQuoted(quoted)
	u.findPercent()
	u.closes = u.closesPlainly()
	u.findQuestion()
	u.claim = u.judge()
	return u
}

// fold sets s and runs.
func (u *utterance) fold(text string) {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == 0xa0 || r == 0x3000 }), " ")
	f := zh.Fold(text)
	u.own = text
	if strings.ContainsAny(f, "abcdefghijklmnopqrstuvwxyz") {
		f = spelled.Replace(f)
	}
	aligned := utf8.RuneCountInString(f) == utf8.RuneCountInString(text)
	plain := strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	var b strings.Builder
	b.Grow(len(f))
	var prev byte
	offsets := make([]int, 0, len(f))
	from := 0
	for i, r := range f {
		size := 1
		if aligned {
			_, size = utf8.DecodeRuneInString(text[from:])
		}
		if keep(r, prev, f[i:]) && !(plain && adorns(r)) {
			switch r {
			case '❓', '❔':
				r = '?'
			case '➡', '⇒', '➜':
				r = '→'
			}
			b.WriteRune(r)
			offsets = append(offsets, from)
			prev = f[i]
		}
		from += size
	}
	u.s = mend.Replace(b.String())
	u.marks = marksOf(u.s)
	u.marks.add(' ') // which also stands for what is blanked
	if aligned {
		u.runs = offsets
	}
}

// adorns reports whether a character is an emoji, or a part of one, that says nothing of
// its own beside words. Ticks, crosses, thumbs and question marks do.
func adorns(r rune) bool {
	if r < 0x200d || strings.ContainsRune("➡➜★☆√✅☑✔👌👍🆗💯❌❎✖🚫⛔🙅👎❓❔→①②③④⑤⑥⑦⑧⑨⑩", r) {
		return false
	}
	return r == 0x200d || r == 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0x2600 && r <= 0x27bf || r >= 0x1f300 && r <= 0x1faff
}

// keep drops blanks that part nothing: only between two Latin letters or digits
// does a blank carry meaning in a Chinese sentence.
func keep(r rune, prev byte, rest string) bool {
	if r != ' ' {
		return true
	}
	return isAlnum(prev) && len(rest) > 1 && isAlnum(rest[1])
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

const clauseMarks = ",，。;；!！?？\n…"

// split cuts s into clauses.
func (u *utterance) split() {
	start := 0
	add := func(end int) {
		if end > start {
			u.clauses = append(u.clauses, clause{start: start, end: end, text: u.s[start:end]})
		}
	}
	for i, r := range u.s {
		if !strings.ContainsRune(clauseMarks, r) || between(u.s, i) || r == '?' && inLink(u.s, i) {
			continue
		}
		add(i)
		start = i + utf8.RuneLen(r)
	}
	add(len(u.s))
}

// inLink reports whether the question mark at i parts a web address, not sentences.
func inLink(s string, i int) bool {
	return i > 0 && i+1 < len(s) && (isAlnum(s[i-1]) || s[i-1] == '/') && isAlnum(s[i+1]) && strings.Contains(s[:i], "/")
}

// between reports whether the comma at i stands inside a number (1,200).
func between(s string, i int) bool {
	return s[i] == ',' && i > 0 && isDigit(s[i-1]) && i+3 < len(s) && isDigit(s[i+1]) && isDigit(s[i+2]) && isDigit(s[i+3]) &&
		(i+4 >= len(s) || !isDigit(s[i+4]))
}

// clauseAt returns the clause that holds the byte offset.
func (u *utterance) clauseAt(i int) clause {
	for _, c := range u.clauses {
		if i >= c.start && i < c.end {
			return c
		}
	}
	return clause{start: 0, end: len(u.s), text: u.s}
}

// masked is s with the task numbers blanked, so that 20号 as a task is not read as
// a day and 任务三十八 not as part of a name. Offsets stay.
func (u *utterance) masked() string {
	b := []byte(u.s)
	any := false
	for _, n := range u.nums {
		if n.kind == numTask {
			for i := n.start; i < n.end; i++ {
				b[i] = '_'
			}
			any = true
		}
	}
	if !any {
		return u.s
	}
	return string(b)
}

// today is the day the words are read on.
func (u *utterance) today() ledger.Date { return u.ctx.Today }

// is reports whether the whole text, without marks and polite words, is one of the words.
func (u *utterance) is(words ...string) bool {
	core := bareWords(u.s)
	for _, w := range words {
		if core == w {
			return true
		}
	}
	return false
}

// bareWords strips marks and particles at both ends.
func bareWords(s string) string {
	return strings.Trim(s, " ,.，。!！~～…;；:：、\n\"“”'*?？")
}

// runeLen counts characters.
func runeLen(s string) int { return utf8.RuneCountInString(s) }
