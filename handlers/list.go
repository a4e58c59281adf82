package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// pageBytes is the size of one answer's text. DingTalk refuses a body over 20,000
// bytes; the rest is left for the envelope and for JSON escapes.
const pageBytes = 16000

// groupLines is how many lines a list may take in a group; the rest is for the
// direct chat, so that a group is not flooded by one person's question.
const groupLines = 8

// list answers with one line a task. again is what to say for the next page.
func (t *turn) list(title, head string, tasks []*ledger.Task, again string) act {
	lines := make([]string, len(tasks))
	nos := make([]string, len(tasks))
	named := !t.oneUnits(tasks)
	for i, x := range tasks {
		lines[i], nos[i] = t.line(x, named), x.No
	}
	a := say(title, t.pages(head, lines, again))
	a.reply.tasks = nos
	return a
}

// pages puts lines under a head, one page of them, cut at line borders.
func (t *turn) pages(head string, lines []string, again string) string {
	if t.m.Conversation.Group && len(lines) > groupLines {
		rest := len(lines) - groupLines
		return head + "\n\n" + strings.Join(lines[:groupLines], "\n") + fmt.Sprintf("\n\n其余%d项请私聊我发送“%s”查看。", rest, again)
	}
	pages := split(lines, pageBytes-len(head))
	page := min(max(t.mean.Page, 1), len(pages))
	t.page, t.pagesAll = page, len(pages)
	out := head + "\n\n" + strings.Join(pages[page-1], "\n")
	if len(pages) > 1 {
		out += fmt.Sprintf("\n\n第%d页，共%d页。", page, len(pages))
		if page < len(pages) {
			out += fmt.Sprintf("回复“%s 第%d页”看下一页。", again, page+1)
		}
	}
	return out
}

// split groups lines into pages of at most limit bytes; a single longer line gets a
// page of its own, cut to size.
func split(lines []string, limit int) [][]string {
	pages, size := [][]string{nil}, 0
	for _, l := range lines {
		if len(l) > limit {
			l = wording.Cut(l, limit)
		}
		if last := len(pages) - 1; size > 0 && size+len(l)+1 > limit {
			pages, size = append(pages, nil), 0
		} else if last < 0 {
			pages = append(pages, nil)
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], l)
		size += len(l) + 1
	}
	return pages
}

// oneUnits reports whether all the tasks are of the unit that was asked for, or of one of
// the asker's or the group's: then it need not be named with each.
func (t *turn) oneUnits(tasks []*ledger.Task) bool {
	units := []string{t.mean.Unit}
	if t.me != nil {
		units = append(units, t.me.Units...)
	}
	if t.room != nil {
		units = append(units, t.room.Units...)
	}
	return slices.ContainsFunc(units, func(u string) bool {
		return !slices.ContainsFunc(tasks, func(x *ledger.Task) bool { return !x.OwnedBy(u) })
	})
}

// line is one task in a list: light, number, title, who answers for it where that is to be
// named, deadline, days, progress. What the asker may not see is left out.
func (t *turn) line(x *ledger.Task, named bool) string {
	title := wording.Escape(wording.Short(x.Title, 30))
	if who, _, more := strings.Cut(wording.Responsible(x), "、"); named && who != "" {
		if more { // how many is not known: collective names count as one
			who += "等"
		}
		title += "（" + wording.Escape(who) + "）"
	}
	if !t.see.sees(x) {
		return fmt.Sprintf("- 任务%s %s｜%s", x.No, title, when(x))
	}
	p := t.book.Progress(x.No)
	out := fmt.Sprintf("- %s 任务%s %s", t.desk.o.Lights.Of(t.level(x)), x.No, title)
	pt, ok := t.shownPoint(x)
	if !ok {
		return out + "｜" + when(x)
	}
	out += "｜" + pointWhen(x, pt)
	state := p.Point(pt.ID)
	switch {
	case state.Phase == ledger.PhaseOpen:
		out += "｜" + wording.Days(pt.Due, t.today)
	case state.Phase == ledger.PhasePending && t.level(x) == ledger.LevelOverdue:
		out += "｜" + wording.Days(pt.Due, t.today) + "，已申请办结"
	case state.Phase == ledger.PhaseClosed && t.mean.Status == "done":
		out += "｜" + wording.Day(state.ClosedAt) + "办结"
	}
	if state.Percent != nil {
		out += "｜进度" + wording.Percent(*state.Percent)
	}
	if u := t.listed(x); u != "" && state.Phase == ledger.PhaseOpen && p.ShareState(pt.ID, u) == ledger.ShareDone {
		out += "｜" + string(ledger.ShareDone)
	}
	return out
}

// listed is the unit whose list the task stands in: the one that was asked for, else the
// asker's own.
func (t *turn) listed(x *ledger.Task) string {
	if x.OwnedBy(t.mean.Unit) {
		return t.mean.Unit
	}
	return t.unit(x)
}

// when says a task's time requirement.
func when(x *ledger.Task) string {
	return wording.Escape(cmp.Or(wording.TimeRequired(x), "未定时限"))
}

// pointWhen says a checkpoint's deadline, with its label where it has one.
func pointWhen(x *ledger.Task, p ledger.Point) string { return wording.Escape(wording.PointWhen(x, p)) }

// count says how many, in the words of the trade.
func count(n int) string { return fmt.Sprintf("%d项", n) }
