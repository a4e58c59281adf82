package understand

import (
	"strings"
)

// What turns the verb of an order into something told, denied or waited for.

// unmuting reports whether the words of a silence deny each other: 别把提醒停了, 提醒先别关.
func unmuting(head, gap, rest string) bool {
	off := []string{"关", "停", "取消", "屏蔽"}
	if hasAnyPrefix(head, "别", "不要", "不用", "不必", "甭", "无需") {
		return containsAny(gap, off...) || containsAny(head, "别关", "别停", "不要关", "不要停") || hasAnyPrefix(rest, off...)
	}
	return containsAny(gap, "别", "不要", "不用", "不能")
}

// othersAct reports whether somebody else than the speaker stands in s[from:to] as who does
// it: 领导不同意.
func (u *utterance) othersAct(from, to int) bool {
	before := strings.TrimRight(u.s[from:to], " 也都已经还又就没未并")
	for _, at := range u.units {
		if at.start >= from && at.end == from+len(before) && at.name != u.ctx.Unit {
			return true
		}
	}
	return hasAnySuffix(before, superiors...) || hasAnySuffix(before, outsiders...)
}

// aboutOrder matches what is written about an order and is not the order.
var aboutOrder = compile(`^(?:的|申请)(?:请示|报告|函|材料|申请书|文件|通知|批复|事情|说明|手续|公文|书|表)`)

// narrated tells an order that is given from one that is told of or thought of.
func (u *utterance) narrated(c clause, o *order, at cueSpan) standing {
	i, end := c.start+at.start, c.start+at.end
	before := u.s[c.start:i]
	if u.matches(othersSay, before) {
		return doubtful
	}
	if o.verbs == cueUrge && hasAnyPrefix(u.s[end:], "就快", "就好", "就行", "就动", "才快", "才动", "才报", "也没用", "没用") {
		return doubtful // 催一下就快了
	}
	if hasAnySuffix(before, "要求", "建议") && containsAny(u.s[:c.start], outsiders...) {
		return alien // 群众嫌短信多，要求不要再发
	}
	pleads := hasAnySuffix(strings.TrimRight(before, " "), begging...)
	if u.about() && !c.asks && !pleads && u.countsIn(c) {
		return alien // 退回材料5份
	}
	if rest := u.s[end:c.end]; u.about() && strings.HasPrefix(rest, "了") && (o.verbs == cueUrge && runeLen(rest) > 1 || inside(u.stuff(end, c.end, orderTails)) != given) {
		return alien // 催了三次, 关闭了旧系统
	}
	if o.verbs == cueReturn && hasAnyPrefix(u.s[end:], "的", "来的", "去的", "来了", "了的") {
		return alien // 打回来的材料改好了
	}
	if o.shifts() && u.matches(aboutOrder, u.s[end:c.end]) {
		return alien // 延期的请示已上报
	}
	if o.me && hasAnyPrefix(u.s[end:], "过", "没", "晚了", "了", "不") {
		return doubtful // 提醒过我了
	}
	if !o.me && u.waits(c, before) {
		return alien
	}
	if containsAny(before, "如需", "如要", "若需", "若要", "要是", "假如", "如果", "只要", "倘若", "万一") && !c.asks && !u.ends {
		return doubtful
	}
	if o.verbs == cuePostpone && !pleads && containsAny(before, "担心", "生怕", "怕", "说不定", "搞不好", "不排除", "有风险", "很可能") {
		return alien // feared, not asked for
	}
	if o.verbs == cuePostpone && (hasAnySuffix(before, "了") || containsAny(before, "上次", "当初", "去年", "上回", "曾", "他们", "人家")) && !c.asks {
		return alien // told, not asked for
	}
	if o.verbs == cueUrge && containsAny(u.s[end:c.end], outsiders...) {
		return alien
	}
	tight := strings.TrimRight(before, " 已也要将")
	if o.shifts() && strings.HasSuffix(tight, "会") && !hasAnySuffix(tight, "不会", "都会", "还会", "可能会", "就会", "将会", "也会", "机会", "社会", "委会") {
		return alien // a meeting goes to a later day
	}
	tight = strings.TrimRight(before, " ")
	if strings.Contains(last(tight, 8), "被") || hasAnySuffix(tight, "已", "已经", "正在", "曾", "曾经", "多次", "遭") {
		return alien
	}
	return given
}

// waiting is a condition that the order waits for: 等局长同意后再. 等会 and 等两天 only
// name a time.
var waiting = compile(`(?:等|待|等到|待到|一旦|直到)(?:[^会下一几两三0-9到等待][^,，。;；]{1,20}|到[^,，。;；]{2,20})(?:后|以后|之后|了|完|好|时|的时候)?[,，]?(?:再|才|就|方可|方能)`)

