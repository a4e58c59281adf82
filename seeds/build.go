package seeds

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/internal/zh"
	"duban/internal/zh/units"
	"duban/internal/zh/when"
	"duban/store/ledger"
)

// builder turns drafts into tasks: the words get their meaning here.
type builder struct {
	plan *ledger.Plan
	seen map[string]bool

	again map[string]int // how often a printed number came again

	legend map[string]kind // what marks at the names of units mean
}

// owners reads one statement of who is responsible.
func (b *builder) owners(d duty) []ledger.Owner {
	return units.Parse(zh.CutBytes(b.unmark(d.text), maxDuty), units.Context{Field: d.field, Issuer: b.plan.Issuer})
}

// maxDuty bounds one statement of units, in bytes: a hundred names.
const maxDuty = 3000

// build fills the plan with the tasks of the reading.
func (b *builder) build(r reading) {
	b.seen, b.again = make(map[string]bool, len(r.drafts)), make(map[string]int)
	counted := 0
	steps := make([][]ledger.Point, len(r.drafts))
	for i := range r.drafts {
		d := &r.drafts[i]
		if d.no == "" {
			counted++
			d.no = strconv.Itoa(i + 1)
		}
		t, more := b.task(d)
		b.plan.Tasks, steps[i] = append(b.plan.Tasks, t), more
	}
	if counted > 0 {
		b.problem("全文", fmt.Sprintf("有%d项任务在原文中没有编号", counted), "已按出现的先后编号")
	}
	b.plan.Problems = append(b.plan.Problems, r.problems...)
	b.ends()
	for i := range b.plan.Tasks {
		t := &b.plan.Tasks[i]
		for _, p := range when.Checkpoints(t.Deadline, b.plan.Issued, b.plan.Ends) {
			t.Points = append(t.Points, ledger.Point{ID: p.ID, Label: p.Label, Text: p.Text, Start: p.Start, Due: p.Due})
		}
		b.addSteps(t, steps[i])
		b.plan.Problems = append(b.plan.Problems, t.Problems...)
	}
}

func (b *builder) problem(row, text, proposal string) {
	b.plan.Problems = append(b.plan.Problems, ledger.Problem{Row: row, Text: text, Proposal: proposal})
}

// task gives the words of a draft their meaning. steps are checkpoints beside those
// of its deadline.
func (b *builder) task(d *draft) (t ledger.Task, steps []ledger.Point) {
	t = ledger.Task{No: b.number(d), Title: d.title, Detail: d.detail, Project: projectName(d.project), TimeText: d.time}
	for _, o := range together(d.owners) {
		if len(o.text) > maxDuty {
			d.doubt("责任单位一栏过长，只读取了前面部分", "请核对责任单位是否完整")
		}
		t.Owners = mergeOwner(t.Owners, b.owners(o))
	}
	if len(t.Owners) == 0 && len(d.owners) == 0 {
		t.Owners = b.ownersInProse(d.prose)
	}
	if !slices.ContainsFunc(t.Owners, func(o ledger.Owner) bool { return o.Role == ledger.RolePerson }) {
		for _, o := range d.leaders {
			t.Owners = mergeOwner(t.Owners, b.owners(o))
		}
	}
	t.Deadline = b.deadline(d)
	points, marks := b.steps(d)
	if t.Deadline.Kind == ledger.DeadlineOpen && d.time == "" && len(points)+len(marks) > 0 {
		t.Deadline, points = stepDeadline(points, marks), nil
		d.doubt("没有单列时限", "按分期目标认定，最后时限"+lastDay(t.Deadline).Chinese()+"，请核对")
	}
	steps = append(points, b.stages(d, t.Deadline)...)
	b.check(d, &t)
	for _, p := range d.doubts {
		p.Row = t.No
		t.Problems = append(t.Problems, p)
	}
	return t, steps
}

// together makes one statement of the labelled ones, because 责任单位 means another
// thing beside 牵头单位.
func together(list []duty) []duty {
	var out []duty
	at := -1
	for _, d := range list {
		switch {
		case d.field != prose:
			out = append(out, d)
		case at < 0:
			at, out = len(out), append(out, d)
		default:
			out[at].text += "；" + d.text
		}
	}
	return out
}

// number makes the printed number unique within the plan: its place in the body, or
// a count, stands before it: 二(一)·1. What follows the dot is as printed.
func (b *builder) number(d *draft) string {
	no := d.no
	if b.seen[no] && d.place != "" {
		no = d.place + numberDot + d.no
	}
	for b.seen[no] {
		b.again[d.no]++
		no = strconv.Itoa(b.again[d.no]+1) + numberDot + d.no
	}
	if no != d.no {
		d.doubt("编号“"+d.no+"”在原文中重复", "本项改用编号“"+no+"”")
	}
	b.seen[no] = true
	return no
}

