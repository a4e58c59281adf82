package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// noUnit tells whoever has no unit how to get one, and what there is to see meanwhile.
func noUnit(instead string) string {
	return "您没有绑定责任单位，名下没有任务。需要绑定的，请回复“绑定 单位名称”；也可回复“" + instead + "”查看总体情况。"
}

// runMyTasks lists the tasks in which the asker's units are named.
func runMyTasks(t *turn) (act, error) {
	units := t.me.Units
	if len(units) == 0 {
		return say("没有绑定单位", noUnit("全部任务”或“汇总")), nil
	}
	if t.m.Conversation.Group && !slices.ContainsFunc(units, t.see.seesUnit) {
		return say("请私聊查询", "本群没有绑定您的单位，请私聊我发送“我的任务”。"), nil
	}
	return t.unitList("我的任务", strings.Join(units, "、"), units, "我的任务")
}

// runUnitTasks lists the tasks of the unit that is named.
func runUnitTasks(t *turn) (act, error) {
	unit, ask, ok := t.oneUnit()
	if !ok {
		return ask, nil
	}
	return t.unitList(unit+"的任务", unit, []string{unit}, unit+"的任务")
}

// unitList lists the units' tasks, narrowed by the state and period that were asked.
func (t *turn) unitList(title, name string, units []string, again string) (act, error) {
	var own, out []*ledger.Task
	joint := 0
	for _, x := range t.book.Tasks {
		if slices.ContainsFunc(units, x.OwnedBy) {
			own = append(own, x)
			if t.wanted(x, units) {
				out = append(out, x)
			}
		} else if len(x.Named()) == 0 && len(x.Owners) > 0 {
			joint++
		}
	}
	if len(own) == 0 {
		return say(title, fmt.Sprintf("方案中没有明确列名“%s”的任务。", wording.Escape(name))), nil
	}
	word := t.statusWord()
	if len(out) == 0 {
		return say(title, fmt.Sprintf("%s共%s任务，其中没有%s的。", name, count(len(own)), word)), nil
	}
	head := fmt.Sprintf("**%s** 共%s任务", name, count(len(out)))
	if word != "" {
		head = fmt.Sprintf("**%s** %s的任务%s，共%s", name, word, count(len(out)), count(len(own)))
	}
	a := t.list(title, head, out, again)
	if joint > 0 && word == "" {
		a.reply.text += fmt.Sprintf("\n\n另有%s由“市政府各部门”等集合单位共同负责，未列入，可回复“全部任务”查看。", count(joint))
	}
	if t.see.sees(own[0]) && !t.m.Conversation.Group && title == "我的任务" {
		a.reply.text += t.sampled("\n\n回复“任务20”这样的编号看详情；回复“任务20 进展情况”即可反馈。")
	}
	return a, nil
}

// wanted reports whether the task is of the state and period asked for.
func (t *turn) wanted(x *ledger.Task, units []string) bool {
	level := t.level(x)
	switch t.mean.Status {
	case "done":
		if level != ledger.LevelClosed && !t.closedAny(x) {
			return false
		}
	case "open":
		if level == ledger.LevelClosed {
			return false
		}
	case "pending":
		if level != ledger.LevelPending {
			return false
		}
	case "overdue":
		if level != ledger.LevelOverdue {
			return false
		}
	case "blocked":
		if !t.blocked(x) {
			return false
		}
	case "lead":
		if !slices.ContainsFunc(units, func(u string) bool { return x.Lead() == u }) {
			return false
		}
	}
	if t.mean.To.IsZero() && t.mean.From.IsZero() {
		return true
	}
	if t.mean.Status == "done" {
		return t.closedWithin(x)
	}
	return t.dueWithin(x)
}

// blocked reports whether an open task is held up: it waits for coordination, or the last
// report names what stands in the way.
func (t *turn) blocked(x *ledger.Task) bool {
	p := t.book.Progress(x.No)
	if p == nil || t.level(x) == ledger.LevelClosed {
		return false
	}
	return p.Need != nil || p.Last != nil && (p.Last.Report.Blocker != "" || p.Last.Report.Status == ledger.StatusBlocked)
}

// closedWithin reports whether a checkpoint was closed in the period asked for.
func (t *turn) closedWithin(x *ledger.Task) bool { return slices.ContainsFunc(x.Points, t.closedIn(x)) }

// closedIn picks the checkpoints that were closed in the period asked for.
func (t *turn) closedIn(x *ledger.Task) func(ledger.Point) bool {
	p := t.book.Progress(x.No)
	return func(pt ledger.Point) bool {
		s := p.Point(pt.ID)
		day := ledger.DateOf(s.ClosedAt.In(t.now.Location()))
		return s.Phase == ledger.PhaseClosed && !day.Before(t.mean.From) && (t.mean.To.IsZero() || !day.After(t.mean.To))
	}
}

