package when

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"duban/internal/zh"
	"duban/store/ledger"
)

// han writes a number below 100 in Chinese numerals.
func han(n int) string {
	d := []rune("〇一二三四五六七八九")
	switch {
	case n < 10:
		return string(d[n])
	case n < 20:
		return strings.TrimSuffix("十"+string(d[n%10]), "〇")
	}
	return strings.TrimSuffix(string(d[n/10])+"十"+string(d[n%10]), "〇")
}

func hanYear(y int) string {
	var b strings.Builder
	for _, r := range fmt.Sprint(y) {
		b.WriteString(string([]rune("〇一二三四五六七八九")[r-'0']))
	}
	return b.String()
}

// wide writes digits full width, as pasted tables have them.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

// forms prints a day in every way that plans write one.
func forms(d ledger.Date) []string {
	y, m, n := d.Year, int(d.Month), d.Day
	out := []string{
		d.String(), d.Chinese(), d.Chinese() + "前", d.Chinese() + "之前完成", wide(d.Chinese()), fmt.Sprintf("%d年%d月%d号", y, m, n), fmt.Sprintf("%d/%d/%d", y, m, n),
		fmt.Sprintf("%d.%d.%d", y, m, n), fmt.Sprintf("%d.%02d.%02d前", y, m, n), fmt.Sprintf("%d%02d%02d", y, m, n), fmt.Sprintf("%d 年 %d 月 %d 日", y, m, n),
		fmt.Sprintf("%s年%s月%s日", hanYear(y), han(m), han(n)), fmt.Sprintf("%s年%s月%s日前", strings.ReplaceAll(hanYear(y), "〇", "零"), han(m), han(n)),
		d.Chinese() + "下班前", d.Chinese() + " 17:00前", "到" + d.Chinese() + "止", fmt.Sprintf("%d年%d月%d日（周五）前", y, m, n),
	}
	if n == ledger.DaysIn(y, d.Month) {
		out = append(out, fmt.Sprintf("%d年%d月底前", y, m), fmt.Sprintf("%d年%s月底", y, han(m)), fmt.Sprintf("%d-%02d", y, m), fmt.Sprintf("%d.%d", y, m))
	}
	if m == 12 && n == 31 {
		out = append(out, fmt.Sprintf("%d年底前", y), fmt.Sprintf("%s年年底", hanYear(y)), fmt.Sprintf("%d年", y), fmt.Sprintf("%d年四季度末", y))
	}
	return out
}

func drawDate(t *rapid.T, name string) ledger.Date {
	return ledger.NewDate(2000, time.January, 1).AddDays(rapid.IntRange(0, 365*40).Draw(t, name))
}

func TestEveryFormReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, issued := drawDate(t, "day"), drawDate(t, "issued")
		if rapid.Bool().Draw(t, "last") {
			d = ledger.EndOfMonth(d.Year, d.Month)
		}
		for _, s := range forms(d) {
			if got := Deadline(s, issued); got.Expected() != "due="+d.String() {
				t.Fatalf("%s (%s) = %s, want %s", s, issued, got.Expected(), d)
			}
			if m, ok := first("延期到"+s, issued); !ok || m.Date != d {
				t.Fatalf("first(%s) = %v, want %s", s, m, d)
			}
		}
	})
}

// A phrase without a year never lies before the day of issue, nor a year after it (C3).
func TestMissingYearIsTheNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, issued := drawDate(t, "day"), drawDate(t, "issued")
		s := fmt.Sprintf("%d月%d日前", int(d.Month), min(d.Day, 28))
		got := Deadline(s, issued)
		if got.Kind != ledger.DeadlineDue || got.End.Before(issued) || got.End.Sub(issued) > 366 {
			t.Fatalf("%s (%s) = %s", s, issued, got.Expected())
		}
	})
}

func TestRangesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawDate(t, "from")
		b := a.AddDays(rapid.IntRange(1, 900).Draw(t, "days"))
		dash := rapid.SampledFrom([]string{"-", "—", "——", "～", "~", "－", "–", "至", "到"}).Draw(t, "dash")
		s := a.Chinese() + dash + b.Chinese()
		if got := Deadline(s, a).Expected(); got != "range="+a.String()+".."+b.String() {
			t.Fatalf("%s = %s", s, got)
		}
	})
}

func FuzzDeadline(f *testing.F) {
	for _, s := range []string{"2018年底前", "每季度首月10日前、每年6月底和12月底", "“十三五”期间", "自发文之日起10个工作日内", "一一一二二三年月日", "《〔2018〕20号", "6、12月底前(含)", "每逢周一、三、五",
		"2018.7.1-9.30", "前前后后内起止", "第第第三季度", "年年年底", "7-9-10月1-2-3日", "99999999999年99月99日", "\xff\xfe月"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		issued := ledger.Date{Year: 2018, Month: 6, Day: 30}
		for _, day := range []ledger.Date{issued, {}} {
			d := Deadline(s, day)
			_ = d.Expected() // only that it can be written at all
			if !utf8.ValidString(d.Text) {
				t.Fatalf("%q: text is no UTF-8", s)
			}
			if n := len(Checkpoints(d, issued, ledger.Date{Year: 2030, Month: 1, Day: 1})); n > maxPoints {
				t.Fatalf("%q: %d points", s, n)
			}
			InProse(s, day)
			InTitle(s, d, day)
		}
		for _, m := range FindAll(s, issued) {
			if zh.Fold(s)[m.Start:m.End] != m.Matched {
				t.Fatalf("%q: %d:%d is not %q", s, m.Start, m.End, m.Matched)
			}
		}
		FindSpan(s, issued)
	})
}

func BenchmarkDeadline(b *testing.B) {
	table := rows(b, "phrases.tsv")
	for i := 0; b.Loop(); i++ {
		r := table[i%len(table)]
		Deadline(r.phrase, r.issued)
	}
}

func BenchmarkLongCell(b *testing.B) {
	s := strings.Repeat("一二三四五六七八九十年月日每2018、-", 400)
	for b.Loop() {
		Deadline(s, today)
	}
}
