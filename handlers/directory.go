package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Bounds of what one reading of the directory may change and propose; the next reading
// goes on.
const (
	directoryCommit = 200 // people bound in one commit
	directoryAsk    = 20  // people proposed in one message
)

// Found is a person of the organisation's directory whose department names units of the
// plan: one for certain, or the candidates.
type Found struct {
	Staff      string
	Name       string
	Department string
	Units      []string
	Sure       bool
}

// DirectoryTaken counts what a reading has led to.
type DirectoryTaken struct{ Bound, Moved, Proposed, Left int }

// directoryActor is who has bound them, as the audit record has it.
var directoryActor = ledger.Actor{Name: "钉钉通讯录"}

// TakeDirectory binds people whose department names exactly one unit as plain staff of
// it, when bind is true, and proposes the others to the supervisors in one message. Whom
// a person or the configuration has ever bound, turned down or taken off stays as they
// are, and nobody is proposed twice.
func (d *Desk) TakeDirectory(ctx context.Context, people []Found, bind bool) (DirectoryTaken, error) {
	var taken DirectoryTaken
	var told []Found
	now := d.o.Now()
	for n := 0; ; n++ {
		more, err := false, error(nil)
		for range maxTries {
			more, err = d.takeSome(ctx, people, bind, now, n, &taken, &told)
			if !errors.Is(err, ledger.ErrConflict) {
				break
			}
		}
		if err != nil || !more {
			return taken, err
		}
	}
}

// takeSome makes one commit; more reports that people to be bound are left. The message
// is owed with the last one.
func (d *Desk) takeSome(ctx context.Context, people []Found, bind bool, now time.Time, n int, taken *DirectoryTaken, told *[]Found) (more bool, err error) {
	b, err := d.Fresh(ctx)
	if err != nil {
		return false, err
	}
	sure, unsure := sift(b, people, bind)
	if more = len(sure) > directoryCommit; more {
		sure, unsure = sure[:directoryCommit], nil
	}
	left := 0
	if len(supervisors(b)) == 0 { // nobody to say yes
		unsure = nil
	}
	if len(unsure) > directoryAsk {
		left, unsure = len(unsure)-directoryAsk, unsure[:directoryAsk]
	}
	if len(sure)+len(unsure) == 0 && len(*told) == 0 {
		return false, nil
	}
	c := ledger.Commit{Since: b.Rev, Now: now}
	moved := 0
	for _, f := range slices.Concat(sure, unsure) {
		next, what, again := member(b, f, now, bind)
		rec, err := ledger.Put(ledger.RecordMember, f.Staff, next)
		if err != nil {
			return false, err
		}
		if again {
			moved++
		}
		c.Puts = append(c.Puts, rec)
		c.Expects = append(c.Expects, b.Expect(rec.Kind, rec.ID))
		c.Events = append(c.Events, SetupEvent(now, directoryActor, fmt.Sprintf("directory/%d", n), len(c.Events), what))
	}
	if !more {
		body := directoryBody(slices.Concat(*told, sure), unsure, left)
		c.Notices = noticesTo(supervisors(b), fmt.Sprintf("directory/%d", now.UnixMilli()), body, now, d.o.Hours.Next(now))
	}
	if _, err := d.o.Ledger.Commit(ctx, c); err != nil {
		return false, fmt.Errorf("handlers: directory: %w", err)
	}
	taken.Bound, taken.Moved = taken.Bound+len(sure)-moved, taken.Moved+moved
	taken.Proposed, taken.Left = taken.Proposed+len(unsure), left
	*told = append(*told, sure...)
	if !more && d.o.Post != nil {
		d.o.Post.Wake()
	}
	return more, nil
}

