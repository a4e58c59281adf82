package understand

import (
	"strings"
	"unicode/utf8"
)

// The rows of queries about one task, and of searching.

func (u *utterance) scoreOwner() float64 {
	if containsAny(u.s, "谁说", "谁讲") {
		return 0
	}
	who := containsAny(u.s, "谁", "哪家", "哪个单位", "哪个部门", "哪个局") && !containsAny(u.s, "没", "未", "逾期", "最", "报", "改过", "更新", "填", "反馈", "提交") && (u.about() || u.byWords())
	who = who || u.about() && containsAny(u.s, "哪些单位", "几家单位", "哪几家", "哪两家", "哪三家", "哪两个单位", "哪几个单位", "哪些部门") && !u.has(cueOverdue) && !u.has(cueOpen) && !u.has(cueDoneList)
	who = who || u.asks && len(u.units) > 0 && u.about() && containsAny(u.s, "负责", "牵头", "归", "还是", "管吗", "的吗") && !containsAny(u.s, "完成", "什么", "啥", "了")
	if !u.has(cueOwner) && !who || u.percent != nil || u.has(cueAssign) && !u.asks {
		return 0
	}
	if !u.asks && (u.has(cueUrge) && containsAny(u.s, "加快", "抓紧", "尽快", "提醒", "督促", "催")) {
		return 0 // 提醒任务28的责任单位
	}
	if !u.asks && !u.plainAsk() || containsAny(u.s, "我是", "我属", "我们是") {
		return 0
	}
	switch {
	case u.about():
		return 0.9
	case len(u.refs) > 1:
		return 0.88
	case u.byWords() && !containsAny(u.s, "哪些任务", "什么任务", "啥任务"):
		return 0.86
	case u.has(cueRanking) || u.has(cueOverdue) || u.has(cueOpen) || u.has(cueDoneList) || u.mine() || len(u.units) > 0:
		return 0
	case runeLen(u.query()) >= 2:
		return 0.62
	}
	return 0
}

func (u *utterance) scoreHistory() float64 {
	if !u.has(cueHistory) || u.percent != nil || !u.asks && u.story(len(u.s)) {
		return 0
	}
	if !u.asks && u.quoteSpeaks() && u.size() > 8 {
		return 0
	}
	switch {
	case u.about():
		return 0.88
	case u.byWords():
		return 0.81
	}
	return 0
}

func (u *utterance) scoreBasis() float64 {
	if u.has(cueBasis) && (u.about() || u.byWords()) && u.percent == nil && (u.asks || u.size() <= 20) && !containsAny(u.s, "依据充分", "的规定") {
		return 0.885
	}
	return 0
}

func (u *utterance) scoreDetail() float64 {
	t := u.target(false)
	if t.no == "" && len(u.refs) < 2 {
		if !u.asks && containsAny(u.s, "没", "未", "已", "正在", "还在", "了") && !containsAny(u.s, "怎么样了", "到哪", "任务") {
			return 0
		}
		if u.byWords() && u.plainAsk() && (u.asks || u.has(cueDetail) || u.has(cueTask) || u.size() <= 14) && u.claim != claimDone && u.percent == nil {
			return 0.73
		}
		return 0
	}
	if u.quotes && len(u.refs) == 0 && u.bare == "" {
		return 0
	}
	rest := u.residue("截止日期", "截止日", "到期日", "完成情况", "完成时间", "完成率", "完成度", "完成时限", "办理情况", "推进情况", "责任", "任务", "这个", "这项", "那个", "那项", "看", "查", "一下", "详情", "进度", "进展", "情况", "状态", "内容", "时限", "截止", "期限", "信息", "具体", "我想", "我要", "想", "问", "给我", "发我", "帮我", "完成情况", "事项", "怎么样", "说说", "介绍", "目标", "要求", "名称", "到期", "时间", "您好", "你好", "任务详情", "督办", "卡片", "show", "status", "detail", "谢", "详细", "展示", "打开", "调出", "办理", "推进", "最新", "关于", "发给我", "发来", "发我", "把", "来一份", "来一个", "请", "日期", "牵头", "单位", "标题", "编号", "标准", "please", "看看", "截至", "到目前为止", "目前", "现在", "当前", "近期", "最近", "你", "给", "下")
	switch {
	case u.request() && containsAny(u.s, "关了", "关掉", "关闭"):
		return 0 // the task or its reminders? that must be asked
	case u.asks && !u.statesThenAsks():
		if t.sure || len(u.refs) > 1 {
			return 0.8
		}
		return 0.74
	case rest == "" && (t.sure || len(u.refs) > 1):
		return 0.85
	case rest == "" && u.residue() != "":
		return 0.8
	case t.sure && u.size() <= 16 && !u.firm() && (hasAnyPrefix(u.s, "说", "讲", "介绍", "聊", "谈") || hasAnySuffix(bareWords(u.s), "目标", "要求", "内容", "名称", "标题", "编号", "单位", "标准", "日期", "期限", "时间", "节点", "背景")) && !u.edits():
		return 0.6
	case t.sure && hasAnyPrefix(u.s, "查", "看", "帮我查", "帮我看", "我想看", "我要看", "我想了解", "了解", "show", "请查", "麻烦查", "给我看"):
		return 0.79
	}
	return 0
}

