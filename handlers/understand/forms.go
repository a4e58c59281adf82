package understand

import (
	"strings"

	"duban/internal/zh"
)

// form is a fixed form of words that the office and the units use with each other:
// the word, a task, the rest. Fixed forms are read before everything else, since they
// leave no doubt; the duties bound forms that would mean something else in other mouths.
type form struct {
	words  []string
	intent Intent
	duties string // "" = anybody
	bare   bool   // may stand without a task
}

var forms = []form{
	{words: []string{"不同意延期", "不批准延期", "驳回延期"}, intent: ExtendNo, bare: true},
	{words: []string{"同意延期", "批准延期"}, intent: ExtendYes, bare: true},
	{words: []string{"驳回退办", "不同意退办"}, intent: Keep},
	{words: []string{"退办"}, intent: Decline, bare: true},
	{words: []string{"签收"}, intent: Sign, bare: true},
	{words: []string{"需要协调", "申请协调", "请求协调", "需协调"}, intent: Need, bare: true},
	{words: []string{"协调办结", "协调完成"}, intent: Met},
	{words: []string{"批示办结", "批示销号"}, intent: Followed},
	{words: []string{"批示"}, intent: Instruct, duties: "leader supervisor"},
	{words: []string{"暂缓"}, intent: Pause, duties: "supervisor"},
	{words: []string{"恢复办理", "恢复"}, intent: Resume, duties: "supervisor"},
	{words: []string{"撤销"}, intent: CancelTask, duties: "supervisor"},
	{words: []string{"销号"}, intent: Strike, duties: "supervisor"},
	{words: []string{"台账"}, intent: Audit},
}

// The intents of the office's housekeeping, which only fixed forms carry.
const (
	Relief   Intent = "relief"    // 减负体检: what the bot itself has sent
	HandOver Intent = "hand_over" // 代管 李军 至 8月20日; Name is the deputy, Query who is away
	HandBack Intent = "hand_back" // 取消代管
)

// asks are fixed questions without a task.
var asks = map[string]Intent{
	"需要我出面": Attention, "需要我出面的": Attention, "需要我出面的事": Attention, "哪些需要我出面": Attention, "有什么需要我出面": Attention, "需要领导出面": Attention,
	"最新进展": Latest, "有什么新进展": Latest, "最近有什么进展": Latest,
	"日历": Feed, "订阅日历": Feed, "日历订阅": Feed, "本单位日历": Feed, "单位日历": Feed, "重置日历": FeedReset,
	"测试提醒": TestNudge, "提醒测试": TestNudge, "发一条测试提醒": TestNudge,
	"减负体检": Relief, "减负": Relief, "减负检查": Relief, "消息体检": Relief,
	"依据": Basis, "依据 汇总": Basis, "依据汇总": Basis, "汇总依据": Basis, "汇总 依据": Basis, "汇总的依据": Basis, "汇总的依据是什么": Basis, "数字依据": Basis, "数字的依据": Basis, "这些数字的依据": Basis, "数据依据": Basis, "数据的依据": Basis,
	"未反馈": Unreported, "未报送": Unreported, "谁没反馈": Unreported, "哪些没反馈": Unreported, "哪些单位没反馈": Unreported, "没有反馈的": Unreported,
}

// papers are the files that the office makes of the figures: a draft bulletin and
// pictures. Only a period or a unit may stand in between.
var papers = []struct {
	form   *pattern
	intent Intent
}{
	{compile(`^(?:给我|帮我|替我)?(?:生成|起草|草拟|拟写|拟|出|做|制作)(?:一下|一份|一期|一个|份|个)?(.{0,40}?)的?(?:督查|督办|工作)?通报(?:草稿|初稿|稿)?(?:吧|给我)?$`), Bulletin},
	{compile(`^(?:督查|督办)?通报(?:草稿|初稿|稿)?$`), Bulletin},
	{compile(`^(?:给我|帮我|替我)?(?:生成|发我|发|来|出|画|做|制作|绘制|看看|看|要)?(?:一下|一张|一个|张|个)?(.{0,40}?)的?(?:总体|整体|任务|督办)?进度图(?:表|片)?(?:吧|给我)?$`), Picture},
	{compile(`^(?:给我|帮我|替我)?(?:生成|发我|发|来|出|画|做|制作|绘制|看看|看|要)?(?:一下|一张|一个|张|个)?(.{0,40}?)的?(?:总体|整体|任务|督办|进度)?(?:时间轴|时间线|甘特图)(?:图|片)?(?:吧|给我)?$`), Timeline},
}

// feeds are the words for the calendar of a unit, which stands before or behind.
var feeds = []struct {
	form   *pattern
	intent Intent
}{
	{compile(`^(?:作废|重置)(?:日历[\s:]*(\S{2,40})|(\S{2,40}?)的?日历(?:订阅|地址)?)$`), FeedReset},
	{compile(`^(?:订阅|导出|给我|我要)?(?:日历(?:订阅)?[\s:]*(\S{2,40})|(\S{2,40}?)的?日历(?:订阅|地址)?)$`), Feed},
}

