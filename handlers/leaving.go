package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// TakeLeaving ends the automatic bindings and the proposals of people who have left the
// organisation. What a person or the configuration has bound stays, and the supervisors
// are told of it once per event.
func (d *Desk) TakeLeaving(ctx context.Context, event string, staff []string) error {
	for range maxTries {
		err := d.takeLeaving(ctx, event, staff)
		if !errors.Is(err, ledger.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("handlers: leaving %s: %w", event, ledger.ErrBusy)
}

func (d *Desk) takeLeaving(ctx context.Context, event string, staff []string) error {
	b, err := d.Fresh(ctx)
	if err != nil {
		return err
	}
	now := d.o.Now()
	c := ledger.Commit{Since: b.Rev, Now: now}
	var stay []string
	for _, id := range slices.Compact(slices.Sorted(slices.Values(staff))) {
		m := b.Members[id]
		switch {
		case m == nil:
		case m.Automatic() || m.Proposed():
			c.Puts = append(c.Puts, ledger.Record{Kind: ledger.RecordMember, ID: id})
			c.Expects = append(c.Expects, b.Expect(ledger.RecordMember, id))
			c.Events = append(c.Events, SetupEvent(now, directoryActor, "leave/"+event, len(c.Events), m.Name+"已离开组织，解除"+strings.Join(slices.Concat(m.Units, m.Pending), "、")+"的自动绑定"))
		case len(m.Duties) > 0:
			stay = append(stay, fmt.Sprintf("- %s，如需移除请回复“移除人员 %s”", wording.Escape(MemberLine(m)), wording.Escape(m.Name)))
		}
	}
	if len(stay) > 0 {
		body := ledger.Body{Title: "人员离职", Text: "钉钉通知以下人员已离开组织，绑定未做改动，请核对并及时更换：\n\n" + strings.Join(stay, "\n")}
		c.Notices = noticesTo(supervisors(b), "leave/"+event, body, now, d.o.Hours.Next(now))
	}
	if len(c.Puts)+len(c.Notices) == 0 {
		return nil
	}
	if _, err := d.o.Ledger.Commit(ctx, c); err != nil {
		return fmt.Errorf("handlers: leaving %s: %w", event, err)
	}
	if d.o.Post != nil {
		d.o.Post.Wake()
	}
	return nil
}