// fillLook names the one task by its number, or by the words that were used.
func (u *utterance) fillLook(m *Meaning) {
	u.take(m, false)
	if len(m.Tasks) > 1 && m.Task == "" {
		m.Task = "" // several: the handler shows each
	}
	if m.Task == "" && len(m.Tasks) == 0 {
		m.Query = u.query()
	}
	if m.Task == "0" && !u.lex.exists(m.Task) {
		*m = clarify(*m, "no task has the number 0", "任务编号从1开始，请核对。")
	}
}

func (u *utterance) scoreSearch() float64 {
	if u.named() || u.percent != nil || !u.asks && !u.plainAsk() {
		return 0
	}
	q := u.query()
	if runeLen(q) < 2 || !u.has(cueSearch) && !(u.asks && strings.Contains(u.s, "“")) {
		return 0
	}
	switch {
	case hasAnyPrefix(u.s, "找", "搜", "search", "find", "检索", "查找", "帮我找", "帮忙找", "搜索", "请找", "请搜", "麻烦找", "给我找", "帮我搜"), containsAny(u.s, "搜", "检索"):
		return 0.865
	case strings.ContainsAny(u.s, "“”\"《") && !u.has(cueOverdue) && !u.has(cueOpen):
		return 0.85
	case containsAny(u.s, "有关", "相关", "关于", "涉及", "提到", "包含", "含有", "带有", "关键词", "关键字"):
		return 0.845
	case containsAny(u.s, "有没有") && u.has(cueTask) && !u.has(cueOverdue) && !u.has(cueDue) && !u.has(cueOpen):
		return 0.8
	case !u.has(cueTask) && !containsAny(u.s, "找", "查", "“", "哪", "标题", "名称", "关键"):
		return 0
	}
	return 0.45
}

// scoreLookUp is for 查 with words that fit no other row.
func (u *utterance) scoreLookUp() float64 {
	if u.named() || u.ends || len(u.units) > 0 || len(u.days) > 0 || u.size() > 16 || !hasAnyPrefix(u.s, "查", "帮我查", "请查", "看看", "帮我看", "查询", "查一下") {
		return 0
	}
	switch {
	case runeLen(u.query()) < 2:
		return 0
	case u.byWords():
		return 0.74
	}
	return 0.55
}

func (u *utterance) fillQuery(m *Meaning) { m.Query = u.query() }

