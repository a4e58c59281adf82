package understand

import "strings"

// The words that may stand around 完成 when it speaks of the task itself.
var (
	doneTails    = []string{"各项", "就这样", "就这些", "嗯", "—", "【", "】", "「", "」", "|", "验收并办结", "验收并销号", "验收和办结", "验收、办结", "验收办结", "并验收", "并已验收", "并通过", "并上报", "并报送", "并报", "且已验收", "并印发", "并投入使用", "并投入运行", "并上线", "并交付", "并移交", "并归档", "销号", "于", "时间", "没问题", "没有问题", "没毛病", "没啥问题", "没什么问题", "没有遗留问题", "无遗留问题", "完毕", "了", "啦", "咯", "喽", "嘞", "哈", "咧", "呀", "哦", "噢", "掉", "好", "咗", "哉", "的", "嘅", "呢", "啊", "掂", "滴", "哩", "矣", "工作", "任务", "本项", "该项", "此项", "这项", "这个", "这件事", "它", "全部工作", "所有工作", "各项工作", "全部内容", "全部", "目标", "100%", "儿", "√", "✅", "☑", "✔", "👌", "👍", "🆗", "💯", "ok", ":", ".", "!", "~", " ", ")", "”", "\"", "、", "并", "请审核", "请审阅", "审阅", "请审定", "审定", "请过目", "过目", "请查阅", "查阅", "请阅示", "阅示", "请指正", "指正", "请查看", "请查收", "请领导", "请知悉", "请", "可以结案", "可以销号", "申请", "报告领导", "报告", "汇报", "特此", "谢谢", "辛苦", "向您", "已", "上报", "办结", "结案", "销号", "审核", "验收合格", "验收通过", "并通过验收", "通过验收", "领导", "各位", "[", "]", "表情", "鲜花", "玫瑰", "强", "ok", "哟", "耶", "喔", "all", "吧", "for", "task", "-", "*", "#", "and", "over", "呗", "主任", "处长", "科长", "您"}
	doneSubjects = []string{"昨晚", "昨夜", "今早", "加班加点", "加班", "连夜", "通宵", "比计划早", "比原计划早", "比预计早", "比预期早", "早了", "足足", "整整", "保质保量", "保质", "的活", "现已", "现", "只有", "当前", "现状", "情况是", "—", "【", "】", "「", "」", "|", "=", "一个月", "两个月", "三个月", "半个月", "一个星期", "一周", "两周", "三周", "一天", "两天", "三天", "几天", "半个多月", "半年", "个把月", "数天", "办理", "实施", "处理", "落实", "执行", "已经", "已", "都", "全部", "全", "也", "现在", "目前", "今天", "昨天", "前天", "刚刚", "刚才", "刚", "终于", "总算", "顺利", "按时", "按期", "提前", "圆满", "如期", "按要求", "我们单位", "我们", "我单位", "我局", "我办", "我委", "我中心", "本单位", "俺们", "俺", "咱们", "咱", "我", "阿拉", "侬", "的", "工作", "任务", "事情", "事项", "事", "这项", "那项", "这个", "那个", "这", "那", "该", "本", "此", "项", "条", "报告", "汇报", "领导", "您好", "你好", "好消息", "经", "早", "早就", "是", "就", "一下", "100%", "百分之百", "百分百", "一切", "整体", "整个", "号", "上周", "上月", "本周", "正式", "建设", "我市", "市里", "把", "给", "将", "请", "麻烦", "帮我", "帮忙", "可", "可以", "于", "在", "正", "均", "各项", "所有", "内容", "目标", "彻底", "完全", "全面", "有了", "了", "通知", "回复", "回报", "反馈", ":", ".", "!", "~", " ", "(", ")", "“", "”", "\"", "、", "-", "*", "[", "]", "#", "状态", "更新", "为", "申请", "办结", "主任", "处长", "科长", "局长", "同志", "大家", "各位", "啊", "哈", "嗯", "哦", "it", "is", "has", "been", "all", "we", "have", "进度", "情况", "呢", "呀", "嘛", "噶", "那块", "截至", "已全", "圆", "满", "今", "日", "早上", "上午", "下午", "上个月", "个"}
)

// maxThing bounds, in bytes, what can stand beside the done word and still be the task.
const maxThing = 300

// object is what follows the done word and is not a tail: what was finished.
func (u *utterance) object(c clause, at int, after string) string {
	return u.leftover(c, at, at+len(after), doneTails)
}

// subject is what stands before the done word and is not the task itself.
func (u *utterance) subject(c clause, at int) string {
	return u.leftover(c, c.start, at, doneSubjects)
}

// leftover strips from s[from:to] the task numbers, days, the own unit, allowed words and
// the words of the task's own title, and returns what is left when it is long
// enough to be a thing of its own.
func (u *utterance) leftover(c clause, from, to int, allowed []string) string {
	if from >= to {
		return ""
	}
	if to-from > maxThing {
		return u.s[from:to] // a whole sentence beside the word: more than the task itself
	}
	b := []byte(u.s)
	blank := func(i, j int) {
		for k := max(i, from); k < min(j, to); k++ {
			b[k] = ' '
		}
	}
	for _, n := range u.nums {
		if n.kind == numTask || u.bare != "" && n.no() == u.bare && n.start <= 12 {
			blank(n.start, n.end)
		}
	}
	for _, d := range u.days {
		if from == c.start || strings.ContainsAny(u.s[d.start:d.end], "月日号") { // behind the word 1/3 is a share, no day
			blank(d.start, d.end)
		}
	}
	for _, at := range u.units {
		if at.name != "" && at.name == u.ctx.Unit {
			blank(at.start, at.end)
		}
	}
	rest := string(b[from:to])
	if from == 0 {
		rest = unaddressed(rest)
	}
	title := u.titleRunes()
	var left strings.Builder
	inTitle := false // the character before and this one stand so in the title
	for rest != "" {
		if w := longestPrefix(rest, allowed); w != "" && !inTitle {
			rest = rest[len(w):]
			continue
		}
		if w := doneAt(rest); w != "" && left.Len() == 0 && strings.Trim(rest[len(w):], "了啦咯嘞 ") == "" {
			break // 搞定收工, 完成啦完成啦 say it twice
		}
		r := first(rest, 1)
		if pair := first(rest, 2); title != "" && len(pair) > len(r) && strings.Contains(title, pair) {
			rest = rest[len(r):]
			inTitle = true
			continue
		}
		rest = rest[len(r):]
		if r != " " && !inTitle {
			left.WriteString(r)
		}
		inTitle = false
	}
	if left.Len() <= len("字") && (from == c.start || !strings.ContainsAny(left.String(), "0123456789")) {
		return ""
	}
	return left.String()
}

// unaddressed leaves out who is mentioned in front: @所有人.
func unaddressed(s string) string {
	if name, after, ok := strings.Cut(s, " "); ok && strings.HasPrefix(name, "@") && runeLen(name) <= 8 {
		return after
	}
	return s
}

func longestPrefix(s string, list []string) string {
	best := ""
	for _, w := range list {
		n := len(w)
		if n > len(best) && n <= len(s) && s[n-1] == w[n-1] && s[:n] == w { // the last byte tells most words apart
			best = w
		}
	}
	return best
}

// titleRunes is the title of the task meant, so far as it is known before the
// claim is judged.
func (u *utterance) titleRunes() string {
	no := u.target(true).no
	if no == "" {
		return ""
	}
	return u.lex.titles[no]
}
