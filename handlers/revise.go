package handlers

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/seeds"
	"duban/store/ledger"
)

// Revision is what importing a plan would do to the state at hand. Nothing is done
// before somebody confirms it.
type Revision struct {
	First   bool // there was no plan
	Diff    seeds.Diff
	Records []ledger.Record
	Events  []ledger.Event // one for each task that gets another number
	Expects []ledger.Expect
}

// Order is who has a plan put in place, when and by which message.
type Order struct {
	By      ledger.Actor
	At      time.Time
	Message string
}

// Empty reports whether the plan says what is there already.
func (r Revision) Empty() bool { return !r.First && r.Diff.Empty() }

// PlanTitle is what the plan is called: by its title, or by the file it came from.
func PlanTitle(p *ledger.Plan) string {
	return cmp.Or(p.Title, strings.TrimSuffix(p.Source, filepath.Ext(p.Source)))
}

// Revise holds a plan against the state. What was done for a task goes with it to another
// number. A plan without a title gets one. The error is a Chinese sentence: another plan is
// there.
func Revise(b *ledger.Book, p *ledger.Plan, o Order) (Revision, error) {
	p.Title = PlanTitle(p)
	r := Revision{First: b.Plan == nil, Expects: []ledger.Expect{b.Expect(ledger.RecordPlan, "plan")}}
	if old := b.Whole(); old != nil {
		if !samePlan(old, p) {
			return r, fmt.Errorf("库中已有方案《%s》%s，与导入的不是同一方案。请在配置中换一个 tenant 或 data_dir 再导入", PlanTitle(old), old.Number)
		}
		r.Diff = seeds.Compare(old, p)
	}
	var err error
	if r.Records, err = ledger.PlanRecords(b, p, ledger.Revised{Pairs: r.Diff.Pairs, On: ledger.DateOf(o.At)}); err != nil {
		return r, err
	}
	if !r.First && !r.Diff.Empty() {
		was, err := b.KeepPlan(o.At)
		if err != nil {
			return r, err
		}
		r.Records = append(r.Records, was)
	}
	for _, x := range b.Tasks { // nobody may have changed a task since it was compared
		r.Expects = append(r.Expects, b.Expect(ledger.RecordTask, x.No))
	}
	return r, r.renumber(b, o)
}

// renumber leaves a record of every new number in the history of its task.
func (r *Revision) renumber(b *ledger.Book, o Order) error {
	for _, c := range r.Diff.Of(seeds.ChangeNumber) {
		x := b.Task(c.OldNo)
		e := ledger.Event{
			ID: eventID(o.At, "renumber/"+o.Message+"/"+x.ID, 0), Task: x.ID, Kind: ledger.EventRenumber, At: o.At, By: o.By, Message: o.Message,
			Reason: numberWords(c),
		}
		rec, err := ledger.Put(ledger.RecordProgress, x.ID, b.Progress(x.No).With(x.ID, e))
		if err != nil {
			return err
		}
		r.Events, r.Records = append(r.Events, e), append(r.Records, rec)
		r.Expects = append(r.Expects, b.Expect(ledger.RecordProgress, x.ID))
	}
	return nil
}

func numberWords(c seeds.Change) string { return "原任务" + c.OldNo + "，现任务" + c.NewNo }

// kept is what becomes of what was done so far.
func (r Revision) kept() string {
	if len(r.Diff.Of(seeds.ChangeNumber)) > 0 {
		return "已有反馈全部保留，编号变动的，办理记录随任务转移。"
	}
	return "已有反馈全部保留。"
}

// Done says what was put in place.
func (r Revision) Done(p *ledger.Plan) string {
	done := fmt.Sprintf("任务%d项、条款%d条。", len(p.Tasks), len(p.Clauses))
	if r.First {
		return done
	}
	return done + r.kept()
}

// Audit says in one line what the import did.
func (r Revision) Audit(p *ledger.Plan) string {
	if r.First {
		return fmt.Sprintf("导入方案《%s》，任务%d项", p.Title, len(p.Tasks))
	}
	return fmt.Sprintf("修订方案《%s》，改动%d处", p.Title, len(r.Diff.Changes))
}

func samePlan(a, b *ledger.Plan) bool {
	if a.Number != "" && b.Number != "" {
		return a.Number == b.Number
	}
	return PlanTitle(a) == PlanTitle(b)
}

