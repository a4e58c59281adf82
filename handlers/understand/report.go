package understand

import "strings"

// reports reports whether the text states how something stands: the clause that
// says so is no question.
func (u *utterance) reports() bool {
	if u.claim == claimAsked {
		return false
	}
	if u.asks {
		return !u.doubt && u.statesThenAsks()
	}
	if u.underQuote() && u.social() == 0 && !u.has(cueOffTopic) && hanCount(u.s) >= 2 && !strings.HasPrefix(u.s, "你") {
		return true // under a quoted task a plain sentence is about it
	}
	plainly := u.matches(howItIs, bareWords(u.s)) && !containsAny(u.s, "看", "查", "打不开", "点不", "找不", "搜不", "提醒", "催", "通知", "消息", "卡片", "你", "您")
	return (u.told || u.counts() || plainly || u.rates() && hanCount(u.s) >= 6) && u.named() || u.percent != nil || u.claim != claimNone || u.states() || u.has(cueBlocked) || u.has(cueNoProgress) || u.has(cueNotStarted)
}

// howItIs matches what is said of a thing of the task without a word of reports: 材料不全, 群众反对.
var howItIs = compile(`\p{Han}(?:不全|不足|不够|不齐|不顺|不畅|不了|不上|不下|不动|不起来|不到位|不一致|不统一|不具备|不明确|不理想|不成熟|不支持|不配合|反对|流标|废标|变更|搁浅|返工|暂停|中止|延误|短缺|紧张|吃紧|复杂|受限|受阻|缓慢|乏力|(?:很|太|较|比较|非常|有点|偏|不太|挺|不)(?:大|多|难|慢|紧|重|高|低|少|重视|配合|支持|复杂|顺利|理想|好)|(?:难度|压力|阻力|分歧|工作量|问题|缺口|任务)(?:大|多|重)|时间紧)(?:了)?$`)

// statesThenAsks reports whether a clear statement comes first and what is asked
// after it is not whether it is so (进度60%，能否帮忙协调?).
func (u *utterance) statesThenAsks() bool {
	if len(u.clauses) < 2 || u.clauses[0].asks {
		return false
	}
	stated := false
	for _, c := range u.clauses {
		if c.asks {
			if stated && u.percentIn(u.clauses[0]) && !strings.HasPrefix(u.s[c.end:], "?") && !containsAny(c.text, "完成", "对吗", "对吧", "是吧", "是吗", "对不对", "是不是", "没错吧", "几", "多少", "吗") {
				continue // 谁负责验收还没定 asks nobody
			}
			if !stated || containsAny(c.text, "完成", "进度", "逾期", "到期", "任务", "对吗", "对吧", "是吧", "是吗", "对不对", "是不是", "没错吧", "几", "多少", "谁") || runeLen(c.text) <= 3 {
				return false
			}
			continue
		}
		if u.percentIn(c) || containsAny(c.text, "已经", "已", "正在", "卡在", "完成了") {
			stated = true
		}
	}
	return stated
}

func (u *utterance) percentIn(c clause) bool {
	for _, n := range u.nums {
		if n.kind == numPercent && n.start >= c.start && n.end <= c.end {
			return true
		}
	}
	return false
}

// states reports whether a word of reports stands in a clause that is more than courtesy.
func (u *utterance) states() bool {
	if !u.has(cueReport) {
		return false
	}
	for _, c := range u.clauses {
		if !polite(c.text) && findCue(c.text, cueReport, &u.marks) >= 0 {
			return true
		}
	}
	return false
}

func (u *utterance) scoreDone() float64 {
	if u.claim != claimDone && u.claim != claimClose || u.corrects() {
		return 0
	}
	t := u.target(true)
	switch {
	case u.onePeriod():
		return 0
	case u.asks, t.byName && u.looselyNamed(t.no), t.no == "" && !t.several, u.quantified(), !t.sure && u.nominal():
		return 0
	case u.claim == claimClose:
		return 0.915
	}
	return 0.9
}

// onePeriod reports whether the work of one period is finished and that of another is yet
// to come: 三季度评定做完了，四季度的12月做.
func (u *utterance) onePeriod() bool {
	if len(u.clauses) < 2 || !containsAny(u.clauses[0].text, "季度", "上半年", "月份", "前半") {
		return false
	}
	rest := u.s[u.clauses[0].end:]
	return containsAny(rest, "季度", "下半年", "明年", "后半", "月") && containsAny(rest, "做", "办", "开展", "再", "还", "继续", "启动", "开始", "安排") && !containsAny(rest, "已", "完成了", "做完", "办完")
}

// minName is how many characters of a title must be repeated to close the task by name.
const minName = 5

