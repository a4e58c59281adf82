package handlers

import (
	"fmt"
	"regexp"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

var (
	// delivered ends a clause that says that a thing is there: a document is issued, a system
	// is in use. The groups: what is delivered, the mark that it has happened, the verb.
	delivered = regexp.MustCompile(`^(.*?)((?:已经|已|早就|早已|就|都|均|全部|全面|正式|刚刚|刚)*)(印发|出台|发布|公布|颁布|下发|发文|上线|投用|启用|投入使用|投入运行|交付使用|建成|竣工|完成|完工|办完|做完|完毕)((?:实施|执行|施行|运行|使用|完成|完毕)?[了啦]?)$`)
	// beside are words around the thing in such a clause that do not name it.
	beside = regexp.MustCompile(`任务\s*\d+|[\d一二三四五六七八九十]+[年月日号]|上?(?:周|星期)[一二三四五六日天]?|今天|昨天|前天|上午|下午|我们|我委|我局|我办|我中心|本单位|该|这个|那个|的|节点|工作|项目|也|[《》“”"':：、()（）\s\d]`)
	// pieces are things that are not the whole of a checkpoint.
	pieces = regexp.MustCompile(`稿|草案|[一二三]期|部分|阶段|框架|通知|招标|采购|前期|初步|试点|其中|子`)
	// further are words of a text that leave something to be done.
	further = regexp.MustCompile(`但|还|尚|待|等|下一步|正在|准备|将|仍|差|没|未|计划|预计|争取`)

	documents = regexp.MustCompile(`办法|规范|方案|目录|规划|意见|制度|制定|制订|编制|印发|出台|立法|清单|细则|标准|体系`)
	systems   = regexp.MustCompile(`建设|系统|平台|应用|网站|整合|开通|数据库|中心`)
)

// finishedPoint finds the checkpoint of which a clause says, whole and without hedging,
// that its thing is finished (管理办法已印发), so that an application may be offered.
func (t *turn) finishedPoint(x *ledger.Task, point, text string) (ledger.Point, bool) {
	if x.Standing() || t.mean.Reason != "" {
		return ledger.Point{}, false
	}
	clauses := clauseEnds.Split(text, -1)
	for i, c := range clauses {
		m := delivered.FindStringSubmatch(c)
		if m == nil || hedged.MatchString(m[1]) || pieces.MatchString(m[1]) || ownPart.MatchString(c) || unfinished.MatchString(c) {
			continue
		}
		done := strings.Contains("完成完工办完做完完毕", m[3])
		if m[2] == "" && m[4] == "" && !done {
			continue // 印发: an order or a plan
		}
		named, byName := pointIn(x, t.today, c)
		thing := beside.ReplaceAllString(ordinalPoint.ReplaceAllString(m[1], ""), "")
		switch {
		case byName && thing == "", byName && commonRun(thing, named.Label+x.Title)*2 > len([]rune(thing)):
			return named, true
		case byName, t.mean.Percent != nil && *t.mean.Percent < 100, further.MatchString(strings.Join(append(append([]string{}, clauses[:i]...), clauses[i+1:]...), "，")):
			continue
		}
		pt, ok := x.Point(point)
		switch {
		case !ok, done && thing == "" && len(x.Begun(t.today)) > 1:
			continue
		case thing == "" && !done && !suits(m[3], pt.Label, x.Title):
			continue
		case thing != "" && commonRun(thing, pt.Label+x.Title) < len([]rune(thing)):
			continue
		}
		return pt, true
	}
	return ledger.Point{}, false
}

// suits reports whether the verb is one for what the checkpoint is to bring about; where
// the label says it, the title does not count.
func suits(verb, label, title string) bool {
	kind := systems
	if strings.Contains("印发出台发布公布颁布下发发文", verb) {
		kind = documents
	}
	if documents.MatchString(label) || systems.MatchString(label) {
		return kind.MatchString(label)
	}
	return kind.MatchString(title)
}

// offerClosing asks, after a report by which a checkpoint's thing is finished, whether to
// apply for closing it. The report stands whatever the answer is.
func (t *turn) offerClosing(a *act, x *ledger.Task, point string, by ledger.Actor) {
	pt, ok := t.finishedPoint(x, point, t.mean.Text)
	if !ok || x.Assists(by.Unit) && !by.Behalf || ledger.Lawful(ledger.StateOf(t.book.Progress(x.No), pt.ID), ledger.EventApply) != nil {
		return
	}
	what := "任务" + x.No
	if len(x.Points) > 1 && pt.Label != "" {
		what += "的“" + wording.Escape(pt.Label) + "”节点"
	}
	t.offer(a, x, fmt.Sprintf("是否为%s申请办结？", what), "好的，不申请办结，已记录的反馈不变。", pt.ID,
		understand.Meaning{Intent: understand.Done, Task: x.No, Text: t.mean.Text})
}

// offer puts one more question under a receipt. What was recorded stands; a no only
// answers with the given words.
func (t *turn) offer(a *act, x *ledger.Task, question, no, point string, yes understand.Meaning) {
	a.reply.text += "\n\n**" + question + "**请回复“确认”或“取消”，上述反馈已保留。"
	a.reply.buttons = yesNo()
	a.ask = &pending{Asked: question, Task: x.No, Confirm: true, No: no, Mean: yes}
	if point != "" {
		a.ask.Choices = []choice{{Label: question, Task: x.No, Point: point}}
	}
}

// followUp asks what a report leaves open, or says what it leads to.
func (t *turn) followUp(a *act, x *ledger.Task, point string, by ledger.Actor) {
	if !t.offerHelp(a, x, by) {
		t.offerClosing(a, x, point, by)
	}
	if a.ask == nil {
		t.hintClosing(a, x, point, by)
	}
}

// hintClosing says, after a report of 100 %, how to apply for closing: a percentage alone
// closes nothing. Where a share was done the receipt has said it.
func (t *turn) hintClosing(a *act, x *ledger.Task, point string, by ledger.Actor) {
	p := t.book.Progress(x.No)
	if t.mean.Percent == nil || *t.mean.Percent < 100 || x.Standing() || x.Assists(by.Unit) && !by.Behalf || t.part(x, point, by) == ledger.WordDone ||
		ledger.Lawful(ledger.StateOf(p, point), ledger.EventApply) != nil {
		return
	}
	a.reply.text += "\n\n" + closingHint(x.No)
}

func closingHint(no string) string {
	return fmt.Sprintf("如已全部完成，请回复“任务%s 申请办结”。", no)
}
