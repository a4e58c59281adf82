package console

import (
	"html"
	"regexp"
	"strconv"
	"strings"
)

// maxDepth bounds nesting of quotes and of emphasis; what is deeper stays as text.
const maxDepth = 5

// hardBreak stands for "two spaces and a newline" between block and inline parsing.
// NUL cannot come from outside: render replaces it first.
const hardBreak = "\x00"

var (
	headingLine = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$`)
	bulletLine  = regexp.MustCompile(`^ {0,3}[-*+][ \t]+(.*)$`)
	numberLine  = regexp.MustCompile(`^ {0,3}(\d{1,9})[.)][ \t]+(.*)$`)
	quoteLine   = regexp.MustCompile(`^ {0,3}> ?(.*)$`)
	anyTag      = regexp.MustCompile(`<[^>]*>`)
	spaces      = regexp.MustCompile(`\s+`)
)

// render turns DingTalk's Markdown subset into HTML: headings, quotes, bold, italic,
// links, images, colours and flat lists; a newline breaks the line only after two
// spaces. Tables stay as text, as DingTalk's clients on phones show them.
// Everything that is not a construct of the subset comes out as escaped text, so the
// result is safe to insert whatever the source says.
func render(src string) string {
	src = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(src)
	var b strings.Builder
	blocks(&b, strings.Split(src, "\n"), 0)
	return b.String()
}

// plain is render's text without its tags, on one line, for previews and quotes.
func plain(src string) string {
	text := strings.ReplaceAll(render(src), "</li>", " ")
	for _, tag := range []string{"<br>", "</p>", "</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>"} {
		text = strings.ReplaceAll(text, tag, " ")
	}
	text = html.UnescapeString(anyTag.ReplaceAllString(text, ""))
	return strings.TrimSpace(spaces.ReplaceAllString(text, " "))
}

// blocks writes the block structure of lines.
func blocks(b *strings.Builder, lines []string, depth int) {
	var para []string
	flush := func() {
		if len(para) > 0 {
			b.WriteString("<p>" + inlineString(join(para)) + "</p>")
			para = nil
		}
	}
	for i := 0; i < len(lines); {
		line := lines[i]
		m := headingLine.FindStringSubmatch(line)
		switch {
		case strings.TrimSpace(line) == "":
			flush()
			i++
		case m != nil:
			flush()
			tag := "h" + strconv.Itoa(len(m[1]))
			b.WriteString("<" + tag + ">" + inlineString(m[2]) + "</" + tag + ">")
			i++
		case quoteLine.MatchString(line) && depth < maxDepth:
			flush()
			i += quote(b, lines[i:], depth)
		case bulletLine.MatchString(line), numberLine.MatchString(line):
			flush()
			i += list(b, lines[i:])
		default:
			para = append(para, line)
			i++
		}
	}
	flush()
}

// quote writes the run of quoted lines at the head of lines and returns its length.
func quote(b *strings.Builder, lines []string, depth int) int {
	var inner []string
	for _, line := range lines {
		m := quoteLine.FindStringSubmatch(line)
		if m == nil {
			break
		}
		inner = append(inner, m[1])
	}
	b.WriteString("<blockquote>")
	blocks(b, inner, depth+1)
	b.WriteString("</blockquote>")
	return len(inner)
}

// list writes the list at the head of lines and returns how many lines it took. Blank
// lines between items are allowed; text right below an item belongs to it, indented or
// not.
func list(b *strings.Builder, lines []string) int {
	item, tag := bulletItem, "ul"
	if m := numberLine.FindStringSubmatch(lines[0]); m != nil {
		item, tag = numberItem, "ol"
		if n, err := strconv.Atoi(m[1]); err == nil && n != 1 {
			b.WriteString(`<ol start="` + strconv.Itoa(n) + `">`)
		} else {
			b.WriteString("<ol>")
		}
	} else {
		b.WriteString("<ul>")
	}
	var cur []string
	flush := func() {
		if cur != nil {
			b.WriteString("<li>" + inlineString(join(cur)) + "</li>")
		}
	}
	used := 0
	for i, line := range lines {
		text, ok := item(line)
		switch {
		case ok:
			flush()
			cur, used = []string{text}, i+1
		case strings.TrimSpace(line) == "":
			continue
		case used == i && !beginsBlock(line):
			cur, used = append(cur, line), i+1
		default:
			flush()
			b.WriteString("</" + tag + ">")
			return used
		}
	}
	flush()
	b.WriteString("</" + tag + ">")
	return used
}

// beginsBlock reports whether a line cannot go on with the paragraph above it.
func beginsBlock(line string) bool {
	for _, re := range []*regexp.Regexp{headingLine, bulletLine, numberLine, quoteLine} {
		if re.MatchString(line) {
			return true
		}
	}
	return false
}

func bulletItem(line string) (string, bool) {
	m := bulletLine.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	return m[1], true
}

func numberItem(line string) (string, bool) {
	m := numberLine.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	return m[2], true
}

// join puts the lines of one paragraph together: two spaces at a line's end make a
// break, anything less does not.
func join(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		last := i == len(lines)-1
		b.WriteString(strings.Trim(line, " \t"))
		switch {
		case last:
		case strings.HasSuffix(line, "  "):
			b.WriteString(hardBreak)
		default:
			b.WriteString("\n")
		}
	}
	return b.String()
}
