package understand

import (
	"regexp"
	"strings"
)

// The rows of what is no business of the plan.

// social weighs courtesy: a short text that says nothing else.
func (u *utterance) social() float64 {
	s := bareWords(u.s)
	if i := strings.Index(u.s, "收到"); i > 0 && u.about() && hanCount(u.s[:i]) >= 2 && !containsAny(u.s[:i], "提醒", "通知", "消息", "催办") && !madeOf(strings.Trim(u.s[:i], " ,。已都我们"), courtesies) {
		return 0 // 确认函已收到
	}
	switch {
	case s == "", u.size() > 16 || u.percent != nil || u.named():
		return 0
	case onlyPicture(s), strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") && u.size() <= 6:
		return 0.7
	case u.leads() && u.about() && containsAny(s, "抓紧", "尽快", "立即", "马上"):
		return 0 // from above it is an order
	case u.size() <= 16 && !u.about() && Scolds(s):
		return 0.78
	case s == "1" && u.ctx.Asked == "":
		return 0
	case s != "1" && strings.Trim(s, "0123456789") == "": // 1 is a yes, 11 is a number
		return 0
	case u.onlyOf(courtesies), u.is("麻烦了", "麻烦你了", "麻烦您了", "麻烦你们了", "太麻烦你了"):
		return 0.88
	case u.has(cueGreet) && (u.size() <= 10 || u.size() <= 16 && hasAnySuffix(s, "愉快", "快乐")) && !u.has(cueTask) && !u.has(cueUrge):
		return 0.75
	case u.about() && containsAny(toldOf.Replace(s), "已"):
		return 0 // 收到，已安排人员跟进
	case u.has(cueThanks) && !u.asks && u.size() <= 14 && containsAny(s, "谢", "辛苦", "收到", "好的", "知道了", "明白", "了解", "不客气", "哈哈", "加油", "厉害", "棒", "赞", "抱歉", "对不起", "不好意思", "thank", "懂了", "没事", "聪明", "反应挺快", "真好", "好用", "累", "笨", "傻", "无聊", "烦死") && u.claim == claimNone && !u.has(cueBlocked) && !containsAny(s, "正在", "推进", "进展", "完成"):
		return 0.77
	case len(u.s) <= 6 && containsAny(s, "早", "嗨", "嗯", "哦", "行", "好", "是", "对", "可以", "哈"):
		return 0.6
	}
	return 0
}

// toldOf leaves out that a message was read.
var toldOf = strings.NewReplacer("已收到", "", "已阅", "", "已知", "", "已悉", "", "已经收到", "", "已经知道", "", "已看", "")

// scolding is anger at the bot itself, not at a task.
var scolding = regexp.MustCompile(`你?(?:真|太|好|怎么这么|这么|是不是)(?:笨|傻|蠢|难用|不好用)|(?:什么|啥)都?(?:听|看)不懂|气死我?了?$`)

// Scolds reports whether the words are anger at the bot.
func Scolds(text string) bool { return scolding.MatchString(text) }

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

var courtesies = []string{"谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "谢啦", "谢了", "辛苦", "辛苦啦", "收到", "已收到", "收到收到", "好的", "好的收到", "收到好的", "好", "好滴", "好嘞", "好哒", "嗯", "嗯嗯", "恩", "哦", "噢", "知道", "明白", "了解", "晓得", "晓得咯", "晓得哉", "ok", "行", "可以", "没事", "不客气", "麻烦你", "麻烦您", "有劳", "劳烦", "费心", "拜托", "你好", "您好", "hi", "hello", "早", "早上好", "上午好", "下午好", "晚上好", "在", "在吗", "再见", "拜拜", "哈哈", "哈哈哈", "对", "是", "是的", "对的", "没错", "同意", "赞", "牛", "棒", "真棒", "厉害", "加油", "1", "马上办", "马上", "尽快办", "尽快落实", "抓紧办", "抓紧落实", "立即办", "这就办", "已阅", "阅", "遵命", "照办", "立刻办", "我看看", "稍等", "等一下", "thanks", "thank you", "thx", "得嘞", "中", "要得", "大家好", "你真棒", "你真聪明", "太好", "太棒", "真好", "不错", "唔该", "马上处理", "我们马上办", "我们尽快", "我马上办", "尽快", "尽快处理", "抓紧", "提醒得好", "说得对", "说得好", "有道理", "提醒得对"}

// writing asks for a paper to be written: 给我起草一份任务28的汇报提纲.
var writing = compile(`(?:给我|帮我|替我|为我|帮忙|帮俺|替俺|给俺|你来?|劳驾|请你|帮着).{0,6}?(?:起草|草拟|拟写|拟|写|编写|撰写|润色|改写|准备|整理|弄|做|搞|来|出|整)(?:一下|[出个成好]?[一1]?[份个篇封段页套])?.{0,30}?(?:提纲|讲话稿|发言稿|汇报稿|汇报材料|交流材料|经验材料|新闻稿|通知稿|稿子|稿|讲话|发言|总结|心得|体会|请示|批复|函|纪要|公文|方案|通知|ppt|PPT|论文|文章|信息|简报|宣传语)(?:[吧呗吗呢行好可以一下出来给我 ]*)$`)

func (u *utterance) scoreOffTopic() float64 {
	if u.percent == nil && u.matches(writing, bareWords(u.s)) && !containsAny(u.s, "通报", "汇总", "台账") && !(u.lists() && u.has(cueSummary)) {
		return 0.93
	}
	if !u.has(cueOffTopic) || u.named() || u.percent != nil {
		return 0
	}
	if u.byWords() || len(u.quoted) > 0 && (u.claim != claimNone || containsAny(u.s, "已", "正在", "推进")) && !containsAny(u.s, "帮我", "给我", "请给", "写") {
		return 0.3
	}
	return 0.885
}
