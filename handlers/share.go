package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

var (
	// ownPart are words for what the speaker's own unit has to do of a task.
	ownPart = regexp.MustCompile(`(?:我|咱|本)[^，。；,;]{0,6}?(?:部分|这块|这一块|那块|这边|这头|负责|承担|配合|份内|分内)|(?:配合|协办|协助)(?:的)?(?:部分|工作|事项|任务)`)
	// finished ends a clause that says that something is done, and nothing more than that.
	finished = regexp.MustCompile(`(?:完成|办完|做完|弄完|干完|搞定|办结|完毕)[了啦]?$`)
	// hedged words keep a clause from saying so.
	hedged = regexp.MustCompile(`[没未不将快吗么能才要拟]|预计|计划|争取|力争|下周|下月|月底|年底|明天|基本|差不多|大部分|主要|一半|如果|等`)
	// unfinished are words that say the opposite, wherever they stand.
	unfinished = regexp.MustCompile(`没有?(?:全部)?(?:完成|做完|办完|弄完|搞定|办结)|未(?:全部)?(?:完成|做完|办完|办结)|还没|尚未|还差|仍在|返工|重新(?:做|办|开展)|恢复办理|说早了`)

	clauseEnds = regexp.MustCompile(`[，。；！？,;!?\s]+`)
)

// ownPartDone reports whether the words say that the speaker's unit has done its own part
// of the task (我单位部分已完成), which is no word on the task as a whole.
func ownPartDone(text string) bool {
	if unfinished.MatchString(text) {
		return false
	}
	return slices.ContainsFunc(clauseEnds.Split(text, -1), func(c string) bool {
		return ownPart.MatchString(c) && finished.MatchString(c) && !hedged.MatchString(c)
	})
}

// part is what the report says of the share of the unit that is spoken for. What a unit
// that only assists says of finishing or of a percentage is about its share; where only
// collective names are responsible, a percentage is all that is ever said of the task.
func (t *turn) part(x *ledger.Task, point string, by ledger.Actor) ledger.Word {
	m, assists := t.mean, x.Assists(by.Unit) && !by.Behalf
	whole := m.Percent != nil && *m.Percent >= 100
	switch {
	case x.Standing(): // never finished, by nobody
		return ledger.WordNone
	case ownPartDone(m.Text) && (m.Percent == nil || whole), assists && (m.Intent == understand.Done || whole):
		return ledger.WordDone
	case assists && m.Percent != nil && len(x.Named()) > 0:
		return ledger.WordOpen
	case t.book.Progress(x.No).Share(point, by.Unit).DoneAt.IsZero():
		return ledger.WordNone
	case m.Percent != nil, unfinished.MatchString(m.Text), m.Intent == understand.Reopen,
		m.Status == string(ledger.StatusBlocked), m.Status == string(ledger.StatusNotStarted):
		return ledger.WordOpen
	}
	return ledger.WordNone
}

// doneAlready answers a bare "已完成" of a unit whose share is done.
func (t *turn) doneAlready(x *ledger.Task, point, unit string) (act, bool) {
	p := t.book.Progress(x.No)
	if _, err := ledger.MoveShare(p.ShareState(point, unit), ledger.MoveFinish); err == nil || t.mean.Intent != understand.Done {
		return act{}, false
	}
	return say("本单位部分已完成", fmt.Sprintf("任务%s中%s承担的部分已于%s记为完成，无需重复，未做记录。有补充的，请写明内容，例如：任务%s 补充：验收材料已报送。",
		x.No, unit, wording.Day(p.Share(point, unit).DoneAt), x.No)), true
}

