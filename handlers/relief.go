package handlers

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// monthMost is the number of messages a month from which a group is advised to thin out.
const monthMost = 20

// counted adds what a person's press sends to the load of its receivers, in the same
// commit.
func (t *turn) counted(a act, err error) (act, error) {
	if err != nil || len(a.pressed) == 0 {
		return a, err
	}
	more := map[ledger.Target]ledger.Load{}
	for _, n := range a.pressed {
		more[n.To] = more[n.To].Plus(ledger.Load{Pressed: 1, Mentions: len(n.Body.At)})
	}
	day := ledger.DateOf(a.pressed[0].Due.In(t.now.Location()))
	for _, to := range slices.SortedFunc(maps.Keys(more), func(x, y ledger.Target) int { return strings.Compare(x.Key(), y.Key()) }) {
		rec, expect, err := t.book.AddLoad(day, to, more[to])
		if err != nil {
			return act{}, err
		}
		a.puts, a.expects = append(a.puts, rec), append(a.expects, expect)
	}
	return a, nil
}

// runRelief shows what the bot itself has burdened each group with this month and last
// (减负体检). It counts messages of the bot, never what people do.
func runRelief(t *turn) (act, error) {
	last := ledger.NewDate(t.today.Year, t.today.Month, 1).AddDays(-1)
	var lines, heavy []string
	for _, id := range slices.Sorted(maps.Keys(t.book.Rooms)) {
		room, to := t.book.Rooms[id], ledger.Target{Room: id}
		now, before := t.book.Load(t.today, to), t.book.Load(last, to)
		if now == (ledger.Load{}) && before == (ledger.Load{}) {
			continue
		}
		name := wording.Escape(room.Title)
		if name == "" {
			name = wording.Escape(id)
		}
		lines = append(lines, fmt.Sprintf("- %s：本月%s；上月%s", name, loadWords(now), loadWords(before)))
		if t.tooMuch(now) {
			heavy = append(heavy, name)
		}
	}
	if now, before := t.direct(t.today), t.direct(last); now != (ledger.Load{}) || before != (ledger.Load{}) {
		lines = append(lines, fmt.Sprintf("- 单聊合计：本月%s；上月%s", loadWords(now), loadWords(before)))
	}
	if len(lines) == 0 {
		return say("减负体检", "本月和上月，机器人没有发过定时提醒和人工催办。"), nil
	}
	text := t.pages(fmt.Sprintf("**减负体检** 截至%s，只统计机器人自己发出的消息", t.today.Chinese()), lines, "减负体检")
	if len(heavy) > 0 {
		text += fmt.Sprintf("\n\n建议：%s本月消息偏多（平均每个工作日超过%d条，或一个月超过%d条），可减少人工催办，合并批示，或请管理员减少提醒次数。", strings.Join(heavy, "、"), max(t.desk.o.Rhythm.Budget, 1), monthMost)
	} else {
		text += "\n\n本月各群消息数量适中，无需调整。"
	}
	return say("减负体检", text), nil
}

func loadWords(l ledger.Load) string {
	if l == (ledger.Load{}) {
		return "没有消息"
	}
	var parts []string
	if l.Messages > 0 {
		parts = append(parts, fmt.Sprintf("定时提醒%d条（列出%d项，其中要求反馈或签收%d项）", l.Messages, l.Items, l.Requests))
	}
	if l.Pressed > 0 {
		parts = append(parts, fmt.Sprintf("人工催办等%d条", l.Pressed))
	}
	if l.Mentions > 0 {
		parts = append(parts, fmt.Sprintf("点名%d人次", l.Mentions))
	}
	return strings.Join(parts, "，")
}

// direct adds up what went to people's own chats in the day's month, all together:
// nobody is listed by name.
func (t *turn) direct(day ledger.Date) ledger.Load {
	prefix := ledger.LoadID(day, ledger.Target{})
	var sum ledger.Load
	for id, raw := range t.book.Settings {
		var l ledger.Load
		if strings.HasPrefix(id, prefix) && json.Unmarshal(raw, &l) == nil {
			sum = sum.Plus(l)
		}
	}
	return sum
}

// tooMuch judges a month that is still going on.
func (t *turn) tooMuch(l ledger.Load) bool {
	days := 0
	for d := ledger.NewDate(t.today.Year, t.today.Month, 1); !d.After(t.today); d = d.AddDays(1) {
		if t.workday(d) {
			days++
		}
	}
	sent, budget := l.Messages+l.Pressed, t.desk.o.Rhythm.Budget
	return sent > monthMost || budget > 0 && days > 0 && sent > budget*days
}

func (t *turn) workday(day ledger.Date) bool { return t.desk.workday(day) }

func (d *Desk) workday(day ledger.Date) bool {
	if is := d.o.Rhythm.IsWorkday; is != nil {
		return is(day)
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}
