package handlers

import (
	"fmt"
	"slices"
	"time"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runLatest shows what moved, newest first, since the asker last looked. In a group, where
// many read along, it is what moved in the last days.
func runLatest(t *turn) (act, error) {
	q, ask, ok := t.query()
	if !ok {
		return ask, nil
	}
	q.Most = 0
	if t.m.Conversation.Group {
		f, err := t.facts(q)
		if err != nil {
			return act{}, err
		}
		return t.moved(f, f.From+"至"+f.To), nil
	}
	return t.sinceLook(q)
}

// sinceLook shows what is new to the asker, and keeps that it was shown. A further page is
// one of the last answer.
func (t *turn) sinceLook(q report.Query) (act, error) {
	look := t.book.Look(t.me.ID)
	from, since, turned := look.Seen, "自您上次查看（"+wording.Moment(look.At)+"）以来", t.page > 1
	if turned {
		from, since = look.Before, "上次查看时"
	}
	if from.IsZero() {
		from = q.From.In(t.now.Location(), 0, 0).Add(-time.Nanosecond)
		since = fmt.Sprintf("近%d天（%s至%s）", movedDays, q.From.Chinese(), q.To.Chinese())
	}
	q.From = ledger.DateOf(from.In(t.now.Location()))
	events, err := t.desk.o.Ledger.Events(t.ctx, "", from, t.now.Add(time.Second))
	if err != nil {
		return act{}, fmt.Errorf("handlers: events since the last look: %w", err)
	}
	events = slices.DeleteFunc(events, func(e ledger.Event) bool { return !e.At.After(from) })
	f := report.Compute(t.book, events, q)
	a := t.moved(f, since)
	if turned || len(f.Moved) == 0 {
		return a, nil // where nothing was shown, the next look begins where this one did
	}
	next := ledger.Look{At: t.now, Seen: events[len(events)-1].At, Before: look.Seen}
	return a, t.put(&a, ledger.RecordSetting, ledger.LookID(t.me.ID), next)
}

// moved lists the tasks that moved.
func (t *turn) moved(f report.Facts, when string) act {
	if len(f.Moved) == 0 {
		return say("最新进展", when+"没有新的进展。看某段时间的进展请回复“本周进展”“上月进展”。")
	}
	var lines, nos []string
	for _, l := range f.Moved {
		said := wording.Short(l.Said, 80)
		out := fmt.Sprintf("- 任务%s %s（%s）%s：%s", l.Task, wording.Escape(wording.Short(l.Title, 20)), wording.Escape(l.Unit), l.When, wording.Escape(said))
		lines, nos = append(lines, out+l.Beside(said)), append(nos, l.Task)
	}
	a := say("最新进展", t.pages(fmt.Sprintf("**最新进展** %s，%s", when, count(f.MovedAll)), lines, t.m.Text))
	a.reply.tasks = nos
	return a
}
