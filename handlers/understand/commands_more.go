package understand

import (
	"slices"
	"strconv"
	"strings"

	"duban/internal/zh"
)

func (u *utterance) scoreUnmute() float64 {
	if _, before := u.daysBefore(); !before && u.order(cueUnmute) && u.percent == nil && !(len(u.days) > 0 && u.has(cueSnooze)) {
		return 0.955
	}
	return 0
}

func (u *utterance) scoreMute() float64 {
	if !u.order(cueMute) || u.percent != nil && u.about() {
		return 0
	}
	if containsAny(u.s, "静音键", "屏蔽外", "屏蔽机", "屏蔽器", "屏蔽门", "已屏蔽") || strings.Contains(u.s, "屏蔽了") && !hasAnySuffix(bareWords(u.s), "屏蔽了", "屏蔽了吧") {
		return 0 // what the task is about, not our reminders
	}
	if containsAny(u.s, "催市", "催他", "催她", "别忘", "别发错") || u.has(cueUrge) && len(u.units) > 0 && !strings.Contains(u.s, "提醒") {
		return 0
	}
	return 0.94
}

// putsOff reports whether 别催 only stands beside a word on how the task is: 快好了，别催.
func (u *utterance) putsOff() bool {
	if !u.about() || !strings.Contains(u.s, "催") || containsAny(u.s, "提醒", "通知", "推送", "消息", "静音", "打扰") {
		return false
	}
	for _, c := range u.clauses {
		if strings.Contains(c.text, "催") && findCue(c.text, cueMute, &u.marks) < 0 {
			return false
		}
	}
	for _, c := range u.clauses {
		if !strings.Contains(c.text, "催") && !polite(c.text) && (findCue(c.text, cueReport, &u.marks) >= 0 || containsAny(c.text, "马上", "立马", "这就", "就好")) && !containsAny(c.text, "烦", "吵", "太多", "频繁", "总是", "天天", "老是") {
			return true
		}
	}
	return false
}

func (u *utterance) fillMute(m *Meaning) {
	if m.Intent == Mute && containsAny(u.s, "下班", "上班", "工作时间", "休息时间", "休息日", "点以后", "点后", "点之后", "点到", "点前", "点之前", "半夜", "夜里", "夜间", "晚上", "周末", "节假日", "午休") {
		*m = clarify(*m, "quiet hours are not a person's to set", "提醒只在工作时间发出。要停止哪一项任务的提醒，停到哪一天？")
		return
	}
	if u.take(m, true); u.quotes && !u.named() && m.Intent == Mute && !containsAny(u.s, "所有", "全部", "一切", "任何") && (len(m.Tasks) == 0 || !containsAny(u.s, "都", "全")) {
		*m = clarify(*m, "which of the tasks quoted", "请问停哪一项任务的提醒？请回复任务编号，例如“任务20别再提醒”；都停请回复“这些都别提醒了”。")
		return
	}
	loose := slices.ContainsFunc(u.nums, func(n number) bool { return n.kind == numBare && n.whole && u.lex.exists(n.no()) })
	if m.Task == "" && len(m.Tasks) == 0 && (u.byWords() && m.Intent == Mute || loose) {
		*m = clarify(*m, "words of a title, or a number, without one clear task", "请问是哪一项任务的提醒？请回复任务编号，例如“任务20”。")
		return
	}
	if m.Task == "" && len(m.Tasks) == 0 && containsAny(u.s, "这条", "这个任务", "这项", "这一条", "这件", "那条", "那项", "该任务", "此项") {
		return // one task, which the last check asks for
	}
	if m.Task == "" && len(m.Tasks) == 0 || containsAny(u.s, "所有", "全部", "一切", "任何") && len(u.refs) == 0 {
		m.All, m.Task, m.Tasks = true, "", nil
	}
	if d, ok := u.period(); ok && (d.to.Compare(u.today()) >= 0) {
		m.Date = d.to
		if !d.at.IsZero() {
			m.At = d.at
		}
	}
}

func (u *utterance) scoreRemind() float64 {
	i := u.at(cueRemind)
	if i < 0 || u.asks && !u.request() || u.percent != nil && u.about() || u.story(i) {
		return 0
	}
	_, before := u.daysBefore()
	if len(u.units) > 0 && !before && !containsAny(u.s, "我") {
		return 0
	}
	every := containsAny(u.s, "每天", "每周", "每月", "每隔", "天天", "每日")
	switch {
	case before && containsAny(u.s, "提醒", "通知", "告诉", "叫我", "喊我", "说", "吱", "喊一声", "remind"):
		return 0.935
	case (len(u.days) > 0 || every) && containsAny(u.s, "提醒", "叫我", "喊我", "通知我", "remind", "闹钟", "提个醒"):
		return 0.92
	case u.about() && containsAny(u.s, "设个提醒", "设置提醒", "设提醒", "加个提醒", "定个提醒", "到时候提醒", "到时提醒", "记得提醒", "提醒我", "提个醒"):
		return 0.8
	case containsAny(u.s, "提醒我", "设置提醒", "设个提醒", "提醒设", "提醒改"):
		return 0.55
	}
	return 0
}

func (u *utterance) fillRemind(m *Meaning) {
	u.take(m, true)
	m.Text = u.own
	if n, ok := u.daysBefore(); ok {
		m.N = n
		return
	}
	if len(u.days) > 0 {
		d := u.days[0]
		if c := u.clauseAt(max(u.at(cueRemind), 0)); d.end <= c.start { // 今天没空看，周六提醒我
			for _, later := range u.days[1:] {
				if later.start >= c.start && later.end <= c.end {
					d = later
				}
			}
		}
		m.Date, m.At = d.to, d.at
		if dated(d.from) && d.from.Compare(u.today()) > 0 {
			m.Date = d.from
		}
	}
}

