package understand

import (
	"strings"
	"unicode/utf8"
)

// percentForm reports whether a number is a percentage by its own form: with a
// percent sign, 百分之, 成, or after 进度/完成率. It widens n to the whole phrase and
// turns 八成 into 80.
func percentForm(n *number, before, after string) bool {
	switch {
	case strings.HasPrefix(strings.TrimPrefix(after, " "), "%"), strings.HasPrefix(after, "个百分点"), strings.HasPrefix(after, "percent"):
		n.end = n.to + 1
		if strings.HasPrefix(after, "个百分点") {
			n.end, n.whole, n.minus = n.to+len("个百分点"), false, true // a change, not a level
		}
		return true
	case strings.HasSuffix(before, "百分之"):
		n.start -= len("百分之")
		return true
	case strings.HasPrefix(after, "成") && n.value > 0 && n.value <= 10 && !hasAnyPrefix(after[len("成"):], "立", "功", "果", "员", "效", "型", "熟", "本", "都", "绩", "为", "交", "长") && !(n.value == 8 && hasAnyPrefix(after[len("成"):], "能", "会", "是", "要", "得", "没", "不", "可", "完不", "做不", "办不", "赶不", "来不", "弄不", "搞不", "又", "还得", "还要", "就", "他", "在")):
		n.value *= 10
		n.end = n.to + len("成")
		if half := after[len("成"):]; strings.HasPrefix(half, "半") {
			n.value, n.end = n.value+5, n.end+len("半")
		} else if half != "" && isDigit(half[0]) && half[0] != '0' && n.value <= 90 && !(len(half) > 1 && (isDigit(half[1]) || half[1] == '.')) && !measured(half[1:]) {
			n.value, n.end = n.value+float64(half[0]-'0'), n.end+1 // 6成5
		} else if d := strings.Index("一二三四五六七八九", first(half, 1)); half != "" && d >= 0 && n.value <= 90 && !measured(half[len("一"):]) {
			n.value, n.end = n.value+float64(d/len("一")+1), n.end+len("一") // 五成五
		}
		return true
	}
	return afterRate(before) && !(n.value == 1 && (strings.HasPrefix(after, "半") || hasAnyPrefix(after, oneWords...))) && !measured(after) && !hasAnyPrefix(after, "号", "项", "条", "/", ":", "-", "~") && !taskWord(before)
}

// rateWords name the progress itself.
var rateWords = []string{"进度", "完成率", "完成度", "完成比例", "推进率", "完成进度", "progress"}

// linking words between 进度 and its number.
var rateLinks = []string{"已经", "已达", "达到", "大概", "大约", "约为", "更新为", "更新到", "改为", "改成", "调整为", "现在是", "目前是", "现在", "目前", "只有", "才到", "为", "是", "到", "达", "约", "才", "有", "在", "至", ":", "已", "了", "=", " ", "差不多", "接近", "将近", "也就", "就"}

// afterRate reports whether before ends in 进度 and linking words.
func afterRate(before string) bool {
	for range 4 {
		if hasAnySuffix(before, rateWords...) {
			return true
		}
		cut := before
		for _, l := range rateLinks {
			if strings.HasSuffix(before, l) {
				cut = before[:len(before)-len(l)]
				break
			}
		}
		if cut == before {
			return false
		}
		before = cut
	}
	return hasAnySuffix(before, rateWords...)
}

// findPercent chooses the percentage that states the progress. With none it stays
// nil; with several and no telling which, doubt is set and it stays nil too.
func (u *utterance) findPercent() {
	best, tie := -1, false
	var value float64
	for _, n := range u.nums {
		if n.kind != numPercent {
			continue
		}
		switch r := u.rate(n); {
		case r < 0:
		case r > best:
			best, tie, value = r, false, n.value
		case n.value != value && u.takenBack(n):
			best, tie, value = r, false, n.value
		case r == best && n.value != value:
			tie = true
		}
	}
	if v, ok := u.half(); ok && best < 0 {
		best, value = 1, v
	}
	u.doubt = tie || best >= 0 && (value > 100 || u.ranged())
	if best >= 0 && !u.doubt {
		u.percent = &value
	}
}

// takenBack reports whether a word between n and the percentage before it says that
// the older one was wrong.
func (u *utterance) takenBack(n number) bool {
	from := 0
	for _, p := range u.nums {
		if p.kind == numPercent && p.end <= n.start {
			from = p.end
		}
	}
	return from > 0 && containsAny(u.s[from:n.start], "不对", "错了", "更正", "改成", "改为", "应该", "应为", "不是", "是", "纠正")
}

