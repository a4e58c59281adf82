package understand

import (
	"strings"
	"unicode/utf8"
)

// The rows that look for words, and the words looked for.

func (u *utterance) scoreSearch() float64 {
	if u.named() || u.percent != nil || !u.asks && !u.plainAsk() {
		return 0
	}
	if len(u.units) > 0 && (u.has(cueBlocked) || u.has(cueOverdue) || u.has(cueOpen)) && !u.byWords() {
		return 0 // a unit's tasks in that state
	}
	q := u.query()
	if runeLen(q) < 2 || !u.has(cueSearch) && !(u.asks && strings.Contains(u.s, "“")) {
		return 0
	}
	switch {
	case hasAnyPrefix(u.s, "找", "搜", "search", "find", "检索", "查找", "帮我找", "帮忙找", "搜索", "请找", "请搜", "麻烦找", "给我找", "帮我搜"), containsAny(u.s, "搜", "检索"):
		return 0.865
	case strings.ContainsAny(u.s, "“”\"《") && !u.has(cueOverdue) && !u.has(cueOpen):
		return 0.85
	case containsAny(u.s, "有关", "相关", "关于", "涉及", "提到", "包含", "含有", "带有", "关键词", "关键字"):
		return 0.845
	case containsAny(u.s, "方面的", "方面", "哪项写", "哪条写", "哪个写", "哪些写") && u.asks && !u.has(cueOverdue) && !u.has(cueSummary):
		return 0.845
	case containsAny(u.s, "有没有") && u.has(cueTask) && !u.has(cueOverdue) && !u.has(cueDue) && !u.has(cueOpen):
		return 0.8
	case !u.has(cueTask) && !containsAny(u.s, "找", "查", "“", "哪", "标题", "名称", "关键"):
		return 0
	}
	return 0.45
}

// scoreLookUp is for 查 with words that fit no other row.
func (u *utterance) scoreLookUp() float64 {
	if u.named() || u.ends || len(u.units) > 0 || len(u.days) > 0 || u.size() > 16 || !hasAnyPrefix(u.s, "查", "帮我查", "请查", "看看", "帮我看", "查询", "查一下") {
		return 0
	}
	switch {
	case runeLen(u.query()) < 2:
		return 0
	case u.byWords():
		return 0.74
	}
	return 0.55
}

func (u *utterance) fillQuery(m *Meaning) { m.Query = u.query() }

// noise are the words of a query that are no search words, longest first.
var noise = []string{"有哪几条", "有哪几项", "哪些条目", "哪个条目", "条目里", "条目", "哪几条", "哪几项", "有什么要求", "有啥要求", "什么要求", "啥要求", "的要求", "哪项写了", "哪条写了", "哪个写了", "哪些写了", "哪项写到", "哪条写到", "方面的", "方面", "标题里有", "标题里", "标题中有", "名称里有", "标题含", "找一找", "查一查", "搜一搜", "看一看", "的是哪家", "是哪家", "的是谁", "的是哪个单位", "的是哪个部门", "帮忙查下", "帮忙查", "帮忙", "帮我", "怎样", "两个字", "两字", "字样", "是讲", "讲的是", "讲", "带“", "带", "任务里", "的任务编号", "的任务号", "任务编号", "任务号", "是多少号", "是多少", "谁在弄", "谁在搞", "谁在推", "谁弄", "谁搞", "谁在跟", "谁抓", "谁做", "谁在做", "谁", "的任务有哪些", "有没有", "是谁负责", "谁在负责", "谁负责", "谁牵头", "归谁管", "归谁负责", "归谁", "是谁管", "谁在管", "谁来管", "谁管", "谁在办", "谁办", "谁的", "由谁", "是谁", "找谁", "哪个单位负责", "哪个单位牵头", "哪个部门负责", "哪个单位", "哪个部门", "哪家单位", "哪家负责", "哪家", "责任单位", "牵头单位", "承办单位", "负责人", "责任人", "联系人", "现在怎么样了", "怎么样了", "怎么样", "怎样了", "咋样了", "咋样", "什么情况", "啥情况", "情况如何", "进展如何", "进展情况", "进度情况", "完成情况", "办理情况", "的情况", "情况", "进展", "进度", "完成了吗", "完成了没有", "完成了没", "完成没有", "完成没", "做完了吗", "弄完了吗", "办结了吗", "到哪一步了", "到哪步了", "到哪了", "到什么程度", "什么时候到期", "什么时候完成", "什么时候截止", "什么时候", "啥时候", "何时", "到期", "截止", "帮我找一下", "帮我找", "帮忙找", "帮我查一下", "帮我查", "帮我看看", "帮我搜一下", "帮我搜", "找一下", "找找", "找出", "找到", "查找", "搜一下", "搜搜", "搜索", "检索", "查", "查一下", "查查", "查询", "查看", "看看", "看一下", "看下", "search", "find", "请问", "请", "麻烦", "我想", "我要", "想知道", "了解一下", "一下", "给我", "列出", "所有", "全部", "有关的", "有关", "相关的", "相关", "关于", "涉及到", "涉及", "提到", "包含", "含有", "带有", "跟", "那个任务", "这个任务", "那项任务", "这项任务", "哪个任务", "哪些任务", "哪项任务", "什么任务", "的任务", "任务", "事项", "那个", "这个", "那项", "这项", "那块", "那条", "有哪些", "哪些", "是什么", "是啥", "几号", "的事情", "的事", "督办件", "关键词", "关键字", "是哪个", "是第几项", "是几号", "第几项", "哪一项", "哪项", "哪条", "介绍", "说说", "详情", "内容", "具体", "历史记录", "历史", "记录", "依据", "出处", "归属", "在办", "包括", "里面", "分别", "吗", "呢", "吧", "啊", "呀", "在哪", "有啥", "负责", "牵头", "目前", "现在", "你好", "您好", "谢谢", "下"}

