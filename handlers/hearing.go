package handlers

import (
	"fmt"
	"regexp"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

var (
	// away words are about a person's time, not about the next step of a task.
	away = regexp.MustCompile(`出差|休假|请假|培训|不在岗|值班`)
	// planNouns hold 计划 and 准备 without announcing anything.
	planNouns = regexp.MustCompile(`(?:立法|工作|年度|实施|行动|评估|采购|推进)计划|(?:按|照|既定|原)计划|计划(?:书|表|已|的|内)|准备(?:情况|就绪|好了|完毕)`)
	planWords = regexp.MustCompile(`下一步|接下来|下步|后续|下周|下个?月|计划|准备|打算|拟于|近期将`)
	// asked begins with somebody else who wants something of the unit: that is no progress.
	asked    = regexp.MustCompile(`^(?:任务\s*\d+\s*)?(?:市?领导|市长|书记|秘书长|主任|局长|上级|督查室|省里|市里)[^，。；,;]{0,10}?(?:要求|指示|强调|催|让我们|叫我们)`)
	going    = regexp.MustCompile(`已|正在|目前`)
	handedOn = regexp.MustCompile(`(?:让|请|由)[^，。；,;]{1,8}?来?(?:报|反馈|负责)`)
	notOurs  = regexp.MustCompile(`不是我们?(?:单位|局|委|办|中心|部门)?的(?:事|任务|职责|工作)|不(?:归|属于?)我们|不该我们`)
	// ofPeriod says that a month's part of the work is done, not the task.
	ofPeriod = regexp.MustCompile(`(?:本|这个?|上个?|当)(?:月|周|季度)(?:份|度)?的?(?:任务|工作|目标|计划)`)
	// rateSaid are words that state a level, in digits or not.
	rateSaid = regexp.MustCompile(`(?:进度|完成率|完成|推进)[^，。；,;\d]{0,6}(?:过半|大半|[一二三四五六七八九十百]+分之[一二三四五六七八九十]+|[一二三四五六七八九]成|\d+(?:\.\d+)?\s*(?:[%％]|/\s*\d+$))|分之[一二三四五六七八九十]`)
)

// filled leaves out of a report what its words do not say: 立法计划 is no next step, nor is
// somebody's journey; a day by which a part is meant to be done is not the end of the task.
func filled(m understand.Meaning) understand.Meaning {
	if m.Next != "" && (away.MatchString(m.Next) || !planWords.MatchString(planNouns.ReplaceAllString(m.Next, ""))) {
		m.Next = ""
	}
	if m.Percent == nil && (partOnly.MatchString(m.Text) || ofPeriod.MatchString(m.Text)) {
		m.Expect = ledger.Date{}
	}
	return m
}

// partOnly has a percentage short of all as what is meant to be reached.
var partOnly = regexp.MustCompile(`(?:争取|预计|力争|计划|确保)[^，。；,;]*?(?:[1-9]?\d\s*[%％]|[一二三四五六七八九]成|一半)`)

// noReport answers what is written about a task and is no report on it.
func (t *turn) noReport(x *ledger.Task) (act, bool) {
	if a, stop := t.notNews(x); stop {
		return a, true
	}
	return t.disowned(x)
}

// notNews answers what is no progress: an order passed on, or that somebody is away.
func (t *turn) notNews(x *ledger.Task) (act, bool) {
	text := strings.TrimSpace(t.mean.Text)
	switch {
	case t.mean.Percent != nil || t.confirmed:
		return act{}, false
	case asked.MatchString(text) && !going.MatchString(text):
		return say("请写明进展", fmt.Sprintf("“%s”是对任务%s的要求，不是进展，尚未记录。请写明办理情况，例如：任务%s 已完成招标，进度60%%。", wording.Escape(wording.Short(text, 40)), x.No, x.No)), true
	case away.MatchString(text) && handedOn.MatchString(text):
		return say("请写明进展", fmt.Sprintf("没有看到任务%s的进展，尚未记录。可由同事直接反馈；需由他人代管的，请回复“代管 姓名 至 日期”。", x.No)), true
	}
	return act{}, false
}

// disowned asks whether to decline a task of which the unit says that it is not its own.
func (t *turn) disowned(x *ledger.Task) (act, bool) {
	if t.confirmed || t.unit(x) == "" || !notOurs.MatchString(t.m.Text) {
		return act{}, false
	}
	q := fmt.Sprintf("是否将任务%s申请退办？", x.No)
	return act{
		reply: reply{title: "确认退办", text: q + "（尚未记录）\n\n确认后由督查室决定。请回复“确认”或“取消”。", buttons: yesNo()},
		ask:   &pending{Asked: q, Task: x.No, Confirm: true, Mean: understand.Meaning{Intent: understand.Decline, Task: x.No, Reason: t.mean.Text}},
	}, true
}

// unreadRate says that a level stands in the words that could not be read, and what counts
// instead; empty otherwise.
func (t *turn) unreadRate(x *ledger.Task, point string) string {
	if t.mean.Percent != nil || !rateSaid.MatchString(t.mean.Text) || partOnly.MatchString(t.mean.Text) {
		return ""
	}
	now := "尚无进度百分比"
	if s := t.book.Progress(x.No).Point(point); s.Percent != nil {
		now = "进度仍为" + wording.Percent(*s.Percent)
	}
	return fmt.Sprintf("未识别百分比，%s；要更新的，请回复数字，例如：任务%s 进度60%%", now, x.No)
}
