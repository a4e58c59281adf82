package understand

import "strings"

// The rows of orders: what they need, and the slots they carry.

func (u *utterance) scoreHostile() float64 {
	if !u.has(cueDestroy) {
		return 0
	}
	at := u.at(cueDestroy)
	if u.percent != nil && u.about() && !u.asks && !u.percentIn(u.clauseAt(at)) {
		return 0 // a report beside it: the order is its text
	}
	if u.percent != nil && u.about() && strings.ContainsAny(first(u.s[at:], 1), "<-") {
		return 0 // markup beside a report is data
	}
	if c := u.clauseAt(at); u.about() && !u.asks && u.countsIn(c) && !containsAny(c.text, "任务", "所有", "全部") {
		return 0 // 删掉了过期文件50件
	} else if u.about() && !u.asks && inside(u.stuff(c.start, at, orderFronts)) == alien {
		return 0 // 把测试数据清空了
	}
	if u.about() && !u.asks && hasAnySuffix(u.s[:at], "已", "已经", "正在", "重复", "误") {
		return 0 // what was done to a thing of the task
	}
	if (u.percent != nil || u.claim != claimNone || u.firm()) && u.reports() && u.about() && (u.clauseAt(at).start > 0 || u.percent != nil && strings.Contains(u.s[:at], "%")) {
		return 0 // a report first: the rest is its text
	}
	return 0.97
}

func (u *utterance) scoreHelp() float64 {
	switch {
	case u.s == "", u.is("主菜单", "帮助", "help", "h", "求助", "?", "救命", "我要帮助", "需要帮助", "我需要帮助", "帮助一下", "帮助一下我", "帮帮我", "能干嘛", "能干什么", "干嘛的", "会干嘛", "帮助菜单", "请求帮助", "查看帮助", "帮助文档", "帮助手册", "操作说明", "how to use", "how to", "manual", "说明", "功能", "菜单", "用法", "命令", "指令"):
		return 0.9
	case bareWords(u.s) == "" && strings.Contains(u.s, "?"):
		return 0.6
	case (u.has(cueHow) || u.howTo()) && u.percent == nil && !u.named() && !(len(u.quoted) == 1 && hasAnySuffix(bareWords(u.s), "的", "了")):
		return 0.94
	case u.size() <= 12 && containsAny(u.s, "功能", "指南", "手册", "教程", "说明", "用法", "命令", "菜单", "帮助") && !u.about() && u.percent == nil && len(u.units) == 0 && !u.has(cueTask) && !u.byWords() && !containsAny(u.s, "完成", "完善", "开发", "写", "编", "已", "没帮助", "不明"):
		return 0.86
	case u.asksSkills():
		return 0.88
	case u.size() <= 16 && u.asks && containsAny(u.s, "你", "命令", "指令", "功能", "用法", "菜单", "帮助", "说明", "用", "使", "操作", "本事", "本领") &&
		u.residue("帮助", "命令", "指令", "功能", "用法", "菜单", "说明", "本事", "本领", "支持", "哪些", "什么", "哪", "啥子", "啥", "些", "能", "会", "可以", "都", "有", "你", "我们", "我", "帮", "忙", "干", "做", "点", "儿", "怎么", "咋", "如何", "用", "使", "是", "呀", "嘛", "到底", "究竟", "机器人", "助手", "吗", "这", "个", "处", "办", "事", "识", "咩", "乜", "可", "唔", "话", "知", "俾", "请", "想", "问", "情", "东西", "给", "大家", "提供", "服务", "到", "听懂", "听得懂", "懂", "识别", "理解", "操作", "事项", "在", "里", "群", "它", "那", "呢") == "":
		return 0.88
	case u.has(cueHelp) && u.size() <= 30 && !u.named() && u.percent == nil && len(u.units) == 0:
		return 0.88
	}
	return 0
}

