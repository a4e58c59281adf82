package understand

import "strings"

// The rows of orders: what they need, and the slots they carry.

func (u *utterance) scoreHostile() float64 {
	if !u.has(cueDestroy) {
		return 0
	}
	if u.has(cueMute) && containsAny(u.s, "提醒", "通知", "推送") && !containsAny(u.s, "删", "清空", "标记", "标为", "完成", "指令", "规则") {
		return 0 // 所有任务都不要提醒我
	}
	at := u.at(cueDestroy)
	if c := u.clauseAt(at); hasAnyPrefix(u.s[at:], "删了", "删掉", "清空") && containsAny(c.text, "刚才", "手滑", "不小心", "误删", "刚刚") {
		return 0 // 刚才手滑删了
	}
	if strings.HasPrefix(u.s[at:], "口令") && u.has(cueHelp) {
		return 0 // 有什么口令可以用
	}
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
	if at == 0 && u.about() && u.tellsPast() && !containsAny(u.s, "任务", "所有", "全部") {
		return 0 // 删除人员信息功能已完成
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
	case u.howThen():
		return 0.94
	case bareWords(u.s) == "" && strings.Contains(u.s, "?"):
		return 0.6
	case (u.has(cueHow) || u.howTo()) && u.percent == nil && !u.named() && !(len(u.quoted) == 1 && hasAnySuffix(bareWords(u.s), "的", "了")):
		return 0.94
	case u.size() <= 12 && containsAny(u.s, "功能", "指南", "手册", "教程", "说明", "用法", "命令", "菜单", "帮助") && !u.about() && !u.has(cueUnmute) && !u.has(cueMute) && u.percent == nil && len(u.units) == 0 && !u.has(cueTask) && !u.byWords() && !containsAny(u.s, "完成", "完善", "开发", "写", "编", "已", "没帮助", "不明"):
		return 0.86
	case u.asksSkills(), u.asks && u.size() <= 14 && strings.Contains(u.s, "功能") && containsAny(u.s, "有没有", "支持", "有吗") && !u.about():
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
		for _, w := range [...]string{"这儿", "这里", "这边", "你们", "你", "都", "到底", "究竟", "能", "会", "可以", "帮", "我们", "我", "弄", "干", "做", "办", "搞", "处理", "点", "些", "啥", "什么", "哪些", "干嘛", "事情", "事", "呀", "啊", "呢", "的", "忙", "活儿", "活", "儿", "这个", "机器人", "助手", "用", "来", "子", "功能", "给", "大家", "有", "查", "看", "问", "提供", "支持", "到"} {
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
	if containsAny(u.s, "任务列表", "任务清单") && u.mine() && !containsAny(u.s, "导出", "下载", "excel", "word", "打印", "文件") {
		return 0 // 任务列表发我一份，就我们单位的
	}
	if containsAny(u.s, "导出", "下载", "excel", "word", "xlsx", "csv", "打印", "export", "docx", "pdf", "导成", "表") && !containsAny(u.s, "通知", "写") {
		return 0.92
	}
	if u.mine() && !containsAny(u.s, "台账", "文件", "电子版", "报告") {
		return 0 // 本单位清单发一份
	}
	if (u.has(cueDue) || u.has(cueOverdue)) && !containsAny(u.s, "台账", "文件", "电子版", "报告", "材料") {
		return 0 // 月底到期的清单发我
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