// waits reports whether the order in front of which before stands is to be given once
// something else has happened.
func (u *utterance) waits(c clause, before string) bool {
	if !containsAny(u.s, "等", "待", "一旦", "直到") {
		return false
	}
	if u.matches(waiting, before) {
		return true
	}
	return c.start > 0 && hasAnyPrefix(c.text, "再", "才", "就", "方可", "方能") && u.matches(waiting, u.s[:c.start]+first(c.text, 2)) && !u.ends
}

// othersSay matches somebody else who speaks, in front of an order: 他们说停止提醒.
var othersSay = compile(`^(?:刚才|刚刚|昨天|今天|上午|下午|早上|之前|上次)?(?:他们|她们|他|她|有人|大家|同事|群里|领导|市里|省里|上级|对方|供应商|别人|人家|听|据|\p{Han}{0,3}(?:局长|主任|处长|科长|市长|书记|秘书长))(?:都|也|又|刚|还|刚才)*(?:说|问|讲|反映|提到|传达)`)

// statedBeside reports whether another clause than c says how the task stands.
func (u *utterance) statedBeside(c clause) bool {
	for _, o := range u.clauses {
		if o.start == c.start || polite(o.text) || o.asks || hanCount(o.text) < 4 {
			continue
		}
		if findCue(o.text, cueReport, &u.marks) >= 0 || u.comesLater(o.start, o.end) {
			return true
		}
	}
	return false
}

// kindsOfOrder are orders of one kind; two kinds in one message are two orders.
var kindsOfOrder = map[Intent]int{Unmute: 1, Mute: 1, Snooze: 1, RemindSet: 1, Assign: 2, Postpone: 3, Urge: 4, Reopen: 5, Accept: 5, Return: 5, Withdraw: 5}

// twoOrders reports whether the best of the readings is an order and another order, of
// another kind, stands beside it.
func (u *utterance) twoOrders(list []candidate) bool {
	best := list[0].row.intent
	kind := kindsOfOrder[best]
	if kind == 0 {
		return false
	}
	span := findCueSpan(u.s, orders[best].verbs, &u.marks)
	for i, k := range kindsOfOrder { // 转给市财政局并延期到年底
		if k == kind || k == kindsOfOrder[Urge] {
			continue
		}
		s := findCueSpan(u.s, orders[i].verbs, &u.marks)
		if s.start >= 0 && s.end <= span.start && hasAnySuffix(u.s[:span.start], "并", "并且", "同时", "然后", "顺便", "另外", "一并") {
			return true
		}
		if s.start >= span.end && span.start >= 0 && hasAnySuffix(u.s[:s.start], "并", "并且", "同时", "然后", "顺便", "另外", "一并") && u.stand(i) != refused {
			return true
		}
	}
	for _, other := range list[1:] {
		i := other.row.intent
		if k := kindsOfOrder[i]; k == 0 || k == kind || other.score < 0.8 {
			continue
		}
		if s := findCueSpan(u.s, orders[i].verbs, &u.marks); s.start >= 0 && span.start >= 0 && (s.start >= span.end || span.start >= s.end) {
			return true
		}
	}
	return false
}

// refusing words in front of a verb turn the order into its opposite.
var refusing = []string{"别", "不要", "不用", "不必", "无需", "无须", "不需要", "甭", "勿", "莫", "不想", "不能", "不得", "不许", "不准", "先不", "暂不", "没", "没有", "未", "不", "不会", "没说", "没有说", "没要", "没说要", "不打算", "没打算", "没想", "没人", "没有人", "没谁"}

// notMeaning words in front of a verb say that the order is not meant: 我不是要延期.
var notMeaning = []string{"不是要", "不是想", "不是想要", "不是说要", "并非要", "并不是要", "不是来", "不是让你", "不是叫你"}

// denied reports whether the verb at i is denied: only the task, a unit and particles
// may stand between.
func (u *utterance) denied(c clause, i int) bool {
	b := []byte(u.s[c.start:i])
	blank := func(from, to int) {
		for k := max(from, c.start); k < min(to, i); k++ {
			b[k-c.start] = ' '
		}
	}
	for _, n := range u.nums {
		if n.kind == numTask {
			blank(n.start, n.end)
		}
	}
	for _, at := range u.units {
		blank(at.start, at.end)
	}
	if doubled(last(u.s[c.start:i], 2) + first(u.s[i:], 1)) {
		return false // 能不能延
	}
	before := strings.NewReplacer("能不能", "可", "可不可以", "可", "好不好", "", "行不行", "", "要不要", "", "如果不", "", "要不", "", " ", "").Replace(string(b))
	if hasAnySuffix(strings.TrimSuffix(before, "再"), refusing...) || hasAnySuffix(before, notMeaning...) && !hasAnySuffix(before, "是不是要", "是不是想") {
		return true
	}
	for _, w := range [...]string{"把", "将", "给", "再", "急着", "去", "他们", "他", "申请", "要", "了"} {
		before = strings.TrimSuffix(before, w)
	}
	return hasAnySuffix(before, refusing...)
}
