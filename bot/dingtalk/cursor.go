package dingtalk

import (
	"strconv"
	"strings"
)

// cursor walks a JSON text. Once bad, it stays bad and stops moving.
type cursor struct {
	s   string
	i   int
	bad bool
}

func (c *cursor) check(ok bool) { c.bad = c.bad || !ok }

func (c *cursor) peek() byte {
	if c.bad || c.i >= len(c.s) {
		return 0
	}
	return c.s[c.i]
}

func (c *cursor) space() {
	for {
		switch c.peek() {
		case ' ', '\t', '\n', '\r':
			c.i++
		default:
			return
		}
	}
}

func (c *cursor) expect(b byte) {
	if c.peek() != b {
		c.bad = true
		return
	}
	c.i++
}

// object walks an object; value must consume the value of key.
func (c *cursor) object(value func(key string)) {
	c.space()
	c.expect('{')
	c.space()
	if c.peek() == '}' {
		c.i++
		return
	}
	for !c.bad {
		c.space()
		key := c.str()
		c.space()
		c.expect(':')
		c.space()
		if c.bad {
			return
		}
		value(key)
		if c.more('}') {
			return
		}
	}
}

// more passes a comma, or the end and reports it.
func (c *cursor) more(end byte) (done bool) {
	c.space()
	if c.peek() == end {
		c.i++
		return true
	}
	c.expect(',')
	return false
}

// str reads a string; \u escapes are left to encoding/json.
func (c *cursor) str() string {
	c.expect('"')
	for start := c.i; !c.bad && c.i < len(c.s); c.i++ {
		switch b := c.s[c.i]; {
		case b == '"':
			c.i++
			return c.s[start : c.i-1]
		case b == '\\':
			return c.escaped(start)
		case b < 0x20:
			c.bad = true
		}
	}
	c.bad = true
	return ""
}

func (c *cursor) escaped(start int) string {
	out := append(make([]byte, 0, c.i-start+64), c.s[start:c.i]...)
	for c.i < len(c.s) {
		b := c.s[c.i]
		c.i++
		switch {
		case b == '"':
			return string(out)
		case b < 0x20:
			c.bad = true
			return ""
		case b != '\\':
			out = append(out, b)
			continue
		}
		plain := strings.IndexByte(`"\/nrtbf`, c.peek())
		if plain < 0 || c.peek() == 0 {
			break
		}
		out = append(out, "\"\\/\n\r\t\b\f"[plain])
		c.i++
	}
	c.bad = true
	return ""
}

// integer reads a whole number of a size that needs no thought.
func (c *cursor) integer() int64 {
	start := c.i
	for b := c.peek(); b >= '0' && b <= '9'; b = c.peek() {
		c.i++
	}
	digits := c.s[start:c.i]
	if len(digits) == 0 || len(digits) > 15 || digits[0] == '0' && len(digits) > 1 {
		c.bad = true
		return 0
	}
	switch c.peek() {
	case '.', 'e', 'E':
		c.bad = true
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	c.check(err == nil)
	return n
}

func (c *cursor) truth() flag {
	switch {
	case c.literal("true"):
		return yes
	case c.literal("false"):
		return no
	}
	c.bad = true
	return absent
}

func (c *cursor) literal(word string) bool {
	if c.bad || !strings.HasPrefix(c.s[c.i:], word) {
		return false
	}
	c.i += len(word)
	return true
}

// skip passes one value of any kind.
func (c *cursor) skip(depth int) {
	if c.check(depth < 8); c.bad {
		return
	}
	switch b := c.peek(); {
	case b == '"':
		c.str()
	case b == '{':
		c.object(func(string) { c.skip(depth + 1) })
	case b == '[':
		c.array(depth)
	case b >= '0' && b <= '9':
		c.integer()
	default:
		c.check(c.literal("true") || c.literal("false") || c.literal("null"))
	}
}

func (c *cursor) array(depth int) {
	c.expect('[')
	c.space()
	if c.peek() == ']' {
		c.i++
		return
	}
	for !c.bad {
		c.space()
		c.skip(depth + 1)
		if c.more(']') {
			return
		}
	}
}