// numberDot stands between a place and a printed number; no list prints it.
const numberDot = "·"

// printedNo returns the number of a task as its document prints it, which several
// tasks of one plan may share.
func printedNo(no string) string {
	if i := strings.LastIndex(no, numberDot); i >= 0 {
		return no[i+len(numberDot):]
	}
	return no
}

// mergeOwner adds owners, each name once with its higher role.
func mergeOwner(have, more []ledger.Owner) []ledger.Owner {
	rank := map[ledger.Role]int{ledger.RoleLead: 5, ledger.RoleResponsible: 4, ledger.RoleSupport: 3, ledger.RoleVerify: 2, ledger.RolePerson: 1}
	for _, o := range more {
		found := false
		for i := range have {
			if have[i].Name == o.Name {
				found = true
				if rank[o.Role] > rank[have[i].Role] {
					have[i].Role = o.Role
				}
			}
		}
		if !found {
			have = append(have, o)
		}
	}
	return have
}

// describe says a deadline in a few words for a proposal.
func describe(d ledger.Deadline) string {
	switch d.Kind {
	case ledger.DeadlineDue:
		return d.End.Chinese()
	case ledger.DeadlineMulti:
		var out []string
		for _, p := range d.Parts {
			out = append(out, strings.TrimSpace(p.Label+" "+describe(p.Deadline)))
		}
		return strings.Join(out, "、")
	case ledger.DeadlineRange:
		return strings.Trim(d.Start.Chinese()+"至"+d.End.Chinese(), "至")
	case ledger.DeadlineEvery:
		return "周期性任务"
	}
	return "长期任务"
}

// check lists what a person must look at.
func (b *builder) check(d *draft, t *ledger.Task) {
	for _, part := range []struct{ what, text string }{{"任务名称", t.Title}, {"时限", t.TimeText}, {"责任单位", ledger.Owners(t.Owners)}, {"任务内容", t.Detail}} {
		if part.text != zh.Lost && zh.HasLoss(part.text) {
			d.doubt(part.what+"有缺字", "已标为"+zh.Lost+"，请对照原件补正")
		}
	}
	if len(t.Owners) == 0 {
		d.doubt("没有责任单位", "请指定责任单位，否则不会催办")
	} else if t.Lead() == "" {
		d.doubt("责任单位都是集合名，没有具体单位", "请指定联系单位，否则只列入汇总")
	}
	switch dl := t.Deadline; {
	case dl.Kind == ledger.DeadlineReview:
		d.doubt("时限无法推算："+cmp.Or(t.TimeText, dl.Text), cmp.Or(dl.Note, "请给出日期"))
	case dl.Kind == ledger.DeadlineDone:
		d.doubt("原文写明已完成", "按已完成登记，请核对")
	case b.plan.Issued.IsZero() && recurs(dl):
		d.doubt("按期任务“"+cmp.Or(dl.Text, t.TimeText, t.Title)+"”没有成文日期", "没有排出各期节点，给出成文日期后重新导入即可")
	case dl.Note != "":
		d.doubt("时限“"+cmp.Or(dl.Text, t.TimeText)+"”", dl.Note)
	case dl.Kind == ledger.DeadlineOpen && t.TimeText == "":
		d.doubt("没有时限", "按长期任务处理，不设节点")
	}
}

// recurs reports whether the deadline is one of periods, in whole or in part.
func recurs(d ledger.Deadline) bool {
	return d.Kind == ledger.DeadlineEvery && d.Cycle != ledger.CycleDay ||
		slices.ContainsFunc(d.Parts, func(p ledger.Part) bool { return recurs(p.Deadline) })
}

// ends sets the plan's last day: from the title, else the last dated deadline, else
// the end of the year of issue.
func (b *builder) ends() {
	if !b.plan.Ends.IsZero() {
		return
	}
	for i := range b.plan.Tasks {
		if d := lastDay(b.plan.Tasks[i].Deadline); d.After(b.plan.Ends) {
			b.plan.Ends = d
		}
	}
	if y := b.plan.Issued.Year; y > 0 {
		if end := ledger.NewDate(y, 12, 31); end.After(b.plan.Ends) {
			b.plan.Ends = end
		}
	}
}

func lastDay(d ledger.Deadline) ledger.Date {
	last := d.End
	for _, p := range d.Parts {
		if e := lastDay(p.Deadline); e.After(last) {
			last = e
		}
	}
	return last
}