// titlePiece is where the longest piece of the best named title stands in s, when it is
// long enough to be no chance.
func (u *utterance) titlePiece() (from, to int) {
	a, _ := u.lex.names.best(u.s)
	if a.id < 0 {
		return 0, 0
	}
	run := sharedRun(u.s, u.lex.names.titles[a.id])
	if runeLen(run) < 4 {
		return 0, 0
	}
	from = strings.Index(u.s, run)
	return from, from + len(run)
}

// query is what is left of the text when the words of asking are gone: the search
// words as they were written.
func (u *utterance) query() string {
	b := []byte(u.s)
	keepFrom, keepTo := u.titlePiece()
	for _, w := range noise {
		for from := 0; ; {
			i := strings.Index(u.s[from:], w)
			if i < 0 {
				break
			}
			i += from
			from = i + len(w)
			if i >= keepFrom && from <= keepTo {
				continue // 失信记录 in a title is no 记录 asked for
			}
			for k := i; k < from; k++ {
				b[k] = 0
			}
		}
	}
	if i := strings.Index(u.s, "“"); i >= 0 {
		from := i + len("“")
		if k := strings.Index(u.s[from:], "”"); k > 0 && runeLen(u.s[from:from+k]) >= 2 {
			return u.cased(u.s[from:from+k], from) // what is in quotation marks is what is looked for
		}
	}
	best, bestLen := "", 0
	part := false // the piece holds what names the title
	for from := 0; from < len(b); {
		if b[from] == 0 {
			from++
			continue
		}
		to := from
		for to < len(b) && b[to] != 0 {
			to++
		}
		piece := strings.Trim(string(b[from:to]), " ,.，。!！?？、:：;；的了和与跟里\n\"“”《》")
		titled := from < keepTo && to > keepFrom
		if n := runeLen(piece); n > bestLen && (titled || !part) || n > 1 && titled && !part {
			part = part || titled
			best, bestLen = u.cased(piece, from+strings.Index(string(b[from:to]), piece)), n
		}
		from = to
	}
	return best
}

// cased gives the Latin letters of s[at:], which piece is, the case in which the
// person wrote them. Han characters stay folded: the plan is searched in that form.
func (u *utterance) cased(piece string, at int) string {
	if u.runs == nil {
		return piece
	}
	i := utf8.RuneCountInString(u.s[:at])
	return strings.Map(func(r rune) rune {
		if i < len(u.runs) && r >= 'a' && r <= 'z' {
			own, _ := utf8.DecodeRuneInString(u.own[u.runs[i]:])
			if own == r-'a'+'A' || own == r-'a'+'Ａ' {
				r += 'A' - 'a'
			}
		}
		i++
		return r
	}, piece)
}