func (t *turn) closedAny(x *ledger.Task) bool {
	p := t.book.Progress(x.No)
	return slices.ContainsFunc(x.Points, func(pt ledger.Point) bool { return p.Point(pt.ID).Phase == ledger.PhaseClosed })
}

// dueWithin reports whether an unclosed checkpoint falls due in the period asked for.
func (t *turn) dueWithin(x *ledger.Task) bool { return slices.ContainsFunc(x.Points, t.dueIn(x)) }

// dueIn picks the unclosed checkpoints that fall due in the period asked for.
func (t *turn) dueIn(x *ledger.Task) func(ledger.Point) bool {
	p := t.book.Progress(x.No)
	return func(pt ledger.Point) bool {
		return p.Point(pt.ID).Phase != ledger.PhaseClosed && !pt.Due.Before(t.from()) && (t.mean.To.IsZero() || !pt.Due.After(t.mean.To))
	}
}

// shownPoint is the checkpoint for which the task stands in the list: the one that matched
// the period asked for, else the one that makes it overdue, else the current one.
func (t *turn) shownPoint(x *ledger.Task) (ledger.Point, bool) {
	if !t.mean.To.IsZero() || !t.mean.From.IsZero() {
		matches := t.dueIn(x)
		switch {
		case t.mean.Status == "done":
			matches = t.closedIn(x)
		case t.mean.Intent == understand.Overdue, t.mean.Intent == understand.Ranking:
			return t.mainPoint(x)
		}
		if i := slices.IndexFunc(x.Points, matches); i >= 0 {
			return x.Points[i], true
		}
	}
	return t.mainPoint(x)
}

// mainPoint is the checkpoint that the task's light speaks of.
func (t *turn) mainPoint(x *ledger.Task) (ledger.Point, bool) {
	p := t.book.Progress(x.No)
	if t.level(x) == ledger.LevelOverdue {
		if late, ok := ledger.LatePoint(x, p, t.today, t.desk.lights(t.book)); ok {
			return late, true
		}
	}
	return ledger.CurrentPoint(x, p, t.today)
}

// from is the first day of the period asked for; a period without a beginning starts
// today.
func (t *turn) from() ledger.Date {
	if t.mean.From.IsZero() {
		return t.today
	}
	return t.mean.From
}

func (t *turn) statusWord() string {
	word := map[string]string{
		"done": t.desk.o.Lights.Word(ledger.LevelClosed), "pending": t.desk.o.Lights.Word(ledger.LevelPending), "overdue": t.desk.o.Lights.Word(ledger.LevelOverdue),
		"open": "未办结", "lead": "牵头", "blocked": "报告受阻或需协调",
	}[t.mean.Status]
	if t.mean.To.IsZero() && t.mean.From.IsZero() {
		return word
	}
	switch {
	case t.mean.Status == "done":
		return t.periodWord() + "办结"
	case word != "":
		return t.periodWord() + "到期、" + word
	}
	return t.periodWord() + "到期"
}

func (t *turn) periodWord() string {
	if t.mean.To.IsZero() {
		return t.from().Chinese() + "以后"
	}
	return t.from().Chinese() + "至" + t.mean.To.Chinese()
}

// runAllTasks lists the whole plan.
func runAllTasks(t *turn) (act, error) {
	var out []*ledger.Task
	for _, x := range t.book.Tasks {
		if t.wanted(x, nil) && (t.mean.Status == "" || t.see.sees(x)) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return say("全部任务", "没有"+t.statusWord()+"的任务。"), nil
	}
	head := fmt.Sprintf("**%s** 共%s任务", t.planName(), count(len(out)))
	if w := t.statusWord(); w != "" {
		head = fmt.Sprintf("**%s** %s的任务%s", t.planName(), w, count(len(out)))
	}
	return t.list("全部任务", head, out, "全部任务"), nil
}

func (t *turn) planName() string {
	if t.book.Plan == nil {
		return "方案"
	}
	if t.book.Plan.Number != "" {
		return t.book.Plan.Number
	}
	return wording.Short(t.book.Plan.Title, 30)
}

// runSearch lists tasks by words.
func runSearch(t *turn) (act, error) {
	found := t.find(t.mean.Query)
	if unit, ok := t.lex.Unit(t.mean.Query); ok && len(found) == 0 { // 跟财政局有关的
		return t.unitList(unit+"的任务", unit, []string{unit}, unit+"的任务")
	}
	if len(found) == 0 {
		return say("没有找到", fmt.Sprintf("没有找到与“%s”有关的任务。可换个说法，或回复“全部任务”。", wording.Escape(wording.Short(t.mean.Query, 20)))), nil
	}
	var out []*ledger.Task
	for _, no := range found {
		out = append(out, t.book.Task(no))
	}
	head := fmt.Sprintf("与“%s”有关的任务%s", wording.Escape(wording.Short(t.mean.Query, 20)), count(len(out)))
	return t.list("查找结果", head, out, "查找 "+wording.Short(t.mean.Query, 20)), nil
}
