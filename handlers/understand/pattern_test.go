package understand

import (
	"path/filepath"
	"testing"
)

// ownTexts are the utterances of our own tables.
func ownTexts(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/own*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	var out []string
	for _, path := range files {
		for _, f := range readTSV(t, path) {
			out = append(out, unescape(f[0]))
		}
	}
	return out
}

// A pattern is tried wherever it would match, and spared where a character is missing.
func TestPatternNeeds(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		form, text string
		within     bool
	}{
		{`^催办(?:任务)?\d+$`, "催办28", true},
		{`^催办(?:任务)?\d+$`, "催办", false},
		{`^(?:同意|批准)延期$`, "批准延期", true},
		{`^(?:同意|批准)延期$`, "退回延期", false},
		{`^(?:不|未完成)x?`, "未完成", true},
		{`^(?:吧|)了$`, "了", true},
		{`(?:谁|哪些单位)[报填]{1,2}`, "谁填", true},
		{`(?:谁|哪些单位)[报填]{1,2}`, "谁催", false},
		{`(?i)bot`, "BOT", true},
		{`\p{Han}{2}已`, "系统已", true},
		{`(?:ab)*c+`, "c", true},
	} {
		m := marksOf(row.text)
		if got := compile(row.form).within(&m); got != row.within {
			t.Errorf("%s on %q: within %v", row.form, row.text, got)
		}
	}
	for _, text := range ownTexts(t) {
		m := marksOf(text)
		for i := range sentences {
			if p := sentences[i].form; !p.within(&m) && p.MatchString(text) {
				t.Errorf("%q holds a match of %s and is not tried", text, p)
			}
		}
	}
}

// All cues found at once are those found one by one.
func TestFindCues(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, text := range ownTexts(t) {
		u := l.read(text, Context{Today: world})
		for c := range cueCount {
			if got, want := u.at(c), findCue(u.s, c, &u.marks); got != want {
				t.Errorf("%q: cue %d at %d, alone at %d", text, c, got, want)
			}
		}
	}
}