// noise are the words of a query that are no search words, longest first.
var noise = []string{"标题里有", "标题里", "标题中有", "名称里有", "标题含", "找一找", "查一查", "搜一搜", "看一看", "的是哪家", "是哪家", "的是谁", "的是哪个单位", "的是哪个部门", "帮忙查下", "帮忙查", "帮忙", "帮我", "怎样", "两个字", "两字", "字样", "是讲", "讲的是", "讲", "带“", "带", "任务里", "的任务编号", "的任务号", "任务编号", "任务号", "是多少号", "是多少", "谁在弄", "谁在搞", "谁在推", "谁弄", "谁搞", "谁在跟", "谁抓", "谁做", "谁在做", "谁", "的任务有哪些", "有没有", "是谁负责", "谁在负责", "谁负责", "谁牵头", "归谁管", "归谁负责", "归谁", "是谁管", "谁在管", "谁来管", "谁管", "谁在办", "谁办", "谁的", "由谁", "是谁", "找谁", "哪个单位负责", "哪个单位牵头", "哪个部门负责", "哪个单位", "哪个部门", "哪家单位", "哪家负责", "哪家", "责任单位", "牵头单位", "承办单位", "负责人", "责任人", "联系人", "现在怎么样了", "怎么样了", "怎么样", "怎样了", "咋样了", "咋样", "什么情况", "啥情况", "情况如何", "进展如何", "进展情况", "进度情况", "完成情况", "办理情况", "的情况", "情况", "进展", "进度", "完成了吗", "完成了没有", "完成了没", "完成没有", "完成没", "做完了吗", "弄完了吗", "办结了吗", "到哪一步了", "到哪步了", "到哪了", "到什么程度", "什么时候到期", "什么时候完成", "什么时候截止", "什么时候", "啥时候", "何时", "到期", "截止", "帮我找一下", "帮我找", "帮忙找", "帮我查一下", "帮我查", "帮我看看", "帮我搜一下", "帮我搜", "找一下", "找找", "找出", "找到", "查找", "搜一下", "搜搜", "搜索", "检索", "查", "查一下", "查查", "查询", "查看", "看看", "看一下", "看下", "search", "find", "请问", "请", "麻烦", "我想", "我要", "想知道", "了解一下", "一下", "给我", "列出", "所有", "全部", "有关的", "有关", "相关的", "相关", "关于", "涉及到", "涉及", "提到", "包含", "含有", "带有", "跟", "那个任务", "这个任务", "那项任务", "这项任务", "哪个任务", "哪些任务", "哪项任务", "什么任务", "的任务", "任务", "事项", "那个", "这个", "那项", "这项", "那块", "那条", "有哪些", "哪些", "是什么", "是啥", "几号", "的事情", "的事", "督办件", "关键词", "关键字", "是哪个", "是第几项", "是几号", "第几项", "哪一项", "哪项", "哪条", "介绍", "说说", "详情", "内容", "具体", "历史记录", "历史", "记录", "依据", "出处", "归属", "在办", "包括", "里面", "分别", "吗", "呢", "吧", "啊", "呀", "在哪", "有啥", "负责", "牵头", "目前", "现在", "你好", "您好", "谢谢", "下"}

// query is what is left of the text when the words of asking are gone: the search
// words as they were written.
func (u *utterance) query() string {
	b := []byte(u.s)
	for _, w := range noise {
		for from := 0; ; {
			i := strings.Index(u.s[from:], w)
			if i < 0 {
				break
			}
			i += from
			from = i + len(w)
			for k := i; k < from; k++ {
				b[k] = 0
			}
		}
	}
	if i := strings.Index(u.s, "“"); i >= 0 {
		from := i + len("“")
		if k := strings.Index(u.s[from:], "”"); k > 0 && runeLen(u.s[from:from+k]) >= 2 {
			return u.cased(u.s[from:from+k], from) // what is in quotation marks is what is looked for
		}
	}
	best, bestLen := "", 0
	for from := 0; from < len(b); {
		if b[from] == 0 {
			from++
			continue
		}
		to := from
		for to < len(b) && b[to] != 0 {
			to++
		}
		piece := strings.Trim(string(b[from:to]), " ,.，。!！?？、:：;；的了和与跟里\n\"“”《》")
		if n := runeLen(piece); n > bestLen {
			best, bestLen = u.cased(piece, from+strings.Index(string(b[from:to]), piece)), n
		}
		from = to
	}
	return best
}

