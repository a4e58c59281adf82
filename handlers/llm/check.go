package llm

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"duban/internal/zh"
)

// Lie is something in the words that the facts do not carry.
type Lie struct {
	Kind string // number, date, unit, task, class, closing, source, order, form, unknown
	What string // a few characters of the words; for tests, never for a log
}

// Error names the kind only: what it was is the model's text.
func (l *Lie) Error() string { return "llm: words not in the facts: " + l.Kind }

var (
	// badForm is what a summary has no use for and a chat would act upon.
	badForm = regexp.MustCompile("https?:|www\\.|://|[\\[\\]]\\(|[@＠<>`|\\\\*#~_{}]")
	ended   = regexp.MustCompile(`^\s*[-•]|[。！!；;）)〕”]$`) // how a last line ends, or begins as one of a list
	period  = regexp.MustCompile(`[。!?\n]+`)

	silence = regexp.MustCompile(`近([0-9]+)天(?:内|来)?(?:未|无|尚未|均未|暂无)(?:有)?反馈`) // as the facts word it: 近14天没有反馈

	hanNumeral = regexp.MustCompile(`(任务|第)?[零〇一二三四五六七八九十百千两]+(项|个|件|天|日|条|月|家|成)|任务[零〇一二三四五六七八九十百]+`)
	hanPercent = regexp.MustCompile(`百分之([零〇一二三四五六七八九十百]+)(?:点([零〇一二三四五六七八九]+))?`)
	hanDigits  = regexp.MustCompile(`[零〇一二三四五六七八九十百千两]+`)
)

// check holds the words against the facts: each sentence is taken apart into task
// numbers, classes, figures, dates, units, text of the facts and words that claim
// nothing, and each claim must be true of the tasks that the sentence names. What fits
// nothing is refused. nil means that nothing in the words goes beyond the facts.
func (k *known) check(words string) error {
	if len(words) > maxWords || strings.TrimSpace(words) == "" {
		return &Lie{"form", "length"}
	}
	if m := badForm.FindString(words); m != "" {
		return &Lie{"form", m}
	}
	for _, r := range words {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co)) || r == unicode.ReplacementChar {
			return &Lie{"form", strconv.QuoteRune(r)}
		}
	}
	if lines := strings.Split(strings.TrimSpace(words), "\n"); !ended.MatchString(lines[len(lines)-1]) {
		return &Lie{"form", "cut off"}
	}
	last := &sentence{}
	for _, s := range period.Split(k.plainly(words), -1) {
		s = strings.TrimSpace(s)
		items, err := k.lex(s)
		if err != nil {
			return err
		}
		p := last.next(k, items)
		if err := p.check(); err != nil {
			return err
		}
		if len(items) > 0 {
			last = p
		}
	}
	return nil
}

// plainly is the words with the texts of the facts behind tokens, with figures for
// numerals, and with days for what is told by week or month.
func (k *known) plainly(words string) string {
	s := numerals(k.dated(k.swap(silence.ReplaceAllString(zh.Fold(words), "近${1}天没有反馈"))))
	return without.ReplaceAllString(s, "$1,其余")
}

// numerals turns 三项, 百分之二十五 and 任务二十 into figures.
func numerals(s string) string {
	digits := func(han string) string {
		if v, ok := zh.Number(han); ok {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
		return han
	}
	s = hanPercent.ReplaceAllStringFunc(s, func(m string) string {
		p := hanPercent.FindStringSubmatch(m)
		out := digits(p[1])
		if p[2] != "" {
			out += "."
			for _, r := range p[2] {
				out += digits(string(r))
			}
		}
		return out + "%"
	})
	return hanNumeral.ReplaceAllStringFunc(s, func(m string) string {
		return hanDigits.ReplaceAllStringFunc(m, digits)
	})
}
