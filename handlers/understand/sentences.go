package understand

import (
	"slices"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// The intents that only whole sentences carry: questions about figures, people and places,
// and wishes that the bot meets in another way than they were put.
const (
	Waiting   Intent = "waiting"    // 待我处理的有哪些: all that waits for a decision
	OwnFiled  Intent = "own_filed"  // 上周我报了什么; Scope is mine, or unit for 我们
	Signing   Intent = "signing"    // 签收情况
	RoomUnits Intent = "room_units" // 这个群是哪些单位的
	Members   Intent = "members"    // 市政府各部门都包括谁; Name is the collective
	ClauseAt  Intent = "clause"     // 保障措施第四条; Query is the part, N the clause
	Compare   Intent = "compare"    // 大数据中心和法制办的任务对比; Units are the two
	Opinions  Intent = "opinions"   // 意见反馈有哪些
	Beyond    Intent = "beyond"     // a wish that the bot meets otherwise; Query says which
)

// The wishes of Beyond, and the metrics of a Summary that is asked for by one figure or part.
const (
	WishNotice   = "notice"   // 通知各单位：…
	WishSchedule = "schedule" // 以后每周一给我发汇总
	WishErrand   = "errand"   // 让王慧出一份通报
	WishDeadline = "deadline" // 任务42的时限改为…
	WishTask     = "task"     // 增加一项任务
	WishUnit     = "unit"     // 找谁能改我的单位
	WishRhythm   = "rhythm"   // 提醒改为每周一次

	MetricRate    = "rate"    // 办结率多少
	MetricProject = "project" // 按工程汇总
)

const (
	office = "leader admin supervisor"
	whom   = `(?:谁|哪些单位|哪几家单位|哪几家|哪些部门|哪家单位|哪家|哪个单位|哪些人|哪些任务|哪几项任务|还有哪些)`
	unsent = `没(?:有)?(?:报送|报|反馈|上报|填报|提交)(?:进度|进展|情况)?`
)

// sentence is a whole sentence that means one thing. Nothing is found inside other words:
// the form holds from the first to the last of them.
type sentence struct {
	form   *pattern
	intent Intent
	duties string // "" = anybody
	mean   func(u *utterance, got []string, m *Meaning) bool
}

var sentences = []sentence{
	{whole(`(?:现在|目前|近期|最近|还)*(?:有)?(?:没有|哪些|什么|啥|哪几项|哪几件|几件)?(?:事|事情|事项|任务|工作|问题)?(?:是)?(?:还)?(?:需要|要|得|该|用得着)(?:我|领导)(?:来|去|亲自)?(?:出面(?:协调|解决|推动)?|过问|管|关注|介入|推动|推一推|推一下|出手|操心|盯|盯一下)(?:一下)?的?(?:事|事情|事项|任务|工作|问题)?(?:有哪些|有什么|是哪些|有几项|有没有|是什么)?|我(?:该|要|得|需要)(?:管|过问|关注|盯)(?:一下)?(?:哪些|什么|啥|哪几项)(?:事|事情|事项|任务|工作)?`), Attention, office, waitsForMe},
	{whole(`(?:现在|目前|近期|最近)?(?:有)?(?:没有|哪些|什么|哪几项|哪几件)?(?:任务|工作|事项)?(?:是)?(?:有|存在)(?:逾期|延误|滞后|完不成)?(?:的)?风险(?:的)?(?:任务|工作|事项)?(?:有哪些|有几项|有什么)?`), Attention, office, nil},
	{whole(`(?:我的|我)?(?:待办|待办事项|待办任务|待处理)(?:的)?(?:有哪些|有什么|都有啥|清单|列表)?`), Waiting, office, nil},
	{whole(`(?:还|现在|目前|今天)*(?:有)?(?:没有|哪些|什么|啥|哪几项|几件)?(?:事|事情|事项|东西|任务|申请)?(?:是)?(?:需要|要|等着|等|待|该|轮到)?我(?:来)?(?:处理|审批|办|办理|拍板|决定|定|批|协调|出面协调)(?:的)?(?:事|事情|事项|申请|任务)?(?:有哪些|有什么|是哪些|有几项|有没有)?`), Waiting, office, waitsForMe},
	{whole(`(?:请问|群里|本群|我们群|这个群|这个月|本月|上个月|上月|现在|目前|到底|本期)*(?:还)?(?:有)?` + whom + `(?:还|都|一直|尚)?` + unsent + `的?`), Unreported, "", unreportedAll},
	{whole(`(?:我|我们|我这边|我们单位|我单位|我们局|我们中心|本单位|这边)(?:还|这个月|本月)*(?:有)?(?:哪些|哪几项|几项|几个|啥|什么|剩几个|剩几项|剩哪些)(?:任务)?(?:是)?(?:还)?` + unsent + `的?|(?:我|我们|我这边|我们单位)(?:还)?` + unsent + `的(?:有哪些|是哪些|有几项)?`), Unreported, "", unreportedMine},
	{whole(`(?:哪些|有哪些|哪几项|有没有)(?:任务|工作|事项)?(?:是)?(?:一直|长期|长时间|很久|好久|最近|近期|都|还)*(?:没有|没|无)(?:什么|啥|任何|有)?(?:动静|动作|消息|反馈过|更新过|更新|音讯|下文)的?(?:任务)?|(?:一直|长期|很久|好久)没(?:有)?(?:动静|反馈|消息|更新)的(?:任务|工作)?(?:有哪些)?`), Unreported, "", unreportedSilent},
	{whole(`(.{0,24}?)(我们单位|我单位|本单位|我们局|我们中心|我们|我)(.{0,24}?)(?:都)?(?:报|反馈|填报|填|上报|报送|提交)(?:(?:了|过|的)(?:些|都是|是)?(?:什么|哪些|啥|几条|几次|几项|多少)(?:进展|任务|内容|情况|反馈|东西)?(?:的)?|的(?:内容|记录))`), OwnFiled, "", ownFiled},
	{whole(`(?:任务)?签收(?:情况|进度|统计)(?:怎么样|如何)?|(?:还有)?` + whom + `(?:还)?(?:没|没有|未)签收(?:的)?|(?:还)?(?:没|没有|未)签收的?(?:有哪些|单位|任务|是哪些|有谁)?|待签收(?:的)?(?:有哪些)?|都签收了吗`), Signing, "", nil},
	{whole(`(?:这个|这|本|我们|该)群(?:里)?(?:是|有|绑定|绑|属于|对应|绑定的是|绑的是)(?:了)?(?:哪些|哪几个|哪个|哪几家|什么|几个)(?:单位|部门)?(?:的)?|(?:这个|本)群绑定(?:情况|的单位)?`), RoomUnits, "", nil},
	{whole(`(.{2,24}?)(?:都|具体|一共|到底)*(?:包括|包含|指的是|是指|指|有|是)(?:谁|哪些单位|哪些部门|哪些|哪几个单位|哪几家|什么单位)`), Members, "", collective},
	{whole(`((?:.{0,12}(?:措施|保障|要求|思想|原则|目标|工程|正文|方案)))(?:的|里的|里)?第([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:条|款|点)(?:是什么|是啥|内容|的内容|说的是什么|怎么说的|讲什么|写的什么)?`), ClauseAt, "", clauseAt},
	{whole(`.{2,40}(?:对比|比较|比一比|比一下|对照)(?:一下|情况)?`), Compare, "", compared},
	{whole(`(?:看看|看|查看|查一下|查)?(.{0,24}?)(?:的)?(?:按期办结率|办结率|报送率|退回率)(?:是)?(?:多少|怎么样|怎样|如何|几成|情况)?(?:了)?`), Summary, "", rateAsked},
	{whole(`(?:有哪些|查看|看看|看)?意见反馈(?:有哪些|列表|清单|记录|情况|都有什么|都有啥|汇总)|(?:有)?(?:哪些|什么)意见反馈|(?:大家|各单位)(?:都)?(?:有什么|提了哪些|提了什么)意见`), Opinions, "", nil},
	{whole(`(?:整体|总体|全市|各单位|现在|目前|这个月|本月|本周|这周|进度|推进|完成率)*(?:比|和|跟|与|同|较)(?:上个?月|上周|上个?星期|上个?季度|去年|上年|上一?次|上一?期)(?:的|同期)*(?:相比|比|比较|比起来)?(?:怎么样|怎样|如何|咋样|(?:有没有|有)?(?:什么|啥)?(?:进步|变化|提高|提升|差别)(?:吗|没有|大吗|多少)?|(?:好|快|多|强|高|慢|少)了?(?:多少|没有|没|吗|一些吗|点吗))`), Summary, "", overall},
	{whole(`(?:帮助|使用帮助|用法|help)[: ,]*(.{1,8})`), Help, "", topic},
	{whole(`(?:我有意见|我有建议|我有个建议|我有个意见|我的意见|我的建议|意见建议|建议|意见)[:,](.{2,})`), Feedback, "", opinion},
	{whole(`(?:请|麻烦)?(?:通知|告知|转告|告诉)(?:各单位|各部门|各责任单位|大家|所有单位|全体单位|各联络员)[:,](.{2,})`), Beyond, office, wish(WishNotice)},
	{whole(`(?:以后|今后|从下周起|从下月起)?(?:每天|每日|每周|每星期|每月|每季度|每季|每年|定期|定时)(.{0,16}?)(?:给我|发我|发给我|推送|自动)(.{0,6}?)(?:汇总|通报|小结|总结|周报|月报|日报|台账|进度图|情况|进展)`), Beyond, "", wish(WishSchedule)},
	{whole(`(?:让|叫|请|要求|安排|通知)([\p{Han}·]{2,4}?)(?:来)?(?:出|写|做|拟|起草|生成|发|准备|整理)(?:一份|一期|一个|份|个)?(?:通报|汇总|总结|小结|台账|报告|材料)`), Beyond, office, wish(WishErrand)},
	{whole(`(?:请|帮我|帮忙|麻烦)?(?:把|将)?(?:任务 ?([0-9]{1,4})的?)?(?:的)?(?:时限|完成时限|截止时间|截止日期|期限)(?:改一下|改下|改改|调整一下|调一下|修改一下|变更一下|(?:改|调整|变更|修改|调)(?:为|到|成|至)(.{2,16}))|(?:请|帮我|帮忙)(?:改|调整|修改)(?:一下|下)?(?:任务 ?([0-9]{1,4})的?)?(?:时限|完成时限|截止时间|截止日期|期限)`), Beyond, "supervisor admin", wish(WishDeadline)},
	{whole(`(?:请|帮我|帮忙)?(?:再)?(?:增加|新增|添加|加|补充)(?:一项|一个|一条|个|项)(?:新)?任务.{0,40}`), Beyond, "supervisor admin", wish(WishTask)},
	{whole(`(?:要|该|应该)?(?:找谁|谁能|谁可以|怎么|如何)(?:能|可以|才能|来)?(?:帮我)?(?:改|换|变更|修改|调整)(?:一下|下)?(?:我的|我|本人的?)(?:绑定)?(?:的)?(?:单位|绑定)|(?:我的|我)单位(?:绑|弄|登记)?错了(?:怎么办|找谁|怎么改)?`), Beyond, "", wish(WishUnit)},
	{whole(`(?:请|把|能不能|可不可以|可否|能否|可以)*(?:提醒|催办|消息)(?:频率|时间|频次)?(?:能不能|可不可以|可否|能否|可以|能)?(?:请)?(?:改为|改成|改到|调整为|调成|调到|设为|设成|换成|换到|改)(?:每周|每月|每天|每两周|一周|一月|一天|每隔|每|上午|下午|早上|晚上|中午|周).{0,10}|(?:提醒|消息|催办)(?:能不能|可不可以|可否|能否|可以|能|请)*(?:不要|别|不)(?:每天|天天|总是|老是|总|老|一直|这么频繁|那么频繁|太频繁|频繁)(?:发|推|提醒|来|催)?(?:吗|了|么)?|(?:提醒|消息|催办)(?:能不能|可不可以|可否|能否|可以)(?:少|少点|少一点|少发|少发点|少发一点|减少)(?:发|一些|一点|点|吗)?`), Beyond, "", wish(WishRhythm)},
}

// unquoted reads what is about no single task, and so is none of it under a quoted one.
func (u *utterance) unquoted(s string) (Meaning, bool) {
	if len(u.quoted) == 1 {
		return Meaning{}, false
	}
	for _, read := range []func(string) (Meaning, bool){u.sentence, u.paper, u.feed, u.issue} {
		if m, ok := read(s); ok {
			return m, true
		}
	}
	return Meaning{}, false
}

// sentence reads a whole sentence; false when the words are none of them.
func (u *utterance) sentence(s string) (Meaning, bool) {
	s = strings.TrimRight(s, "?!。.呢啊呀 ")
	for i := range sentences {
		r := &sentences[i]
		if r.duties != "" && (u.ctx.Duty == "" || !strings.Contains(r.duties, u.ctx.Duty)) {
			continue
		}
		got := u.find(r.form, s)
		if got == nil {
			continue
		}
		m := Meaning{Intent: r.intent, Score: 1, Margin: 1, Why: "whole sentence"}
		if r.mean == nil || r.mean(u, got, &m) {
			return m, true
		}
	}
	return Meaning{}, false
}

func wish(kind string) func(*utterance, []string, *Meaning) bool {
	return func(u *utterance, got []string, m *Meaning) bool {
		m.Query, m.Text = kind, u.own
		if len(u.refs) == 1 {
			m.Task = u.refs[0]
		}
		if kind == WishErrand {
			m.Name = got[1]
			return !containsAny(m.Name, "我", "你", "您", "尽快", "抓紧", "马上", "赶紧", "及时")
		}
		return true
	}
}

// waitsForMe needs a word that asks: 我来办 alone is a promise.
func waitsForMe(u *utterance, got []string, _ *Meaning) bool {
	return len(u.refs) == 0 && (u.asks || strings.Contains(got[0], "待我") || strings.HasSuffix(got[0], "的"))
}

// rateAsked takes only a unit, a period or a word for all before the rate.
func rateAsked(u *utterance, got []string, m *Meaning) bool {
	u.fillSummary(m)
	m.Metric = MetricRate
	return len(u.refs) == 0 && (got[1] == "" || m.Unit != "" || m.Scope == "mine" || !m.From.IsZero() || slices.Contains([]string{"全市", "总体", "整体", "全部任务", "现在", "目前"}, got[1]))
}

func unreportedAll(u *utterance, _ []string, m *Meaning) bool {
	m.Status, m.Scope = "open", "all"
	return len(u.refs) == 0 && len(u.units) == 0
}

func unreportedMine(u *utterance, _ []string, m *Meaning) bool {
	m.Status, m.Scope = "open", "mine"
	return len(u.refs) == 0
}

func unreportedSilent(u *utterance, _ []string, m *Meaning) bool {
	m.Status, m.Scope, m.Metric = "open", "all", "silent"
	return len(u.refs) == 0
}

// ownFiled takes only a period between the words: what else stands there is a thing that
// was asked after.
func ownFiled(u *utterance, got []string, m *Meaning) bool {
	if len(u.refs) > 0 || u.bare != "" {
		return false
	}
	m.Scope = "mine"
	if got[2] != "我" {
		m.Scope = "unit"
	}
	between := strings.NewReplacer("都", "", "一共", "", "总共", "", "最近", "", "近期", "", "上次", "", "之前", "", "以前", "", "刚才", "", "前面", "", "到底", "", "在", "", "里", "", "看看", "", "看", "", "查", "", "一下", "").Replace(got[1] + got[3])
	if d, ok := u.period(); ok {
		m.From, m.To = d.from, d.to
		between = strings.ReplaceAll(between, u.s[u.span.day.start:u.span.day.end], "")
	}
	return strings.Trim(between, " 的,") == ""
}

// collective takes the name of several units that the plan keeps as one.
func collective(u *utterance, got []string, m *Meaning) bool {
	m.Name = strings.TrimPrefix(strings.TrimPrefix(got[1], "请问"), "方案里的")
	return u.lex.collective(m.Name)
}

func clauseAt(u *utterance, got []string, m *Meaning) bool {
	m.Query = strings.TrimSuffix(got[1], "里")
	if n, err := strconv.Atoi(got[2]); err == nil {
		m.N = n
	} else if v, ok := zh.Number(got[2]); ok {
		m.N = int(v)
	}
	return m.N > 0
}

// overall is a comparison with the time before: the figures as they are answer it.
func overall(u *utterance, _ []string, m *Meaning) bool {
	if m.Scope = "all"; u.mine() {
		m.Scope = "mine"
	}
	return len(u.refs) == 0 && len(u.units) == 0
}

// topic is what the help is asked for.
func topic(u *utterance, got []string, m *Meaning) bool {
	m.Query = got[1]
	return !u.asks && len(u.refs) == 0
}

func opinion(u *utterance, got []string, m *Meaning) bool {
	m.Text = u.own
	if i := strings.IndexAny(u.own, ":：,，"); i >= 0 {
		m.Text = strings.TrimLeft(u.own[i:], ":：,， ")
	}
	return len(u.refs) == 0 && len(u.quoted) == 0 && m.Text != ""
}
