package llm

import (
	"errors"
	"testing"
)

func TestSettle(t *testing.T) {
	for _, tt := range []struct{ name, words, want string }{
		{"placeholders", "截至{{截至}}，共{{总数}}项任务，已办结{{已办结}}项（{{已办结占比}}），逾期{{ 逾期 }}项。", "截至2018年7月27日，共16项任务，已办结4项（25.0%），逾期3项。"},
		{"placeholder of another class", "已办结{{逾期}}项。", ""},
		{"unknown placeholder", "已办结{{完成}}项。", ""},
		{"placeholder as a claim", "任务20进度{{已办结占比}}。", ""},
		{"source added", "任务20反馈：正在编制整合方案。任务3逾期12天。", "任务20反馈：正在编制整合方案〔任务20·7月25日反馈〕。任务3逾期12天。"},
		{"source there", "任务20反馈：正在编制整合方案〔任务20·7月25日反馈〕。", "任务20反馈：正在编制整合方案〔任务20·7月25日反馈〕。"},
		{"source of a decision", "任务11审核通过，办结。", "任务11审核通过，办结〔任务11·7月23日审核〕。"},
		{"no longer number", "任务2已办结。", "任务2已办结。"},
		{"bold", "**总体情况**：共16项任务。", "总体情况：共16项任务。"},
		{"traditional", "任務3逾期12天。", "任务3逾期12天。"},
		{"wide figures", "任务３逾期１２天。", "任务3逾期12天。"},
		{"link", "共16项任务[详情](http://a.example)。", ""},
	} {
		got, err := settle(tt.words, encode(t, factsA()))
		if got != tt.want || (tt.want == "") != errors.As(err, new(*Lie)) {
			t.Errorf("%s: got %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestFactsOfAnotherForm(t *testing.T) {
	for _, facts := range []string{"", "[]", "{", `{"total":"many"}`} {
		if _, err := settle("共16项任务。", []byte(facts)); err == nil || errors.As(err, new(*Lie)) {
			t.Errorf("%q: got %v", facts, err)
		}
	}
	if check("共16项任务。", []byte(`{}`)) == nil {
		t.Error("no facts carry a figure")
	}
}

func TestEmptyWords(t *testing.T) {
	for _, w := range []string{"", " \n", "。", "。。。\n"} {
		if err := check(w, encode(t, factsA())); w != "。" && w != "。。。\n" && err == nil {
			t.Errorf("%q passed", w)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, list := range [][]string{goodA, badA, goodB, injections} {
		for _, w := range list {
			f.Add(w, `{"total":16,"moved":[{"task":"20","said":"正在编制","when":"2018年7月25日"}]}`)
		}
	}
	data := encode(f, factsA())
	f.Fuzz(func(t *testing.T, words, facts string) {
		out, err := settle(words, data)
		if err == nil && check(out, data) != nil {
			t.Errorf("%q passed as %q, which does not", words, out)
		}
		if check(words, []byte(facts)) == nil && len(words) > maxWords {
			t.Error("too long")
		}
	})
}
