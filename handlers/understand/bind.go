package understand

import (
	"regexp"
	"strings"
)

// selfWords open a sentence that says which unit the speaker belongs to.
var selfWords = []string{"我是", "我们是", "我在", "我来自", "来自", "单位是", "我属于", "我的单位", "代表", "这里是", "这边是", "本人是", "俺是", "我系", "单位换成", "单位改为", "单位改成", "单位变成", "我现在是", "我换到", "我调到", "调到", "换到", "我们这是", "我这是", "我们这里是", "我们这边是", "我这里是", "我叫", "登记为", "登记成", "改绑", "绑到", "绑定到", "加入", "我这边是", "我换", "调任", "调至", "调往", "调去", "转任", "转岗到", "转到", "轮岗到", "借调到", "挂职到", "现任职", "任职于", "现在在", "目前在", "现供职", "属于", "单位:", "俺们是", "本人", "姓名"}

// strayedTo is what somebody does at another unit than the own.
var strayedTo = compile(`^(?:那边|这边|这里|楼下|门口|大厅|窗口)?(?:等|开会|参会|办事|出差|对接|调研|培训|送|取|拿|交|查|座谈|汇报|学习|谈|办(?:[^公]|$)|协调|沟通|值班)`)

func (u *utterance) scoreBind() float64 {
	if u.introduces() {
		return 0.93
	}
	if u.asks && !u.request() || u.percent != nil || containsAny(u.s, "解绑", "解除", "取消", "任务", "负责哪", "吗") || len(u.refs) > 0 {
		return 0
	}
	if containsAny(u.s, "我不是", "我们不是", "不在") && (len(u.units) < 2 || u.movedTo() == "") {
		return 0
	}
	if u.scoreBindRoom() > 0 {
		return 0
	}
	if u.ctx.Bound && len(u.quoted) > 0 && !containsAny(u.s, "我", "俺", "咱", "本人", "绑", "bind", "登记") {
		return 0 // 张三转到市财政局工作了 is told of the task
	}
	bindWord := strings.Contains(u.s, "绑") || strings.Contains(u.s, "bind") || strings.Contains(u.s, "选单位")
	if i := strings.Index(u.s, "绑"); i >= 0 && len(u.quoted) > 0 {
		c := u.clauseAt(i)
		if u.denied(c, i) || hasAnySuffix(u.s[:i], "已", "已经", "正在") || inside(u.stuff(c.start, i, orderFronts)) != given || inside(u.stuff(i+len("绑"), c.end, spokenTails)) == alien {
			return 0 // 数据接口还没绑定市发改委的系统
		}
	}
	switch {
	case len(u.units) == 0 && bindWord && u.size() <= 14:
		return 0.6
	case len(u.units) == 0 && !u.ctx.Bound && !u.about() && u.size() <= 20 && containsAny(u.s, "登记", "注册", "新来", "刚来", "新人", "报到", "新加入") && !u.asks:
		return 0.6 // the unit must be asked for
	case len(u.units) == 0:
		return 0
	case bindWord:
		return 0.95
	}
	if !u.asks && u.worksAt() != "" || u.movedTo() != "" && u.size() <= 40 && !containsAny(u.s, "牵头", "进展", "汇总") {
		return 0.93
	}
	first := u.units[0]
	if u.matches(strayedTo, u.s[first.end:]) {
		return 0 // 我在市财政局开会
	}
	if containsAny(u.s[:first.start], "找", "联系", "朋友", "认识", "家人", "代表不", "不代表", "不了") {
		return 0
	}
	if containsAny(u.s[:first.start], selfWords...) && u.size() <= 30 && !containsAny(u.s, "牵头", "配合", "负责的", "已", "进展", "完成", "汇总") {
		return 0.93
	}
	if !u.ctx.Bound && len(u.quoted) == 0 {
		rest := u.s[:first.start] + u.s[first.end:]
		if !u.asks && runeLen(rest) <= 9 && hasAnySuffix(bareWords(rest), "科", "处", "室", "股", "科室", "科的") {
			return 0.9 // 市财政局预算科
		}
		if u.person() != "" || !u.asks && (nicknamed(rest) || containsAny(rest, "多关照", "多指教", "新来", "新加入", "刚来", "前来报到", "新同事", "请绑")) || strings.Trim(rest, " ,，。.!的") == "" || containsAny(rest, "报到", "的人", "的同志", "联络员", "干部", "工作人员") && runeLen(rest) <= 10 {
			return 0.9
		}
	}
	if u.person() != "" && u.size() <= 20 && strings.Contains(u.s, "联络员") {
		return 0.8
	}
	return 0
}

