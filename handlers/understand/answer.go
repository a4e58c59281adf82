package understand

import (
	"math"
	"slices"
	"strings"

	"duban/internal/zh"
)

func (u *utterance) onlyOf(list []string) bool {
	some := false
	for _, c := range u.clauses {
		w := strings.TrimRight(bareWords(c.text), "了的吧啊呀哈哦呢")
		if w == "" {
			w = bareWords(c.text)
		}
		for _, p := range [...]string{"是我", "我", "我看", "我觉得", "我认为", "我意见", "我的意见是", "我这边"} {
			if rest, ok := strings.CutPrefix(bareWords(c.text), p); ok && (inList(list, rest) || inList(list, strings.TrimRight(rest, "了的吧啊呀哈哦呢"))) {
				w = strings.TrimRight(rest, "了的吧啊呀哈哦呢")
				if inList(list, rest) {
					w = rest
				}
			}
		}
		switch {
		case w == "" || containsAny(c.text, "谢", "辛苦", "麻烦"):
		case inList(list, w), inList(list, bareWords(c.text)), inList(list, strings.TrimRight(bareWords(c.text), "吧啊呀哈哦呢")), madeOf(bareWords(c.text), list), madeOf(w, list):
			some = true
		default:
			return false
		}
	}
	return some
}

// madeOf reports whether s is nothing but words of the list, one after another (嗯嗯好的).
func madeOf(s string, list []string) bool {
	for s != "" {
		w := longestPrefix(s, list)
		if w == "" {
			return false
		}
		s = s[len(w):]
	}
	return true
}

func inList(list []string, s string) bool {
	for _, w := range list {
		if w == s {
			return true
		}
	}
	return false
}

// answer reads the text as the answer to the question that the bot asked last. It
// is not ok when the text is no such answer and speaks for itself.
func (u *utterance) answer() (Meaning, bool) {
	q := u.ctx.Asked
	if q == "" && u.ctx.Choices == 0 {
		return Meaning{}, false
	}
	for _, try := range [...]func(string) (Meaning, bool){u.answerUnit, u.answerChoice, u.answerPercent, u.answerMoved, u.answerBefore, u.answerTaskDay, u.answerDay, u.answerNothing, u.answerYesNo, u.answerWhen} {
		if m, ok := try(q); ok {
			m.Score, m.Margin = max(m.Score, 0.95), max(m.Margin, 0.5)
			return m, true
		}
	}
	return Meaning{}, false
}

func (u *utterance) answerUnit(q string) (Meaning, bool) {
	if n := len(u.units); n == 2 && strings.Contains(q, "绑定") && hasAnyPrefix(u.s, "不是", "不对") && strings.HasSuffix(u.s[:u.units[1].start], "是") && u.units[1].name != "" && !u.asks {
		return Meaning{Intent: BindUnit, Unit: u.units[1].name, Name: u.person(), Why: "another unit than the one asked about"}, true
	}
	if !strings.Contains(q, "单位") || containsAny(q, "任务", "延期") || u.asks || containsAny(u.s, "不是", "任务") {
		return Meaning{}, false
	}
	m := Meaning{Intent: BindUnit, Why: "a unit answers the question for the unit"}
	if m.Unit = u.unit(); m.Unit != "" {
		m.Name = u.person()
		return m, true
	}
	if len(u.units) > 0 {
		m.Units = u.units[0].several
		return clarify(m, "the short name fits several units", "请写单位全称："+strings.Join(m.Units, "、")), true
	}
	if name, ok := u.lex.Unit(strings.TrimPrefix(strings.TrimRight(bareWords(u.s), "的呀啊吧哈"), "市")); ok && u.size() <= 8 {
		m.Unit = name // 市财政 is 财政
		return m, true
	}
	if u.size() <= 14 && hasAnySuffix(strings.TrimRight(bareWords(u.s), "的"), "局", "办", "委", "中心", "办公室", "委员会", "院", "厅", "处") {
		return clarify(m, "no such unit in the plan", "方案里没有找到这个单位，请写单位全称，例如“市财政局”。"), true
	}
	return Meaning{}, false
}

