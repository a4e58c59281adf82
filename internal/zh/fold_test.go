package zh

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", ""},
		{"市財政局", "市财政局"},
		{"任务２０，进度：６０％", "任务20,进度:60%"},
		{"（责任单位：市發(fā)改委）", "(责任单位:市发改委)"},
		{"〔2018〕﹝2018﹞［2018］", "[2018][2018][2018]"},
		{"【到期提醒】「引用」《办法》“两强”、。—…·–", "【到期提醒】「引用」《办法》“两强”、。—…·–"},
		{"APP Task ＡＢＣ", "app task abc"},
		{"  a \t b\u3000\u00a0c \n\n d  ", "a b c\nd"},
		{"a \r\n b", "a\nb"},
		{"完成了吗？", "完成了吗?"},
		{"9∶30～10﹕00", "9:30~10:00"},
		{"﹐﹑﹔﹙﹚｡｢｣､", ",、;()。「」、"},
		{"乾部、李乾、乾隆", "干部、李干、乾隆"},
		{"於是、瞭解、著力、顯著", "于是、了解、着力、显著"},
		{"工作??茖W(xué)編制", "工作[缺字]编制"},
		{"⼯作", "工作"},
		{"金\uF90A", "金金"},
		{"①②", "①②"},
		{"\ufeff市", "市"},
	}
	for _, tt := range tests {
		got := Fold(tt.in)
		if got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := Fold(got); again != got {
			t.Errorf("Fold(Fold(%q)) = %q, first %q", tt.in, again, got)
		}
	}
}

func TestFoldHuzhou(t *testing.T) {
	t.Parallel()
	doc := readHuzhou(t)
	if Fold(Clean(doc)) != Fold(doc) {
		t.Error("the cleaned document folds to something else")
	}
}

// Every entry of the tables converts to itself when converted again.
func TestPhrasesStable(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(phrasesTXT) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if got := loaded().convert(from); got != to {
			t.Errorf("convert(%q) = %q, want %q", from, got, to)
		}
		if got := loaded().convert(to); got != to {
			t.Errorf("convert(%q) = %q, want it unchanged", to, got)
		}
	}
}

func TestFoldProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(alphabet)).Draw(t, "s")
		got := Fold(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Fold(%q) = %q is not UTF-8", s, got)
		}
		if strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
			t.Fatalf("Fold(%q) = %q has blanks", s, got)
		}
		if strings.ContainsAny(got, "發關務，：（１Ａ") {
			t.Fatalf("Fold(%q) = %q is not folded", s, got)
		}
	})
}

func FuzzFoldClean(f *testing.F) {
	for _, s := range []string{"市發(fā)改委", "工作??茖W(xué)編制", "\xff\xfe", "((((", "会(huì ", "１２３［］"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := Fold(s); !utf8.ValidString(got) || len(got) > 12*len(s) {
			t.Errorf("Fold(%q) = %q", s, got)
		}
		if got := Clean(s); !utf8.ValidString(got) || len(got) > 12*len(s) {
			t.Errorf("Clean(%q) = %q", s, got)
		}
		HasLoss(s)
	})
}

func TestCutBytes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		s    string
		n    int
		want string
	}{
		{"市财政局", 12, "市财政局"}, {"市财政局", 11, "市财政"}, {"市财政局", 2, ""}, {"abc", 2, "ab"}, {"abc", 0, ""}, {"abc", -1, ""}, {"", 5, ""}, {"a市", 3, "a"},
	}
	for _, tt := range tests {
		if got := CutBytes(tt.s, tt.n); got != tt.want {
			t.Errorf("CutBytes(%q, %d) = %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}
