package understand

import (
	"regexp"
	"strings"
)

var taskPrefixes = []string{"任务编号", "任务序号", "任务号", "任务第", "任务", "事项", "序号", "编号", "#", "no.", "no", "№", "task", "item", "任务项", "清单第", "督办件"}

// taskWord reports whether before ends in a word that makes the next number a task.
func taskWord(before string) bool {
	before = strings.TrimRight(before, " :.是为(\"“「[")
	if hasAnySuffix(before, taskPrefixes...) {
		if strings.HasSuffix(before, "no") || strings.HasSuffix(before, "task") || strings.HasSuffix(before, "item") {
			return latinStart(before)
		}
		return true
	}
	return (before == "t" || strings.HasSuffix(before, "t")) && latinStart(before)
}

// latinStart reports whether the Latin word that ends s is one of ours and no tail of another.
func latinStart(s string) bool {
	i := len(s)
	for i > 0 && s[i-1] >= 'a' && s[i-1] <= 'z' {
		i--
	}
	switch s[i:] {
	case "t", "no", "task", "item":
		return i == 0 || s[i-1] != '/'
	}
	return false
}

// taskForm reports whether a number names a task by its form and widens it.
func taskForm(n *number, before, after string) bool {
	if !n.whole || n.minus {
		return false
	}
	if taskWord(before) {
		if n.value == 1 && hasAnyPrefix(after, oneWords...) || n.value == 10 && strings.HasPrefix(after, "分") {
			return false // 任务一览, 任务一直没动, 任务十分重要
		}
		if hasAnyPrefix(after, counted...) && !laterWord(n.value, after) || strings.HasPrefix(after, ".") && len(after) > 1 && isDigit(after[1]) {
			return false
		}
		n.start = wordStart(before)
		n.end = n.to
		for _, tail := range [...]string{"号任务", "号", "那项", "这项", "条任务", "条"} {
			if strings.HasPrefix(after, tail) {
				n.end += len(tail)
				break
			}
		}
		return true
	}
	if strings.HasSuffix(before, "第") {
		for _, tail := range [...]string{"项任务", "条任务", "号任务", "个任务", "件任务", "项", "条", "号", "件"} {
			if strings.HasPrefix(after, tail) {
				n.start, n.end = n.from-len("第"), n.to+len(tail)
				return true
			}
		}
		return false
	}
	if document(before, after) {
		return false
	}
	for _, tail := range [...]string{"号任务", "号事项", "号那个", "号那项", "号这个", "号督办", "号"} {
		if strings.HasPrefix(after, tail) {
			if tail == "号" && dayOfMonth(n, before, after[len(tail):]) {
				return false
			}
			n.end = n.to + len(tail)
			return true
		}
	}
	return false
}

// document reports whether the number is that of a paper, house or line (〔2018〕45号,
// 45号文件), which is no task.
func document(before, after string) bool {
	return hasAnySuffix(before, "]", "〕", "】", ")", "2018-", "2017-") && strings.ContainsAny(last(before, 6), "0123456789") ||
		hasAnyPrefix(after, "号文", "号令", "号通知", "号公告", "号会议", "号楼", "号线", "号函", "号纪要", "号机", "号院", "号门", "号窗", "号提案", "号建议", "号议案", "号批示件", "号公文")
}

// oneWords are the words that begin with 一 and count nothing.
var oneWords = []string{"览", "共", "些", "下", "直", "切", "定", "起", "般", "律", "旦", "样", "会", "点", "类", "并", "致", "度", "经", "把", "样"}

// laterWord reports that what follows the task number begins a new word (任务20年底前).
func laterWord(value float64, after string) bool {
	return value > 12 && hasAnyPrefix(after, "年底", "年内", "年末", "月底", "月末", "月内") ||
		hasAnyPrefix(after, "大概", "大体", "大部分", "部分", "处理", "处于", "位于", "人社", "市", "省", "县", "名称", "国", "分工", "路径", "点一下", "期限", "周五", "周一", "周末", "周内", "批准", "批了", "天天", "所有", "级别", "时限", "时间", "分别", "分管", "类别", "类型", "字数", "门户", "化", "千万", "万一", "百分", "d", "k", "w", "版本", "部门", "年度", "人员", "人力", "个别", "天气", "件数", "项目", "台账", "日前", "日常", "年初", "年中", "张榜", "份额", "套餐", "周期", "万事", "元旦", "天内")
}

// wordStart is where the task word before a number begins.
func wordStart(before string) int {
	trimmed := strings.TrimRight(before, " :.是为(\"“「[")
	for _, p := range taskPrefixes {
		if strings.HasSuffix(trimmed, p) {
			return len(trimmed) - len(p)
		}
	}
	return len(trimmed) - 1 // t20
}

