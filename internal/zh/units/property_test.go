package units

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"duban/internal/zh"
	"duban/store/ledger"
)

// Departments and the ways in which lists are written: whatever the separators,
// the same units come out.
func TestParseSeparators(t *testing.T) {
	t.Parallel()
	names := []string{"市人力资源和社会保障局", "市住房和城乡建设局", "市委组织部", "市公安局", "市场监管局(知识产权局)", "团市委", "市大数据中心", "市文化和旅游局", "市政府办公室", "市总工会"}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 6, rapid.ID[string]).Draw(t, "names")
		sep := rapid.SampledFrom([]string{"、", "，", ",", "；", ";", "/", "\n", " ", "　", "和", "及", "以及", "与", "、 "}).Draw(t, "sep")
		head := rapid.SampledFrom([]string{"", "责任单位：", "（责任单位:", "由"}).Draw(t, "head")
		tail := rapid.SampledFrom([]string{"", "负责", "按职责分工负责", "。"}).Draw(t, "tail")
		if strings.HasPrefix(head, "（") {
			tail += "）"
		}
		var got []string
		for _, o := range Parse(head+strings.Join(list, sep)+tail, Context{Field: "责任单位"}) {
			got = append(got, o.String())
		}
		if want := "R:" + strings.Join(list, " R:"); strings.Join(got, " ") != want {
			t.Fatalf("%q: got %v", head+strings.Join(list, sep)+tail, got)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, r := range readRows(f, "testdata/own.tsv") {
		f.Add(r.text, "责任单位")
	}
	f.Fuzz(func(t *testing.T, s, field string) {
		owners := Parse(s, Context{Field: field})
		clean := strings.Map(halfWidth, zh.Clean(s))
		if len(owners) > utf8.RuneCountInString(clean) {
			t.Fatalf("Parse(%q) gives %d owners", s, len(owners))
		}
		for _, o := range owners {
			if o.Name == "" || o.Role == "" {
				t.Fatalf("Parse(%q) gives an empty owner: %v", s, owners)
			}
			if !within(clean, strings.Map(halfWidth, o.Name)) {
				t.Errorf("Parse(%q) invents %q", s, o.Name)
			}
		}
	})
}

// within reports whether the characters of name stand in text in this order,
// apart from a borrowed level in front or a borrowed government behind.
func within(text, name string) bool {
	if isSubsequence(text, name) {
		return true
	}
	if rest, ok := strings.CutPrefix(name, level(name)); ok && isSubsequence(text, rest) {
		return true
	}
	for _, end := range governments {
		if rest, ok := strings.CutSuffix(name, end); ok && isSubsequence(text, rest) {
			return true
		}
	}
	return false
}

func isSubsequence(text, name string) bool {
	for _, r := range name {
		i := strings.IndexRune(text, r)
		if i < 0 {
			return false
		}
		text = text[i+utf8.RuneLen(r):]
	}
	return true
}

func FuzzDirectory(f *testing.F) {
	d := NewDirectory(planNames, map[string][]string{"大脑办": {"市大数据中心"}})
	f.Add("催一下发改和财政局")
	f.Fuzz(func(t *testing.T, s string) {
		d.Resolve(s)
		d.ResolveFuzzy(s)
		last := 0
		for _, found := range d.FindAll(s) {
			if s[found.Start:found.End] != found.Matched || found.Start < last {
				t.Errorf("FindAll(%q) gives %+v", s, found)
			}
			last = found.Start
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse("(責任單位:市編委辦、市綜治辦、市財政局等市級有關(guān)部門(mén))", Context{})
	}
}

func BenchmarkParseClean(b *testing.B) {
	for b.Loop() {
		Parse("牵头单位：市发改委，配合单位：市民政局、市民防办、市应急委成员单位，各区、县级市政府", Context{})
	}
}

func BenchmarkFindAll(b *testing.B) {
	d := NewDirectory(planNames, nil)
	for b.Loop() {
		d.FindAll("市政府办公室、市大数据中心等市级有关部门的任务进展怎么样了")
	}
}

// What a machine does to a page changes no owner: pinyin after characters, half-width
// marks, blanks after them.
func TestParseNoise(t *testing.T) {
	t.Parallel()
	rows := readRows(t, "testdata/own.tsv")
	narrow := strings.NewReplacer("，", ",", "：", ":", "（", "(", "）", ")", "；", ";")
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(rows).Draw(t, "row")
		text := r.text
		if rapid.Bool().Draw(t, "narrow") {
			text = narrow.Replace(text)
		}
		at := rapid.SliceOfN(rapid.IntRange(0, 5), utf8.RuneCountInString(text), -1).Draw(t, "at")
		var b strings.Builder
		i := 0
		for _, c := range text {
			b.WriteRune(c)
			if at[i] == 0 && c >= 0x4E00 && c <= 0x9FFF {
				b.WriteString(rapid.SampledFrom([]string{"(fā)", "(huì )", "(mén)", "(yōu)", "(lǜ)"}).Draw(t, "pinyin"))
			}
			i++
		}
		want, _, _ := strings.Cut(r.want, " || ")
		if got := ledger.Owners(Parse(b.String(), contextOf(r.context))); got != want {
			t.Fatalf("%q\n got %s\nwant %s", b.String(), got, want)
		}
	})
}
