package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// maxChoices is how many lines a numbered question may have in a person's own chat, and
// maxInGroup in a group, where others read along.
const (
	maxChoices = 10
	maxInGroup = 5
)

// oneTask finds the one task the words are about, or asks. write narrows the search:
// a guess from words may answer a question, but never decides what is written.
func (t *turn) oneTask(write bool) (*ledger.Task, act, bool) {
	if no := t.mean.Task; no != "" {
		if a, ask := t.renumbered(no); ask {
			return nil, a, false
		}
		if x := t.book.Task(no); x != nil {
			return x, act{}, true
		}
		if old := t.formerly(no); len(old) > 0 {
			return nil, say("编号已变动", fmt.Sprintf("方案修订后，原任务%s现为任务%s，请按新编号查询。", wording.Escape(no), wording.Numbers(nos(old)))), false
		}
		return nil, say("没有这项任务", fmt.Sprintf("没有任务%s。本方案共%s任务，可回复“我的任务”或“查找 关键词”。", wording.Escape(wording.Short(no, 12)), count(len(t.book.Tasks)))), false
	}
	candidates := t.named(t.mean.Tasks)
	if len(candidates) == 0 && t.mean.Query != "" && !write {
		candidates = t.named(t.find(t.mean.Query))
		if len(candidates) == 0 {
			return nil, say("没有找到", fmt.Sprintf("没有找到与“%s”有关的任务。可换个说法，或回复“全部任务”。", wording.Escape(wording.Short(t.mean.Query, 20)))), false
		}
	}
	if len(candidates) == 0 && write {
		candidates = t.mine()
		if len(candidates) == 0 {
			return nil, say("请指明任务", t.sampled("您名下没有正在办理的任务。请指明任务编号，例如：任务20 已完成招标。")), false
		}
		if len(candidates) == 1 {
			return candidates[0], act{}, true
		}
		candidates = t.likelyFirst(candidates)
	}
	switch len(candidates) {
	case 0:
		return nil, say("请指明任务", t.sampled("请问是哪项任务？请带上编号，例如：任务20。")), false
	case 1:
		return candidates[0], act{}, true
	}
	return nil, t.askTask(candidates, write), false
}

func (t *turn) named(nos []string) []*ledger.Task {
	var out []*ledger.Task
	for _, no := range nos {
		if x := t.book.Task(no); x != nil {
			out = append(out, x)
		}
	}
	return out
}

// mine lists the tasks one could report on: own units' tasks that are not closed, first
// of all those in which the own share is not done.
func (t *turn) mine() []*ledger.Task {
	var open, done []*ledger.Task
	for _, x := range t.book.Tasks {
		switch u := t.unit(x); {
		case u == "" || t.level(x) == ledger.LevelClosed:
		case x.Finished(t.book.Progress(x.No), t.today, u):
			done = append(done, x)
		default:
			open = append(open, x)
		}
	}
	if len(open) == 0 {
		return done
	}
	return open
}

// askTask puts a numbered question; nothing is written before it is answered.
func (t *turn) askTask(list []*ledger.Task, write bool) act {
	question := "请问是哪项任务？"
	p := &pending{Asked: question, Mean: t.mean, Text: t.words()}
	var b strings.Builder
	b.WriteString(question)
	if write {
		b.WriteString("（尚未记录）")
	}
	b.WriteString("\n\n")
	most := maxChoices
	if t.m.Conversation.Group {
		most = maxInGroup
	}
	for i, x := range list[:min(len(list), most)] {
		p.Choices = append(p.Choices, choice{Label: x.No, Task: x.No})
		fmt.Fprintf(&b, "%d. 任务%s %s\n", i+1, x.No, wording.Escape(wording.Short(x.Title, 30)))
	}
	b.WriteString("\n请回复序号，例如：1。")
	if len(list) > most {
		b.WriteString("不在其中的，请带上任务编号重新发送。")
	}
	a := act{reply: reply{title: question, text: b.String()}, ask: p}
	return a
}

// likelyFirst puts the tasks that the words fit first, then the one that was shown last, then
// those that are due soonest.
func (t *turn) likelyFirst(list []*ledger.Task) []*ledger.Task {
	list = slices.Clone(list)
	sortByDue(t, list)
	if i := slices.Index(list, t.lastShown()); i > 0 {
		list = slices.Insert(slices.Delete(list, i, i+1), 0, list[i])
	}
	score := map[*ledger.Task]float64{}
	for _, x := range list {
		score[x] = fits(t.words(), x, t.book.Tasks)
	}
	slices.SortStableFunc(list, func(a, b *ledger.Task) int { return cmp.Compare(score[b], score[a]) })
	return list
}

// fitting is the one task of the list that the words fit and by far the best; nil when none is.
func (t *turn) fitting(list []*ledger.Task) *ledger.Task {
	list = t.likelyFirst(list)
	best, next := fits(t.words(), list[0], t.book.Tasks), 0.0
	if len(list) > 1 {
		next = fits(t.words(), list[1], t.book.Tasks)
	}
	if best < 0.5 || next*2 > best {
		return nil
	}
	return list[0]
}