// cased gives the Latin letters of s[at:], which piece is, the case in which the
// person wrote them. Han characters stay folded: the plan is searched in that form.
func (u *utterance) cased(piece string, at int) string {
	if u.runs == nil {
		return piece
	}
	i := utf8.RuneCountInString(u.s[:at])
	return strings.Map(func(r rune) rune {
		if i < len(u.runs) && r >= 'a' && r <= 'z' {
			own, _ := utf8.DecodeRuneInString(u.own[u.runs[i]:])
			if own == r-'a'+'A' || own == r-'a'+'Ａ' {
				r += 'A' - 'a'
			}
		}
		i++
		return r
	}, piece)
}

// social weighs courtesy: a short text that says nothing else.
func (u *utterance) social() float64 {
	s := bareWords(u.s)
	switch {
	case s == "" && u.s != "" && !strings.Contains(u.s, "?"):
		return 0.4
	case u.size() > 16 || u.percent != nil || u.named():
		return 0
	case onlyPicture(s), strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") && u.size() <= 6:
		return 0.7
	case u.leads() && u.about() && containsAny(s, "抓紧", "尽快", "立即", "马上"):
		return 0 // from above it is an order
	case u.onlyOf(courtesies):
		return 0.88
	case u.has(cueGreet) && u.size() <= 10 && !u.has(cueTask) && !u.has(cueUrge):
		return 0.75
	case u.has(cueThanks) && !u.asks && u.size() <= 14 && containsAny(s, "谢", "辛苦", "收到", "好的", "知道了", "明白", "了解", "不客气", "哈哈", "加油", "厉害", "棒", "赞", "抱歉", "对不起", "不好意思", "thank", "懂了", "没事", "真好", "好用", "累", "笨", "傻", "无聊", "烦死") && u.claim == claimNone && !u.has(cueBlocked) && !containsAny(s, "正在", "推进", "进展", "完成"):
		return 0.77
	case len(u.s) <= 6 && containsAny(s, "早", "嗨", "嗯", "哦", "行", "好", "是", "对", "可以", "哈"):
		return 0.6
	}
	return 0
}

// onlyPicture reports whether the text has no letter, digit or Han character.
func onlyPicture(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		if r < 0x2190 || r >= 0x2e80 && r < 0xfe00 {
			return false
		}
	}
	return true
}

var courtesies = []string{"谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "谢啦", "谢了", "辛苦", "辛苦啦", "收到", "已收到", "收到收到", "好的", "好的收到", "收到好的", "好", "好滴", "好嘞", "好哒", "嗯", "嗯嗯", "恩", "哦", "噢", "知道", "明白", "了解", "晓得", "ok", "行", "可以", "没事", "不客气", "你好", "您好", "hi", "hello", "早", "早上好", "上午好", "下午好", "晚上好", "在", "在吗", "再见", "拜拜", "哈哈", "哈哈哈", "对", "是", "是的", "对的", "没错", "同意", "赞", "牛", "棒", "真棒", "厉害", "加油", "1", "马上办", "马上", "尽快办", "尽快落实", "抓紧办", "抓紧落实", "立即办", "这就办", "已阅", "阅", "遵命", "照办", "立刻办", "我看看", "稍等", "等一下", "thanks", "thank you", "thx", "得嘞", "中", "要得", "大家好", "你真棒", "你真聪明", "太好", "太棒", "真好", "不错", "唔该", "马上处理", "我们马上办", "我们尽快", "我马上办", "尽快", "尽快处理", "抓紧"}

func (u *utterance) scoreOffTopic() float64 {
	if !u.has(cueOffTopic) || u.named() || u.percent != nil {
		return 0
	}
	if u.byWords() || len(u.quoted) > 0 && (u.claim != claimNone || containsAny(u.s, "已", "正在", "推进")) && !containsAny(u.s, "帮我", "给我", "请给", "写") {
		return 0.3
	}
	return 0.885
}
