package zhengding_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"duban/bot/zhengding"
)

// encoded is how many bytes encoding/json makes of s, without the quotes.
func encoded(t interface{ Fatal(...any) }, s string) int {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		t.Fatal(err)
	}
	return len(strings.TrimSuffix(b.String(), "\n")) - 2
}

func TestCost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ToValidUTF8(rapid.String().Draw(t, "s")+rapid.StringOfN(rapid.RuneFrom([]rune("\x00\b\f\n\r\t\"\\<&>\u2028\u2029督🙂\x7f")), 0, 20, -1).Draw(t, "odd"), "")
		if got, want := zhengding.Cost(s), encoded(t, s); got != want {
			t.Fatalf("%q costs %d, encoding/json says %d", s, got, want)
		}
	})
}

// Pages keep to the budget, lose nothing within it and say how much beyond it.
func TestPages(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("督办任务一二三\"\\<a1🙂")), 0, 60, -1)
		lines := rapid.SliceOfN(word, 1, 40).Draw(t, "lines")
		for i := range lines {
			lines[i] = fmt.Sprintf("%d、%s。", i, lines[i])
		}
		tail := rapid.SampledFrom([]string{"", "可回复：「确认 20」", "@1001 @1002"}).Draw(t, "tail")
		budget, most := rapid.IntRange(250, 1200).Draw(t, "budget"), rapid.IntRange(1, 5).Draw(t, "most")
		pages := zhengding.Pages(strings.Join(lines, "\n"), tail, budget, most)
		if len(pages) == 0 || len(pages) > most {
			t.Fatalf("%d pages, want 1 to %d", len(pages), most)
		}
		for i, p := range pages {
			if n := encoded(t, p); n > budget {
				t.Fatalf("page %d has %d bytes, the budget is %d", i+1, n, budget)
			}
		}
		all := strings.ReplaceAll(strings.Join(pages, ""), "\n", "")
		if !strings.HasSuffix(all, strings.ReplaceAll(tail, "\n", "")) {
			t.Fatalf("the tail is missing in %q", all)
		}
		all = strings.ReplaceAll(all, "  ", "")
		whole := strings.Join(lines, "") + tail
		if all == whole {
			return
		}
		body, _, cut := strings.Cut(all, "……消息长度有限，还有")
		if !cut || !strings.HasPrefix(whole, body) {
			t.Fatalf("lines vanish in silence:\n%s\nof\n%s", all, whole)
		}
	})
}

// What is cut is counted by lines.
func TestPagesCount(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 100 {
		lines = append(lines, fmt.Sprintf("第%03d项任务", i+1), "")
	}
	got := zhengding.Pages(strings.Join(lines, "\n"), "可回复：「帮助」", 500, 1)[0]
	shown := strings.Count(got, "项任务")
	if want := fmt.Sprintf("还有%d行没有显示", 100-shown); shown == 0 || !strings.Contains(got, want) || !strings.HasSuffix(got, "\n\n可回复：「帮助」") {
		t.Errorf("want %s in\n%s", want, got)
	}
}

func TestPagesLineLongerThanAPage(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("督查", 500)
	pages := zhengding.Pages(long, "", 400, 20)
	if got := strings.Join(pages, ""); got != long {
		t.Errorf("%d bytes of %d", len(got), len(long))
	}
}
