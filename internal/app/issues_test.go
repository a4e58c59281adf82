package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

// TestYearOfIssues: the clock drafts every month's bulletin on the configured working day
// for the supervision office alone, once, over a restart in the middle of the year and, on
// an engine that replicas share, with two of them; a person publishes, and the numbers run
// through the year and begin anew with the next.
func TestYearOfIssues(t *testing.T) {
	for _, engine := range engines(t) {
		t.Run(engine.name, func(t *testing.T) {
			w, dir := newWorld(t), t.TempDir()
			env := append([]string{"DUBAN_BULLETIN_EVERY=month", "DUBAN_BULLETIN_DAY=5"}, engine.env...)
			start := func() (bots []*running) {
				bots = append(bots, w.serve(dir, env...))
				if engine.name != "embedded" {
					bots = append(bots, w.serve(dir, env...))
				}
				return bots
			}
			bots := start()
			drafts := func(user, name string) (n int) {
				for _, note := range w.fake.SeenBy(user) {
					if strings.Contains(note.Raw, name+"通报草稿已生成") {
						n++
					}
				}
				return n
			}
			number := 0
			for i, day := range []int{9, 10, 9, 9, 10, 9, 13, 11} { // a working day of each month from August 2018 on
				w.clock.Set(time.Date(2018, time.Month(8+i), day, 10, 0, 0, 0, w.clock.Now().Location()))
				told := w.clock.Now().AddDate(0, -1, 0)
				name := fmt.Sprintf("%d年%d月", told.Year(), int(told.Month()))
				w.until("the draft of "+name, func() bool { return drafts("wanghui", name) > 0 })
				if i == 4 {
					for _, b := range bots {
						b.end(t)
					}
					bots = start()
				}
				number++
				if w.clock.Now().Year() == 2019 && w.clock.Now().Month() == time.January {
					number = 1
				}
				w.direct("wanghui", "发布 "+name+"通报", "确认发布"+name+"通报？")
				w.direct("wanghui", "确认", fmt.Sprintf("已发布：%d年第%d期，%s通报", w.clock.Now().Year(), number, name))
				for _, user := range []string{"wanghui", "zhangmin", "chenguang"} {
					if n := drafts(user, name); n != map[bool]int{true: 1}[user == "wanghui"] {
						t.Errorf("%s has %d drafts of %s", user, n, name)
					}
				}
			}
			for _, note := range w.fake.Seen(group) {
				if strings.Contains(note.Raw, "草稿") {
					t.Errorf("the group saw a draft: %s", note.Text)
				}
			}
			w.say(bottest.Saying{User: "wanghui", Text: "通报目录"}, "共8期", "2018年第5期", "2019年第3期")
			for _, b := range bots {
				b.end(t)
			}
		})
	}
}
