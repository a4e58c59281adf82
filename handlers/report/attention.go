package report

import (
	"cmp"
	"fmt"
	"slices"

	"duban/internal/wording"
	"duban/store/ledger"
)

// maxAttention is how many things a leader is shown at once.
const maxAttention = 5

// slowAcceptance is how many days an application may wait before a leader is told.
const slowAcceptance = 3

// pressedFor is how many days a unit has to answer when it was pressed, before a leader is
// told again that it is silent.
const pressedFor = 7

// What waits for a leader, the most pressing last: what is only slow, what keeps slipping,
// what is late and silent, what the office holds up, what a unit cannot do alone, and what
// nobody else may decide.
const (
	slow = iota + 1
	slipping
	silent
	held
	needed
	asked
)

// matter is one reason why a leader may have to step in, what could be done and the words
// that do it.
type matter struct {
	weight           int
	due              ledger.Date
	why, advice, say string
}

// attention lists what a leader may have to step in for, a task once with what weighs
// most; the most pressing first, and of those the ones longest due.
func (c collector) attention(rows []Row) []Line {
	type entry struct {
		Line
		matter
	}
	var list []entry
	for _, r := range rows {
		if r.Progress.Whole() != ledger.StatusActive {
			continue
		}
		found := slices.Concat(c.decisions(r), c.troubles(r))
		if len(found) == 0 {
			continue
		}
		slices.SortStableFunc(found, func(a, b matter) int { return cmp.Compare(b.weight, a.weight) })
		e := entry{c.line(r.Task), found[0]}
		e.Why, e.Advice, e.Say = e.why, e.advice, e.say+" 任务"+r.Task.No
		if len(found) > 1 && found[1].weight >= held {
			e.Why += "；另有" + found[1].why
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), a.due.Compare(b.due))
	})
	out := make([]Line, len(list))
	for i, e := range list {
		out[i] = e.Line
	}
	return out
}

// decisions are what units wait for: an answer to a request, the acceptance of a
// checkpoint, help with what they cannot do alone.
func (c collector) decisions(r Row) []matter {
	var out []matter
	for _, p := range r.Points {
		step := ""
		if l := r.Label(p); l != "" {
			step = "“" + l + "”"
		}
		switch s := p.State; {
		case s.Ask != nil:
			out = append(out, matter{asked, p.Due, fmt.Sprintf("%s申请延期至%s（第%d次）：%s", step, s.Ask.To.Chinese(), s.Extended+1, wording.Short(s.Ask.Reason, 30)), "请审批", "同意延期"})
		case s.Phase == ledger.PhasePending && c.today.Sub(Day(s.AppliedAt)) > slowAcceptance:
			out = append(out, matter{held, p.Due, fmt.Sprintf("%s申请办结已%d天未审核", step, c.today.Sub(Day(s.AppliedAt))), "请审核", "通过"})
		}
	}
	if r.Progress != nil && r.Progress.Need != nil {
		out = append(out, matter{needed, c.dueOf(r), "申请协调：" + wording.Short(r.Progress.Need.Text, 40), "请协调相关单位", "协调办结"})
	}
	return out
}

// troubles are what goes wrong with the checkpoint that the task is working on.
func (c collector) troubles(r Row) []matter {
	p, ok := r.Current()
	if !ok || p.State.Phase != ledger.PhaseOpen {
		return nil
	}
	var out []matter
	late := c.today.Sub(p.Due)
	if late > 0 && c.silent(r.Progress) {
		if m, tell := c.quiet(r, late); tell {
			m.due = p.Due
			out = append(out, m)
		}
	}
	switch {
	case r.Progress != nil && r.Progress.Need == nil && blocked(r.Progress):
		out = append(out, matter{slipping, p.Due, "反馈有问题需协调：" + wording.Short(r.Progress.Last.Report.Blocker, 40), "请协调相关单位", "批示"})
	case p.State.Extended >= 2:
		out = append(out, matter{slipping, p.Due, fmt.Sprintf("已延期%d次", p.State.Extended), "请约谈责任单位", "催办"})
	case p.State.Returned >= 2:
		out = append(out, matter{slow, p.Due, fmt.Sprintf("办结申请已退回%d次", p.State.Returned), "请明确验收要求", "批示"})
	}
	return out
}

// quiet is what is said of a task that is late and silent; nothing while whoever was
// pressed still has time to answer.
func (c collector) quiet(r Row, late int) (matter, bool) {
	m := matter{weight: silent, why: fmt.Sprintf("逾期%d天且近%d天没有反馈", late, c.q.Silent), advice: "请催办责任单位", say: "催办"}
	if r.Progress == nil || r.Progress.Pressed == nil || r.Last() != nil && r.Last().At.After(r.Progress.Pressed.At) {
		return m, true
	}
	day := Day(r.Progress.Pressed.At)
	m.why = fmt.Sprintf("逾期%d天，%s催办或批示后仍没有反馈", late, day.Chinese())
	m.advice, m.say = "请约谈责任单位或作出批示", "批示"
	return m, c.today.Sub(day) > pressedFor
}

// dueOf is the deadline that the task's state speaks of; a standing task has none.
func (c collector) dueOf(r Row) ledger.Date {
	p, _ := r.Due()
	return p.Due
}