// feed reads the order for a unit's calendar, or to revoke it.
func (u *utterance) feed(s string) (Meaning, bool) {
	s = strings.TrimRight(s, "?!。 ")
	for _, f := range feeds {
		m := u.find(f.form, s)
		if m == nil {
			continue
		}
		if unit, whole := u.lex.Unit(m[1] + m[2]); whole && unit != "" {
			return Meaning{Intent: f.intent, Unit: unit, Scope: "unit", Score: 1, Margin: 1, Why: "fixed form"}, true
		}
		return Meaning{}, false
	}
	return Meaning{}, false
}

// paper reads an order for a file; a bulletin is no word of the units', to whom 通报
// is a summary.
func (u *utterance) paper(s string) (Meaning, bool) {
	office := u.ctx.Duty != "" && strings.Contains("leader supervisor admin", u.ctx.Duty)
	s = strings.TrimRight(s, "?!。 ")
	for _, p := range papers {
		m := u.find(p.form, s)
		if m == nil || p.intent == Bulletin && !office {
			continue
		}
		out := Meaning{Intent: p.intent, Score: 1, Margin: 1, Why: "fixed form"}
		if u.fillPeriod(&out); len(m) > 1 && m[1] != "" && out.Unit == "" && out.From.IsZero() {
			return Meaning{}, false
		}
		if out.Task = ""; out.Scope == "" {
			out.Scope = "all"
		}
		return out, true
	}
	return Meaning{}, false
}

var (
	orderTask = compile(`^[\s:,]*(?:任务|第|序号|#)?\s*(\d{1,4})(?:\s*(?:号|项|条))?(?:任务)?([\s:,的]*)(.*)$`)
	taskFirst = compile(`^(?:任务|第|#)?\s*(\d{1,4})\s*(?:号|项|条)?(?:任务)?[\s:,]*(签收|退办|销号|暂缓|需协调|申请协调|需要协调|批示)[\s:,]*(.*)$`)
	extension = compile(`^(不同意|不批准|同意|批准)\s*(?:任务|第)?\s*(\d{1,4})\s*(?:号|项)?(?:任务)?的?延期(?:申请)?[\s:,]*(.*)$`)
	nilForm   = compile(`^零报告[\s:,]*(?:任务|第)\s*(\d{1,4})\s*(?:号|项)?(?:任务)?(.*)$`)
	deputy    = compile(`^(?:([\p{Han}·]{2,8}?)由|由)?(?:代管([\p{Han}·]{2,4}?)|([\p{Han}·]{2,4}?)代管)[\s:,]*(?:(?:到|至|直到)(.+))?$`)
	handBack  = compile(`^(?:取消|结束|停止|解除)(?:([\p{Han}·]{2,4}?)的?)?代管[\s:,]*([\p{Han}·]{2,4})?$`)
	aliasForm = compile(`^别名[\s:]*(\S{1,20}?)\s*(?:=|是|为|->|→)\s*(\S{1,40})$`)
)

// fixedForm reads a fixed form; false when the words are none.
func (u *utterance) fixedForm() (Meaning, bool) {
	s := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(u.s, "请"), "麻烦"))
	if i, ok := asks[strings.TrimRight(s, "?!。 ")]; ok && len(u.quoted) != 1 {
		return Meaning{Intent: i, Score: 1, Margin: 1, Why: "fixed question"}, true
	}
	if m, ok := u.decision(); ok {
		return m, true
	}
	if m, ok := u.people(s); ok {
		return m, true
	}
	if m, ok := u.officeWords(s); ok {
		return m, true
	}
	if m, ok := u.setup(strings.TrimRight(s, "?!。 ")); ok && (len(u.quoted) != 1 || writes(m.Intent)) {
		return m, true
	}
	if m, ok := u.unquoted(s); ok {
		return m, true
	}
	if m := u.find(nilForm, s); m != nil && !u.asks {
		out := fixed(Report, m[1], strings.TrimLeft(m[2], " :,"))
		out.Status, out.Text = "no_progress", u.own
		return out, true
	}
	if m, ok := u.handOver(s); ok {
		return m, true
	}
	if m, ok := u.officeForm(s); ok {
		return m, true
	}
	if m := u.find(aliasForm, s); m != nil {
		out := Meaning{Intent: Alias, Name: m[1], Score: 1, Margin: 1, Why: "fixed form"}
		out.Unit, _ = u.lex.Unit(m[2])
		return out, true
	}
	if m := u.find(extension, s); m != nil {
		i := ExtendYes
		if strings.HasPrefix(m[1], "不") {
			i = ExtendNo
		}
		return fixed(i, m[2], m[3]), true
	}
	if m := u.find(taskFirst, s); m != nil {
		s = m[2] + " " + m[1] + " " + m[3]
	}
	for _, o := range forms {
		if o.duties != "" && !strings.Contains(o.duties, u.ctx.Duty) || u.ctx.Duty == "" && o.duties != "" {
			continue
		}
		for _, w := range o.words {
			if rest, ok := strings.CutPrefix(s, w); ok {
				return u.complete(o, w, rest)
			}
		}
	}
	return Meaning{}, false
}

