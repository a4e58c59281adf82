package understand

import (
	"regexp"
	"strings"
)

// A bare number in front of words that speak of a task.

// bareTail is what may follow a bare number in front of a text that is a task.
var bareTail = []string{"点错", "报错了", "报早了", "点早了", "恢复办理", "恢复在办", "重新打开", "重开", "解除", "这项", "这条", "这个", "那个", "那项", "那条", "负责", "牵头", "责任", "承办", "配合单位", "联系人", "完成", "进度", "办结", "结案", "做完", "办完", "弄完", "搞定", "搞掂", "搞完", "弄好", "做好", "办好", "还没", "没", "未", "尚未", "已", "延期", "延到", "推迟", "推到", "推至", "挪到", "改到", "改回", "移到", "放到", "拖到", "顺延", "转", "继续提醒", "还要提醒", "可以提醒", "接着提醒", "的提醒", "done", "ok", "finish", "进展", "的进", "的情况",
	"怎么样", "怎样", "咋样", "什么情况", "啥情况", "到哪", "谁负责", "归谁", "卡", "基本", "差不多", "快", "都完", "全部完", "销号", "正在", "目前", "现在", "是哪", "是谁", "催", "的责任", "的牵头", "的时限", "什么时候", "好了", "可以结", "可以销", "申请", "现在", "才", "项", "条", ":", "不用提醒", "别提醒", "别再", "明天再", "取消", "重新", "恢复", "转给", "交给", "的历史", "的变更", "的记录", "的反馈", "的详情", "的内容", "的要求", "的时间", "的历", "的名", "的期", "的标", "的目", "的配", "的单", "的动", "的最", "的办", "的状", "的截", "的完", "历史", "标记", "标为", "标成", "设为", "设成", "改为已", "改成已", "改为完成", "改成完成", "置为", "推进", "办理", "启动", "预计", "争取", "整完", "状态", "要求", "时限", "延一", "延两", "延几", "延个", "延半", "暂无", "无进展", "遇到", "逾期", "超期", "到期", "截止", "宽限", "缓", "往后", "提前", "静音", "退回", "撤回", "交由", "改派", "分给", "派给", "移交", "划给", "转办", "换成", "由市", "由", "报的", "是误", "以前的", "之前的", "能不能", "可以", "想"}

var fronts = []string{"翻翻", "翻下", "上回", "上次", "抓紧办", "督促", "关于", "查", "看", "看看", "催", "催一下", "催办", "把", "将", "那", "那个", "还有", "报", "报告", "汇报", "更正", "请问", "问下", "问一下", "想问", "的", "麻烦", "帮", "帮我", "你好", "您好", "就", "对", "回复", "反馈", "通过", "退回", "不对", "其实", "是", "延期", "撤回", "撤销", "想知道", "知道", "想了解", "了解", "想看", "我", "我想", "我要", "要", "请", "一下", "下", "给我", "领导", "嗯", "呃", "额", "这个", "哦", "哎", "诶", "喂", "我们", "我们的", "俺们", "咱们", "告诉我", "说说", "说一下", "讲讲", "介绍", "打开", "谁管", "谁负责", "谁牵头", "谁在办", "谁在弄", "哪个单位负责", "哪家负责", "跟您", "跟你", "向您", "打听", "打听下"}

// sentBy opens a question that is asked for somebody else: 张局让问下.
var sentBy = regexp.MustCompile(`^\p{Han}{0,2}(?:局|局长|主任|科长|处长|县长|区长|市长|秘书长|书记|领导)(?:让|叫|要)(?:我|我们)?(?:来)?(?:问问|问下|问一下|问|看看|看下|查查|查下|查一下|了解下|了解一下)`)

// atFront reports whether nothing but opening words stands before i.
func (u *utterance) atFront(i int) bool {
	before := u.s[:i]
	if runeLen(before) > 14 {
		return false
	}
	if m := sentBy.FindString(before); m != "" {
		before = before[len(m):]
	}
	for before != "" {
		w := longestPrefix(before, fronts)
		if w == "" {
			w = first(before, 1)
			if !strings.Contains(" ,:，。!、~", w) {
				return false
			}
		}
		before = before[len(w):]
	}
	return true
}

// bareSkips may stand between a bare number and what makes it a task: 28其实没弄完.
var bareSkips = []string{"全部", "全", "其实", "实际上", "那个", "这个", "那项", "这项", "都", "早就", "早", "上周", "上个月", "昨天", "今天", "刚刚", "刚才", "我们", "终于", "总算", "又", "改"}

// skipAll leaves out the words of the list at the front of s.
func skipAll(s string, list []string) string {
	for {
		w := longestPrefix(s, list)
		if w == "" {
			return s
		}
		s = s[len(w):]
	}
}

func (u *utterance) bareFits(after string) bool {
	if hasAnyPrefix(after, "项任务", "条任务", "个任务", "项工作", "项重点", "项都", "项全", "条都", "条全", "项里", "项中", "项一", "项总") {
		return false // so many tasks, not the one of that number
	}
	if strings.HasPrefix(after, " ") {
		rest := after[1:]
		if rest != "" && isDigit(rest[0]) {
			n := digits(rest, 0)
			return strings.HasPrefix(rest[n.to:], "%")
		}
		after = rest
	}
	if u.listed && !measured(after) && !hasAnyPrefix(after, "%", ".", "-", "/", "~", "、", ",", "和") {
		return true // after a list a bare number is one of its tasks
	}
	if hasAnyPrefix(after, bareTail...) || hasAnyPrefix(skipAll(after, bareSkips), bareTail...) || strings.Trim(after, " ?。!吧") == "" && hasAnyPrefix(u.s, "查", "看", "谁", "哪个", "哪家", "说", "讲", "介绍", "打开", "催", "我想看", "我要看", "帮我查", "帮我看") {
		return true
	}
	// In a question a wrong guess writes nothing.
	return !measured(after) && after != "" && !hasAnyPrefix(after, ".", "-", "/", "+", "*", "=", "x", "和", "跟", "与", "、", ",", "及", "或", "到", "至", "还是", "同") && asking(after)
}
