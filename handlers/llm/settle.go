package llm

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// settle makes a model's answer ready to be read: fills the placeholders from the
// facts (JSON), checks every claim, and adds the source to sentences that repeat a
// report. An error wraps *Lie when the words go beyond the facts.
func settle(words string, facts []byte) (string, error) {
	if len(words) > maxWords {
		return "", &Lie{"form", "length"}
	}
	k, err := read(facts)
	if err != nil {
		return "", err
	}
	words = k.fill(zh.Clean(bold.Replace(words)))
	if err := k.check(words); err != nil {
		return "", err
	}
	return k.cite(words), nil
}

// bold is emphasis that models add although they were asked not to; it claims nothing.
var bold = strings.NewReplacer("**", "", "## ", "", "# ", "")

var slot = regexp.MustCompile(`\{\{\s*([^{}]{1,30}?)\s*\}\}`)

// fill puts the figures in the place of their names: {{逾期}}, {{逾期占比}}, {{总数}}.
// A name that the facts do not know stays, for the check to refuse.
func (k *known) fill(words string) string {
	names := map[string]string{
		"总数": strconv.Itoa(k.Total), "有进展": strconv.Itoa(k.MovedAll), "即将到期": strconv.Itoa(k.SoonAll),
		"截至": k.AsOf, "起": k.From, "止": k.To, "到期天数": strconv.Itoa(k.SoonDays),
	}
	for _, c := range k.Classes {
		names[c.Word], names[c.Word+"占比"] = strconv.Itoa(c.Count), c.Percent
	}
	return slot.ReplaceAllStringFunc(words, func(m string) string {
		if v, ok := names[slot.FindStringSubmatch(m)[1]]; ok {
			return v
		}
		return m
	})
}

var sentenceForm = regexp.MustCompile(`[^。！？；\n]+`)

// cite adds 〔任务20·7月25日反馈〕 to each sentence that repeats the report of the task
// that it names and has no source yet.
func (k *known) cite(words string) string {
	return sentenceForm.ReplaceAllStringFunc(words, func(s string) string {
		if strings.Contains(s, "〔任务") {
			return s
		}
		folded := zh.Fold(s)
		for _, l := range k.Moved {
			if d, _, ok := dayOf(l.When); ok && names(folded, l.Task) && repeats(folded, l.Said) {
				return fmt.Sprintf("%s〔任务%s·%d月%d日%s〕", s, l.Task, d.m, d.d, verb(l.Said))
			}
		}
		return s
	})
}

// names reports whether the sentence names the task by its number.
func names(s, task string) bool {
	_, after, ok := strings.Cut(s, "任务"+task)
	return ok && (after == "" || after[0] < '0' || after[0] > '9')
}

func repeats(s, said string) bool {
	for _, q := range quotable(said) {
		if q = strings.Trim(q, " "); len([]rune(q)) >= 4 && strings.Contains(s, q) {
			return true
		}
	}
	return false
}

// verb says what kind of event a report's text stands for.
func verb(said string) string {
	switch {
	case strings.HasPrefix(said, "审核通过"):
		return "审核"
	case strings.HasPrefix(said, "退回"):
		return "退回"
	case strings.HasPrefix(said, "恢复办理"):
		return "恢复"
	}
	return "反馈"
}
