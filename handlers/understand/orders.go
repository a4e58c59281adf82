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
	subject := u.stuff(c.start, i, orderFronts)
	switch s := inside(subject); {
	case s == alien && o.me:
		return doubtful
	case s == alien && (!hasAnySuffix(tight, begging...) || containsAny(subject, outsiders...)):
		return alien
	case s == doubtful && !hasAnySuffix(tight, begging...) && !hasAnySuffix(tight, needing...):
		return doubtful
	}
	if gap := c.text[at.head:at.tail]; strings.Trim(gap, " ") != "功能" || u.about() { // 把提醒功能打开
		if inside(u.stuff(c.start+at.head, c.start+at.tail, orderFronts)) == alien || strings.Contains(gap, "已") {
			return alien
		}
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

// narrated tells an order that is given from one that is told of or thought of.
func (u *utterance) narrated(c clause, o *order, at cueSpan) standing {
	i, end := c.start+at.start, c.start+at.end
	before := u.s[c.start:i]
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
	if o.me && hasAnyPrefix(u.s[end:], "过", "没", "晚了", "了", "不") {
		return doubtful // 提醒过我了
	}
	if !o.me && u.waits(c, before) {
		return alien
	}
	if containsAny(before, "要是", "假如", "如果", "只要", "倘若", "万一") && !c.asks && !u.ends {
		return doubtful
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
var waiting = regexp.MustCompile(`(?:等|待|等到|待到|一旦|直到)(?:[^会下一几两三0-9到等待][^,，。;；]{1,20}|到[^,，。;；]{2,20})(?:后|以后|之后|了|完|好|时|的时候)?[,，]?(?:再|才|就|方可|方能)`)

// waits reports whether the order in front of which before stands is to be given once
// something else has happened.
func (u *utterance) waits(c clause, before string) bool {
	if waiting.MatchString(before) {
		return true
	}
	return c.start > 0 && hasAnyPrefix(c.text, "再", "才", "就", "方可", "方能") && waiting.MatchString(u.s[:c.start]+first(c.text, 2)) && !u.ends
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

// refusing words in front of a verb turn the order into its opposite.
var refusing = []string{"别", "不要", "不用", "不必", "无需", "无须", "不需要", "甭", "勿", "莫", "不想", "不能", "不得", "不许", "不准", "先不", "暂不", "没", "没有", "未", "不", "不会", "没说", "没有说", "没要", "没说要", "不打算", "没打算", "没想", "没人", "没有人", "没谁"}

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
	if hasAnySuffix(strings.TrimSuffix(before, "再"), refusing...) {
		return true
	}
	for _, w := range [...]string{"把", "将", "给", "再", "急着", "去", "他们", "他", "申请", "要", "了"} {
		before = strings.TrimSuffix(before, w)
	}
	return hasAnySuffix(before, refusing...)
}

// begging words in front of the verb make it the speaker's own order, whatever reason
// stands before them; needing words do so where no thing of the task is what needs it.
var (
	begging = []string{"申请", "请求", "恳请", "想", "希望", "请", "能否", "能不能", "可否", "可不可以", "麻烦", "帮我", "帮忙", "想要", "建议", "求", "要求"}
	needing = []string{"需要", "只好", "只能", "得", "必须", "只得", "要", "需"}
)

// orderFronts may stand in front of the verb of an order.
var orderFronts = append([]string{"调整", "变更", "更改", "修改", "能不能", "可不可以", "能否", "可否", "是否", "行不行", "我想", "我要", "想", "要", "申请", "请求", "恳请", "希望", "需要", "需", "得", "能", "给我", "给", "帮", "再", "先", "还", "还是", "恐怕", "可能", "也许", "估计", "只好", "只能", "只得", "最好", "干脆", "就", "那", "时间", "时限", "期限", "截止日期", "截止时间", "截止", "日期", "完成时间", "完成时限", "办理时限", "节点", "到期时间", "到期日", "到期", "提醒", "通知", "催办", "恢复", "打开", "从", "向", "往", "这两天", "最近", "近期", "暂时", "目前", "其实", "实际上", "实际", "刚刚", "刚才", "之前", "前面", "上次", "不好意思", "抱歉", "对不起", "手滑", "点错", "报错", "弄错", "搞错", "填错", "误", "没完成", "没有完成", "未完成", "没弄完", "没办完", "没做完", "没有", "没", "未", "完成得", "完成", "不对", "错了", "吧", "吗", "和", "及", "以及", "与", "跟", "、", "同时", "另外", "顺便", "因", "因为", "由于", "机构改革", "原因", "们", "他们", "大家", "各单位", "责任单位", "牵头单位", "承办单位", "单位", "负责", "牵头", "督办", "催", "一下", "一个", "那几个", "几个", "都", "所有", "全部", "逾期", "超期", "进度", "进展", "太慢", "慢", "有点", "比较", "麻烦你", "麻烦您", "你", "您", "让", "叫", "请你", "帮忙", "替", "可", "会", "小时", "分钟", "半", "个", "天", "周", "月", "年", "后", "前", "等", "过", "到", "至", "下", "上", "早上", "中午", "晚上", "上午", "下午", "点", "本月", "明早", "以后", "之后", "每", "次", "如果", "要是", "不", "别", "不能", "不该", "不同意", "同意", "太", "紧", "?", "重", "按", "原", "定", "计划", "不了", "交不上", "月底", "快", "提前", "宽限", "宽", "缓", "设置", "恢复", "退回", "彻底", "状态", "任务", "出问题", "期间", "国庆", "春节", "元旦", "完不成", "做不完", "来不及", "赶不上", "来", "我市"}, doneSubjects...)

// orderTails may follow it.
var orderTails = append([]string{"到", "至", "为", "成", "一", "两", "二", "三", "四", "五", "六", "七", "八", "九", "十", "几", "半", "个", "多", "天", "日", "周", "月", "年", "星期", "礼拜", "季度", "工作日", "底", "初", "中旬", "上旬", "下旬", "前", "后", "之前", "之后", "以内", "内", "左右", "完成", "办结", "再交", "交", "上交", "提交", "上报", "再报", "报", "时间", "时限", "期限", "日期", "截止", "到期", "吧", "吗", "么", "嘛", "可以", "可以吗", "行", "能", "好", "不", "可否", "能否", "是否", "同意", "批准", "谢谢", "麻烦", "一下", "申请", "给我", "我们", "我", "再", "还", "就", "要", "想", "时", "候", "什么", "定", "没", "有", "会", "希望", "办理", "在办", "进行中", "未完成", "状态", "重办", "重新", "返工", "打开", "宽限", "延期", "的事"}, doneTails...)

// stuff is what is left of s[from:to] without numbers of tasks, days, units, the words of
// the list and a piece of the task's own title; a single character is nothing.
func (u *utterance) stuff(from, to int, allowed []string) string {
	if from >= to {
		return ""
	}
	b := []byte(u.s)
	blank := func(i, j int) {
		for k := max(i, from); k < min(j, to); k++ {
			b[k] = ' '
		}
	}
	for _, n := range u.nums {
		if n.kind == numTask || u.bare != "" && n.no() == u.bare && n.start <= 12 || n.kind == numQuantity && hasAnyPrefix(u.s[n.to:], "天", "周", "个月", "月", "日", "个工作日", "个星期", "小时", "分钟", "点") {
			blank(n.start, n.end)
		}
	}
	for _, d := range u.days {
		blank(d.start, d.end)
	}
	for _, at := range u.units {
		blank(at.start, at.end)
	}
	rest := string(b[from:to])
	if no := u.target(true).no; no != "" {
		if run := sharedRun(rest, u.lex.titles[no]); runeLen(run) >= 4 {
			rest = strings.Replace(rest, run, " ", 1)
		}
	}
	var left strings.Builder
	for rest != "" {
		thing, word := longestPrefix(rest, inTasks), longestPrefix(rest, allowed)
		if thing != "" && len(thing) > len(word) {
			left.WriteString(thing)
			rest = rest[len(thing):]
			continue
		}
		if word != "" {
			rest = rest[len(word):]
			continue
		}
		r := first(rest, 1)
		rest = rest[len(r):]
		if r != " " {
			left.WriteString(r)
		}
	}
	if left.Len() <= len("字") {
		return ""
	}
	return left.String()
}

// cutReason is where the words of the order end in s[from:to]: a reason may follow them.
func cutReason(s string, from, to int) int {
	for _, w := range [...]string{"因为", "由于", "因", "原因", "理由", "等", "以便", "主要是", "(", ":"} {
		if i := strings.Index(s[from:to], w); i >= 0 {
			to = from + i
		}
	}
	return to
}
