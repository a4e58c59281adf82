package platformtest

import (
	"fmt"
	"strings"

	"duban/bot"
)

// whole: a text with Markdown arrives as it is, line by line, under its title.
func (s *suite) whole() {
	lines := []string{
		"### 20号任务 <完成> & 引号\"\"、反斜杠\\", "**责任单位**：市大数据中心", "", "- 时限：2018年12月31日", "1. 进度 60%",
		"> 引用的话", "生僻字：𠮷䶮，表情：🙂，百分号%20+=&", "[链接](https://example.com/?a=1&b=2)",
	}
	for i, to := range s.targets() {
		s.must(to.to(bot.Outgoing{ID: fmt.Sprint("whole-", i), Title: "任务提醒", Markdown: strings.Join(lines, "\n")}))
		list := s.since(i, to)
		if len(list) != 1 {
			s.Fatalf("%s: saw %d messages, want 1", to.name, len(list))
		}
		if list[0].Title != "任务提醒" {
			s.Errorf("%s: title %q", to.name, list[0].Title)
		}
		if missing := absent(list[0].Text, lines); missing != "" {
			s.Errorf("%s: no line %q in\n%s", to.name, missing, list[0].Text)
		}
	}
}

// absent returns the first line that does not stand in text after the ones before.
func absent(text string, lines []string) string {
	shown := strings.Split(text, "\n")
	at := 0
	for _, want := range lines {
		if want == "" {
			continue
		}
		for ; ; at++ {
			if at == len(shown) {
				return want
			}
			if strings.TrimSpace(shown[at]) == want {
				break
			}
		}
	}
	return ""
}

// listing is numbered lines of about so many bytes in all.
func listing(size int) (lines []string, markdown string) {
	var b strings.Builder
	for i := 1; ; i++ {
		line := fmt.Sprintf("- %d号任务：推进“最多跑一次”改革，牵头单位市编委办，第%d条。", i, i)
		if b.Len()+len(line)+1 > size && i > 1 {
			return lines, b.String()
		}
		lines = append(lines, line)
		b.WriteString(line + "\n")
	}
}

// long: what is within the limits arrives whole, however many messages it takes.
func (s *suite) long() {
	for _, to := range s.targets() {
		lines, markdown := listing(to.text)
		before := len(s.h.Seen())
		s.must(to.to(bot.Outgoing{ID: "long-" + to.name, Title: "任务清单", Markdown: markdown}))
		if missing := absent(words(s.since(before, to)), lines); missing != "" {
			s.Errorf("%s: %d bytes: no line %q", to.name, to.text, missing)
		}
	}
}

// endless: what is beyond all limits is refused, or shown from its beginning with a
// word about what is missing. Nothing vanishes in silence.
func (s *suite) endless() {
	for _, to := range s.targets() {
		lines, markdown := listing(150_000)
		before := len(s.h.Seen())
		err := s.send(s.Context(), to.to(bot.Outgoing{ID: "endless-" + to.name, Title: "任务清单", Markdown: markdown}))
		shown := words(s.since(before, to))
		if err != nil {
			if s.refused(err, false); shown != "" {
				s.Errorf("%s: refused and shown", to.name)
			}
			continue
		}
		if absent(shown, lines) == "" {
			continue
		}
		if s.lim.Omission == "" || !strings.Contains(shown, s.lim.Omission) {
			s.Errorf("%s: lines are missing and nothing says so", to.name)
		}
		s.prefix(to.name, shown, lines)
	}
}

// prefix wants the lines shown to be the first ones, without a gap.
func (s *suite) prefix(name, shown string, lines []string) {
	n := 0
	for n < len(lines) && absent(shown, lines[:n+1]) == "" {
		n++
	}
	if n == 0 {
		s.Errorf("%s: the beginning is missing", name)
	}
	for _, line := range lines[n:] {
		if absent(shown, []string{line}) == "" {
			s.Errorf("%s: %q stands behind a gap", name, line)
			return
		}
	}
}

// buttons: every button can be pressed, or its words stand in the text.
func (s *suite) buttons() {
	all := []bot.Button{{Label: "确认", Say: "确认 20 & 60%+1"}, {Label: "不对", Say: "修改 20"}, {Label: "延期", Say: "20号申请延期"},
		{Label: "明细", Say: "20号任务"}, {Label: "谁", Say: "谁负责20号"}, {Label: "帮助", Say: "帮助"}}
	for _, n := range []int{1, 2, len(all)} {
		for _, to := range s.targets() {
			before := len(s.h.Seen())
			s.must(to.to(bot.Outgoing{ID: fmt.Sprint("buttons-", to.name, n), Title: "请确认", Markdown: fmt.Sprintf("要记下吗？（%d）", n), Buttons: all[:n]}))
			list := s.since(before, to)
			for _, b := range all[:n] {
				if !says(list, b.Say) {
					s.Errorf("%s: no way to say %q in %+v", to.name, b.Say, list)
				}
			}
		}
	}
}

func says(list []Shown, want string) bool {
	for _, n := range list {
		if strings.Contains(n.Text, want) {
			return true
		}
		for _, p := range n.Presses {
			if p == want {
				return true
			}
		}
	}
	return false
}

// mentions: only those asked for are notified, whatever the text says.
func (s *suite) mentions() {
	member, room := s.h.KnownMember(), s.h.KnownRoom()
	text := "有人写道：@" + member + " @all @所有人 @everyone <@" + member + ">"
	s.must(bot.Outgoing{ID: "quiet", Room: room, Title: "反馈", Markdown: text})
	if list := s.h.Seen(); len(list) != 1 || len(list[0].Notified) != 0 {
		s.Errorf("nobody was asked for, saw %+v", list)
	}
	s.must(bot.Outgoing{ID: "loud", Room: room, Title: "反馈", Markdown: "请今天反馈。", At: []string{member, "nobody-here"}})
	list := s.h.Seen()[1:]
	told := false
	for _, n := range list {
		for _, id := range n.Notified {
			told = told || id == member
			if id != member && id != "nobody-here" {
				s.Errorf("%q was not asked for", id)
			}
		}
	}
	if s.lim.Mentions && !told {
		s.Errorf("%q was asked for and not notified: %+v", member, list)
	}
}
