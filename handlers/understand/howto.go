package understand

import "strings"

// howWords ask for the way something is done.
var howWords = []string{"怎么样才能", "怎么样", "怎么", "怎样", "咋", "如何", "在哪里", "在哪儿", "在哪", "从哪里", "从哪", "哪里可以", "哪里能", "哪里", "点样"}

// botActs are what people do with the bot, longest first where one begins another.
var botActs = []string{"报", "填", "反馈", "延期", "延长", "申请", "绑", "解绑", "改", "撤", "查", "看", "办结", "结案", "设", "关", "导", "更正", "提交", "取消", "标", "写", "回复", "销号", "登记", "催", "转", "操作", "使用", "注册", "静音", "屏蔽", "恢复", "录", "上传", "下载", "别提醒", "不提醒", "停", "签收", "退", "审核", "添加", "新增", "搜", "找", "发", "告诉你", "跟你说", "通知你", "提醒", "用", "打开", "修改", "传", "登录", "订阅"}

// howAtEnd asks at the end for the way of what was named before: 想把提醒关了要怎么弄.
var howAtEnd = compile(`(?:提醒|延期|绑定|解绑|办结|反馈|催办|导出|导入|转办|静音|单位|换人|调走|联络员|账号|绑错).{0,10}?[ ,]?(?:该|应该|要|得|应|又)?(?:怎么|怎样|如何|咋)(?:去|来)?(?:弄|整|搞|操作|处理|设置|做|办理)(?:啊|呢|呀)?$`)

// ifWords open what may come to be.
var ifWords = []string{"要是", "如果", "假如", "假设", "万一", "若是", "倘若"}

// howThen asks for the way to do something for a case that may come: 任务28要是完成了该怎么报.
func (u *utterance) howThen() bool {
	return u.asks && u.percent == nil && containsAny(u.s, ifWords...) && u.howTo()
}

// howTo reports whether the way to do something with the bot is asked for (怎么把任务办结),
// and not how something came about (怎么还没报).
func (u *utterance) howTo() bool {
	if u.asks && containsAny(u.s, "发什么", "说什么", "打什么", "输入什么", "回复什么", "回什么", "写什么", "发啥", "说啥", "打啥", "写啥") && containsAny(u.s, botActs...) && containsAny(u.s, "你", "应该", "该", "要", "得") && !containsAny(u.s, "了什么", "了啥") {
		return true
	}
	if u.matches(howAtEnd, bareWords(u.s)) {
		return true
	}
	for _, w := range howWords {
		i := strings.Index(u.s, w)
		if i < 0 {
			continue
		}
		rest := u.s[i+len(w):]
		for _, act := range botActs {
			k := strings.Index(rest, act)
			if k < 0 || k > 24 {
				continue
			}
			between := rest[:k]
			if containsAny(between, "没", "还", "不", "这么", "那么", "又", "总", "老", "回事", "会", "了", "样", ",", "?", "就") || hasAnyPrefix(rest[k+len(act):], "了", "成", "出来", "来", "待", "的", "得") {
				continue
			}
			return true
		}
	}
	return false
}
