package understand

import "strings"

var taskPrefixes = []string{"任务编号", "任务序号", "任务号", "任务第", "任务", "事项", "序号", "编号", "#", "no.", "no", "№", "task", "item", "任务项", "清单第", "督办件"}

// taskWord reports whether before ends in a word that makes the next number a task.
func taskWord(before string) bool {
	before = strings.TrimRight(before, " :.是为(\"“「[")
	if hasAnySuffix(before, "合同编号", "项目编号", "文件编号", "发文编号", "批文编号", "合同号", "证书编号", "招标编号", "工单编号") {
		return false
	}
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
		for _, tail := range [...]string{"号任务", "号", "那项", "这项", "那条", "这条", "那个", "条任务", "条"} {
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
		hasAnyPrefix(after, "大概", "大体", "大部分", "部分", "处理", "处于", "位于", "人社", "市", "省", "县", "名称", "国", "分工", "路径", "点一下", "期限", "周五", "周一", "周二", "周三", "周四", "周六", "周日", "周末", "周内", "批准", "批了", "天天", "所有", "级别", "时限", "时间", "分别", "分管", "类别", "类型", "字数", "门户", "化", "千万", "万一", "百分", "d", "k", "w", "版本", "部门", "年度", "人员", "人力", "人手", "人才", "个别", "天气", "件数", "项目", "台账", "日前", "日常", "年初", "年中", "张榜", "份额", "套餐", "周期", "万事", "元旦", "天内")
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
	if strings.ContainsAny(before, ",，;；") && hasAnyPrefix(after, "收回", "收齐", "定稿", "开会", "截稿", "上会", "出稿", "评审", "回收", "汇总好") {
		return true // 已发各部门征求意见，20号收回
	}
	return hasAnySuffix(before, "月", "本月", "这个月", "下个月", "下月", "预计", "争取", "到", "在", "于", "截止", "截至", "延期", "延", "改", "推迟", "赶在", "最迟", "最晚", "不晚于", "过了", "力争", "周", "计划", "约", "本", "每月", "原定", "日期") ||
		hasAnyPrefix(after, "前", "之前", "以前", "左右", "上午", "下午", "晚上", "中午", "早上", "凌晨", "那天", "当天", "当日", "开会", "上会", "之后", "以后", "后", "截止的", "到期的", "到期任务", "再", "下班", "为止", "(周", "那会", "提醒", "交稿", "要交", "要用", "要完成的", "该交", "那一天", "就能", "才能", "内", "回来", "回单位", "到岗", "到今天", "到现在", "到目前", "至今")
}

// placeNumbers decides the numbers that form alone left open.
func (u *utterance) placeNumbers() {
	for i := range u.nums {
		n := &u.nums[i]
		if n.kind == numBare && u.inDay(n.from) {
			n.kind = numDay
		}
		if n.kind == numTask && strings.HasSuffix(u.s[:n.end], "号") && u.otherRef(i) {
			n.kind, n.start, n.end = numDay, n.from, n.to
			if !u.inDay(n.from) && dated(u.nextDay(int(n.value))) {
				u.addDay(n.from, n.to+len("号"), u.nextDay(int(n.value)))
			}
		}
		if n.kind != numBare {
			continue
		}
		switch {
		case i > 0 && u.nums[i-1].kind == numTask && u.joined(u.nums[i-1], *n), i+1 < len(u.nums) && u.nums[i+1].kind == numTask && u.joined(*n, u.nums[i+1]) && n.whole && n.value < 1000:
			n.kind, n.strong = numTask, true
		case u.nextTask(i):
			n.kind, n.strong = numTask, true // 28已完成，36还要两周
			if u.bare != "" {
				u.refs = addOnce(u.refs, u.bare)
			}
		case i > 0 && u.nums[i-1].kind == numTask && u.nums[i-1].whole && u.nums[i-1].value < 10 && n.whole && n.to-n.from == 1 && u.s[u.nums[i-1].to:n.from] == " " && doneAt(u.s[n.to:]+"x") != "":
			n.kind, n.strong = numTask, true // 任务 2 8 完成了: two digits typed apart, so which?
		case n.whole && !n.minus && hasAnySuffix(u.s[:n.from], "把", "将", "给", "取消", "解除", "关闭", "恢复") && hasAnyPrefix(u.s[n.to:], "的提醒", "的免打扰", "的静音", "的通知", "的期限", "的时限", "的状态", "改", "推", "挪", "恢复", "重", "设个", "设", "转", "交", "分给", "派", "划", "改派", "退", "关", "销", "也", "标", "设", "延", "都") && u.lex.exists(n.no()):
			n.kind, n.strong = numTask, true // 请把30转给人社局
		case n.whole && !n.minus && n.value < 1000 && strings.TrimSpace(u.s[u.clauseAt(n.from).start:n.from]) == "" && hasAnyPrefix(u.s[n.to:], "那条", "那项", "这条", "这项") && u.lex.exists(n.no()):
			n.kind, n.strong = numTask, true // 叫我一声，31那条
		case u.leads() && n.whole && !n.minus && strings.Trim(u.s[n.to:], " .。!吧") == "" && hasAnySuffix(u.s[:n.from], "抓紧办", "尽快办", "催", "催办", "催一下", "督办", "督促") && u.lex.exists(n.no()):
			n.kind, n.strong = numTask, true // 督促政务办抓紧办29
		case u.bare == "" && u.frontList(i) > i:
			for k := i; k <= u.frontList(i); k++ {
				u.nums[k].kind, u.nums[k].strong = numTask, true // 28、29、30什么情况
			}
		case n.value >= 1000 || runeLen(u.s[n.from:n.to]) > 3 || !n.whole || n.minus:
			n.kind = numQuantity
		case u.bare == "" && u.atFront(n.from) && u.bareFits(u.s[n.to:]):
			u.bare = n.no()
			if hasAnyPrefix(u.s[n.to:], "项", "条") {
				n.end = n.to + len("项")
			}
		}
	}
	u.findEither()
	told := u.orderBehind()
	for _, n := range u.nums {
		if n.kind == numTask && n.start < told && !inBraces(u.s, n.start) {
			u.refs = addOnce(u.refs, n.no())
		}
	}
}

// orderBehind is where an order to the machine begins that stands behind a report on a
// task, and so is text of it; the end of s when there is none.
func (u *utterance) orderBehind() int {
	at := u.at(cueDestroy)
	if at < 0 {
		return len(u.s)
	}
	start, task := u.clauseAt(at).start, len(u.ctx.Quoted) == 1
	for _, n := range u.nums {
		if n.end > start {
			break
		}
		if n.kind == numPercent && task {
			return start
		}
		task = task || n.kind == numTask
	}
	return len(u.s)
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
var partTails = []string{"还", "也", "刚", "要", "延", "做", "搞", "弄", "干", "到", "推进"}

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
	tail := u.s[n.to:]
	if i+1 < len(u.nums) && u.joined(n, u.nums[i+1]) && u.lex.exists(u.nums[i+1].no()) {
		tail = u.s[u.nums[i+1].to:] // 28做完了，29、31还没
	}
	return named && opens && (hasAnyPrefix(tail, partTails...) || hasAnyPrefix(tail, bareTail...))
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

// inBraces reports whether the byte at i stands between curly braces: code, no words.
func inBraces(s string, i int) bool {
	open := strings.LastIndex(s[:i], "{")
	return open >= 0 && !strings.Contains(s[open:i], "}") && strings.Contains(s[i:], "}")
}
