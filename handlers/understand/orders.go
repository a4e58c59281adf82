package understand

import (
	"regexp"
	"strings"
)

// An order acts on a task only when it is given (not denied, not told of) and the task
// is what it acts on, not a thing or a person inside the task: 服务器重启, 供应商要延期交付
// and 方案被退回 are told, 先别转 is the opposite. So around the verb may stand only what
// orders are made of; anything else there makes it the text of a report, or a question.

// order is how the words around the verb of an order are judged.
type order struct {
	verbs cue
	tails []string // of these must the words behind the verb be; nil where any may follow
	thing bool     // it may act on a thing (把台账导出): only a denial is looked for
	me    bool     // it can only be meant for the bot (提醒我): on a thing it is unclear
}

// orders are the intents that a verb orders.
var orders = map[Intent]order{
	Import: {verbs: cueImport, thing: true}, Export: {verbs: cueExport, thing: true},
	Unmute: {verbs: cueUnmute, tails: spokenTails}, Mute: {verbs: cueMute, tails: spokenTails}, Snooze: {verbs: cueSnooze, tails: spokenTails, me: true},
	RemindSet: {verbs: cueRemind, tails: spokenTails, me: true}, Unbind: {verbs: cueUnbind, tails: spokenTails},
	Assign: {verbs: cueAssign, tails: spokenTails}, Urge: {verbs: cueUrge, tails: spokenTails},
	Postpone: {verbs: cuePostpone, tails: orderTails}, Reopen: {verbs: cueReopen, tails: orderTails}, Withdraw: {verbs: cueWithdraw, tails: orderTails},
	Accept: {verbs: cueAccept}, Return: {verbs: cueReturn},
}

// standing says how an order stands.
type standing uint8

const (
	given    standing = iota
	alien             // it acts on a thing or a person inside the task, or is only told of
	doubtful          // it may act on something else than the task
	refused           // it is not to be done
)

// refusedOrder is the reading of an order that is not to be carried out. A report in the
// same words outdoes it: 不用延期，能按时完成.
var refusedOrder = row{Clarify, "an order that is not to be carried out", nil, (*utterance).fillRefused}

// doubtfulOrder is the reading of an order beside whose verb more stands than the task.
var doubtfulOrder = row{Clarify, "what the order acts on is not clear", nil, (*utterance).fillDoubtful}

const refusedScore = 0.75

func (u *utterance) fillDoubtful(m *Meaning) {
	m.Ask = "请问是要办这一项，还是报告进展？要办的事请直接说，例如“任务20延期到11月30日”；进展请写“任务20进展：…”。"
}

func (u *utterance) fillRefused(m *Meaning) {
	m.Ask = "好的，不办这一件。如要办别的事，请直接说明。"
}

// stand judges the order by every clause that holds its verb: one that gives it is enough.
func (u *utterance) stand(i Intent) standing {
	o, ok := orders[i]
	if !ok {
		return given
	}
	if (i == Mute || i == Urge) && u.putsOff() {
		return alien
	}
	if i == Mute && u.leads() && strings.Contains(u.s, "催") && !containsAny(u.s, "我", "提醒", "通知", "消息", "推送") {
		return refused // the office is not chased, it chases
	}
	if !o.thing && i != Postpone && u.ifs() {
		return doubtful // 如果月底还没完成就催一下
	}
	out := given
	for _, c := range u.clauses {
		at := findCueSpan(c.text, o.verbs, &u.marks)
		if at.start < 0 {
			continue
		}
		switch s := u.standIn(c, &o, at); {
		case s == given:
			return given
		case s > out:
			out = s
		}
		if out == refused && u.about() && u.statedBeside(c) {
			return alien // 不用延期，月底前肯定行
		}
	}
	return out
}

// urgedTask is the task that stands right behind the verb of a command to chase.
var urgedTask = regexp.MustCompile(`^(?:办|一下)?\s*(?:任务|第|#)\s*\d{1,4}(?:号|项|条)?(?:任务)?`)