// dayOfMonth reports whether N号 is a day (20号前完成, 本月20号) and no task.
func dayOfMonth(n *number, before, after string) bool {
	if n.value > 31 || n.value < 1 {
		return false
	}
	return hasAnySuffix(before, "月", "本月", "这个月", "下个月", "下月", "预计", "争取", "到", "在", "于", "截止", "截至", "延期", "延", "改", "推迟", "赶在", "最迟", "最晚", "不晚于", "过了", "力争", "周", "计划", "约", "本", "每月", "原定", "日期") ||
		hasAnyPrefix(after, "前", "之前", "以前", "左右", "上午", "下午", "晚上", "中午", "早上", "凌晨", "那天", "当天", "当日", "开会", "上会", "之后", "以后", "后", "截止的", "到期的", "到期任务", "再", "下班", "为止", "(周", "那会", "提醒", "交稿", "要交", "要用", "要完成的", "该交", "那一天", "就能", "才能", "内")
}

// bareTail is what may follow a bare number in front of a text that is a task.
var bareTail = []string{"负责", "牵头", "责任", "承办", "配合单位", "联系人", "完成", "进度", "办结", "结案", "做完", "办完", "弄完", "搞定", "搞掂", "搞完", "弄好", "做好", "办好", "还没", "没", "未", "尚未", "已", "延期", "延到", "推迟", "done", "ok", "finish", "进展", "的进", "的情况",
	"怎么样", "怎样", "咋样", "什么情况", "啥情况", "到哪", "谁负责", "归谁", "卡", "基本", "差不多", "快", "都完", "全部完", "销号", "正在", "目前", "现在", "是哪", "是谁", "催", "的责任", "的牵头", "的时限", "什么时候", "好了", "可以结", "可以销", "申请", "现在", "才", "项", "条", ":", "不用提醒", "别提醒", "别再", "明天再", "取消", "重新", "恢复", "转给", "交给", "的历史", "的变更", "的记录", "的反馈", "的详情", "的内容", "的要求", "的时间", "的历", "的名", "的期", "的标", "的目", "的配", "的单", "的动", "的最", "的办", "的状", "的截", "的完", "历史", "标记", "标为", "标成", "设为", "设成", "改为已", "改成已", "改为完成", "改成完成", "置为", "推进", "办理", "启动", "预计", "争取", "整完", "状态", "要求", "时限", "延一", "延两", "延几", "延个", "延半", "暂无", "无进展", "遇到", "逾期", "超期", "到期", "截止", "宽限", "缓", "往后", "提前", "静音", "退回", "撤回", "交由", "改派", "分给", "派给", "移交", "划给", "转办", "换成", "由市", "能不能", "可以", "想"}

// placeNumbers decides the numbers that form alone left open.
func (u *utterance) placeNumbers() {
	for i := range u.nums {
		n := &u.nums[i]
		if n.kind == numBare && u.inDay(n.from) {
			n.kind = numDay
		}
		if n.kind == numTask && strings.HasSuffix(u.s[:n.end], "号") && u.otherRef(i) {
			n.kind, n.start, n.end = numDay, n.from, n.to
		}
		if n.kind != numBare {
			continue
		}
		switch {
		case i > 0 && u.nums[i-1].kind == numTask && u.joined(u.nums[i-1], *n), i+1 < len(u.nums) && u.nums[i+1].kind == numTask && u.joined(*n, u.nums[i+1]) && n.whole:
			n.kind, n.strong = numTask, true
		case u.nextTask(i):
			n.kind, n.strong = numTask, true // 28已完成，36还要两周
			if u.bare != "" {
				u.refs = addOnce(u.refs, u.bare)
			}
		case i > 0 && u.nums[i-1].kind == numTask && u.nums[i-1].whole && u.nums[i-1].value < 10 && n.whole && n.to-n.from == 1 && u.s[u.nums[i-1].to:n.from] == " " && doneAt(u.s[n.to:]+"x") != "":
			n.kind, n.strong = numTask, true // 任务 2 8 完成了: two digits typed apart, so which?
		case n.whole && !n.minus && hasAnySuffix(u.s[:n.from], "把", "将") && hasAnyPrefix(u.s[n.to:], "转", "交", "分给", "派", "划", "改派", "退", "关", "销", "也", "标", "设", "延", "都") && u.lex.exists(n.no()):
			n.kind, n.strong = numTask, true // 请把30转给人社局
		case u.bare == "" && u.frontList(i) > i:
			for k := i; k <= u.frontList(i); k++ {
				u.nums[k].kind, u.nums[k].strong = numTask, true // 28、29、30什么情况
			}
		case n.value >= 1000 || n.to-n.from > 3 || !n.whole || n.minus:
			n.kind = numQuantity
		case u.bare == "" && u.atFront(n.from) && u.bareFits(u.s[n.to:]):
			u.bare = n.no()
			if hasAnyPrefix(u.s[n.to:], "项", "条") {
				n.end = n.to + len("项")
			}
		}
	}
	u.findEither()
	for _, n := range u.nums {
		if n.kind == numTask && !inBraces(u.s, n.start) {
			u.refs = addOnce(u.refs, n.no())
		}
	}
}

