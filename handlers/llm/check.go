package llm

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"duban/internal/zh"
)

// Lie is something in the words that the facts do not carry.
type Lie struct {
	Kind string // number, date, unit, task, closing, form
	What string // short; from the model, for the log only
}

// Error names the kind and what it was.
func (l *Lie) Error() string {
	return fmt.Sprintf("llm: words not in the facts: %s %q", l.Kind, l.What)
}

var (
	dateForm   = regexp.MustCompile(`\d{4}年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|\d{4}年|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}月(底|末|初|中旬|上旬|下旬)`)
	taskForm   = regexp.MustCompile(`(?:任务|第)\s*\d+(?:\s*(?:、|，|,|和|及|与|—|-|至|~)\s*\d+)*`)
	numberForm = regexp.MustCompile(`\d+(?:\.\d+)?`)
	hanNumber  = regexp.MustCompile(`[零〇一二三四五六七八九十百千万两半]+(?:分之[零〇一二三四五六七八九十百千万两]+|项|个|天|日|家|次|件|成|倍|月|年|季度|周|条|名|人|位|％|%)`)
	unitForm   = regexp.MustCompile(`(?:省|市|县|区|州)[\p{Han}]{1,14}?(?:办公室|委员会|人民政府|局|委|办|中心|政府|部门|公司|院|支队|集团)`)
	closing    = regexp.MustCompile(`已办结|已完成|办结|全部完成|顺利完成|圆满完成|完成了|销号|清零`)
	badForm    = regexp.MustCompile("https?://|\\]\\(|@|```|<[a-zA-Z/]")
	sentences  = regexp.MustCompile(`[^。！？；\n]+`)
)

// Check holds every number, date, unit and task of the words against the facts (JSON),
// and claims of completion against the class of the task. In a sentence about certain
// tasks, only their own facts and the plan's totals count. nil means that nothing in
// the words goes beyond the facts.
func Check(words string, facts []byte) error {
	f, err := read(facts)
	if err != nil {
		return err
	}
	if m := badForm.FindString(words); m != "" {
		return &Lie{"form", m}
	}
	for _, s := range sentences.FindAllString(words, -1) {
		if err := f.sentence(s); err != nil {
			return err
		}
	}
	return nil
}

func (f *known) sentence(s string) error {
	var tasks []string
	rest := taskForm.ReplaceAllStringFunc(s, func(m string) string {
		tasks = append(tasks, numberForm.FindAllString(m, -1)...)
		return " "
	})
	for _, t := range tasks {
		if !f.tasks[t] {
			return &Lie{"task", t}
		}
	}
	own := f.about(tasks)
	for _, d := range dateForm.FindAllString(rest, -1) {
		if !strings.Contains(own.text, d) {
			return &Lie{"date", d}
		}
	}
	rest = dateForm.ReplaceAllString(rest, " ")
	for _, n := range numberForm.FindAllString(rest, -1) {
		if !own.numbers[n] {
			return &Lie{"number", n}
		}
	}
	for _, h := range hanNumber.FindAllString(rest, -1) {
		if !own.says(h) {
			return &Lie{"number", h}
		}
	}
	for _, u := range unitForm.FindAllString(rest, -1) {
		if !strings.Contains(own.text, u) {
			return &Lie{"unit", u}
		}
	}
	return f.closings(s, tasks)
}

// closings refuses claims of completion about tasks that are not closed, unless the
// unit's own words, which are given as such, say so.
func (f *known) closings(s string, tasks []string) error {
	m := closing.FindString(s)
	if m == "" {
		return nil
	}
	for _, t := range tasks {
		if f.closed[t] || strings.Contains(f.lines[t], m) || strings.Contains(s, "申请办结") && strings.Contains(f.lines[t], "申请办结") || strings.Contains(s, "未办结") {
			continue
		}
		return &Lie{"closing", t + m}
	}
	return nil
}

// says reports whether a Chinese numeral with its measure is carried: as it stands,
// or as the figure that it means.
func (s said) says(h string) bool {
	if strings.Contains(s.text, h) {
		return true
	}
	r := []rune(h)
	for n := len(r); n > 0; n-- {
		if v, ok := zh.Number(string(r[:n])); ok {
			return s.numbers[fmt.Sprint(v)]
		}
	}
	return false
}

// said is the facts that may be used in one sentence.
type said struct {
	text    string
	numbers map[string]bool
}

// known is the facts in the forms in which words are held against them.
type known struct {
	totals string            // everything that is not a line about one task
	lines  map[string]string // by task number: all that is said of it
	tasks  map[string]bool
	closed map[string]bool
}

func read(facts []byte) (*known, error) {
	var root map[string]any
	if err := json.Unmarshal(facts, &root); err != nil {
		return nil, fmt.Errorf("llm: facts are no JSON object: %w", err)
	}
	f := &known{lines: map[string]string{}, tasks: map[string]bool{}, closed: map[string]bool{}}
	var totals strings.Builder
	f.walk(root, &totals)
	f.totals = totals.String()
	return f, nil
}

// walk collects values: objects with a "task" go to that task's line, the rest to the
// totals.
func (f *known) walk(v any, to *strings.Builder) {
	switch x := v.(type) {
	case map[string]any:
		if no, ok := x["task"].(string); ok {
			var line strings.Builder
			for k, e := range x {
				if k != "task" {
					f.walk(e, &line)
				}
			}
			f.tasks[no] = true
			f.lines[no] += line.String()
			return
		}
		f.class(x)
		for k, e := range x {
			if k != "tasks" { // numbers of tasks are no figures
				f.walk(e, to)
			}
		}
	case []any:
		for _, e := range x {
			f.walk(e, to)
		}
	case nil:
	default:
		fmt.Fprintf(to, "%v\n", x)
	}
}

// class notes which tasks a class holds.
func (f *known) class(x map[string]any) {
	list, ok := x["tasks"].([]any)
	if !ok {
		return
	}
	for _, e := range list {
		no, ok := e.(string)
		if !ok {
			continue
		}
		f.tasks[no] = true
		if x["word"] == "已办结" {
			f.closed[no] = true
		}
	}
}

// about is what may be said in a sentence that names these tasks: the totals and their
// own lines, or everything when it names none.
func (f *known) about(tasks []string) said {
	text := f.totals
	if len(tasks) == 0 {
		for _, l := range f.lines {
			text += l
		}
	}
	for _, t := range tasks {
		text += f.lines[t]
	}
	out := said{text: text, numbers: map[string]bool{}}
	for _, n := range numberForm.FindAllString(text, -1) {
		out.numbers[n] = true
	}
	return out
}