// shareNotes are the lines of a receipt about what the report did to the unit's share.
// Whoever applies for closing is told that it is done.
func (t *turn) shareNotes(a *act, x *ledger.Task, e ledger.Event, before, after *ledger.Progress) []string {
	was, is := before.ShareState(e.Point, e.By.Unit), after.ShareState(e.Point, e.By.Unit)
	own := wording.Escape(e.By.Unit) + "承担的部分："
	switch {
	case is == was || x.Standing():
		return nil
	case is != ledger.ShareDone && was == ledger.ShareDone:
		return []string{own + "恢复为办理中"}
	case is != ledger.ShareDone:
		return nil
	}
	out, told := []string{own + "已完成（任务尚未办结）"}, ""
	appliers := appliersOf(x, e.By.Unit)
	if t.tellAppliers(a, x, e, appliers) {
		told = "，已告知" + wording.Units(appliers, 3) + "联络员"
	}
	switch {
	case !x.Assists(e.By.Unit):
		out = append(out, "任务整体完成后，请回复“任务"+x.No+" 已完成”申请办结"+told)
	case len(appliers) > 0:
		out = append(out, "任务办结由"+wording.Units(appliers, 3)+"申请"+told)
	}
	return out
}

// appliersOf lists the units, other than the one given, that apply for the task's closing.
func appliersOf(x *ledger.Task, unit string) []string {
	return slices.DeleteFunc(x.Sharers(), func(u string) bool { return u == unit || x.Assists(u) })
}

// tellAppliers owes the contacts of the units the word that a share is done; false when
// there is nobody to tell.
func (t *turn) tellAppliers(a *act, x *ledger.Task, e ledger.Event, units []string) bool {
	var ids []string
	for _, u := range units {
		ids = append(ids, t.contactsToday(u)...)
	}
	slices.Sort(ids)
	before := len(a.notices)
	t.tell(a, "share/"+e.ID, slices.Compact(ids), ledger.Body{
		Title: "单位完成 任务" + x.No, Tasks: []string{x.No},
		Text: fmt.Sprintf("%s反馈其承担的部分已完成：**任务%s** %s\n\n> %s\n\n任务整体完成后，请回复“任务%s 已完成”申请办结。", who(e.By), x.No,
			wording.Escape(wording.Short(x.Title, 40)), wording.Escape(wording.Short(e.Report.Text, 300)), x.No),
	})
	return len(a.notices) > before
}

// othersLine says, beside an application, which of the other units have not said that
// their share is done; empty where the unit is alone with the task.
func (t *turn) othersLine(x *ledger.Task, point, unit string) string {
	p := t.book.Progress(x.No)
	others := slices.DeleteFunc(x.Sharers(), func(u string) bool { return u == unit })
	if len(others) == 0 {
		return ""
	}
	var open []string
	for _, u := range others {
		if p.ShareState(point, u) != ledger.ShareDone {
			open = append(open, wording.Escape(u)+"（"+shareWords(p, point, u)+"）")
		}
	}
	if len(open) == 0 {
		return "- 其他单位：均已反馈完成\n"
	}
	return "- 尚未反馈完成的单位：" + wording.Units(open, 12) + "\n"
}

// shareWords says where a unit's share stands, with the unit's newest figures.
func shareWords(p *ledger.Progress, point, unit string) string {
	h, state := p.Share(point, unit), p.ShareState(point, unit)
	out := string(state)
	if state == ledger.ShareWorking && h.Last == nil {
		return "未反馈"
	}
	if h.Percent != nil {
		out += "，进度" + wording.Percent(*h.Percent)
	}
	switch {
	case state == ledger.ShareDone:
		out += "，" + wording.Day(h.DoneAt)
	case h.Last != nil:
		out += "，" + wording.Day(h.Last.At) + "反馈"
	case state != ledger.ShareClosed:
		out += "，未反馈"
	}
	return out
}

// maxShares is how many units' shares one message lists.
const maxShares = 15

// shareLines lists the units' shares of the checkpoint, one a line; none where one unit
// works alone.
func (t *turn) shareLines(x *ledger.Task, point string) string {
	units := x.Sharers()
	if len(units) < 2 {
		return ""
	}
	var b strings.Builder
	for _, u := range units[:min(len(units), maxShares)] {
		fmt.Fprintf(&b, "- %s：%s\n", wording.Escape(wording.Party(u, x.RoleOf(u))), shareWords(t.book.Progress(x.No), point, u))
	}
	if n := len(units) - maxShares; n > 0 {
		fmt.Fprintf(&b, "- 其余%d个单位略，可导出台账查看\n", n)
	}
	return b.String()
}
