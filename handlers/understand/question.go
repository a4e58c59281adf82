package understand

import (
	"regexp"
	"strings"
)

// wh are the words that make a clause a question wherever they stand in it.
var wh = []string{
	"是否", "有没有", "有无", "有冇", "是不是", "是伐", "能不能", "可不可以", "可否", "能否", "行不行", "好不好", "要不要", "会不会", "完没完", "做没做", "办没办", "报没报", "该不该", "算不算", "对不对", "用不用", "需不需要",
	"怎么", "怎样", "咋", "点样", "如何", "为什么", "为啥", "为何", "何时", "几时", "啥时", "什么时", "多少", "几多", "几成", "多久", "多长时间", "几号", "几月", "几项", "了几", "几天了", "几件", "有几", "剩几", "几个任务", "还有几", "百分之几", "第几",
	"哪", "边个", "边度", "谁", "哪个", "什么", "啥", "真的假的", "咩", "到哪", "嘎哈", "干嘛", "干吗", "弄啥", "么子", "乜",
}

// notWh hold such a word without asking.
var notWh = []string{"没得什么", "没得啥", "莫得什么", "莫得啥", "冇乜", "冇咩", "一动没动", "一动不动", "一点没动", "一句没说", "这几", "那几", "前几", "后几", "怎么说呢", "算什么完成", "算什么办结", "算啥完成", "算哪门子", "凭什么算", "叫什么完成", "多少有", "多少也", "多少还", "没什么", "没啥", "没有什么", "没有啥", "什么的", "不怎么", "没怎么", "无论如何", "不管怎么", "不管怎样", "不论", "哪怕", "谁都", "不管谁", "没多少", "不知怎么", "怎么也", "不多少", "多多少少", "哪里哪里", "什么都没", "好几", "谁说没", "谁说还没", "谁讲没", "啥都没", "啥也没", "什么也没", "怎么都", "说什么", "就什么"}

// tails make a clause a question when they end it.
var tails = []string{"吗", "么", "嘛", "没有", "了没", "完没", "成没", "好没", "过没", "到没", "报没", "结没", "办没", "掂未", "成未", "咗未", "了未", "否", "了不", "成不", "好不", "行不", "伐", "勿啦", "没得", "没啦", "没呀", "没啊", "没呢", "啵", "呗吗", "了吧", "的吧", "是吧", "对吧", "好吧?", "不啦", "是不", "对不", "不", "没"}

// askedAhead is a question with what it is about behind it: 算完成吗这样, 催过几次了.
var askedAhead = regexp.MustCompile(`(?:吗|了没|了没有)(?:这样|这个|这项|这|那个|那项|现在|目前|到底|你说|来着|他们|你们|那边|[0-9]{1,3}号?)$|过(?:几|多少)[次回遍](?:了|呢|啊)?$`)

// whoseJob asks for a yes to whose job something is: 这应该是政务办的活吧.
var whoseJob = regexp.MustCompile(`(?:应该|不该|该)(?:是|归|由)\p{Han}{2,12}(?:的事|的活|的任务|的|管|负责|牵头|办)吧$`)

// halfish is a level in words that a particle softens and does not ask about: 一大半了吧.
var halfish = compile(`^[,， ]*(?:大概|估计|差不多)?(?:一大半|大半|多半|一多半|一小半|七七八八)(?:了|吧|了吧)?[ .~]*$`)

// stillNot in front of 没有/没 at the end make it a plain denial.
var stillNot = []string{"实际", "实际上", "其实", "还", "仍", "暂时", "目前", "都", "也", "根本", "完全", "从来", "依然", "依旧", "一直", "现在", "至今", "尚", "啥也", "并"}

// howOften reports whether it is asked how often or how long something may be: 最多能延几次.
func howOften(s string) bool {
	return hasAnySuffix(s, "几次", "几回", "多久", "多长", "几天") && containsAny(s, "能", "可以", "最多", "一共", "总共") && !containsAny(s, "想", "要", "申请", "能不能", "可不可以", "可否", "能否", "行不行", "只能", "还能等")
}

