package handlers

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
)

var (
	anyPercent = regexp.MustCompile(`(?:^|[^\d.])(\d{1,3}(?:\.\d+)?)\s*[%％]`)
	// levelWords are of a level that cannot be read: 进度-10%, 60%到70%.
	levelWords = regexp.MustCompile(`进度|[-−—~～至到+]\s*\d+(?:\.\d+)?\s*[%％]`)
)

// askPercent asks whether the only percentage of a report is the task's progress, where
// it may be of something else: 会议经费已压减5%. Either way the words are recorded.
func (t *turn) askPercent() (act, bool) {
	found := anyPercent.FindAllStringSubmatch(t.m.Text, -1)
	if !writesProgress(t.mean.Toward) || len(found) != 1 || len(t.mean.Tasks) > 0 || levelWords.MatchString(t.m.Text) {
		return act{}, false
	}
	no := t.mean.Task
	if named := understand.QuotedTasks(t.m.Text); no == "" && len(named) == 1 {
		no = named[0]
	}
	x := t.book.Task(no)
	level, err := strconv.ParseFloat(found[0][1], 64)
	if x == nil || err != nil || level > 100 {
		return act{}, false
	}
	plain := understand.Meaning{Intent: understand.Report, Task: no, Text: afterTask(t.m.Text, no)}
	with := plain
	with.Percent = &level
	shown := wording.Percent(level)
	q := fmt.Sprintf("“%s”里的%s是任务%s的进度吗？", wording.Escape(wording.Short(plain.Text, 40)), shown, no)
	p := &pending{Asked: q, Task: no, Text: t.m.Text, Behalf: t.behalf || spokenFor.MatchString(t.m.Text), Mean: plain, Choices: []choice{
		{Label: "是，记录进度" + shown, Task: no, Mean: &with},
		{Label: "不是，只记录文字，进度不变", Task: no, Mean: &plain},
	}}
	var lines strings.Builder
	for i, c := range p.Choices {
		fmt.Fprintf(&lines, "\n%d. %s", i+1, c.Label)
	}
	return act{reply: reply{title: "请问是不是进度", text: q + "（尚未记录）\n" + lines.String() + "\n\n请回复序号，例如：1。"}, ask: p}, true
}