// rate weighs how surely a percentage is the present progress: −1 it is not, 1 it
// may be, 2 a word says so, 3 it is set against an older one.
func (u *utterance) rate(n number) int {
	c := u.clauseAt(n.from)
	from := c.start
	for _, p := range u.nums {
		if p.kind == numPercent && p.end <= n.start && p.end > from {
			from = p.end // what belongs to the percentage before is not ours
		}
	}
	before, after := u.s[from:max(n.start, from)], u.s[min(n.end, c.end):c.end]
	before = strings.ReplaceAll(before, "目标任务", "任务") // the office's word for the task, no aim
	if a, b := u.titlePiece(); b > a {
		before = strings.Replace(before, u.s[a:b], "任务", 1) // 立法计划 in a title is no plan
	}
	switch {
	case hasAnySuffix(strings.TrimRight(before, " :已约达到为了是才"), "县", "区", "乡", "镇", "街道", "市本级"):
		return -1 // a part of the city, not the whole
	case hasAnyPrefix(strings.TrimPrefix(after, "以上"), "人口", "群众", "居民", "市民", "企业", "单位", "部门", "乡镇", "村", "社区", "街道", "学校", "医院", "事项", "系统", "用户", "人员", "户", "窗口", "业务", "办件", "设备", "点位", "网点", "农户", "老人", "学生", "干部", "党员"):
		return -1 // a share of those
	case n.value == 100 && hasAnyPrefix(after, "没问题", "没有问题", "能", "会", "可以", "确定", "肯定", "放心", "支持", "配合", "同意", "满意", "按时", "按期", "保证", "有把握", "没戏", "完不成"):
		return -1 // surely, not wholly
	case containsAny(before, "别的单位", "其他单位", "别的部门", "人家", "隔壁", "兄弟单位"), hasAnySuffix(before, "离", "距", "距离"):
		return -1
	case u.comesLater(c.start, n.start) && !containsAny(before, "已", "目前", "现在", "了"):
		return -1 // 明天报70%
	case u.hearsay(c, before):
		u.heard = true
		return -1
	case u.ofStranger(c, n.start), hasAnySuffix(before, outsiders...), hasAnyPrefix(after, "不对", "不准", "不实", "有误", "是错"):
		return -1
	case n.minus, hasAnySuffix(before, "差", "缺", "欠", "剩", "剩下", "少了", "加", "加了", "涨", "涨了", "多了", "往前推了", "往前走了", "上涨", "追加"):
		return -1 // a step, not a level
	case ofOther(before), ofMoney(before), from > c.start && u.risen(c, before):
		return -1
	case lowered(before):
		return 2 // the level that it came down to
	case containsAny(last(before, 6), "又推进", "又完成", "推进了", "新增", "又", "增长", "提高了", "提升了", "下降", "增加", "降低", "同比", "环比", "上升", "高出", "低于", "占比", "不到", "不足", "没到", "未到", "不是", "没有", "减少", "下浮", "上浮", "优惠", "利率", "利息", "让利", "涨价", "降价", "还差", "还剩", "剩余", "只剩", "相差", "只差"):
		return -1
	case containsAny(before, "上次", "原来", "之前", "此前", "上周", "上月", "上个月", "昨天", "前期", "原先", "以前", "本来", "旧的", "去年") && !containsAny(before, "现在", "目前", "已"):
		return -1
	case containsAny(before, "应完成", "应达", "按理", "照理", "理应", "按说", "须完成", "要完成", "需完成", "必须", "应当", "不低于", "目标", "预计", "争取", "力争", "计划", "要求", "应该达到", "确保", "预期", "下周", "下月", "下一步", "月底", "年底", "准备", "打算", "可以达到", "能达到", "能到", "可以到", "将达到", "希望") && !containsAny(before, "已", "目前", "现在") && !(strings.Contains(before, "完成") && strings.HasSuffix(before, "的")):
		return -1
	case hasAnyPrefix(after, "全覆盖", "覆盖", "接入", "对接", "上线", "达标", "合格", "满意", "整改", "到位", "网办", "实现", "可办", "入库", "归集", "上网", "落地", "开通"):
		return -1
	case hasAnyPrefix(after, "的") && !(hasAnyPrefix(after, "的进度", "的任务", "的工作", "的量", "的目标", "的样子", "的进展", "的内容", "的建设") && (before != "" || hasAnyPrefix(after, "的进度", "的进展", "的样子"))) && !strings.HasSuffix(before, "完成了") && !strings.HasSuffix(before, "完成"):
		return -1
	case (strings.Contains(before, "从") || strings.HasPrefix(before, "由")) && !containsAny(before, "到", "至"):
		return -1
	case from > c.start && hasAnySuffix(before, "到", "至", "到了", "到现在", "→", ">", "变成", "变为"):
		return 3
	case containsAny(before, "整体", "总体", "总进度", "综合进度", "任务进度", "总的", "累计", "一共完成", "总共完成", "合计"):
		return 3
	case containsAny(before, "本月", "本周", "今天", "这周", "当月", "这个月", "本季度", "今年") && len(u.nums) > 1 && strings.Contains(u.s, "累计"):
		return -1
	case containsAny(before, "应该是", "应为", "改为", "改成", "更正为", "实际是", "其实是", "现在", "目前", "更新为", "更新到"):
		return 3
	case containsAny(last(before, 8), rateWords...), containsAny(last(before, 6), "完成", "总体", "整体", "做了", "搞了", "弄了", "干了", "推进"):
		return 2
	}
	return 1
}

