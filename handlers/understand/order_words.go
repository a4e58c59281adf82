package understand

import "strings"

// orderFronts may stand in front of the verb of an order.
var orderFronts = append([]string{"抓紧", "调整", "变更", "更改", "修改", "能不能", "可不可以", "能否", "可否", "是否", "行不行", "我想", "我要", "想", "要", "申请", "请求", "恳请", "希望", "需要", "需", "得", "能", "给我", "给", "帮", "再", "先", "还", "还是", "恐怕", "可能", "也许", "估计", "只好", "只能", "只得", "最好", "干脆", "就", "那", "时间", "时限", "期限", "截止日期", "截止时间", "截止", "日期", "完成时间", "完成时限", "办理时限", "节点", "到期时间", "到期日", "到期", "提醒", "通知", "催办", "恢复", "打开", "从", "向", "往", "这两天", "最近", "近期", "暂时", "目前", "其实", "实际上", "实际", "刚刚", "刚才", "之前", "前面", "上次", "不好意思", "抱歉", "对不起", "手滑", "点错", "报错", "弄错", "搞错", "填错", "误", "没完成", "没有完成", "未完成", "没弄完", "没办完", "没做完", "没有", "没", "未", "完成得", "完成", "不对", "错了", "吧", "吗", "和", "及", "以及", "与", "跟", "、", "同时", "另外", "顺便", "因", "因为", "由于", "机构改革", "原因", "们", "他们", "大家", "各单位", "责任单位", "牵头单位", "承办单位", "单位", "负责", "牵头", "督办", "催", "一下", "一个", "那几个", "几个", "都", "所有", "全部", "逾期", "超期", "进度", "进展", "太慢", "慢", "有点", "比较", "麻烦你", "麻烦您", "你", "您", "让", "叫", "请你", "帮忙", "替", "可", "会", "小时", "分钟", "半", "个", "天", "周", "月", "年", "后", "前", "等", "过", "到", "至", "下", "上", "早上", "中午", "晚上", "上午", "下午", "点", "本月", "明早", "以后", "之后", "每", "次", "如果", "要是", "不", "别", "不能", "不该", "不同意", "同意", "请批准", "请准予", "请准许", "恳请批准", "望批准", "盼批准", "希望批准", "申请批准", "请领导批准", "请予以", "请予", "太", "紧", "?", "重", "按", "原", "定", "计划", "不了", "交不上", "月底", "快", "提前", "宽限", "宽", "缓", "设置", "恢复", "退回", "彻底", "状态", "任务", "出问题", "期间", "国庆", "春节", "元旦", "完不成", "做不完", "来不及", "赶不上", "来", "我市"}, doneSubjects...)

// orderTails may follow it.
var orderTails = append([]string{"回来", "回去", "到", "至", "为", "成", "一", "两", "二", "三", "四", "五", "六", "七", "八", "九", "十", "几", "半", "个", "多", "天", "日", "周", "月", "年", "星期", "礼拜", "季度", "工作日", "底", "初", "中旬", "上旬", "下旬", "前", "后", "之前", "之后", "以内", "内", "左右", "完成", "办结", "再交", "交", "上交", "提交", "上报", "再报", "报", "时间", "时限", "期限", "日期", "截止", "到期", "吧", "吗", "么", "嘛", "可以", "可以吗", "行", "能", "好", "不", "可否", "能否", "是否", "同意", "批准", "谢谢", "麻烦", "一下", "申请", "给我", "我们", "我", "再", "还", "就", "要", "想", "时", "候", "什么", "定", "没", "有", "会", "希望", "办理", "在办", "进行中", "未完成", "状态", "重办", "重新", "返工", "打开", "宽限", "延期", "的事"}, doneTails...)

// spokenTails may follow the verb of an order that names whom it falls on, or what the
// bot sends: 催市财政局尽快反馈, 别再提醒这条. What else follows is not known to be of the
// order (提醒群众带身份证, 催市财政局批钱), so it is asked about.
var spokenTails = append([]string{
	"牵头", "负责", "承办", "主办", "接手", "接办", "接管", "处理", "跟进", "推进", "落实", "推动", "加快", "加紧", "抓紧", "尽快", "赶紧", "赶快", "尽早", "早点", "提速", "速度", "重视", "跟上", "务必", "必须", "一定", "马上", "立即", "立刻",
	"反馈", "报送", "汇报", "报告", "说明", "回复", "答复", "更新", "填报", "补报", "补交", "上来", "过来", "出来", "下去", "起来", "怎样", "怎么样", "咋样", "进展", "进度", "情况", "办理情况", "材料报", "把材料", "一声", "一遍", "一次", "几句", "两句",
	"他们", "她", "他", "你", "您", "大家", "各单位", "所有", "全部", "责任单位", "牵头单位", "承办单位", "配合单位", "几家", "那家", "这家", "单位", "领导", "同事", "办公室", "负责人", "联系人", "经办人", "同志", "的人",
	"关系", "账号", "账户", "模式", "绑定", "身份", "提醒", "通知", "消息", "推送", "信息", "催办", "催", "这条", "那条", "这件", "那件", "这些", "发", "给", "向", "对", "看", "看看", "下", "在", "按", "让", "请", "由", "跟", "和", "来", "去", "做", "问",
}, orderTails...)

// shifts reports whether the verb moves its object to another day or state, as is done
// to meetings too.
func (o *order) shifts() bool {
	return o.verbs == cuePostpone || o.verbs == cueReopen || o.verbs == cueWithdraw
}

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
