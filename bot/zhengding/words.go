package zhengding

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"duban/bot"
)

const (
	defaultTitle = "督办提醒"
	maxTitle     = 120 // bytes; it is shown in lists and notifications only
	maxTail      = 600 // bytes of what must stand at the end whatever is cut
	maxAt        = 50
)

// letter is a message made ready for the platform's Markdown, before it is cut to size.
type letter struct {
	title string
	text  string
	tail  string   // what to reply, what could not be sent along, who is mentioned
	at    []string // groups only
}

// compose makes a letter. No source shows a button that lets a person speak here, so
// buttons are written as words.
func (c *Client) compose(out bot.Outgoing) letter {
	l := letter{title: title(out), text: breakLines(out.Markdown)}
	if l.text == "" {
		l.text = l.title
	}
	var tail []string
	if len(out.Buttons) > 0 {
		tail = append(tail, c.spoken(out.Buttons))
	}
	if len(out.Attachments) > 0 {
		tail = append(tail, unsendable(out.Attachments))
	}
	if out.Room != "" {
		l.at = mentionable(out.At)
		if len(l.at) > 0 {
			tail = append(tail, "@"+strings.Join(l.at, " @"))
		}
	}
	l.tail = strings.ToValidUTF8(strings.Join(tail, "\n\n"), "�")
	if cost(l.tail) > maxTail && len(l.at) == 0 {
		l.text, l.tail = l.text+"\n\n"+l.tail, ""
	}
	return l
}

// mentionable leaves out what would not be one mention in the text.
func mentionable(ids []string) []string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return id == "" || len(id) > 64 || strings.ContainsAny(id, " \t\r\n@")
	})
	return ids[:min(len(ids), maxAt)]
}

// spoken tells what to say instead of pressing. Where nothing comes in, it must not
// ask for a reply that nobody would read.
func (c *Client) spoken(buttons []bot.Button) string {
	words := make([]string, len(buttons))
	for i, b := range buttons {
		words[i] = "「" + b.Say + "」"
	}
	if c.opt.Inbound == "" {
		return "办理时请说：" + strings.Join(words, "")
	}
	return "可回复：" + strings.Join(words, "")
}

// unsendable names the files that stay behind.
func unsendable(files []bot.Attachment) string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = "「" + cut(strings.Join(strings.Fields(f.Name), " "), 80) + "」"
	}
	return "附件" + strings.Join(names, "") + "不能在这里发送，请向督查室索取。"
}

func title(out bot.Outgoing) string {
	t, _, _ := strings.Cut(strings.TrimSpace(out.Title), "\n")
	if t == "" {
		t, _, _ = strings.Cut(strings.TrimLeft(out.Markdown, "#> *\n"), "\n")
		t = strings.ReplaceAll(t, "**", "") // a title is shown as it stands
	}
	t = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(t, "�"))
	t = cut(strings.TrimSpace(t), maxTitle)
	if t == "" {
		return defaultTitle
	}
	return t
}

// breakLines turns single line breaks into the two spaces and a break that the
// platform's Markdown wants.
func breakLines(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "�"))
	lines := strings.Split(strings.Trim(s, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	for i := range len(lines) - 1 {
		if lines[i] != "" && lines[i+1] != "" {
			lines[i] += "  "
		}
	}
	return strings.Join(lines, "\n")
}

// pages cuts a letter into at most most texts of at most budget bytes of JSON each,
// at the ends of lines. What does not fit is left out, and the last page says how
// much that is.
func (l letter) pages(budget, most int) []string {
	last := budget - cost("\n\n"+l.tail)
	pages := pack(strings.Split(l.text, "\n"), budget)
	if n := len(pages); n <= most && cost(join(pages[n-1])) <= last {
		return l.finish(pages)
	}
	if len(pages) < most { // only the tail needs a page more
		return l.finish(append(pages, nil))
	}
	hidden := 0
	for _, p := range pages[most:] {
		hidden += count(p...)
	}
	pages = pages[:most]
	end := pages[most-1]
	with := func() []string { return append(slices.Clip(end), "", omitted(hidden)) }
	for len(end) > 0 && cost(join(with())) > last {
		hidden += count(end[len(end)-1])
		end = end[:len(end)-1]
	}
	pages[most-1] = with()
	return l.finish(pages)
}

func (l letter) finish(pages [][]string) []string {
	texts := make([]string, len(pages))
	for i, p := range pages {
		texts[i] = join(p)
	}
	if n := len(texts) - 1; l.tail != "" {
		texts[n] = strings.TrimLeft(texts[n]+"\n\n"+l.tail, "\n")
	}
	return texts
}

// count counts the lines that say something.
func count(lines ...string) int {
	n := 0
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

func omitted(lines int) string {
	return fmt.Sprintf("……消息长度有限，还有%d行没有显示，其余内容请到群里查看。", lines)
}

// pack fills pages with lines, in order. A line that is longer than a page is broken
// between two characters. There is at least one page.
func pack(lines []string, budget int) [][]string {
	pages, room := [][]string{nil}, budget
	for len(lines) > 0 {
		head, rest := chop(lines[0], budget)
		if rest == "" {
			lines = lines[1:]
		} else {
			lines = append([]string{rest}, lines[1:]...)
		}
		need := cost(head) + len(`\n`)
		if n := len(pages) - 1; len(pages[n]) > 0 && need > room {
			pages, room = append(pages, nil), budget
		}
		n := len(pages) - 1
		pages[n], room = append(pages[n], head), room-need
	}
	return pages
}

// chop takes as much from the front of a line as one page holds.
func chop(line string, budget int) (head, rest string) {
	used := 0
	for i, r := range line {
		if used += runeCost(r); used > budget-len(`\n`) && i > 0 {
			return line[:i], line[i:]
		}
	}
	return line, ""
}

// join makes a page's text. Empty lines at its ends are of no use.
func join(lines []string) string {
	return strings.TrimRight(strings.TrimLeft(strings.Join(lines, "\n"), "\n"), "\n ")
}

// cost is how many bytes s takes inside a JSON text.
func cost(s string) int {
	n := 0
	for _, r := range s {
		n += runeCost(r)
	}
	return n
}

// runeCost follows encoding/json with HTML escapes off.
func runeCost(r rune) int {
	switch {
	case r == '"', r == '\\', r == '\n', r == '\r', r == '\t', r == '\b', r == '\f':
		return 2
	case r < ' ', r == '\u2028', r == '\u2029':
		return 6
	}
	return utf8.RuneLen(r)
}

// encode is json.Marshal without the escapes for web pages, which would make six
// bytes of every < and &.
func encode(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

// cut shortens s to at most n bytes, between runes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