// introduces reports whether somebody unknown begins with the own unit, whatever is said or
// asked behind: 我是市财政局的，想看看我们的任务.
func (u *utterance) introduces() bool {
	if u.ctx.Bound || u.unit() == "" || len(u.quoted) > 0 || len(u.clauses) < 2 || u.percent != nil {
		return false
	}
	at := u.units[0]
	c := u.clauseAt(at.start)
	return !c.asks && hasAnySuffix(u.s[c.start:at.start], "我是", "我们是", "本人是", "俺是", "这里是", "这边是", "我在", "我来自") && inList([]string{"", "的", "新来的", "的人", "的干部", "的工作人员", "的联络员", "联络员", "工作", "上班", "刚来的"}, bareWords(u.s[at.end:c.end]))
}

// worksAt is the unit where the speaker says to work now: 我从这周起到…上班, 我归…管了.
func (u *utterance) worksAt() string {
	for _, at := range u.units {
		c := u.clauseAt(at.start)
		if before, after := u.s[c.start:at.start], u.s[at.end:]; strings.Contains(before, "我") && hasAnySuffix(before, "到", "去", "在", "归") &&
			(hasAnyPrefix(after, "上班", "任职", "报到", "管了") || bareWords(after) == "工作了") {
			return at.name
		}
	}
	return ""
}

// movedTo is the unit that the speaker belongs to now, of several named: 由甲调任乙,
// 我不是甲的，我是乙的.
func (u *utterance) movedTo() string {
	if len(u.units) < 2 {
		return ""
	}
	at := u.units[len(u.units)-1]
	if c := u.clauseAt(at.start); c.start > u.units[0].end && containsAny(u.s[c.start:at.start], "之前", "原来", "以前", "原先", "过去", "先前") && hasAnySuffix(u.s[:u.units[0].start], selfWords...) {
		return u.units[0].name // 我调到市财政局了，之前是大数据中心的
	}
	between := strings.TrimRight(u.s[u.units[0].end:at.start], " 的")
	if hasAnySuffix(between, "我在", "我们在", "我现在在", "我归", "我们归", "现在归") {
		return at.name
	}
	before := strings.TrimSuffix(between, "在")
	if hasAnySuffix(before, selfWords...) || hasAnySuffix(before, "到", "去", "任", "至", "现在") {
		return at.name
	}
	return ""
}

// shortSelf matches how somebody gives the unit by its shortest name: 信访的小刘.
var shortSelf = regexp.MustCompile(`^(?:我是|我)?(\p{Han}{2,4})的(?:小|老|阿)\p{Han}$`)

// findSelf reads such a name where no unit was seen.
func (u *utterance) findSelf() {
	if u.ctx.Bound || len(u.units) > 0 {
		return
	}
	if m := shortSelf.FindStringSubmatchIndex(strings.TrimRight(u.s, " .。!！~")); m != nil {
		if name, ok := u.lex.Unit(u.s[m[2]:m[3]]); ok {
			u.units = append(u.units, unitAt{start: m[2], end: m[3], name: name})
		}
	}
}

// nicknamed reports whether somebody is called 小陈 or 老王 in s.
func nicknamed(s string) bool {
	for _, w := range [...]string{"小", "老", "阿"} {
		if _, rest, ok := strings.Cut(s, w); ok && rest != "" && strings.Contains(surnames, first(rest, 1)) {
			return true
		}
	}
	return false
}

func (u *utterance) fillBind(m *Meaning) {
	m.Unit = u.unit()
	if to := u.movedTo(); to != "" {
		m.Unit = to
	}
	if at := u.worksAt(); at != "" {
		m.Unit = at
	}
	if m.Unit == "" && len(u.units) == 2 { // 我们单位是甲，不是乙
		for i, at := range u.units {
			if other := u.units[1-i]; hasAnySuffix(u.s[:at.start], "不是", "并非") && other.name != "" && !hasAnySuffix(u.s[:other.start], "不是", "并非") {
				m.Unit = other.name
			}
		}
	}
	if m.Unit == "" && containsAny(u.s, "调到", "换到", "改绑", "改到", "现在是", "转到") {
		m.Unit = u.units[len(u.units)-1].name
	}
	if m.Unit == "" && len(u.units) > 0 {
		m.Units = u.units[0].several
		*m = clarify(*m, "the short name fits several units", "请写单位全称："+strings.Join(u.units[0].several, "、"))
		return
	}
	if m.Unit == "" {
		*m = clarify(*m, "binding without a unit", "请问您是哪个单位？")
		return
	}
	m.Name = u.person()
}