// asksSkills reports whether one clause asks what the bot can do: 你都能帮我弄点啥.
func (u *utterance) asksSkills() bool {
	for _, c := range u.clauses {
		if !c.asks || u.about() || !strings.Contains(c.text, "你") && !hasAnyPrefix(c.text, "能", "会", "可以", "都能") || runeLen(c.text) > 16 || !containsAny(c.text, "能", "会", "可以") || !containsAny(c.text, "啥", "什么", "哪些", "干嘛") {
			continue
		}
		rest := c.text
		for _, w := range [...]string{"你们", "你", "都", "到底", "究竟", "能", "会", "可以", "帮", "我们", "我", "弄", "干", "做", "办", "搞", "处理", "点", "些", "啥", "什么", "哪些", "干嘛", "事情", "事", "呀", "啊", "呢", "的", "忙", "活儿", "活", "儿", "这个", "机器人", "助手", "用", "来", "子", "功能", "给", "大家", "有"} {
			rest = strings.ReplaceAll(rest, w, "")
		}
		if strings.Trim(rest, " 请问那") == "" {
			return true
		}
	}
	return false
}

func (u *utterance) scoreRules() float64 {
	if u.has(cueRules) && u.percent == nil && (u.asks || u.size() <= 14) {
		return 0.955
	}
	return 0
}

func (u *utterance) scoreStatus() float64 {
	if u.is("状态", "status", "版本") || u.has(cueStatus) && !u.about() && u.size() <= 20 {
		return 0.93
	}
	return 0
}

func (u *utterance) scoreFeedback() float64 {
	i := u.at(cueFeedback)
	if hasAnyPrefix(u.s, "意见反馈", "反馈意见", "意见建议", "反馈建议") {
		return 0.97
	}
	if i >= 0 && i <= 18 && !u.about() && u.percent == nil {
		return 0.9
	}
	return 0
}

func (u *utterance) fillText(m *Meaning) {
	m.Text = u.own
	for _, w := range [...]string{"意见反馈", "反馈意见", "意见建议", "反馈建议"} {
		if rest, ok := strings.CutPrefix(m.Text, w); ok {
			m.Text = strings.TrimLeft(rest, " ：:，,")
		}
	}
}

func (u *utterance) scoreImport() float64 {
	if u.order(cueImport) && !u.named() && u.size() <= 30 {
		return 0.86
	}
	return 0
}

func (u *utterance) scoreExport() float64 {
	if u.claim != claimNone && u.claim != claimAsked && u.about() {
		return 0 // 数据导出接口还没开发完
	}
	if u.at(cueExport) >= 0 && containsAny(u.s, "导出功能", "导出模块", "导出接口", "导出程序", "导出按钮", "下载功能", "下载接口", "打印功能", "领导出", "导入", "上传", "导进") || !u.order(cueExport) || u.quoteSpeaks() && !containsAny(u.s, "导出", "下载", "export") {
		return 0
	}
	if containsAny(u.s, "导出", "下载", "excel", "word", "xlsx", "csv", "打印", "export", "docx", "pdf", "导成", "表") && !containsAny(u.s, "通知", "写") {
		return 0.92
	}
	if u.mine() && !containsAny(u.s, "台账", "文件", "电子版", "报告") {
		return 0 // 本单位清单发一份
	}
	if containsAny(u.s, "台账", "清单", "文件", "电子版", "报告", "材料", "名单", "任务") {
		return 0.87
	}
	return 0
}

func (u *utterance) fillPeriod(m *Meaning) {
	if m.Unit = u.unit(); m.Unit != "" {
		m.Scope = "unit"
	}
	if d, ok := u.period(); ok {
		m.From, m.To = d.from, d.to
	}
	if len(u.refs) == 1 {
		m.Task = u.refs[0]
	}
}