// comesLater reports whether a day or a time yet to begin stands in s[from:to].
func (u *utterance) comesLater(from, to int) bool {
	for _, d := range u.days {
		begin := d.to
		if dated(d.from) {
			begin = d.from
		}
		if d.start >= from && d.end <= to && begin.Compare(u.today()) > 0 && !containsAny(u.s[d.start:d.end], "今", "本", "这") {
			return true
		}
	}
	return false
}

// lowered reports whether the words before a percentage say that the progress itself came
// down to it (进度下降到50%).
func lowered(before string) bool {
	for _, w := range [...]string{"下降到", "下降至", "下降为", "降低到", "降低至", "回落到", "回退到", "下调到", "下调为"} {
		if head, ok := strings.CutSuffix(before, w); ok {
			return hasAnySuffix(head, rateWords...) && !ofOther(head)
		}
	}
	return false
}

// risen are the words between a measure and the level it came to.
var risen = []string{"提升", "提高", "上升", "增加", "增长", "升", "涨", "下降", "降", "扩大", "突破", "稳定", "保持", "维持", "从", "由", "均", "都", "平均"}

// risen reports whether the percentage at the end of before continues one of another
// measure: 满意度由90%提升到97%.
func (u *utterance) risen(c clause, before string) bool {
	for range 4 {
		for _, l := range rateLinks {
			before = strings.TrimSuffix(before, l)
		}
		for _, l := range risen {
			before = strings.TrimSuffix(before, l)
		}
	}
	if before != "" {
		return false
	}
	for _, n := range u.nums {
		if n.kind == numPercent && n.start >= c.start {
			return ofOther(u.s[c.start:n.start])
		}
	}
	return false
}

// ofMoney reports whether the percentage says how much was spent (经费已支出30%).
func ofMoney(before string) bool {
	return containsAny(before, "经费", "资金", "预算", "投资", "款项", "拨款", "费用", "支出", "合同款", "工程款", "货款", "支付", "拨付", "付款") && !containsAny(last(before, 8), "进度", "完成", "整体", "总体", "任务", "推进")
}

// ofOther reports whether the percentage belongs to another measure: 满意度98%,
// 覆盖率达到100%, 资金占30%.
func ofOther(before string) bool {
	before = strings.TrimSuffix(before, "的") // 完成投资的45%
	for range 3 {
		cut := before
		for _, l := range rateLinks {
			cut = strings.TrimSuffix(cut, l)
		}
		for _, l := range risen {
			cut = strings.TrimSuffix(cut, l)
		}
		if cut == before {
			break
		}
		before = cut
	}
	for _, w := range rateWords {
		if head, ok := strings.CutSuffix(before, w); ok {
			return hasAnySuffix(head, "投资", "预算", "资金", "经费", "执行", "支付", "拨付", "支出", "款")
		}
	}
	if strings.Contains(last(before, 8), "占") {
		return true
	}
	return hasAnySuffix(before, "率", "度", "覆盖", "惠及", "涉及", "占", "占比", "比例", "比重", "超过全省", "利用", "电量", "折扣", "税", "投资", "资金", "预算", "支付", "付款", "尾款", "首付")
}

// last returns the last n characters of s.
func last(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// first returns the first n characters of s.
func first(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i]
}
