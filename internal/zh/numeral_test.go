package zh

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for s, want := range map[string]float64{
		"28": 28, "０９": 9, "50.5": 50.5, "1,200": 1200, "六十": 60, "十": 10, "十二": 12, "二十一": 21,
		"一百二十": 120, "一百零五": 105, "三百五": 350, "一千零二十": 1020, "两": 2, "两千": 2000, "二〇一八": 2018,
		"二零一八": 2018, "二○一八": 2018, "二0一八": 2018, "三万五千": 35000, "3万": 30000, "1.5亿": 1.5e8,
		"贰拾": 20, "廿一": 21, "卅": 30, "零": 0, "〇": 0, "一万零三": 10003, "四十五": 45, "一百": 100, "100": 100,
		"两万三": 23000, "三万亿": 3e12, " 7 ": 7,
	} {
		got, ok := Number(s)
		if !ok || got != want {
			t.Errorf("Number(%q) = %v, %v; want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "半", "abc", "1.2.3", "-5", "3%", "二三十五", "十a", "1,", ".", "5.", "项"} {
		if got, ok := Number(s); ok {
			t.Errorf("Number(%q) = %v, want no numeral", s, got)
		}
	}
}

// spell writes n below 10000 the long way, as people do.
func spell(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n == 0 {
		return "零"
	}
	var b strings.Builder
	zero := false
	for _, p := range []struct {
		v int
		s string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / p.v % 10
		if d == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteRune('零')
			zero = false
		}
		b.WriteRune(digits[d])
		b.WriteString(p.s)
	}
	return b.String()
}

func TestNumberReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9999).Draw(t, "n")
		for _, s := range []string{strconv.Itoa(n), spell(n)} {
			if got, ok := Number(s); !ok || got != float64(n) {
				t.Fatalf("Number(%q) = %v, %v", s, got, ok)
			}
		}
	})
}

func FuzzNumber(f *testing.F) {
	f.Add("一百二十")
	f.Add("1.5万亿")
	f.Fuzz(func(t *testing.T, s string) {
		if v, ok := Number(s); ok && v < 0 {
			t.Fatalf("Number(%q) = %v", s, v)
		}
	})
}