// answerChoice reads a number (第2个, 选2) that answers a numbered question, or a
// task number that answers 哪个任务.
func (u *utterance) answerChoice(q string) (Meaning, bool) {
	if (u.ctx.Choices > 1 || len(QuotedTasks(q)) > 1) && u.is("都是", "都对", "都要", "都行", "都可以", "两个都是", "两项都是", "两个都要", "都有", "全部", "全都是", "随便", "都不是", "都不对", "后面那个", "前面那个", "后一个", "前一个", "后者", "前者") {
		return clarify(Meaning{Toward: toward(q)}, "none or all of the choices", "请回复其中一项的编号。"), true
	}
	n, ok := u.lone()
	if !ok || containsAny(q, "百分比", "进度是多少", "完成比例", "几成", "百分之") && u.ctx.Choices == 0 {
		return Meaning{}, false
	}
	m := Meaning{Intent: Choose, Why: "a number answers the question", Toward: toward(q)}
	listed := QuotedTasks(q)
	k := int(n.value)
	switch {
	case inList(listed, n.no()) && (len(listed) > 1 || u.ctx.Choices > 0 || containsAny(q, "哪", "选", "编号", "序号")) && (u.ctx.Choices == 0 || k > u.ctx.Choices || n.strong):
		m.Task = n.no()
	case u.ctx.Choices > 0 && k >= 1 && k <= u.ctx.Choices && !strings.HasPrefix(u.s, "任务"):
		m.N = k
	case u.ctx.Choices == 0 && len(listed) > 1 && k >= 1 && k <= len(listed) && numbered(q):
		m.N, m.Task = k, listed[k-1]
	case (u.ctx.Choices == 0 || n.strong) && containsAny(q, "哪个任务", "哪项", "哪一项", "哪条", "哪一条", "哪一个任务", "任务编号", "任务号", "序号", "几号任务", "编号", "哪个") && u.lex.exists(n.no()):
		m.Task = n.no()
	default:
		return clarify(m, "the number is none of the choices", "请回复所列选项的序号。"), u.ctx.Choices > 0
	}
	return m, true
}

func numbered(q string) bool { return containsAny(q, "1.", "1、", "1)", "①", "(1)", "1 ") }

