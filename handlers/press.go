package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runUrge presses by hand: the units of a task, or all overdue and near tasks of a unit,
// are told at once (at the next working hour) and must sign for it.
func runUrge(t *turn) (act, error) {
	if t.mean.Status != "" {
		return t.urgeMany()
	}
	if t.mean.Task == "" && len(t.mean.Tasks) == 0 && (t.mean.Unit != "" || len(t.mean.Units) > 1) {
		return t.urgeUnit()
	}
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	return t.press(x, ledger.EventPress, "催办", pressed(t.reason(), x.No))
}

// pressed is what was said beside the order itself.
func pressed(text, no string) string {
	return afterTask(strings.TrimSpace(orderToPress.ReplaceAllString(text, "")), no)
}

// orderToPress is the order itself at the head of what was said: 麻烦帮我催一下.
var orderToPress = regexp.MustCompile(`^\s*(?:请|麻烦|帮忙|帮我|给我|替我|再)*(?:催办|催一催|催催|催)(?:一下|下)?(?:吧|了)?[，,。！!]*`)

func (t *turn) press(x *ledger.Task, kind ledger.EventKind, word, text string) (act, error) {
	p := t.book.Progress(x.No)
	point := t.lastPoint(x)
	if err := ledger.Lawful(ledger.StateOf(p, point), kind); err != nil {
		return illegal(x, p, point, kind), nil
	}
	units, no, ok := t.toPress(x, p, point, kind, word)
	if !ok {
		return no, nil
	}
	e := t.event(x, point, kind, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
	if kind == ledger.EventInstruct {
		text, e.Ref = t.preset(text)
	}
	e.Reason, e.Units = text, units
	a := act{}
	told := t.deliver(&a, word+"/"+e.ID, units, t.pressBody(x, point, word, e))
	done := "已" + word
	if len(a.notices) == 0 {
		done = "已登记" + word + "，但未能送达，请另行通知"
	}
	if e.Ref == ledger.Preset13710 {
		told += "\n- 按13710跟踪，未按期落实的向督查室报告"
	}
	a.reply = reply{title: "已" + word, text: fmt.Sprintf("%s：**任务%s** %s\n\n%s", done, x.No, wording.Escape(wording.Short(x.Title, 40)), told), tasks: []string{x.No}}
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}

// toPress are the units that an order on the task goes to: the one named with it, else all
// but those that have done their share.
func (t *turn) toPress(x *ledger.Task, p *ledger.Progress, point string, kind ledger.EventKind, word string) ([]string, act, bool) {
	units := x.Named()
	if len(units) == 0 {
		return nil, say("没有可通知的单位", fmt.Sprintf("任务%s只写了集合单位（%s），没有可以直接通知的单位。", x.No, ownersText(x))), false
	}
	if u := t.mean.Unit; u != "" {
		return []string{u}, t.notTheirs(x, u, word), x.OwnedBy(u)
	}
	if owing := x.Owing(p, point); kind == ledger.EventPress && len(owing) > 0 {
		units = owing // who has done its share is not pressed
	}
	return units, act{}, true
}

// notTheirs refuses to press a unit for a task that is not its.
func (t *turn) notTheirs(x *ledger.Task, unit, word string) act {
	return say("不是责任单位", fmt.Sprintf("任务%s的责任单位是%s，没有%s，未%s。要对责任单位%s，请回复“%s 任务%s”；要改由%s负责，请督查室回复“转办 任务%s 给 %s”。",
		x.No, ownersText(x), wording.Escape(unit), word, word, word, x.No, wording.Escape(unit), x.No, wording.Escape(unit)))
}

// pressBody is the formal word to a task's units.
func (t *turn) pressBody(x *ledger.Task, point, word string, e ledger.Event) ledger.Body {
	var b strings.Builder
	head, relayed := word, ""
	if e.Kind == ledger.EventInstruct {
		if head = wording.Escape(t.me.Name) + word; !t.me.Has(ledger.DutyLeader) {
			head, relayed = word, "\n- 转达人："+wording.Escape(t.me.Name)
		}
	}
	fmt.Fprintf(&b, "【%s】任务%s %s\n", head, x.No, wording.Escape(wording.Short(x.Title, 60)))
	if pt, ok := x.Point(point); ok {
		fmt.Fprintf(&b, "\n- 时限：%s，%s", pointWhen(x, pt), wording.Days(pt.Due, t.today))
	}
	fmt.Fprintf(&b, "\n- 责任单位：%s", ownersText(x))
	b.WriteString(relayed)
	if e.Ref == ledger.Preset13710 {
		b.WriteString("\n- 办理要求（13710）：" + wording.FollowRules)
	}
	if e.Reason != "" {
		fmt.Fprintf(&b, "\n\n> %s", wording.Escape(wording.Short(e.Reason, 300)))
	}
	fmt.Fprintf(&b, "\n\n请及时办理并反馈进展，收到请回复“签收 任务%s”。\n\n%s", x.No, wording.Escape(t.desk.o.Imprint.Office))
	return ledger.Body{Title: word + " 任务" + x.No, Text: b.String(), Tasks: []string{x.No},
		Buttons: []ledger.Button{{Label: "签收", Say: "签收 任务" + x.No}, {Label: "查看", Say: "任务" + x.No}}}
}

// deliver owes the body to the rooms of the units, or to the contacts of a unit without
// a room, and says in words who is told.
func (t *turn) deliver(a *act, key string, units []string, body ledger.Body) string {
	due, before := t.desk.o.Hours.Next(t.now), len(a.notices)
	var rooms, people, nobody []string
	seen := map[string]bool{}
	for _, u := range units {
		found := false
		for _, id := range roomsOf(t.book, u) {
			found = true
			if seen[id] {
				continue
			}
			seen[id] = true
			b := body
			for _, v := range units {
				if slices.Contains(t.book.Rooms[id].Units, v) {
					b.At = append(b.At, t.contactsToday(v)...)
				}
			}
			a.notices = append(a.notices, ledger.Notice{Key: key + "/" + id, Kind: ledger.NoticeReply, To: ledger.Target{Room: id}, Body: b, By: t.m.Sender.ID, Made: t.now, Due: due})
			rooms = append(rooms, wording.Escape(t.book.Rooms[id].Title))
		}
		if found {
			continue
		}
		contacts := t.contactsToday(u)
		t.tell(a, key, contacts, body)
		for _, id := range contacts {
			people = append(people, wording.Escape(t.book.Members[id].Name))
		}
		if len(contacts) == 0 {
			nobody = append(nobody, u)
		}
	}
	for i := range a.notices[before:] {
		a.notices[before+i].Formal = true
	}
	a.pressed = append(a.pressed, a.notices[before:]...)
	return deliveredText(due.After(t.now), wording.Moment(due), rooms, people, nobody)
}

func deliveredText(later bool, when string, rooms, people, nobody []string) string {
	var parts []string
	if len(rooms) > 0 {
		parts = append(parts, "通知群："+strings.Join(rooms, "、"))
	}
	if len(people) > 0 {
		parts = append(parts, "通知联络员："+strings.Join(people, "、"))
	}
	if len(nobody) > 0 {
		parts = append(parts, "没有群和联络员、未能通知："+strings.Join(nobody, "、"))
	}
	if later && len(rooms)+len(people) > 0 {
		parts = append(parts, "现在是非工作时间，将于"+when+"发出")
	}
	return "- " + strings.Join(parts, "\n- ")
}

func roomsOf(b *ledger.Book, unit string) []string {
	var out []string
	for id, r := range b.Rooms {
		if slices.Contains(r.Units, unit) {
			out = append(out, id)
		}
	}
	sortStrings(out)
	return out
}

// runSign confirms receipt for the speaker's unit: of the task that is named, else of all
// that wait for the unit's signature.
func runSign(t *turn) (act, error) {
	var list []*ledger.Task
	if t.mean.Task != "" || len(t.mean.Tasks) > 0 {
		x, ask, ok := t.oneTask(false)
		if !ok {
			return ask, nil
		}
		list = append(list, x)
	} else {
		for _, x := range t.book.Tasks {
			if p := t.book.Progress(x.No); p != nil && slices.ContainsFunc(p.Unsigned, t.me.In) {
				list = append(list, x)
			}
		}
		if len(list) == 0 {
			return say("没有待签收的事项", "目前没有等待您签收的事项，未做任何改动。"), nil
		}
	}
	a := act{}
	var b strings.Builder
	for i, x := range list {
		by, ask, ok := t.actorFor(x)
		if !ok {
			return ask, nil
		}
		p := t.book.Progress(x.No)
		if p == nil || !slices.Contains(p.Unsigned, by.Unit) {
			return illegal(x, p, "", ledger.EventSign), nil
		}
		e := t.event(x, "", ledger.EventSign, by)
		e.ID = eventID(t.now, t.m.ID, i)
		fmt.Fprintf(&b, "已签收：**任务%s** %s（%s）。\n", x.No, wording.Escape(wording.Short(x.Title, 40)), by.Unit)
		a.reply.tasks = append(a.reply.tasks, x.No)
		if err := t.enter(&a, x, e, p.With(x.ID, e)); err != nil {
			return act{}, err
		}
	}
	a.reply.title, a.reply.text = "已签收", strings.TrimRight(b.String(), "\n")
	return a, t.settleSigned(&a, list)
}