func (u *utterance) scorePostpone() float64 {
	i := u.at(cuePostpone)
	if i < 0 && (u.onlyDayAsked() || u.dayAsked()) {
		return 0.9
	}
	if i < 0 && !u.asks && u.about() && hasAnySuffix(bareWords(u.s), "要延", "想延", "得延", "需延", "需要延", "只能延", "申请延", "请求延") && !containsAny(u.s, "不", "别", "没") {
		return 0.9
	}
	if i < 0 || containsAny(u.s, "同意延期", "准予延期", "批准延期", "拖到现在", "拖到今天", "不准延", "不得延", "不许延", "不可延", "不允许延", "不批延", "延期申请已", "延期已", "延期报告已", "延期手续", "延期请示已") || strings.Contains(u.s[i:], "提醒") {
		return 0
	}
	if u.has(cueAccept) && containsAny(u.s, "同意", "批准", "准予") && u.leads() {
		return 0
	}
	strong := containsAny(u.s, "延期", "延到", "延至", "延长", "延后", "推迟", "展期", "宽限", "顺延", "缓到", "延缓", "延一", "延两", "延三", "延个", "延几", "推到", "postpone", "extend", "后延", "往后", "延迟", "宽延", "晚几天", "再给", "多给", "缓几", "缓缓", "改期", "后推", "拖到", "挪到", "晚点", "晚些", "宽", "延半", "延十", "延 ", "缓一缓", "缓办", "往后放", "放一放", "推一推", "拖一拖", "再给点", "再给些", "多给点", "给点时间", "晚两天", "晚一天", "晚三天", "晚几天", "晚一周", "能延", "可以延", "让延", "延一延", "推推", "放放") || containsAny(u.s, "延1", "延2", "延3", "延5", "延7")
	asked := containsAny(u.s, "申请", "请", "想", "要", "能", "希望", "可以", "可否", "麻烦", "帮", "建议", "需要", "不行", "把", "给") || u.request()
	strong = strong || u.request() && u.about()
	switch {
	case u.asks && !u.request() && (len(u.clauses) < 2 || !containsAny(u.clauses[0].text, "要延期", "想延期", "申请延期", "需延期", "需要延期")):
		return 0
	case u.percent != nil && u.about() && !containsAny(u.s, "申请延", "申请推迟", "申请展", "请求延", "想延", "要延", "需要延", "需延"):
		return 0
	case u.percent != nil && u.about():
		return 0.5 // both a report and a request: the row of reports outdoes it
	case u.story(i) && !asked:
		return 0
	case containsAny(u.s, "提前到", "提前至"):
		if len(u.days) > 0 && u.about() && !asked {
			return 0 // earlier than due is a promise, not an extension
		}
		return 0.86
	case strong && (asked || len(u.days) > 0 || u.size() <= 14 || u.lengthened() > 0):
		return 0.92
	case len(u.days) > 0 && (asked || u.about() || u.size() <= 10):
		return 0.9
	}
	return 0
}

// dayAsked reports whether it is asked to go to a later day: 能不能放到明年6月.
func (u *utterance) dayAsked() bool {
	if !u.request() || !u.about() || len(u.days) == 0 || u.percent != nil || containsAny(u.s, "完成", "办结", "做完", "弄好", "搞定", "验收", "上线", "提醒", "看", "查") {
		return false
	}
	d := u.days[len(u.days)-1]
	return d.to.Compare(u.today()) > 0 && hasAnySuffix(u.s[:d.start], "放到", "到", "至", "定在", "改在")
}

