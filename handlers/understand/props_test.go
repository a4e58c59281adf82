package understand

import (
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// seeds are the utterances of all tables with their contexts.
func seeds(tb testing.TB) [][]string {
	var out [][]string
	files, err := filepath.Glob("testdata/own*.tsv")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no tables: %v", err)
	}
	for _, path := range append(files, "testdata/examples.tsv") {
		for _, f := range readTSV(tb, path) {
			if len(f) >= 3 {
				out = append(out, f)
			}
		}
	}
	return out
}

// fullWidth turns ASCII letters, digits and % into their wide forms.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x20 && r < 0x7f && r != '@' && r != '<' && r != '-' {
			return r + 0xfee0
		}
		return r
	}, s)
}

// Courtesy, marks and width never turn a text that writes nothing into a write.
func TestCourtesyNeverWrites(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	rows := seeds(t)
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(rows).Draw(t, "row")
		ctx, err := ParseContext(f[1], world)
		if err != nil {
			t.Fatal(err)
		}
		text := unescape(f[0])
		plain := l.Parse(text, ctx)
		if writes(plain.Intent) || strings.HasPrefix(text, "「") || strings.HasPrefix(text, ">") || text == "" {
			return
		}
		front := rapid.SampledFrom([]string{"", "您好，", "麻烦问下，", "请问", "你好，", "@督查助手 "}).Draw(t, "front")
		back := rapid.SampledFrom([]string{"", "，谢谢", "。", "！", "，麻烦了", "，辛苦了", "~", "？"}).Draw(t, "back")
		said := front + text + back
		if rapid.Bool().Draw(t, "wide") {
			said = fullWidth(said)
		}
		if front == "@督查助手 " && ctx.Group && !ctx.Mentioned {
			return // then it is for the bot
		}
		m := l.Parse(said, ctx)
		if writes(m.Intent) && m.Intent != Cancel {
			t.Fatalf("%q is %s, %q is %s (%s)", text, plain.Expected(), said, m.Expected(), m.Why)
		}
	})
}

// Group talk that does not mention the bot never acts.
func TestGroupTalkNeverActs(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	ctx, err := ParseContext("grp-noat", world)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range seeds(t) {
		if strings.Contains(f[0], "@") {
			continue
		}
		if m := l.Parse(unescape(f[0]), ctx); m.Intent != Unknown && m.Intent != Chitchat {
			t.Errorf("%q acts: %s", f[0], m.Expected())
		}
	}
}

// A question mark makes no report: with one behind it, no text closes a task.
func TestQuestionNeverCloses(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for i, f := range seeds(t) {
		if raced && i%8 != 0 {
			continue
		}
		ctx, err := ParseContext(f[1], world)
		if err != nil {
			t.Fatal(err)
		}
		if ctx.Asked != "" {
			continue
		}
		text := strings.TrimRight(unescape(f[0]), "。.!！ ") + "？"
		if m := l.Parse(text, ctx); m.Intent == Done {
			t.Errorf("%q closes: %s", text, m.Expected())
		}
	}
}

// Denials and promises in front of 完成 never close.
func TestAlmostNeverCloses(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	ctx, err := ParseContext("dm", world)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"还没", "没有", "尚未", "未", "并未", "基本", "差不多", "快", "即将", "预计下周", "争取月底", "可以", "能", "会", "将", "计划", "准备", "力争", "大部分", "初步", "主体", "如果", "听说", "好像", "应该", "没能", "无法", "不能算", "离", "接近", "眼看", "马上", "有望"} {
		for _, verb := range []string{"完成", "完成了", "办结", "搞定", "做完", "弄好了", "搞掂"} {
			for _, front := range []string{"任务28", "28号", "第28项工作", "28"} {
				if w == "可以" && verb == "办结" {
					continue // 可以办结 asks to have it closed
				}
				if m := l.Parse(front+w+verb, ctx); m.Intent == Done || m.Intent == Accept {
					t.Errorf("%q closes", front+w+verb)
				}
			}
		}
	}
}

// What a meaning names stands in the words, the quote or the question.
func checkNothingInvented(t *testing.T, l *Lexicon, text string, ctx Context) {
	t.Helper()
	m := l.Parse(text, ctx)
	if m.Task != "" && !inList(ctx.Quoted, m.Task) && m.Task != ctx.AskedTask {
		u := l.read(text, ctx)
		found := inList(u.quoted, m.Task)
		for _, n := range u.nums {
			found = found || n.no() == m.Task
		}
		if no, ok := l.names.clear(u.s); ok && no == m.Task {
			found = true
		}
		if !found {
			t.Fatalf("%q: task %s is in no source", text, m.Task)
		}
	}
	if m.Percent != nil {
		found := *m.Percent == 50 && strings.ContainsAny(text, "半") || strings.Contains(text, "分之")
		u := l.read(text, ctx)
		for _, n := range u.nums {
			found = found || n.value == *m.Percent
		}
		if !found || *m.Percent < 0 || *m.Percent > 100 {
			t.Fatalf("%q: percent %v is in no source", text, *m.Percent)
		}
	}
	if m.Intent == "" || writes(m.Intent) == m.ReadOnly {
		t.Fatalf("%q: %s, read only %v", text, m.Intent, m.ReadOnly)
	}
	_ = m.Expected() // only its not panicking matters here
}

func FuzzParse(f *testing.F) {
	for i, row := range seeds(f) {
		if !raced || i%8 == 0 {
			f.Add(unescape(row[0]), row[1])
		}
	}
	l := testLexicon(f)
	f.Fuzz(func(t *testing.T, text, where string) {
		ctx, err := ParseContext(where, world)
		if err != nil {
			return
		}
		checkNothingInvented(t, l, text, ctx)
	})
}

func BenchmarkParse(b *testing.B) {
	l := testLexicon(b)
	rows := seeds(b)
	ctxs := make([]Context, len(rows))
	for i, f := range rows {
		c, err := ParseContext(f[1], world)
		if err != nil {
			b.Fatal(err)
		}
		ctxs[i] = c
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		k := i % len(rows)
		l.Parse(rows[k][0], ctxs[k])
	}
}
