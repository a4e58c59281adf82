package console

import (
	"html"
	"net/url"
	"regexp"
	"strings"
)

var entity = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)

func inlineString(s string) string {
	var b strings.Builder
	inline(&b, s, 0)
	return b.String()
}

// inline writes emphasis, links, images and escaped text. Unlike CommonMark it does not
// ask what stands outside the asterisks: `**逾期：**黑臭` is bold, as DingTalk shows it.
func inline(b *strings.Builder, s string, depth int) {
	for len(s) > 0 {
		n := span(b, s, depth)
		if n == 0 {
			n = textRun(b, s)
		}
		s = s[n:]
	}
}

// span writes the construct that s begins with and returns its length; 0 when s begins
// with plain text.
func span(b *strings.Builder, s string, depth int) int {
	switch {
	case s[0] == hardBreak[0]:
		b.WriteString("<br>")
		return 1
	case s[0] == '\\' && len(s) > 1 && isPunct(s[1]):
		b.WriteString(html.EscapeString(s[1:2]))
		return 2
	case s[0] == '&':
		return entityRun(b, s)
	case depth >= maxDepth:
		return 0
	case strings.HasPrefix(s, "**"):
		return emphasis(b, s, "**", "strong", depth)
	case s[0] == '*':
		return emphasis(b, s, "*", "em", depth)
	case strings.HasPrefix(s, "!["):
		return image(b, s)
	case s[0] == '[':
		return link(b, s, depth)
	case s[0] == '<':
		return coloured(b, s, depth)
	}
	return 0
}

// fontTag is the one tag that DingTalk takes in a message; nothing but a colour may
// stand in it.
var fontTag = regexp.MustCompile(`^<font color=(?:(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20})|"(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20})"|'(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20})')>`)

const fontEnd = "</font>"

// coloured writes <font color=#ff0000>text</font>; 0 when it is anything else, or when
// nothing closes it before the next one begins.
func coloured(b *strings.Builder, s string, depth int) int {
	m := fontTag.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	inside, _, closed := strings.Cut(s[len(m[0]):], fontEnd)
	if !closed || inside == "" || strings.Contains(inside, "<font") {
		return 0
	}
	b.WriteString(`<font color="` + m[1] + m[2] + m[3] + `">`)
	inline(b, inside, depth+1)
	b.WriteString(fontEnd)
	return len(m[0]) + len(inside) + len(fontEnd)
}

// textRun writes s up to the next byte that may begin a construct.
func textRun(b *strings.Builder, s string) int {
	n := strings.IndexAny(s[1:], "\\&*![<\x00")
	if n < 0 {
		n = len(s) - 1
	}
	b.WriteString(html.EscapeString(s[:n+1]))
	return n + 1
}

// entityRun writes the character an entity stands for, escaped again where it must be.
func entityRun(b *strings.Builder, s string) int {
	e := entity.FindString(s)
	if e == "" {
		return 0
	}
	b.WriteString(html.EscapeString(html.UnescapeString(e)))
	return len(e)
}

// emphasis writes s up to the closing mark inside tag; 0 when nothing closes it or the
// inside begins or ends with a space (so "3 * 4 * 5" stays as it is).
func emphasis(b *strings.Builder, s, mark, tag string, depth int) int {
	end := closing(s, mark)
	if end < 0 {
		return 0
	}
	inside := s[len(mark):end]
	if inside == "" || strings.TrimSpace(inside) != inside {
		return 0
	}
	b.WriteString("<" + tag + ">")
	inline(b, inside, depth+1)
	b.WriteString("</" + tag + ">")
	return end + len(mark)
}

// closing finds the mark that closes the one s begins with. A single star does not
// close on half of a double one; an escaped star closes nothing.
func closing(s, mark string) int {
	for i := len(mark); i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] != '*':
		case mark == "**" && strings.HasPrefix(s[i:], "**"):
			return i
		case mark == "*" && strings.HasPrefix(s[i:], "**"):
			i++
		case mark == "*":
			return i
		}
	}
	return -1
}

// link writes [text](url); 0 when it is not one or its address is not allowed. A dtmd
// link says its content as the reader's own words, which the page does on a click.
func link(b *strings.Builder, s string, depth int) int {
	text, addr, n := bracketed(s)
	if n == 0 {
		return 0
	}
	open, ok := anchor(addr)
	if !ok {
		return 0
	}
	b.WriteString(open)
	inline(b, text, depth+1) // bracketed lets no bracket in, so there is no link in a link
	b.WriteString("</a>")
	return n
}

// image writes ![alt](url) for pictures on the web.
func image(b *strings.Builder, s string) int {
	alt, addr, n := bracketed(s[1:])
	if n == 0 {
		return 0
	}
	u, ok := address(addr)
	if !ok || (u.Scheme != "http" && u.Scheme != "https") {
		return 0
	}
	b.WriteString(`<img src="` + html.EscapeString(u.String()) + `" alt="` + html.EscapeString(alt) +
		`" loading="lazy" referrerpolicy="no-referrer">`)
	return n + 1
}

// bracketed splits "[text](addr)…" and returns how long it is; 0 when s is not that.
func bracketed(s string) (text, addr string, n int) {
	mid := strings.Index(s, "](")
	if mid < 1 || strings.ContainsAny(s[1:mid], "[]\x00") {
		return "", "", 0
	}
	end := strings.IndexByte(s[mid:], ')')
	if end < 0 {
		return "", "", 0
	}
	return s[1:mid], s[mid+2 : mid+end], mid + end + 1
}

// anchor is the opening tag for an address, and whether the address is allowed.
func anchor(addr string) (string, bool) {
	u, ok := address(addr)
	if !ok {
		return "", false
	}
	switch u.Scheme {
	case "dtmd":
		if u.Host != "dingtalkclient" || u.Path != "/sendMessage" {
			return "", false
		}
		return `<a href="#" role="button" data-say="` + html.EscapeString(u.Query().Get("content")) + `">`, true
	case "dingtalk":
		inner, ok := address(u.Query().Get("url"))
		if !ok || inner.Scheme != "http" && inner.Scheme != "https" {
			return `<a href="` + html.EscapeString(u.String()) + `" rel="noopener noreferrer">`, true
		}
		u = inner
	}
	return `<a href="` + html.EscapeString(u.String()) + `" target="_blank" rel="noopener noreferrer">`, true
}

// address parses an absolute address of an allowed scheme.
func address(s string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" {
		return nil, false
	}
	switch u.Scheme {
	case "http", "https", "dtmd", "dingtalk":
		return u, true
	}
	return nil, false
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
}