// standIn judges the verb at a place of clause c.
func (u *utterance) standIn(c clause, o *order, at cueSpan) standing {
	i, end := c.start+at.start, c.start+at.end
	before := u.s[c.start:i]
	if at.head == at.tail && hasAnyPrefix(u.s[end:], "功能", "接口", "模块", "程序", "按钮", "界面", "模式还", "模式已", "模式正", "模式在", "业务", "流程", "量") {
		return alien // 解绑功能还在测
	}
	if u.denied(c, i) || hasAnyPrefix(u.s[end:], "就不必", "就不用", "就算了", "就免了", "就别", "就不需要", "先不用", "不必了", "不用了", "不需要了", "先不必") || containsAny(u.s[end:c.end], "不要再提", "别再提", "免谈", "别提", "没门", "想都别想", "休想") {
		return refused
	}
	if o.verbs == cueMute && unmuting(c.text[at.start:at.head], c.text[at.head:at.tail], u.s[end:c.end]) {
		return refused
	}
	if (o.verbs == cueReturn || o.verbs == cueAccept) && u.othersAct(c.start, i) || sentBack(c, o, before) {
		return alien
	}
	if s := u.narrated(c, o, at); s != given {
		return s
	}
	tight := strings.TrimRight(before, " ")
	if o.thing {
		if hasAnyPrefix(u.s[end:], "系统", "平台", "工具") || u.about() && u.firm() && !u.asks {
			return alien // 导入功能做好了
		}
		return given
	}
	if gap := c.text[at.head:at.tail]; strings.Trim(gap, " ") != "功能" || u.about() { // 把提醒功能打开
		if inside(u.stuff(c.start+at.head, c.start+at.tail, orderFronts)) == alien || strings.Contains(gap, "已") {
			return alien
		}
	}
	subject := u.stuff(c.start, i, orderFronts)
	switch s := inside(subject); {
	case s == alien && o.me:
		return doubtful
	case s == alien && (!hasAnySuffix(tight, begging...) || containsAny(subject, outsiders...)):
		return alien
	case s == doubtful && !hasAnySuffix(tight, begging...) && !hasAnySuffix(tight, needing...):
		return doubtful
	}
	if o.tails == nil {
		if hasAnyPrefix(u.s[end:c.end], outsiders...) {
			return alien // 退回专家重新论证
		}
		return given
	}
	tail := cutReason(u.s, end, c.end)
	if o.verbs == cueUrge && strings.TrimSpace(before) == "" { // what follows is for the unit: 催办 任务28 请月底前报结果
		if i := strings.Index(u.s[end:tail], "请"); i >= 0 {
			tail = end + i
		}
		if m := urgedTask.FindStringIndex(u.s[end:tail]); m != nil {
			tail = end + m[1]
		}
	}
	s := inside(u.stuff(end, tail, o.tails))
	if s == alien && o.me {
		return doubtful
	}
	return s
}

// inside judges what is left beside the verb: nothing, a known thing or person of a
// task, or words that leave it open.
func inside(left string) standing {
	switch {
	case left == "":
		return given
	case containsAny(left, inTasks...):
		return alien
	}
	return doubtful
}

// begging words in front of the verb make it the speaker's own order, whatever reason
// stands before them; needing words do so where no thing of the task is what needs it.
var (
	begging = []string{"申请", "请求", "恳请", "想", "希望", "请", "能否", "能不能", "可否", "可不可以", "麻烦", "帮我", "帮忙", "想要", "建议", "求", "要求"}
	needing = []string{"需要", "只好", "只能", "得", "必须", "只得", "要", "需"}
)

// sentBack reports whether a thing of the task was sent back: 项目退回重新评审了.
func sentBack(c clause, o *order, before string) bool {
	return (o.verbs == cueReturn || o.verbs == cueReopen) && strings.HasSuffix(bareWords(c.text), "了") &&
		hasAnySuffix(strings.TrimRight(before, " "), "项目", "方案", "材料", "申请", "合同", "稿子", "文件", "报告")
}