// onePoint finds the checkpoint that a closing is about, or asks. A task with one
// open checkpoint needs no question.
func (t *turn) onePoint(x *ledger.Task) (ledger.Point, act, bool) {
	if pt, ok := x.Point(t.pointOf(x)); ok {
		return pt, act{}, true
	}
	open := t.choosable(x)
	switch len(open) {
	case 0:
		return ledger.Point{}, say("没有待办节点", fmt.Sprintf("任务%s目前没有需要办结的节点，未做任何改动。", x.No)), false
	case 1:
		return open[0], act{}, true
	}
	question := fmt.Sprintf("任务%s有%d个未办结的节点，请问是哪个？", x.No, len(open))
	p := &pending{Asked: question, Task: x.No, Mean: t.mean, Text: t.words()}
	p.Mean.Task = x.No
	var b strings.Builder
	b.WriteString(question + "（尚未记录）\n\n")
	for i, pt := range open[:min(len(open), maxChoices)] {
		p.Choices = append(p.Choices, choice{Label: pt.Label, Task: x.No, Point: pt.ID})
		fmt.Fprintf(&b, "%d. %s（%s）\n", i+1, wording.Escape(pt.Label), pt.Due.Chinese())
	}
	b.WriteString("\n请回复序号，例如：1。")
	return ledger.Point{}, act{reply: reply{title: "请问是哪个节点", text: b.String()}, ask: p}, false
}

// choosable lists the checkpoints that a closing could mean now.
func (t *turn) choosable(x *ledger.Task) []ledger.Point {
	var out []ledger.Point
	for _, pt := range ledger.OpenPoints(x, t.book.Progress(x.No), t.today) {
		if t.book.Progress(x.No).Point(pt.ID).Phase == ledger.PhaseOpen {
			out = append(out, pt)
		}
	}
	return out
}

// askMissing tells that the plan does not have a task that was asked after, or where it went.
func (t *turn) askMissing() (act, bool) {
	if t.mean.Missing == "" {
		return act{}, false
	}
	t.mean.Task = t.mean.Missing
	_, a, ok := t.oneTask(false)
	return a, !ok
}

// noPage answers for a page that the list shown last does not have.
func (t *turn) noPage() (act, bool) {
	switch {
	case t.mean.Page == 0 || len(t.desk.shown.last(talkKey(t.m), t.now).tasks) <= 1:
		return act{}, false
	case t.mean.Page == understand.PageNext:
		return say("没有更多了", "以上已是全部，没有更多了。要看别的，请写清单的名称，例如“全部任务”。"), true
	}
	return say("没有这一页", "刚才的清单没有这一页。要看别的，请写清单的名称，例如“全部任务”。"), true
}

// runClarify puts the question that the understanding asked for.
func runClarify(t *turn) (act, error) {
	if a, ok := t.askMissing(); ok {
		return a, nil
	}
	if len(t.mean.Units) > 1 {
		return t.askUnit("请问是哪个单位？", t.mean.Units), nil
	}
	if a, ok := t.askSeveral(); ok {
		return a, nil
	}
	mean := t.mean
	if mean.Toward != "" {
		mean.Intent = mean.Toward
	}
	if list := t.named(t.mean.Tasks); len(list) > 1 && mean.Toward != "" {
		a := t.askTask(list, true)
		a.ask.Mean = mean
		return a, nil
	}
	if mean.Toward == understand.Correct && t.mean.Task == "" && len(t.mean.Tasks) == 0 {
		if a, refused := t.refuse(feedBack); refused {
			return a, nil
		}
		t.mean = mean
		return runCorrect(t)
	}
	for _, try := range [...]func() (act, bool){t.noPage, t.askShown, t.askPercent} {
		if a, ok := try(); ok {
			return a, nil
		}
	}
	if nos := understand.QuotedTasks(t.m.Text); len(nos) == 1 && writesProgress(mean.Toward) && len(t.mean.Tasks) == 0 && t.book.Task(nos[0]) != nil {
		return say("请写明进展", fmt.Sprintf("没有看懂任务%s的进展，尚未记录。进度请写0到100之间的一个数，例如：任务%s 进度60%%。", nos[0], nos[0])), nil
	}
	if writesProgress(mean.Toward) && t.mean.Task == "" && len(t.mean.Tasks) == 0 && t.me != nil {
		if list := t.mine(); len(list) > 1 {
			if x := t.fitting(list); x != nil {
				return t.askThis(x, mean), nil
			}
			if a, ok := t.askRecent(mean); ok {
				return a, nil
			}
			a := t.askTask(t.likelyFirst(list), true)
			a.ask.Mean = mean
			return a, nil
		}
	}
	text := t.mean.Ask
	if text == "" {
		text = "请说明是哪项任务、什么情况，例如：任务20 已完成招标，进度60%。"
	}
	if t.open != nil && t.mean.Toward == "" {
		text += t.open.choices(t.book)
	}
	return say("请说明", t.sampled(text)+"（未做任何改动）"), nil
}

// words is what the decision is about: what was said now, or, when this turn answers a
// question, what was said before it.
func (t *turn) words() string {
	if t.talk != nil && t.talk.Text != "" && t.mean.Intent == t.talk.Mean.Intent {
		return t.talk.Text
	}
	return t.m.Text
}

// choices says again what can be answered; empty where free words are awaited.
func (p *pending) choices(b *ledger.Book) string {
	switch {
	case p.Reason || p.Day || len(p.Choices) == 0 && !p.Confirm:
		return ""
	case p.Confirm || len(p.Choices) == 1:
		return "请回复“确认”或“取消”。"
	}
	var out strings.Builder
	for i, c := range p.Choices {
		label := c.Label
		if x := b.Task(c.Task); x != nil && c.Point == "" {
			label = "任务" + x.No + " " + wording.Short(x.Title, 30)
		}
		fmt.Fprintf(&out, "\n%d. %s", i+1, wording.Escape(label))
	}
	return "\n" + out.String() + "\n\n请回复序号，例如：1。"
}