func (u *utterance) scoreBindRoom() float64 {
	if len(u.units) > 0 && strings.Contains(u.s, "绑") && containsAny(u.s, "本群", "这个群", "此群", "该群", "群绑", "群是", "把群") && (!u.asks || u.request()) {
		return 0.965
	}
	return 0
}

// fillRoom takes every unit that is named: a room may be several units'.
func (u *utterance) fillRoom(m *Meaning) {
	if m.Unit = u.unit(); m.Unit != "" {
		return
	}
	for _, x := range u.units {
		if x.name == "" {
			*m = clarify(*m, "a short name fits several units", "请写单位全称："+strings.Join(x.several, "、"))
			return
		}
		m.Units = addOnce(m.Units, x.name)
	}
}

func (u *utterance) scoreApproveBind() float64 {
	if containsAny(u.s, "同意绑定", "批准绑定", "通过绑定", "准予绑定", "同意他绑定", "同意她绑定") && !strings.Contains(u.s, "不") && !u.asks {
		return 0.97
	}
	return 0
}

func (u *utterance) scoreRefuseBind() float64 {
	if containsAny(u.s, "不同意绑定", "拒绝绑定", "驳回绑定", "不批准绑定", "不通过绑定") && !u.asks {
		return 0.97
	}
	return 0
}

func (u *utterance) fillPerson(m *Meaning) {
	if i := strings.Index(u.s, "绑定"); i >= 0 {
		begin, end := i+len("绑定"), len(u.s)
		for _, at := range u.units { // 同意绑定 张敏 市财政局
			if at.start >= begin {
				end = min(end, at.start)
			}
		}
		m.Name = strings.Trim(u.s[begin:end], " :：,，、的到至为。!()（）")
		if n := nameAt(m.Name); n != "" {
			m.Name = n
		}
	}
	m.Unit = u.unit()
}

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤费倪严凌茅戚闵柏翁施俞章鲍祝骆童柳"

// notNames are words that begin with a surname and are none.
var notNames = []string{"任务", "方案", "方面", "高度", "高效", "高质", "于是", "金融", "程序", "周五", "周一", "周二", "周三", "周四", "周六", "周日", "周末", "万元", "段落", "江苏", "白天", "马上", "任何", "何时", "向上", "毛病", "严格", "常务", "单位", "费用", "施工", "童", "汤", "许可", "许多", "田间", "石油", "龙头", "史上", "贺信", "顾问", "万一", "周报", "周期", "严重", "任职", "章程", "武汉", "江南", "高兴", "何况"}

// section is a part of a unit in front of a name: 法规处的周敏.
var section = regexp.MustCompile(`^\p{Han}{0,4}(?:处|科|室|股|办)的`)

// person is the name the speaker gives: 我叫李四, 我是市财政局的李四, 市财政局 李四.
func (u *utterance) person() string {
	s := u.s
	for _, w := range [...]string{"我叫", "名叫", "姓名是", "姓名:", "姓名", "名字是", "名字叫", "名字:", "我是", "本人", "绑定", "把", "将", "俺是", "给"} {
		if i := strings.Index(s, w); i >= 0 {
			if n := nameAt(strings.TrimLeft(s[i+len(w):], " :")); n != "" {
				return n
			}
		}
	}
	for _, at := range u.units {
		rest := strings.TrimLeft(s[at.end:], " ,，的:、")
		for _, w := range [...]string{"工作人员", "联系人", "联络人", "经办人", "负责人", "联络员", "干部", "同志", "办公室"} {
			rest = strings.TrimPrefix(rest, w)
		}
		rest = section.ReplaceAllString(rest, "")
		if n := nameAt(strings.TrimLeft(rest, " ,，:是叫的")); n != "" {
			return n
		}
		if head := strings.Trim(s[:at.start], " ,，:、。是我的"); runeLen(head) >= 2 && nameAt(head) == head {
			return head
		}
	}
	return ""
}

// nameAt reads a person's name of two or three characters at the front of s.
func nameAt(s string) string {
	end := 0
	count := 0
	for i, r := range s {
		if r < 0x4e00 || r > 0x9fff || strings.ContainsRune("的了是在和到吧啊呢哈报，来自绑", r) {
			break
		}
		count++
		end = i + len(string(r))
		if count > 4 {
			return ""
		}
	}
	n := s[:end]
	if count < 2 || count > 3 || !strings.Contains(surnames, first(n, 1)) || hasAnyPrefix(n, notNames...) {
		return ""
	}
	return n
}