// asking reports whether a clause asks something.
func asking(c string) bool {
	c = strings.TrimRight(c, " .~、:")
	for _, w := range notWh {
		if strings.Contains(c, w) {
			c = strings.ReplaceAll(c, w, "_")
		}
	}
	if unsettled(c) {
		return false // 谁来验收还没定
	}
	if containsAny(c, wh...) {
		return true
	}
	if doubled(c) {
		return true
	}
	if i := strings.Index(c, "还是"); i > 0 && (strings.Contains(c[:i], "是") || last(c[:i], 1) == last(c, 1)) {
		return true // 是60%还是70%, 红灯还是黄灯
	}
	core := strings.TrimRight(c, " ")
	if howOften(core) {
		return true
	}
	if strings.HasSuffix(core, "吧") && containsAny(core, "不会是", "该不会", "莫不是", "不至于", "还没", "没到", "不是", "没有") {
		return true // 还没到期吧
	}
	if containsAny(core, "吗", "了没", "过几", "过多少") && askedAhead.MatchString(core) || strings.HasSuffix(core, "吧") && whoseJob.MatchString(core) {
		return true
	}
	if soft := strings.TrimRight(core, "啊呀哈哦噢诶哟嘞咯"); hasAnySuffix(soft, "没有", "了没", "成没", "完没", "好没", "结没", "否", "不", "未") {
		core = soft // 完成没有啊
	}
	for _, t := range tails {
		if !strings.HasSuffix(core, t) {
			continue
		}
		before := strings.TrimSuffix(core, t)
		if r, ok := strings.CutPrefix(t, "没"); ok && r != "" && r != "有" && !endsVerb(before) {
			continue
		}
		if t == "没有" || t == "没" || t == "不" || t == "否" {
			if before == "" || hasAnySuffix(before, stillNot...) || t == "不" && !hasAnySuffix(before, "完成", "完", "好", "了", "成", "结", "行", "能", "期", "办", "要", "报", "改", "转", "催", "定", "到", "用") || t == "没" && runeLen(before) < 2 || t == "否" && !hasAnySuffix(before, "与", "是", "能", "可") {
				continue
			}
		}
		if t == "了吧" && hasAnySuffix(before, "停", "关", "取消", "撤", "算", "屏蔽", "免") {
			continue // 都停了吧 is an order
		}
		if t == "么" && hasAnySuffix(before, "那", "这", "什", "怎", "要") {
			continue
		}
		return true
	}
	if strings.HasSuffix(core, "呢") {
		return !hasAnyPrefix(core, "没", "未", "尚") && !containsAny(core, "还在", "正在", "在整", "在弄", "在办", "在做", "在搞", "在推", "在走", "在等", "在改", "在写", "在跑", "着呢", "还没", "没完", "没有", "没弄", "没搞", "没做", "没办", "忙", "早呢", "差")
	}
	return false
}

// unsettled reports whether the clause says that something is open, not what it is.
func unsettled(c string) bool {
	return hasAnySuffix(strings.TrimRight(c, " 了呢啊"), "没定", "未定", "待定", "没明确", "未明确", "没确定", "未确定", "没想好", "没说清", "不清楚", "不确定", "定不下来", "没敲定", "待明确", "待确定", "还在比", "还在商量", "还在讨论", "还在研究", "还在论证", "还在议", "没谈拢", "没谈妥") && !hasAnyPrefix(c, "是不是", "是否", "为什么")
}

// doubled finds the verb asked twice: 中不中, 报没报.
func doubled(c string) bool {
	var a, b rune
	for _, r := range c {
		if (b == '不' || b == '没') && a == r && r >= 0x4e00 {
			return true
		}
		a, b = b, r
	}
	return false
}

// endsVerb: 完成没, 报没 ask; a bare 没 after other words does not.
func endsVerb(before string) bool {
	return hasAnySuffix(before, "完成", "完", "好", "结", "定", "掂", "报", "办", "做", "弄", "到", "搞", "动", "批", "过", "了", "成")
}

// whyChased complains of being chased and asks nothing.
var whyChased = compile(`^(?:怎么|为什么|为啥|咋|干嘛|为何)(?:还|又|老|总|一直)+(?:在|来|是|要)?(?:催|提醒|发)`)

// ahead names what one is about to speak of.
var ahead = whole(`(?:这个|这条|这项|目前|现在)?(?:进度|进展|情况|完成度|完成率)?(?:嘛|么|呢)`)

