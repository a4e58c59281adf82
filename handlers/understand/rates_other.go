package understand

import "strings"

// Whether a percentage is of another measure than the progress.

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
	spent := before
	for _, w := range [...]string{"了", "完成", "执行", "已经", "已", "累计", "共", "总共"} {
		spent = strings.TrimSuffix(spent, w)
	}
	if spent != before && hasAnySuffix(spent, "经费", "资金", "预算", "款项", "费用") {
		return true // 经费完成60%
	}
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
	return hasAnySuffix(before, "率", "度", "性", "覆盖", "惠及", "涉及", "占", "占比", "比例", "比重", "超过全省", "利用", "电量", "折扣", "税", "投资", "资金", "预算", "支付", "付款", "尾款", "首付")
}
