package console

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRender(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"text", "您好", "<p>您好</p>"},
		{"one newline is no break", "甲\n乙", "<p>甲\n乙</p>"},
		{"two spaces and a newline break", "甲  \n乙", "<p>甲<br>乙</p>"},
		{"trailing spaces at the end", "甲  ", "<p>甲</p>"},
		{"blank line parts paragraphs", "甲\n\n\n乙", "<p>甲</p><p>乙</p>"},
		{"windows lines", "甲  \r\n乙", "<p>甲<br>乙</p>"},
		{"headings", "# 一\n###### 六 ##", "<h1>一</h1><h6>六</h6>"},
		{"no heading without a space", "#标签", "<p>#标签</p>"},
		{"seven is no heading", "####### 七", "<p>####### 七</p>"},
		{"bold before Chinese", "**逾期：**黑臭水体", "<p><strong>逾期：</strong>黑臭水体</p>"},
		{"bold in quotes", "**“完成率”**为40%", "<p><strong>“完成率”</strong>为40%</p>"},
		{"italic", "还有*3天*", "<p>还有<em>3天</em></p>"},
		{"italic in bold", "**甲*乙*丙**", "<p><strong>甲<em>乙</em>丙</strong></p>"},
		{"bold in italic", "*甲**乙**丙*", "<p><em>甲<strong>乙</strong>丙</em></p>"},
		{"arithmetic stays", "3 * 4 * 5", "<p>3 * 4 * 5</p>"},
		{"unclosed stays", "**甲", "<p>**甲</p>"},
		{"escaped star", `\*甲\*`, "<p>*甲*</p>"},
		{"hard space", "甲&nbsp;乙&#160;丙", "<p>甲\u00a0乙\u00a0丙</p>"},
		{"entity stays escaped", "&lt;b&gt; &amp;", "<p>&lt;b&gt; &amp;</p>"},
		{"no entity", "A&B;", "<p>A&amp;B;</p>"},
		{"link", "[清单](https://example.com/a?b=1&c=2)", `<p><a href="https://example.com/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">清单</a></p>`},
		{"saying link", "[看](dtmd://dingtalkclient/sendMessage?content=%E9%80%BE%E6%9C%9F%22%3E)", `<p><a href="#" role="button" data-say="逾期&#34;&gt;">看</a></p>`},
		{"dtmd elsewhere", "[看](dtmd://Evil/x)", "<p>[看](dtmd://Evil/x)</p>"},
		{"dingtalk page link", "[看](dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fa.example%2F)", `<p><a href="https://a.example/" target="_blank" rel="noopener noreferrer">看</a></p>`},
		{"dingtalk link around a script", "[看](dingtalk://dingtalkclient/page/link?url=javascript%3Aalert(1)", `<p><a href="dingtalk://dingtalkclient/page/link?url=javascript%3Aalert(1" rel="noopener noreferrer">看</a></p>`},
		{"image", "![图](https://example.com/a.png)", `<p><img src="https://example.com/a.png" alt="图" loading="lazy" referrerpolicy="no-referrer"></p>`},
		{"image of another scheme", "![x](dtmd://dingtalkclient/sendMessage?content=a)", `<p>!<a href="#" role="button" data-say="a">x</a></p>`},
		{"script link", "[点](javascript:alert(1))", "<p>[点](javascript:alert(1))</p>"},
		{"data link", "[点](data:text/html,x)", "<p>[点](data:text/html,x)</p>"},
		{"scheme in disguise", "[点](java\tscript://a/%0aalert(1))", "<p>[点](java\tscript://a/%0aalert(1))</p>"},
		{"attribute breakout", `[点](https://a/"onmouseover="x)`, `<p><a href="https://a/%22onmouseover=%22x" target="_blank" rel="noopener noreferrer">点</a></p>`},
		{"tag", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
		{"tag in emphasis", "**<img src=x onerror=y>**", "<p><strong>&lt;img src=x onerror=y&gt;</strong></p>"},
		{"colour", "<font color=#ff0000>逾期**3**天</font>，<font color=\"green\">正常</font>", `<p><font color="#ff0000">逾期<strong>3</strong>天</font>，<font color="green">正常</font></p>`},
		{"colour in emphasis", "**<font color='#c00'>急</font>**", `<p><strong><font color="#c00">急</font></strong></p>`},
		{"colour that never ends", "<font color=red>甲", "<p>&lt;font color=red&gt;甲</p>"},
		{"colour in a colour", "<font color=red><font color=blue>甲</font></font>", `<p>&lt;font color=red&gt;<font color="blue">甲</font>&lt;/font&gt;</p>`},
		{"colour with more in it", `<font color=red onmouseover=x>甲</font>`, "<p>&lt;font color=red onmouseover=x&gt;甲&lt;/font&gt;</p>"},
		{"no colour", `<font color="javascript:x">甲</font>`, "<p>&lt;font color=&#34;javascript:x&#34;&gt;甲&lt;/font&gt;</p>"},
		{"list", "- 甲\n- **乙**", "<ul><li>甲</li><li><strong>乙</strong></li></ul>"},
		{"numbered list", "1. 甲\n\n2. 乙\n3. 丙", "<ol><li>甲</li><li>乙</li><li>丙</li></ol>"},
		{"numbered list from five", "5. 甲", `<ol start="5"><li>甲</li></ol>`},
		{"item with a second line", "1. 甲  \n时限\n2. 乙", "<ol><li>甲<br>时限</li><li>乙</li></ol>"},
		{"text after a list", "- 甲\n\n乙", "<ul><li>甲</li></ul><p>乙</p>"},
		{"two kinds of list", "- 甲\n1. 乙", "<ul><li>甲</li></ul><ol><li>乙</li></ol>"},
		{"quote", "> 甲  \n> 乙\n丙", "<blockquote><p>甲<br>乙</p></blockquote><p>丙</p>"},
		{"quote with a list", "> - 甲", "<blockquote><ul><li>甲</li></ul></blockquote>"},
		{"deep quotes end", strings.Repeat(">", 9) + "甲", strings.Repeat("<blockquote>", 5) + "<p>&gt;&gt;&gt;&gt;甲</p>" + strings.Repeat("</blockquote>", 5)},
		{"table is text", "| a | b |\n|---|---|", "<p>| a | b |\n|---|---|</p>"},
		{"NUL", "a\x00b", "<p>a\uFFFDb</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, render(tt.in)); diff != "" {
				t.Errorf("render(%q) (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	got := plain("### 标题\n\n- **甲** & [乙](https://a.example/)\n- 丙  \n丁 <b>")
	if want := "标题 甲 & 乙 丙 丁 <b>"; got != want {
		t.Errorf("plain = %q, want %q", got, want)
	}
}

// ownTag is every tag that render writes, attributes and all.
var ownTag = regexp.MustCompile(`</?(?:p|h[1-6]|ul|ol|li|blockquote|strong|em)>|<br>|</a>|</font>|<font color="(?:#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20})">|<ol start="\d+">` +
	`|<a href="(?:https?|dingtalk)://[^"<>]*"(?: target="_blank")? rel="noopener noreferrer">` +
	`|<a href="#" role="button" data-say="[^"<>]*">` +
	`|<img src="https?://[^"<>]*" alt="[^"<>]*" loading="lazy" referrerpolicy="no-referrer">`)

var pairedTag = regexp.MustCompile(`<(/?)(p|h[1-6]|ul|ol|li|blockquote|strong|em|a|font)[ >]`)

// checkSafe holds that out has no tag but our own, properly nested.
func checkSafe(t interface{ Fatalf(string, ...any) }, in, out string) {
	if rest := ownTag.ReplaceAllString(out, ""); strings.ContainsAny(rest, `<>"'`) {
		t.Fatalf("render(%q) lets markup through: %q", in, out)
	}
	var open []string
	for _, m := range pairedTag.FindAllStringSubmatch(out, -1) {
		switch {
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Fatalf("render(%q): </%s> closes nothing: %q", in, m[2], out)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("render(%q): %v left open: %q", in, open, out)
	}
}

func TestRenderIsSafe(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{
		"**", "*", "[", "](", ")", "!", "<", ">", "\"", "'", "&", "&lt;", "&#60;", "\\", "\n", "  \n", "\n\n", "# ", "> ", "- ", "1. ",
		"https://a.example/", "javascript:", "dtmd://dingtalkclient/sendMessage?content=%3Cb%3E", "dingtalk://x?url=", "script", "甲", " ", "\x00", "\xff",
		"onerror=x", "<font color=#ff0000>", "<font color=", "</font>", "red>",
	})
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), "")
		checkSafe(t, in, render(in))
	})
}

func FuzzRender(f *testing.F) {
	for _, s := range []string{"**a** [b](https://c) ![d](http://e)", "> - 1. *x*  \ny", "<svg/onload=a>", "&#x3c;&lt;", "[a](dtmd://dingtalkclient/sendMessage?content=%22)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) { checkSafe(t, in, render(in)) })
}