// complete fills in a form that began with word with its task: the one written, else the
// one quoted.
func (u *utterance) complete(o form, word, rest string) (Meaning, bool) {
	if o.intent != Audit && (u.asks || u.percent != nil) {
		return Meaning{}, false // a question about it, or a report that begins like it
	}
	if m := u.find(orderTask, rest); m != nil {
		return fixed(o.intent, m[1], m[3]), o.holds(m[3]) && (m[3] == "" || !strings.Contains(m[2], "的"))
	}
	_, typed, _ := strings.Cut(u.own, word)
	if !o.holds(rest) || !o.apart(first(typed, 1), rest) {
		return Meaning{}, false
	}
	rest = strings.TrimLeft(rest, " :,")
	switch {
	case len(u.quoted) == 1 && !u.quotes:
		out := fixed(o.intent, u.quoted[0], rest)
		return out, true
	case o.bare && rest == "":
		return fixed(o.intent, "", ""), true
	}
	return Meaning{}, false
}

// formTails may stand right behind the word of a form: a reason, a day, a particle, or the task
// itself. What else does is a thing that the word acts on: 撤销原合同, 恢复供电了.
var formTails = []string{"因", "由于", "原因", "理由", "鉴于", "等", "待", "到", "至", "吧", "该任务", "该项", "此项", "本项", "这项", "这个", "任务", "办理", "督办", "一下", "一段", "申请", "哦", "啊"}

// apart reports whether the rest of a form that names no task stands apart from its word:
// next is the character that was typed behind the word.
func (o form) apart(next, rest string) bool {
	bare := strings.TrimLeft(rest, " :,的了")
	switch {
	case bare == "", o.intent == Need, o.intent == Audit, o.intent == Sign:
		return true // nothing, free words, or held to their own
	case o.intent == Instruct && hasAnyPrefix(bare, "请", "要", "务必", "抓紧", "尽快", "按", "限", "由", "各", "市", "同意", "加快", "认真", "切实", "必须", "应", "速", "立即", "马上"):
		return true
	}
	return next != "" && strings.Contains(" :：,，。;；\n\u3000", next) || hasAnyPrefix(rest, formTails...)
}

// holds reports whether the rest leaves the form what it is: 签收单 is a paper,
// 恢复提醒 and 撤销办结 are other orders, 批示已落实 is a report.
func (o form) holds(rest string) bool {
	rest = strings.TrimLeft(rest, " :,的")
	switch o.intent {
	case Sign, Audit:
		return rest == "" || rest == "了" || hasAnyPrefix(rest, "吧", "任务", "该", "此", "本", "这", "一下", "确认") && runeLen(rest) <= 8
	case Resume, CancelTask, Strike, Pause:
		return !containsAny(rest, "提醒", "通知", "推送", "办结", "完成", "结案", "反馈", "上报", "报告", "延期", "绑定", "申请", "退回", "催办")
	case Instruct:
		return !hasAnyPrefix(rest, "已", "件", "精神", "要求", "落实", "情况", "单", "后")
	case Decline:
		return !hasAnyPrefix(rest, "单", "件", "已", "了", "情况", "理由是什么")
	}
	return true
}

func fixed(i Intent, task, rest string) Meaning {
	return Meaning{Intent: i, Task: strings.TrimLeft(task, "0"), Reason: zh.Clean(strings.TrimSpace(rest)), Score: 1, Margin: 1, Why: "fixed form"}
}

// handOver reads who stands in for whom and until when. Without a day it is only an
// order when it begins with the word itself: 李军代管 may be part of a report.
func (u *utterance) handOver(s string) (Meaning, bool) {
	if m := u.find(handBack, strings.TrimRight(s, "?!。 ")); m != nil {
		return Meaning{Intent: HandBack, Query: m[1] + m[2], Score: 1, Margin: 1, Why: "fixed form"}, true
	}
	m := u.find(deputy, strings.TrimRight(s, "?!。 "))
	if m == nil || u.asks {
		return Meaning{}, false
	}
	out := Meaning{Intent: HandOver, Name: m[2] + m[3], Query: m[1], Score: 1, Margin: 1, Why: "fixed form"}
	if len(u.days) > 0 && m[4] != "" {
		out.Date = u.days[len(u.days)-1].to
	}
	return out, !out.Date.IsZero() || m[2] != "" && m[1] == ""
}