// sift picks out whom the directory may bind or propose now, in the order read.
func sift(b *ledger.Book, people []Found, bind bool) (sure, unsure []Found) {
	for _, f := range people {
		f.Units = slices.DeleteFunc(slices.Clone(f.Units), func(u string) bool { return !knownUnit(b, u) })
		m := b.Members[f.Staff]
		certain := bind && f.Sure && len(f.Units) == 1
		switch {
		case f.Staff == "" || f.Name == "" || len(f.Units) == 0:
		case certain && (m == nil || m.Proposed() || m.Automatic() && len(m.Pending) == 0 && !m.In(f.Units[0])):
			sure = append(sure, f)
		case !certain && m == nil:
			unsure = append(unsure, f)
		}
	}
	return sure, unsure
}

// member is the person as the directory has them from now on, and what that means; again
// reports that the directory had bound them to another unit.
func member(b *ledger.Book, f Found, now time.Time, bind bool) (next ledger.Member, what string, again bool) {
	next = ledger.Member{ID: f.Staff, Name: f.Name, Since: now}
	old := b.Members[f.Staff]
	if old != nil {
		next.Since = old.Since
	}
	next.Found = &ledger.Found{Department: f.Department, At: now}
	if !bind || !f.Sure || len(f.Units) != 1 {
		next.Pending = f.Units
		return next, fmt.Sprintf("建议%s（%s）绑定%s，待督查室确认", f.Name, f.Department, strings.Join(f.Units, "或")), false
	}
	next.Units, next.Duties = f.Units, []ledger.Duty{ledger.DutyStaff}
	if old.Automatic() {
		next.Deputy = old.Deputy
		return next, fmt.Sprintf("%s（%s）由%s改绑%s", f.Name, f.Department, strings.Join(old.Units, "、"), f.Units[0]), true
	}
	return next, fmt.Sprintf("%s（%s）绑定%s，设为单位成员", f.Name, f.Department, f.Units[0]), false
}

// directoryBody is the one message about a reading.
func directoryBody(sure, unsure []Found, left int) ledger.Body {
	var s strings.Builder
	if len(sure) > 0 {
		fmt.Fprintf(&s, "已按钉钉通讯录绑定%d人为单位成员：\n\n", len(sure))
		var units []string
		names := map[string][]string{}
		for _, f := range sure {
			u := f.Units[0]
			if names[u] == nil {
				units = append(units, u)
			}
			names[u] = append(names[u], wording.Escape(f.Name))
		}
		for _, u := range units {
			list, more := names[u], ""
			if len(list) > 10 {
				list, more = list[:10], fmt.Sprintf("等%d人", len(names[u]))
			}
			fmt.Fprintf(&s, "- %s：%s%s\n", wording.Escape(u), strings.Join(list, "、"), more)
		}
		s.WriteString("\n有误的请回复“移除人员 姓名”。")
	}
	if len(unsure) > 0 {
		if s.Len() > 0 {
			s.WriteString("\n\n")
		}
		fmt.Fprintf(&s, "以下%d人的单位请确认：\n\n", len(unsure))
		for i, f := range unsure {
			name := wording.Escape(f.Name)
			say := "同意绑定 " + name
			if len(f.Units) > 1 {
				say += " " + wording.Escape(f.Units[0])
			}
			fmt.Fprintf(&s, "%d. %s（%s）：%s，请回复“%s”\n", i+1, name, wording.Escape(wording.Short(f.Department, 40)), wording.Escape(strings.Join(f.Units, "或")), say)
		}
		s.WriteString("\n不同意的请回复“不同意绑定 姓名”，同样的建议不再重复。")
	}
	if left > 0 {
		fmt.Fprintf(&s, "另有%d人，下次核对时列出。", left)
	}
	return ledger.Body{Title: "通讯录核对", Text: s.String()}
}

// noticesTo owes each of the people the same message.
func noticesTo(ids []string, key string, body ledger.Body, now, due time.Time) []ledger.Notice {
	out := make([]ledger.Notice, len(ids))
	for i, id := range ids {
		out[i] = ledger.Notice{Key: key + "/" + id, Kind: ledger.NoticeReply, To: ledger.Target{Member: id}, Body: body, Made: now, Due: due}
	}
	return out
}