// lone is the one number that is the whole of the text, with 第, 选, 个, 号 and such around it.
func (u *utterance) lone(extra ...string) (number, bool) {
	if len(u.nums) != 1 || !u.nums[0].whole || u.nums[0].minus || u.nums[0].kind == numPercent {
		return number{}, false
	}
	n := u.nums[0]
	rest := strings.Trim(u.s[:n.start]+u.s[n.end:], " .。,，!！、()")
	for _, w := range extra {
		rest = strings.ReplaceAll(rest, w, "")
	}
	for _, w := range [...]string{"我选", "选择", "选", "第", "就是", "是", "应该", "任务", "个", "号", "项", "条", "吧", "那", "的", "啊", "呢", "就", "哈", "这个", "一"} {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return n, rest == ""
}

// toward tells from the question what its answer finishes.
func toward(q string) Intent {
	switch {
	case containsAny(q, "延期", "延到", "推迟"):
		return Postpone
	case containsAny(q, "重新打开", "恢复办理") || strings.Contains(q, "恢复") && containsAny(q, "办结", "完成"):
		return Reopen
	case containsAny(q, "办结", "完成的是", "已完成", "完成了", "标记"):
		return Done
	case containsAny(q, "进度", "反馈", "进展", "报"):
		return Report
	case containsAny(q, "不再提醒", "静音", "免打扰", "停止提醒", "关闭提醒"), containsAny(q, "关闭", "停") && strings.Contains(q, "提醒"):
		return Mute
	case containsAny(q, "稍后"):
		return Snooze
	case containsAny(q, "催"):
		return Urge
	case containsAny(q, "转给", "交给", "转办"):
		return Assign
	case strings.HasPrefix(q, "收到“"):
		return Report
	}
	return TaskDetail
}

// answerPercent reads a bare number, or a short percentage, after 请回复进度百分比.
func (u *utterance) answerPercent(q string) (Meaning, bool) {
	if !asksLevel(q) || len(u.quoted) != 1 {
		return Meaning{}, false
	}
	if m := u.find(fraction, bareWords(u.s)); m != nil {
		of, ok := zh.Number(m[1])
		n, whole := zh.Number(m[2])
		if v := math.Round(100 * n / of); ok && whole && of > 0 && n <= of {
			return Meaning{Intent: Report, Task: u.quoted[0], Percent: &v, Text: u.own, Status: "in_progress", Why: "a fraction answers the question for the percentage"}, true
		}
	}
	if half := 50.0; u.saysHalf() {
		return Meaning{Intent: Report, Task: u.quoted[0], Percent: &half, Text: u.own, Status: "in_progress", Why: "a half answers the question for the percentage"}, true
	}
	if n, ok := u.lone(besideLevel...); ok || u.loneClause() {
		if !ok {
			n = u.nums[0]
		}
		if n.kind == numBare || n.kind == numQuantity && !measured(u.s[n.to:]) {
			return Meaning{Intent: Report, Task: u.quoted[0], Percent: &n.value, Text: u.own, Status: "in_progress", Why: "a number answers the question for the percentage"}, true
		}
	}
	return Meaning{}, false
}

// fraction matches a share that is all that is said: 三分之二.
var fraction = compile(`^(?:完成了?|大概|大约|差不多|约)?([一二三四五六七八九十]{1,2})分之([一二三四五六七八九]{1,2})(?:了|吧|左右|的样子)?$`)

// answerTaskDay reads a task with a day, where both were asked for: 29，下月底.
func (u *utterance) answerTaskDay(q string) (Meaning, bool) {
	if len(u.quoted) > 0 || len(u.days) != 1 || u.asks || u.size() > 16 || !containsAny(q, "延期", "延到", "推迟") {
		return Meaning{}, false
	}
	for _, n := range u.nums {
		if (n.kind == numTask || n.kind == numBare && n.whole && !n.minus) && !u.inDay(n.from) && u.lex.exists(n.no()) {
			return Meaning{Intent: Postpone, Task: n.no(), Date: u.days[0].to, Why: "a task and a day answer the question for both"}, true
		}
	}
	return Meaning{}, false
}

// answerDay reads a day that answers for which day an extension is.
func (u *utterance) answerDay(q string) (Meaning, bool) {
	if no := u.another(); no != "" && len(u.days) > 0 { // 不是28，是29延到11月20
		return clarify(Meaning{}, "another task is named", "您说的是任务"+no+"吗？请写全，例如“任务"+no+"延期到11月30日”。"), true
	}
	if len(u.days) == 0 || len(u.quoted) != 1 || u.percent != nil || u.asks && !u.request() {
		return Meaning{}, false
	}
	asked := containsAny(q, "哪天", "什么时候", "日期", "何时", "几号", "哪一天", "到几", "新的时限", "多久")
	change := containsAny(q, "延期", "延到", "推迟", "时限") && (containsAny(u.s, "改到", "改成", "改为", "不是", "不对", "错了", "应该", "换成", "换到") || asked)
	c := u.clauses[0]
	day := u.days[0]
	first := containsAny(q, "延期", "延到", "推迟", "时限") && day.start >= c.start && day.end <= c.end && madeOf(strings.ReplaceAll(bareWords(u.s[c.start:day.start]+u.s[day.end:c.end]), " ", ""), weighing) // 12月15日吧，11月底估计悬
	if !change && !first && !(asked && runeLen(u.s) <= 14) {
		return Meaning{}, false
	}
	d := u.days[len(u.days)-1]
	if first {
		d = day
	}
	m := Meaning{Intent: Postpone, Task: u.quoted[0], Date: d.to, Why: "a day answers the question for the new date"}
	switch {
	case containsAny(q, "延期", "延到", "推迟", "时限"):
	case containsAny(q, "再提醒", "再叫您", "再催") && !containsAny(q, "完成", "办结"):
		m = Meaning{Intent: Snooze, Why: "a day answers the question for the next reminder"}
		u.fillSnooze(&m)
	default:
		m = Meaning{Intent: Report, Task: u.quoted[0], Expect: d.to, Text: u.own, Status: "in_progress", Why: "a day answers the question for the expected end"}
	}
	return m, true
}

// another is the task that the words name instead of the one asked about; "" for none.
func (u *utterance) another() string {
	if len(u.quoted) != 1 || !strings.Contains(u.s, "不是") {
		return ""
	}
	for _, n := range slices.Backward(u.nums) {
		if (n.kind == numTask || n.kind == numBare && n.whole && !n.minus) && n.no() != u.quoted[0] && u.lex.titles[n.no()] != "" {
			return n.no()
		}
	}
	return ""
}

// weighing are the words that stand around a day which somebody proposes: 还是月底更稳妥.
var weighing = []string{"吧", "还是", "要不", "要么", "不如", "就", "那", "那就", "到", "延到", "延至", "得", "要", "至少", "最好", "更稳妥", "比较稳妥", "稳妥", "更稳", "稳一点", "稳一些", "更好", "更合适", "合适", "好了", "好一点", "好些", "差不多", "才行", "左右", "前", "之前", "我看", "我觉得", "最快", "保险", "更保险", "保险点", "一点", "些", "为好", "可以", "行", "可能", "估计", "应该", "恐怕", "的话"}
