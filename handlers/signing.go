package handlers

import (
	"fmt"
	"strings"

	"duban/internal/wording"
)

// runSigning lists who has not signed for what was pressed, within what may be seen.
func runSigning(t *turn) (act, error) {
	var lines, nos []string
	for _, x := range t.book.Tasks {
		p := t.book.Progress(x.No)
		if p == nil || len(p.Unsigned) == 0 || !t.see.sees(x) {
			continue
		}
		sent := ""
		if p.Pressed != nil {
			sent = "，" + wording.Day(p.Pressed.At) + "发出"
		}
		lines = append(lines, fmt.Sprintf("- 任务%s %s：%s未签收%s", x.No, wording.Escape(wording.Short(x.Title, 24)), wording.Escape(strings.Join(p.Unsigned, "、")), sent))
		nos = append(nos, x.No)
	}
	if len(lines) == 0 {
		return say("签收情况", "目前没有待签收的事项。交办、催办、批示发出后，责任单位回复“签收 任务编号”即为签收。"), nil
	}
	a := say("签收情况", t.pages("**待签收** "+count(len(lines)), lines, "签收情况"))
	a.reply.tasks = nos
	return a, nil
}
