package understand

import (
	"strings"
)

// The rows that take back what was said: corrections and reopening.

// corrects reports whether the text takes an earlier statement back.
func (u *utterance) corrects() bool {
	if !u.asks && containsAny(u.s, "报的", "填的", "写的", "发的", "报上去的") && containsAny(u.s, "不对", "有误", "错了", "不准", "有问题") && u.claim == claimNone {
		return true
	}
	return u.has(cueCorrect) && (hasAnyPrefix(u.s, "错了", "更正", "订正", "纠正", "勘误", "修正", "不对", "说错", "报错", "写错", "填错", "打错", "搞错", "发错", "刚才", "刚刚", "上次", "之前", "前面", "更改", "手误", "口误", "笔误", "我说错", "我报错", "我刚才报错", "我刚刚报错", "我刚才说错", "我刚刚说错", "我刚才填错", "我刚刚填错", "不好意思", "抱歉", "昨天报") ||
		containsAny(u.s, "说错", "报错", "写错", "填错", "打错", "发错", "输错", "记错", "口误", "手误", "笔误", "更正", "我说", "我报", "报的", "说的", "讲错", "不是") && containsAny(u.s, "应该", "应为", "其实", "实际", "改成", "改为", "更正", "是"))
}

// admits matches how somebody begins who takes the last report back: 我刚才报错了.
var admits = compile(`^(?:不好意思|抱歉|对不起)?[,，]?(?:我|我们)?(?:刚才|刚刚|上次|上一条|前面|昨天)?(?:的)?(?:报|说|填|写)错了`)

func (u *utterance) scoreCorrect() float64 {
	if !u.corrects() || u.asks {
		return 0
	}
	t := u.target(false)
	switch {
	case u.doneTwo() && u.percent == nil:
		return 0
	case t.several, t.no == "":
		return 0.85 // the last check asks which one
	case u.percent != nil:
		return 0.935
	case containsAny(u.s, "更正", "订正", "纠正", "勘误", "修正") && u.claim != claimDone:
		return 0.9
	case strings.Contains(u.s, "错了") && u.matches(admits, u.s) && len(u.clauses) > 1 && len(u.nums) == 0 && u.claim != claimDone && u.claim != claimDenied:
		return 0.84
	}
	return 0
}

// The words that undo a closing without a verb of reopening: 办结早了, 之前报的完成作废, 这个完成我不认,
// 上次说完成了，专家又退回来了.
var (
	undone  = compile(`(?:^|[,，0-9号项条个]|任务)的?(?:办结|销号|结案|完结)(?:得|办|销|报|结|点)*太?早了(?:一?[点些])?(?:$|[,，。;；])|(?:办结|销号|结案|完结|(?:^|[报说点标的号项条个0-9,，])完成)了?的?(?:状态|申请|报告)?(?:都|全|先|给我|一律)*(?:作废|收回|不作数|不算数)`)
	unowned = compile(`(?:这个|这次|该|此次|他们的?)?(?:办结|完成|销号|结案)(?:结果|状态)?(?:我|我们|我办|我室|督查室)?(?:不认|不予认可|不承认)|(?:不认可?|不承认)(?:这个|这次|该|此次)?(?:的)?(?:办结|完成|销号|结案)(?:$|[,，。])`)
	broken  = compile(`^(?:(?:不好意思|抱歉|对不起)[,，])?(?:我们?)?(?:之前|上次|上回|前面|刚才|刚刚|昨天|上周)(?:我们?)?[说报](?:的)?(?:是)?(?:已经?)?(?:完成|办结|做完|办完)了?[,，].{0,12}(?:退回|打回|没通过|未通过|没过|不合格|返工|坏了|丢了)`)
)

// undoes reports whether the words undo a closing in one of these ways. To disown one is
// for the office.
func (u *utterance) undoes() bool {
	return u.percent == nil && (u.matches(undone, u.s) || u.leads() && u.matches(unowned, u.s) || u.matches(broken, u.s))
}

// pieceBack matches a piece of the work that comes back to be made again; the task was never
// closed.
var pieceBack = compile(`(?:方案|初稿|稿子|材料|报告|清单|目录|办法|规划|图纸|设计|标书|合同|评审|评估|招标)[^,，。;；]{0,6}?(?:退回|打回|没过|未过|没通过|未通过)`)

func (u *utterance) scoreReopen() float64 {
	if !u.asks && u.undoes() {
		return 0.925
	}
	if u.claim == claimNone && u.matches(pieceBack, u.s) && !containsAny(u.s, "办结", "完成", "销号", "结案", "重新打开", "恢复") {
		return 0
	}
	if !u.has(cueReopen) || u.asks && !u.request() || u.percent != nil && u.about() || u.has(cueUnmute) || containsAny(u.s, "能不能算", "算不算", "是不是") {
		return 0
	}
	office := (u.leads() || containsAny(u.s, "打回", "退回", "改回")) && containsAny(u.s, "不算完成", "不能算完成") // of a unit it only says how the task stands
	strong := office || containsAny(u.s, "重新", "重开", "重启", "恢复办理", "恢复在办", "继续办理", "继续督办", "撤销办结", "取消办结", "撤销完成", "取消完成", "撤回办结", "撤回完成", "撤销结案", "取消结案", "撤销销号", "取消销号", "改为未完成", "改成未完成", "改回", "误报", "误点", "假完成", "恢复为", "恢复成", "改为在办", "改成在办", "返工", "重新办理", "回退", "reopen", "推翻", "恢复到未", "回到在办", "重做", "重新做", "没真正完成", "没有真正完成", "恢复任务")
	denied := (u.claim == claimDenied || containsAny(u.s, "没完", "还没", "没弄")) && containsAny(u.s, "其实", "实际", "点错", "报错", "搞错", "弄错", "填错", "误", "点早", "报早", "标早")
	undone := containsAny(u.s, "又出问题", "又不行", "又坏", "没彻底") || strings.Contains(u.s, "恢复") && u.named() && u.size() <= 14
	pair := containsAny(u.s, "撤", "取消", "退回", "改回", "误操作", "操作失误", "虚报", "谎报", "不属实", "是假的", "不真实", "误点", "点错", "弄错") && containsAny(u.s, "办结", "完成", "结案", "销号")
	switch {
	case u.corrects() && u.doneTwo():
		return 0
	case strong || pair:
		return 0.925
	case denied || undone:
		return 0.9
	}
	return 0
}

// doneTwo reports whether the text takes "finished" from one task and gives it to
// another: that is for the person to say again.
func (u *utterance) doneTwo() bool {
	count := 0
	for _, n := range u.nums {
		if n.kind == numTask || n.kind == numBare {
			count++
		}
	}
	return count > 1
}