// daysBefore reads 提前3天, 到期前一周, 提前半个月.
func (u *utterance) daysBefore() (int, bool) {
	for _, w := range [...]string{"提前", "到期前", "截止前", "期限前", "时限前", "前"} {
		for from := 0; ; {
			i := strings.Index(u.s[from:], w)
			if i < 0 {
				break
			}
			from += i + len(w)
			if n, ok := length(strings.TrimLeft(u.s[from:], " 的")); ok {
				return n, true
			}
		}
	}
	if containsAny(u.s, "到期头天", "到期头一天", "到期前一天", "截止头天", "截止前一天", "提前一天") {
		return 1, true
	}
	if i := strings.Index(u.s, "天前提醒"); i > 0 {
		return length(last(u.s[:i], 2) + "天")
	}
	return 0, false
}

// length reads a number of days at the front of s: 3天, 两周, 一个月, 半个月.
func length(s string) (int, bool) {
	j := 0
	for j < len(s) && (isDigit(s[j]) || isHanDigit(rune0(s[j:])) || hasAnyPrefix(s[j:], "两", "半")) {
		j += len(first(s[j:], 1))
	}
	unit := strings.TrimPrefix(strings.TrimPrefix(s[j:], "个"), "多")
	var n float64
	switch {
	case j == 0:
		return 0, false
	case s[:j] == "半":
		n = 0.5
	case isDigit(s[0]):
		v, err := strconv.Atoi(s[:j])
		if err != nil || v > 999 {
			return 0, false
		}
		n = float64(v)
	default:
		v, ok := zh.Number(s[:j])
		if !ok || v > 999 {
			return 0, false
		}
		n = v
	}
	switch {
	case hasAnyPrefix(unit, "天", "日", "个工作日", "工作日"):
	case hasAnyPrefix(unit, "周", "星期", "礼拜"):
		n *= 7
	case hasAnyPrefix(unit, "月"):
		n *= 30
	default:
		return 0, false
	}
	return int(n), n >= 1
}

func rune0(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// lengthened reads by how many days an extension is asked: 延期两周, 再给10天.
func (u *utterance) lengthened() int {
	for _, w := range [...]string{"延期", "推迟", "往后推", "往后延", "往后拖", "往后挪", "后推", "再给", "多给", "延长", "宽限", "顺延", "延后", "缓", "延", "晚", "给我们", "给"} {
		if i := strings.Index(u.s, w); i >= 0 {
			if n, ok := length(strings.TrimLeft(u.s[i+len(w):], " 我们了大概约")); ok {
				return n
			}
		}
	}
	return 0
}

func (u *utterance) scoreAccept() float64 {
	i := u.at(cueAccept)
	if i < 0 || u.asks || u.has(cueReturn) || containsAny(u.s, "未通过", "没通过", "没有通过", "通过率", "通过了验收", "已通过", "已经通过", "通过验收", "通过评审", "通过初", "通过专家", "不同意", "通过调", "通过对", "通过与", "通过市", "通过召开") {
		return 0
	}
	if !u.about() && len(u.refs) == 0 || u.percent != nil || u.size() > 20 {
		return 0
	}
	if u.residue("审核通过", "验收通过", "通过", "同意", "办结", "销号", "结案", "批准", "准予", "延期", "任务", "可以", "予以", "申请", "审核", "approve", "accept", "认可", "我", "这个", "这项", "给", "让它", "就", "对", "把") != "" {
		return 0
	}
	return 0.945
}

func (u *utterance) fillAccept(m *Meaning) {
	u.take(m, false)
	if strings.Contains(u.s, "延期") {
		m.Status = "postpone"
	}
}

func (u *utterance) scoreReturn() float64 {
	i := u.at(cueReturn)
	if i < 0 || u.asks || u.story(i) || containsAny(u.s, "退回上级", "退回资金", "退回财政资金", "退回保证金", "退回押金", "退回款", "退回多", "被退回", "已退回", "退回了", "被驳回", "退回给我", "退回的") || !u.about() && len(u.refs) == 0 || i > 36 || u.percent != nil {
		return 0
	}
	return 0.93
}

func (u *utterance) fillReturn(m *Meaning) {
	u.take(m, false)
	m.Text = u.textOf()
	if m.Reason = u.reason(); m.Reason == "" {
		if i := strings.IndexAny(u.s, ",，:：。"); i >= 0 {
			m.Reason = strings.Trim(u.original(i, len(u.s)), " ：:，,。")
		}
	}
}

func (u *utterance) scoreWithdraw() float64 {
	i := u.at(cueWithdraw)
	if u.named() && strings.Contains(u.s, "作废") && !containsAny(u.s, "报", "反馈", "刚", "上次") {
		return 0 // the task itself, not a report on it
	}
	if i < 0 || u.asks && !u.request() || u.story(i) || u.has(cueReopen) && containsAny(u.s, "办结", "完成", "结案", "销号") || u.size() > 24 || containsAny(u.s, "绑定", "延期") {
		return 0
	}
	if u.named() && containsAny(u.s, "合同", "公告", "文件", "机构", "账号", "权限", "岗位", "协议", "项目部", "标段") && !containsAny(u.s, "刚", "上次", "上一", "反馈", "进度") {
		return 0 // 任务28撤销了原合同
	}
	return 0.84
}
