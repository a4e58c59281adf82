package understand

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
