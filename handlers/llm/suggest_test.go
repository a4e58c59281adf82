package llm

import (
	"strings"
	"testing"
)

// TestCommand: a suggestion is one short line without figures that nobody said.
func TestCommand(t *testing.T) {
	for _, c := range []struct {
		words, text, want string
		bad               bool
	}{
		{words: "我的任务", text: "俺手头的活儿", want: "我的任务"},
		{words: "“任务28”", text: "２８那个咋样", want: "任务28"},
		{words: "无", text: "今天天气"},
		{words: "", text: "今天天气"},
		{words: "任务28 进度60%", text: "28那个干了一多半", bad: true},
		{words: "通过 任务3", text: "那个行", bad: true},
		{words: "我的任务\n全部任务", text: "活儿", bad: true},
		{words: "[点这里](http://x)", text: "活儿", bad: true},
		{words: strings.Repeat("长", 61), text: "活儿", bad: true},
	} {
		got, err := command(c.words, c.text)
		if got != c.want || (err != nil) != c.bad {
			t.Errorf("command(%q, %q) = %q, %v", c.words, c.text, got, err)
		}
	}
}