// changeWords are the kinds of change in words, in the order in which they are shown.
var changeWords = []struct {
	kind seeds.ChangeKind
	word string
}{
	{seeds.ChangePlan, "方案信息变动"}, {seeds.ChangeNew, "新增任务"}, {seeds.ChangeGone, "删除任务"}, {seeds.ChangeUnits, "责任单位变动"},
	{seeds.ChangeDeadline, "时限变动"}, {seeds.ChangeWords, "文字变动"}, {seeds.ChangeNumber, "编号变动"},
}

// Text lists the changes for a person, most lines of each kind.
func (r Revision) Text(most int) string {
	var b strings.Builder
	b.WriteString("与库中方案相比，有以下改动：\n")
	for _, k := range changeWords {
		list := r.Diff.Of(k.kind)
		if len(list) == 0 {
			continue
		}
		note := ""
		if k.kind == seeds.ChangeNumber {
			note = "（办理记录随任务转移）"
		}
		fmt.Fprintf(&b, "\n%s%d处%s：\n", k.word, len(list), note)
		for i, c := range list {
			if i == most {
				fmt.Fprintf(&b, "- 其余%d处略\n", len(list)-most)
				break
			}
			b.WriteString("- " + changeLine(c) + "\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// roleMarks are the marks of roles in the small language of owners, in words.
var roleMarks = strings.NewReplacer("L:", "牵头", "S:", "配合", "R:", "", "V:", "督导", "P:", "责任人", "*", "", "; ", "、", "none", "未写明")

func changeLine(c seeds.Change) string {
	no := c.NewNo
	if no == "" {
		no = c.OldNo
	}
	old, now := c.Old, c.New
	if c.Kind == seeds.ChangeUnits || c.Kind == seeds.ChangeNew || c.Kind == seeds.ChangeGone {
		old, now = roleMarks.Replace(old), roleMarks.Replace(now)
	}
	out := wording.Escape(wording.Short(c.Title, 40))
	if c.Kind == seeds.ChangeNumber {
		return numberWords(c) + " " + out
	}
	if no != "" {
		out = "任务" + no + " " + out
	}
	switch {
	case old != "" && now != "":
		return out + "：" + wording.Escape(wording.Short(old, 60)) + " → " + wording.Escape(wording.Short(now, 60))
	case now != "":
		return out + "：" + wording.Escape(wording.Short(now, 60))
	}
	return out
}

// ChangeLists owes each unit concerned one list of what changes for it (变更单), to its
// rooms or, without one, its contacts.
func (r Revision) ChangeLists(b *ledger.Book, p *ledger.Plan, now, due time.Time, by string) []ledger.Notice {
	if r.First {
		return nil
	}
	lines := map[string][]string{}
	for _, c := range r.Diff.Changes {
		for _, u := range concerned(b, p, c) {
			if line := "- " + kindWord(c.Kind) + "：" + changeLine(c); !slices.Contains(lines[u], line) {
				lines[u] = append(lines[u], line)
			}
		}
	}
	var out []ledger.Notice
	for _, u := range sortedKeys(lines) {
		text := fmt.Sprintf("【变更单】《%s》修订，涉及%s：\n\n%s\n\n%s", wording.Escape(p.Title), u, strings.Join(lines[u], "\n"), r.kept())
		body := ledger.Body{Title: "变更单 " + u, Text: wording.Cut(text, pageBytes)}
		key := fmt.Sprintf("change/%d/%s/", b.Rev, u)
		for _, id := range roomsOf(b, u) {
			out = append(out, ledger.Notice{Key: key + id, Kind: ledger.NoticeReply, To: ledger.Target{Room: id}, Body: body, By: by, Made: now, Due: due})
		}
		if len(roomsOf(b, u)) > 0 {
			continue
		}
		for _, id := range contactsOf(b, u) {
			id = b.StandIn(id, ledger.DateOf(now))
			out = append(out, ledger.Notice{Key: key + id, Kind: ledger.NoticeReply, To: ledger.Target{Member: id}, Body: body, By: by, Made: now, Due: due})
		}
	}
	return out
}

// concerned lists the units named in a changed task, before or after.
func concerned(b *ledger.Book, p *ledger.Plan, c seeds.Change) []string {
	var out []string
	if x := b.Task(c.OldNo); x != nil {
		out = append(out, x.Named()...)
	}
	for i := range p.Tasks {
		if p.Tasks[i].No == c.NewNo {
			out = append(out, p.Tasks[i].Named()...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func kindWord(k seeds.ChangeKind) string {
	for _, w := range changeWords {
		if w.kind == k {
			return w.word
		}
	}
	return "变动"
}

func sortedKeys(m map[string][]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