// looselyNamed reports whether the words name the task by a piece of its title that is
// enough to look it up, and too little to close it.
func (u *utterance) looselyNamed(no string) bool {
	return longestRun(u.s, u.lex.titles[no]) < minName
}

// uncounted leaves out words that count no tasks.
var uncounted = strings.NewReplacer("就这些", "", "这几天", "")

// contents are what one task consists of: 已圆满完成各项任务 under a quote.
var contents = blankers("完成各项任务 完成了各项任务 完成各项工作任务")

// quantified reports whether the text counts tasks instead of naming one
// (20项任务都完成了, 两个都完成了, 全部任务完成).
func (u *utterance) quantified() bool {
	if containsAny(u.s, "该项任务", "这项任务", "此项任务", "本项任务", "那项任务", "这个任务", "该任务") {
		return false
	}
	s := uncounted.Replace(u.s)
	if len(u.quoted) == 1 {
		s = contents.Replace(s)
	}
	if i := u.at(cueDestroy); i > 0 {
		s = s[:u.clauseAt(i).start] // an order inside a report counts nothing
	}
	for _, n := range u.nums {
		if n.kind == numPercent && u.reachesOver(n) {
			s = s[:min(len(s), u.clauseAt(n.start).start)]
		}
	}
	return len(u.refs) == 0 && containsAny(s, "全部任务", "所有任务", "任务都", "任务全", "两个都", "三个都", "几个都", "这些", "两项都", "这几", "都办结了", "各项任务", "项任务", "个任务")
}

func (u *utterance) scoreReport() float64 {
	t := u.target(true)
	for i := range notReports {
		if n := &notReports[i]; n.holds(u, t) {
			if t.no != "" {
				u.noReport = n.why
			}
			return n.score
		}
	}
	switch {
	case u.percent != nil:
		return 0.91
	case t.several && len(u.refs) == 0:
		return 0.5
	case u.claim == claimDenied || u.claim == claimPartial || u.claim == claimFuture, u.has(cueBlocked), u.has(cueNoProgress), u.has(cueNotStarted):
		return 0.83
	case u.edits():
		return 0.3
	case t.byName:
		return 0.66
	case t.sure:
		return 0.72
	}
	return 0.7
}

// hanCount counts Chinese characters.
func hanCount(s string) (n int) {
	for _, r := range s {
		if r >= 0x4e00 && r <= 0x9fff {
			n++
		}
	}
	return n
}

// edits reports whether the text orders a change to the task itself (修改任务28的标题),
// which a report never does.
func (u *utterance) edits() bool {
	if hasAnyPrefix(u.s, "把", "将", "请把", "麻烦把", "帮我把") && hasAnySuffix(bareWords(u.s), "改了", "换了", "删了", "改一下", "换一下", "改掉", "换掉", "改改", "调一下") {
		return true
	}
	for _, n := range u.nums {
		if n.kind == numTask {
			return hasAnySuffix(strings.TrimRight(u.s[:n.start], " 一下"), "修改", "更改", "调整", "编辑", "变更", "设置", "新建", "添加", "增加", "关闭", "打开", "复制", "合并", "拆分", "锁定", "改", "替换", "发布", "克隆", "移动", "改名", "重命名")
		}
	}
	return false
}

func (u *utterance) scoreWantReport() float64 {
	if u.has(cueWantReport) && !u.has(cueHistory) && u.percent == nil && !u.asks && u.claim == claimNone && u.size() <= 16 {
		if u.residue("我要", "我想", "我来", "要", "想", "我", "报", "进度", "进展", "汇报", "反馈", "上报", "更新", "一下", "个", "填", "录", "登记", "提交", "任务", "交", "来", "工作", "情况", "您好", "你好") == "" || u.about() && u.size() <= 12 {
			return 0.89
		}
	}
	return 0
}

// scoreHomeless is for words that report but name no task.
func (u *utterance) scoreHomeless() float64 {
	if t := u.target(true); t.byName && (u.claim == claimDone || u.claim == claimClose) && u.looselyNamed(t.no) {
		return 0.66
	} else if t.no != "" && !u.quantified() || u.asks && !u.statesThenAsks() {
		return 0
	}
	switch {
	case u.percent != nil && u.size() <= 60, u.quantified() && u.claim == claimDone, u.claim == claimClose:
		return 0.8
	case u.claim == claimDone || u.claim == claimDenied || u.claim == claimPartial || u.claim == claimFuture:
		return 0.66
	case u.has(cueNoProgress) || u.has(cueBlocked) || u.has(cueNotStarted), u.statesAll():
		return 0.66
	case containsAny(u.s, "进度", "正在推进", "进展顺利", "招标", "验收", "推进中", "办理中"):
		return 0.5
	}
	return 0
}