// frontList is the index of the last of the bare numbers that stand in one list in front
// of words that speak of tasks, where the i-th begins it; i when it begins none.
func (u *utterance) frontList(i int) int {
	if !u.atFront(u.nums[i].from) {
		return i
	}
	k := i
	for k+1 < len(u.nums) && u.nums[k].whole && u.nums[k+1].kind == numBare && u.joined(u.nums[k], u.nums[k+1]) && u.lex.exists(u.nums[k+1].no()) {
		k++
	}
	if k == i || !u.nums[k].whole || !u.lex.exists(u.nums[i].no()) || !u.bareFits(u.s[u.nums[k].to:]) || hasAnyPrefix(u.s[u.nums[k].to:], "项", "条") {
		return i
	}
	return k
}

// partTails may follow the number of a further task, beside what may follow a first one.
var partTails = []string{"还", "也", "刚", "要", "延"}

// nextTask reports whether the bare number at index i begins what is said of a further
// task: at the front of a clause, or right behind what was said of the task before.
func (u *utterance) nextTask(i int) bool {
	n := u.nums[i]
	if i == 0 || !n.whole || n.minus || n.value >= 1000 || n.no() == u.bare || measured(u.s[n.to:]) || !u.lex.exists(n.no()) {
		return false
	}
	named := u.bare != ""
	for _, o := range u.nums[:i] {
		named = named || o.kind == numTask && o.strong
	}
	c := u.clauseAt(n.from)
	opens := c.start > 0 && strings.Trim(u.s[c.start:n.from], " 但而") == "" || hasAnySuffix(u.s[:n.from], "了", "完成", "办结", "% ", "%")
	return named && opens && (hasAnyPrefix(u.s[n.to:], partTails...) || hasAnyPrefix(u.s[n.to:], bareTail...))
}

// otherRef reports whether another task is named by a stronger form than N号, so
// that the N号 at index i is a day (任务28 20号完成).
func (u *utterance) otherRef(i int) bool {
	n := u.nums[i]
	if n.start < n.from || n.value > 31 || strings.HasSuffix(u.s[:n.end], "号任务") {
		return false
	}
	for j, o := range u.nums {
		if j != i && o.kind == numTask && o.start < o.from {
			return !(j+1 == i && u.joined(o, n))
		}
	}
	return false
}

// joined reports whether two numbers stand in one list: 20、21; 20和28; 20-22.
func (u *utterance) joined(a, b number) bool {
	if b.start < a.end || !b.whole {
		return false
	}
	if b.value >= 1000 || b.kind == numBare && measured(u.s[b.to:]) {
		return false
	}
	switch strings.Trim(u.s[a.end:b.start], " ") {
	case "、", ",", "和", "跟", "与", "及", "以及", "还有", "/", "&", "-", "~", "到", "至", "，", "同", "或", "或者", "还是", ".":
		return !hasAnyPrefix(u.s[b.to:], "%")
	}
	return false
}

var fronts = []string{"关于", "查", "看", "看看", "催", "催一下", "催办", "把", "将", "那", "那个", "还有", "报", "报告", "汇报", "更正", "请问", "问下", "问一下", "想问", "的", "麻烦", "帮", "帮我", "你好", "您好", "就", "对", "回复", "反馈", "通过", "退回", "不对", "其实", "是", "延期", "撤回", "撤销", "想知道", "知道", "想了解", "了解", "想看", "我", "我想", "我要", "要", "请", "一下", "下", "给我", "领导", "嗯", "呃", "额", "这个", "哦", "哎", "诶", "喂", "我们", "我们的", "俺们", "咱们", "告诉我", "说说", "说一下", "讲讲", "介绍", "打开", "谁管", "谁负责", "谁牵头", "谁在办", "谁在弄", "哪个单位负责", "哪家负责", "跟您", "跟你", "向您", "打听", "打听下"}

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
	if hasAnyPrefix(after, bareTail...) || strings.Trim(after, " ?。!吧") == "" && hasAnyPrefix(u.s, "查", "看", "谁", "哪个", "哪家", "说", "讲", "介绍", "打开", "催", "我想看", "我要看", "帮我查", "帮我看") {
		return true
	}
	// In a question a wrong guess writes nothing.
	return !measured(after) && after != "" && !hasAnyPrefix(after, ".", "-", "/", "+", "*", "=", "x", "和", "跟", "与", "、", ",", "及", "或", "到", "至", "还是", "同") && asking(after)
}

// inBraces reports whether the byte at i stands between curly braces: code, no words.
func inBraces(s string, i int) bool {
	open := strings.LastIndex(s[:i], "{")
	return open >= 0 && !strings.Contains(s[open:i], "}") && strings.Contains(s[i:], "}")
}
