package dingtalk

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/bot"
)

func TestBreakLines(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                   "",
		"一":                  "一",
		"一\n二":               "一  \n二",
		"一  \n二":             "一  \n二",
		"一\r\n二\r\n":         "一  \n二",
		"一\n\n二\n三":          "一\n\n二  \n三",
		"\n\n- 一\n- 二  \n\n": "- 一  \n- 二",
		"一\n \n二":            "一\n\n二",
		"### 题\n> 引\n\n尾":    "### 题  \n> 引\n\n尾",
	} {
		if diff := cmp.Diff(want, breakLines(in)); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
		if once := breakLines(in); breakLines(once) != once {
			t.Errorf("%q: a second time changes it", in)
		}
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		out  bot.Outgoing
		want string
	}{
		{bot.Outgoing{Title: " 今日到期\n第二行", Markdown: "x"}, "今日到期"},
		{bot.Outgoing{Markdown: "### **20号任务**\n正文"}, "20号任务"},
		{bot.Outgoing{Markdown: "  \n "}, defaultTitle},
		{bot.Outgoing{Title: strings.Repeat("督", 100)}, strings.Repeat("督", 40)},
	} {
		if got := title(tt.out); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.out, got, tt.want)
		}
	}
}

func TestSayLink(t *testing.T) {
	t.Parallel()
	want := "dtmd://dingtalkclient/sendMessage?content=%E5%8A%9E%E7%BB%93%201%2B1%26"
	if got := sayLink("办结 1+1&"); got != want {
		t.Error(got)
	}
}

// anyText is text of all sorts, broken UTF-8 and control characters included.
func anyText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringN(0, 40, -1), rapid.SampledFrom([]string{"\n", "\n\n", "督办任务", "\xff\xfe", "\u2028", "\x00\b\f", `"\`, "<&>", "😀", "\ufffd"}),
		rapid.Map(rapid.IntRange(0, 900), func(n int) string { return strings.Repeat("进度", n) }),
	)
	return rapid.Map(rapid.SliceOfN(piece, 0, 40), func(p []string) string { return strings.Join(p, "") })
}

func TestJSONLen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "text")
		b, err := encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := jsonLen(s), len(b)-2; got < want || got > want && !strings.Contains(s, "\ufffd") {
			t.Fatalf("%q: counted %d, encoded %d", s, got, want)
		}
	})
}

// Every page fits, none is empty, no rune is cut, and nothing but line breaks at the
// borders is lost.
func TestPaginate(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "text")
		room := rapid.IntRange(60, 6000).Draw(t, "room")
		list, ok := paginate(s, room)
		if !ok {
			if jsonLen(s) < (room-markRoom)*maxPages/2 {
				t.Fatalf("%d bytes refused with room for %d", jsonLen(s), room)
			}
			return
		}
		var got strings.Builder
		for i, page := range list {
			if jsonLen(page) > room {
				t.Fatalf("page %d has %d of %d", i, jsonLen(page), room)
			}
			if utf8.ValidString(s) && !utf8.ValidString(page) {
				t.Fatalf("page %d cuts a rune", i)
			}
			if len(list) > 1 {
				_, page, _ = strings.Cut(page, "\n")
			}
			got.WriteString(page)
		}
		flat := func(s string) string { return strings.ReplaceAll(s, "\n", "") }
		if flat(got.String()) != flat(s) {
			t.Fatal("text lost or doubled")
		}
	})
}