// onlyDayAsked reports whether a later day and 行不行 are all there is: 11月底行吗.
func (u *utterance) onlyDayAsked() bool {
	if !u.request() || !u.about() || len(u.days) != 1 || u.days[0].to.Compare(u.today()) <= 0 || u.size() > 24 {
		return false
	}
	d := u.days[0]
	c := u.clauseAt(d.start)
	if c.start > 0 && !containsAny(u.s[:c.start], "完", "不", "没", "缓", "延", "宽") {
		return false
	}
	rest := u.s[c.start:d.start] + u.s[d.end:]
	for _, n := range u.nums {
		if n.kind == numTask && n.end <= d.start && n.start >= c.start {
			rest = rest[n.end-c.start:]
		}
	}
	for _, w := range append([]string{"再交", "上交", "交"}, modal...) {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return strings.Trim(rest, " ,?。!到至那就给我们的") == ""
}

func (u *utterance) fillPostpone(m *Meaning) {
	u.take(m, true)
	m.Text = u.textOf()
	m.Reason = u.reason()
	if d, ok := u.newDay(); ok {
		m.Date = d.to
		return
	}
	m.N = u.lengthened()
}

func (u *utterance) scoreUrge() float64 {
	i := u.at(cueUrge)
	toUnit := len(u.units) > 0 && strings.Contains(u.s, "提醒") && !containsAny(u.s, "提醒我", "提前", "别提醒", "不要提醒")
	if i < 0 && !toUnit {
		return 0
	}
	if u.ends && !u.request() && !containsAny(u.s, "问问", "问一下") || containsAny(u.s, "催了吗", "催过", "催也", "我们催了", "我催了", "催了市", "正在督促", "在督促", "已督促", "多次督促", "督促了", "催不动", "催死", "催命", "我去催", "我们去催", "我来催", "还催", "又催", "老催", "总催", "催什么", "催啥", "天天催", "一直催", "催得", "催收", "已催", "在催", "催促各") {
		return 0
	}
	if u.percent != nil && u.about() || i >= 0 && u.story(i) && !u.chases() {
		return 0
	}
	who := u.about() || len(u.refs) > 0 || len(u.units) > 0
	switch {
	case !who && u.leads() && containsAny(u.s, "各单位", "大家", "各部门", "所有单位", "他们") && containsAny(u.s, "抓紧", "尽快", "催", "督促", "加快"):
		return 0.8 // the last check asks whom
	case u.chases() && who && u.claim != claimDone:
		return 0.915
	case toUnit && i < 0:
		return 0.91
	case containsAny(u.s, "问问", "问一下", "push", "戳一下") && !who:
		return 0
	case containsAny(u.s, "催", "督促", "督办任务", "督办第", "请督办", "督办一", "督一下", "盯", "敦促", "追一下", "跟进一下", "push", "urge"):
		if !u.leads() && u.quoteSpeaks() && !hasAnyPrefix(u.s, "催", "请催", "帮", "麻烦", "督", "再催") && !u.named() {
			return 0.4
		}
		return 0.9
	case who && (u.leads() || len(u.units) > 0 && containsAny(u.s, "让", "叫", "请", "要求", "通知")):
		return 0.84
	}
	return 0
}

// chases reports whether somebody of the office ends what was said about a task with
// an order to others (任务30太慢，请市人社局抓紧).
func (u *utterance) chases() bool {
	if !u.leads() || len(u.clauses) == 0 {
		return false
	}
	end := u.clauses[len(u.clauses)-1].text
	return containsAny(end, "请", "让", "叫", "要求", "通知", "催", "督促", "务必", "必须") && containsAny(end, "抓紧", "尽快", "加快", "赶紧", "赶快", "催", "督促", "提速", "加把劲", "重视", "跟上") || hasAnyPrefix(end, "抓紧", "尽快", "催", "加快", "赶紧", "督促")
}

func (u *utterance) fillUrge(m *Meaning) {
	u.take(m, true)
	m.Unit = u.unit()
	m.Text = u.textOf()
	if m.Unit != "" && len(u.refs) == 0 && u.bare == "" {
		m.Task = "" // the unit is chased, not the task quoted before
		if t := u.target(false); t.no != "" && len(u.ctx.Quoted) == 1 {
			m.Task = t.no
		}
	}
}

// reason is what follows 因为, 原因, 由于, 理由.
func (u *utterance) reason() string {
	for _, w := range [...]string{"原因是", "原因为", "原因:", "原因", "理由是", "理由:", "理由", "因为", "由于", "因"} {
		if i := strings.Index(u.s, w); i >= 0 {
			return strings.Trim(u.original(i+len(w), len(u.s)), " ：:，,。")
		}
	}
	return ""
}
