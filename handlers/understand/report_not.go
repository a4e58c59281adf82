package understand

// bareVerb matches a verb of change with nothing beside it.
var bareVerb = compile(`^(?:帮我|帮忙|请|麻烦)?(?:改|换|调|调整|修改|更正|更改|处理|弄|设|设置|操作|变更|更新)(?:一下|下|一改|改)?(?:吧)?$`)

// keepOpen forbids the closing: 千万别把28号给我销号.
var keepOpen = compile(`^(?:请|千万|可|先|暂时)*(?:别|不要|莫|勿)(?:再)?(?:把|给|将).{0,12}?(?:销号|办结|结案|销了|销掉|关了|关掉|结掉|结了)(?:了|啊|呀)?$`)

// notReports say why words that know their task are no report on it. They are tried in
// their order; the first that holds gives the score: none, or so little that it is asked.
var notReports = []struct {
	why   string
	score float64
	holds func(*utterance, target) bool
}{
	{"noise under a quote", 0, func(u *utterance, _ target) bool {
		return !u.named() && u.percent == nil && hanCount(u.s) < 2 && u.claim == claimNone
	}},
	{"of the task or of the reminders? that must be asked", 0, func(u *utterance, _ target) bool {
		return u.is("停推", "停掉", "关掉", "关闭", "停止", "停", "关了", "停了吧", "关了吧", "删了", "撤了")
	}},
	{"a bare verb, of what?", 0, func(u *utterance, _ target) bool {
		return !u.named() && u.matches(bareVerb, bareWords(u.s))
	}},
	{"a change that is not told", 0, func(u *utterance, _ target) bool { return u.matches(change, bareWords(u.s)) }},
	{"off topic, or said to the bot", 0, func(u *utterance, t target) bool {
		return u.percent == nil && u.claim == claimNone && (!containsAny(u.s, "已", "正在", "推进") && u.has(cueOffTopic) && !t.sure || hasAnyPrefix(u.s, "你", "@", "烦"))
	}},
	{"what the bot is to do later", 0, func(u *utterance, _ target) bool {
		return u.percent == nil && u.claim != claimDenied && u.size() <= 16 && !containsAny(u.s, "别", "不", "勿") && hasAnySuffix(bareWords(u.s), "再叫我", "再喊我", "再提醒我", "再提醒", "再通知我", "再找我", "再联系我", "再问我", "叫我", "喊我", "喊我一声", "叫我一声", "提醒我一下", "提醒我")
	}},
	{"of what the bot shows", 0, func(u *utterance, _ target) bool {
		return u.percent == nil && u.size() <= 14 && containsAny(u.s, "看不了", "看不到", "看不见", "查不到", "查不了", "打不开", "点不开", "点不了", "搜不到", "显示不出", "加载不出") && !containsAny(u.s, "系统", "平台", "网站", "群众", "企业", "数据", "用户")
	}},
	{"an order about the task's state", 0, func(u *utterance, _ target) bool {
		return u.percent == nil && u.matches(keepOpen, bareWords(u.s)) || u.leads() && u.percent == nil && containsAny(u.s, "别销号", "别办结", "别结案", "不要销号", "不要办结", "不要结案", "不能销号", "不能办结", "不准销号", "不得销号", "不予销号", "暂不销号", "暂不办结", "别关", "不要关")
	}},
	{"a demand on others", 0, func(u *utterance, _ target) bool {
		return u.leads() && u.claim == claimFuture && u.percent == nil && containsAny(u.s, "必须", "务必", "一定要", "得", "要求", "不得") && !containsAny(u.s, "预计", "争取", "力争", "我们", "已", "正在", "目前")
	}},
	{"the office orders and asks; a report it states plainly", 0.3, func(u *utterance, _ target) bool {
		return u.leads() && u.percent == nil && u.claim == claimNone && !u.firm() && !u.told
	}},
	{"a judgement on it", 0, func(u *utterance, _ target) bool {
		return u.leads() && len(u.refs) == 0 && u.percent == nil && u.size() <= 8 && containsAny(u.s, "满意", "不满", "很差", "太差", "失望", "不像话", "不应该", "不理想")
	}},
	{"a complaint about the bot", 0, func(u *utterance, _ target) bool {
		return u.percent == nil && containsAny(u.s, "还提醒", "还催", "又提醒", "又催", "还在提醒", "还在催")
	}},
	{"the name of a list, or an answer to something else", 0, func(u *utterance, t target) bool {
		return u.percent == nil && (u.nominal() || u.elsewhere(t))
	}},
	{"no task or no statement, or a correction, or a count of tasks", 0, func(u *utterance, t target) bool {
		return t.no == "" && !t.several || !u.reports() || u.corrects() || u.quantified()
	}},
	{"finished, or only said to be", 0, func(u *utterance, _ target) bool {
		return u.claim == claimDone || u.claim == claimClose || u.claim == claimDoubt && u.percent == nil
	}},
	{"courtesy", 0, func(u *utterance, _ target) bool {
		return u.social() > 0 && u.percent == nil && u.size() <= 8
	}},
	{"no level can be taken from it", 0, func(u *utterance, _ target) bool {
		return u.percent == nil && (u.heard || u.strange != nil || u.doubt && u.anyPercentOver() || u.vague())
	}},
	{"nothing but the words of a query", 0, func(u *utterance, t target) bool {
		return u.percent == nil && !t.byName && !(t.several && len(u.refs) == 0) && u.claim == claimNone && !u.has(cueBlocked) && !u.has(cueNoProgress) && !u.has(cueNotStarted) && u.residue(queryWords...) == ""
	}},
}

// change matches the wish for a change that does not say which.
var change = compile(`^(?:麻烦|请)?(?:帮我|帮)?(?:时间|时限|期限|日期|截止日期|内容|进度|百分比|数据|数字|这个|这条|这项)?(?:我|我们)?(?:也)?(?:想|要|需要|得|可以|能不能|能否)?(?:往后|重新)?(?:改改|改一改|改动|改一下|改下|改|调一调|调一下|调整|调整一下|修改|修改一下|更正一下|换一下|换个|变一变|重来|再来一遍|重新来)(?:一下)?(?:吧|呗|了)?$`)

// queryWords are all that a query for one task may be made of.
var queryWords = []string{"完成情况", "完成时间", "完成率", "完成度", "完成时限", "进度", "进展", "情况", "状态", "任务", "怎么样", "时限", "截止", "详情", "内容", "汇报", "报告", "反馈", "更新", "之前", "以前", "上次", "最近", "历史", "往期", "这几个月", "近几次", "变化", "近期", "最新", "目前", "现在", "截至", "当前", "到目前为止"}

// elsewhere reports whether the task is known only from a question about something
// else, and the words do not state anything themselves.
func (u *utterance) elsewhere(t target) bool {
	return !t.sure && len(u.ctx.Quoted) == 0 && u.ctx.Asked != "" && !u.underQuote() && u.claim == claimNone && !u.has(cueBlocked) && !u.has(cueNoProgress) && !u.has(cueNotStarted)
}
