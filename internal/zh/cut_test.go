package zh

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCutWords(t *testing.T) {
	for _, tt := range []struct {
		s    string
		n    int
		want string
	}{
		{"完成选址", 18, "完成选址"},
		{"完成方案编制并报县政府常务会议", 18, "完成方案编制并报县政府常务会议"},
		{"完成方案编制并报县政府常务会议审定后印发实施", 18, "完成方案编制并报县政府常务会议审定"},
		{"引进国家级研发机构和高水平创新平台10家", 18, "引进国家级研发机构和高水平创新平台"},
		{"建成投用甲乙丙丁戊己庚辛壬癸子丑1234个", 18, "建成投用甲乙丙丁戊己庚辛壬癸子丑"},
		{"完成率达到甲乙丙丁戊己庚辛壬癸98.5%以上", 18, "完成率达到甲乙丙丁戊己庚辛壬癸"},
		{"组织申报、评审、公示等各个环节共计完成", 10, "组织申报、评审"},
		{"12345678", 4, "1234"},
	} {
		if got := CutWords(tt.s, tt.n); got != tt.want {
			t.Errorf("CutWords(%q, %d) = %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}

// TestCutWordsIsAHead: what is left is the beginning, not longer than asked, and not
// nothing.
func TestCutWordsIsAHead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, n := rapid.StringOf(rapid.RuneFrom([]rune("完成建设并和、1234ab工作平台"))).Draw(rt, "s"), rapid.IntRange(2, 20).Draw(rt, "n")
		got := CutWords(s, n)
		if !strings.HasPrefix(s, got) || utf8.RuneCountInString(got) > n {
			rt.Fatalf("CutWords(%q, %d) = %q", s, n, got)
		}
	})
}