// findQuestion marks the clauses that ask, and the whole.
func (u *utterance) findQuestion() {
	if u.closes {
		return // 结了吧，材料都交了
	}
	pos := 0
	for i := range u.clauses {
		c := &u.clauses[i]
		pos = c.end
		level := u.percentIn(*c) && strings.HasSuffix(strings.TrimRight(c.text, " .~"), "吧") && !strings.HasSuffix(c.text, "是吧") && containsAny(c.text, "大概", "大约", "差不多", "也就", "估计", "估摸") && !u.leads() || !u.leads() && u.matches(halfish, c.text)
		if i == 0 && len(u.clauses) > 1 && u.matches(ahead, c.text) {
			continue // 进度嘛，大概六成
		}
		mark := pos < len(u.s) && (u.s[pos] == '?' || strings.HasPrefix(u.s[pos:], "？"))
		if i > 0 && !mark && u.matches(whyChased, c.text) {
			continue // 早就办完了，怎么还在催
		}
		c.asks = mark || !level && asking(c.text) || strings.HasPrefix(c.text, "请问")
		if c.asks && (i == len(u.clauses)-1 || mark || i == 0) {
			u.asks = true
		}
		u.ends = c.asks || u.ends && polite(c.text)
	}
	// Thanks or a greeting after the question do not end it.
	if n := len(u.clauses); n > 1 && u.clauses[n-2].asks && polite(u.clauses[n-1].text) {
		u.asks = true
	}
	if strings.HasSuffix(strings.TrimRight(u.s, " .。!~"), "?") {
		u.asks = true
	}
	if !u.asks {
		u.asks = hasAnyPrefix(u.s, "what", "status", "who", "when", "how", "is task", "which", "show", "list")
	}
}

var politeWords = []string{"谢谢", "多谢", "感谢", "辛苦", "麻烦", "拜托", "劳驾", "您好", "你好", "请问", "领导好", "在吗", "打扰", "不好意思", "thanks", "急", "谢了", "速回", "请回复", "请告知", "告诉我一下", "大家好", "各位", "想问一下", "问一下", "想问下", "问下", "望告知", "盼复", "小助手", "助手"}

// polite reports whether a clause is only courtesy.
func polite(c string) bool { return runeLen(c) <= 7 && containsAny(c, politeWords...) }

// courteous reports whether nothing but courtesy is in the clause.
func courteous(c string) bool {
	if runeLen(c) > 12 {
		return false
	}
	for _, w := range politeWords {
		c = strings.ReplaceAll(c, w, "")
	}
	for _, w := range [...]string{"一下", "大家", "领导", "支持", "回复"} {
		c = strings.ReplaceAll(c, w, "")
	}
	return strings.Trim(c, " .~、:@了您你啦哈呀啊的我请哦") == ""
}

// uncivil cuts courteous clauses off both ends of s, unless nothing else is there:
// they say nothing about what is meant.
func (u *utterance) uncivil() {
	if s := strings.TrimRight(u.s, "~ "); s != "" {
		u.s = s
	}
	for range 4 {
		i := strings.LastIndexAny(u.s, clauseMarks)
		if i <= 0 || strings.Contains(u.s[i:], "?") && !strings.HasPrefix(u.s[i:], "?") {
			break
		}
		mark := len(first(u.s[i:], 1))
		if u.s[i+mark:] == "" && u.s[i] != '?' {
			u.s = u.s[:i]
			continue
		}
		if u.s[i+mark:] == "" || !courteous(u.s[i+mark:]) {
			break
		}
		if u.s[i] == '?' || strings.HasPrefix(u.s[i:], "？") {
			i += mark // the question keeps its mark
		}
		u.s = u.s[:i]
	}
	for range 4 {
		i := strings.IndexAny(u.s, clauseMarks)
		if i < 0 || i > 40 || u.s[i] == '?' || !courteous(u.s[:i]) {
			break
		}
		mark := len(first(u.s[i:], 1))
		if u.s[i+mark:] == "" {
			break
		}
		n := runeLen(u.s[:i+mark])
		u.s = u.s[i+mark:]
		if u.runs != nil {
			u.runs = u.runs[n:]
		}
	}
}

// asksAbout reports whether the clause at byte i asks.
func (u *utterance) asksAt(i int) bool { return u.clauseAt(i).asks }
