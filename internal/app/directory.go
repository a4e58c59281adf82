package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/bot/dingtalk"
	"duban/handlers"
	"duban/internal/wording"
	"duban/internal/zh/units"
	"duban/store/ledger"
)

const (
	// directoryMark is when the directory was last read, by whichever replica.
	directoryMark  = "directory"
	directoryLook  = 5 * time.Minute // between looks whether it is to be read
	directoryAgain = time.Hour       // between readings of one day, at starts and after failures
	// Bounds of one reading. Its calls cost nothing of the month's budget; within
	// DingTalk's rate they take some twenty minutes.
	directoryCalls = 20000
	directoryTime  = 40 * time.Minute
)

// directory reads the organisation's directory at start and once a working day, inside
// working hours, until ctx ends.
func (o *office) directory(ctx context.Context) error {
	for again := true; ; {
		read, err := o.directoryOnce(ctx, again)
		again = err != nil || again && !read
		if err != nil && ctx.Err() == nil {
			o.log.Warn("directory not read; tried again in an hour", "err", err)
		}
		if read || err != nil {
			o.unread.Store(err != nil)
		}
		if !o.env.Wait(ctx, directoryLook) {
			return nil
		}
	}
}

// directoryOnce reads the directory when it is time to and gives it to the desk. again
// lets it be read more than once a day, an hour after the last time: the process has
// started and not read it yet, or failed to.
func (o *office) directoryOnce(ctx context.Context, again bool) (read bool, err error) {
	now := o.now()
	if !o.hours.Next(now).Equal(now) {
		return false, nil
	}
	claimed := false
	err = change(ctx, o.desk.Fresh, o.engine, o.now, func(b *ledger.Book) (ledger.Commit, error) {
		last := b.Marks[directoryMark]
		today := ledger.DateOf(last.In(now.Location())) == ledger.DateOf(now)
		if claimed = !today || again && now.Sub(last) >= directoryAgain; !claimed {
			return ledger.Commit{}, nil
		}
		rec, err := ledger.Put(ledger.RecordMark, directoryMark, now)
		return ledger.Commit{Puts: []ledger.Record{rec}, Expects: []ledger.Expect{b.Expect(rec.Kind, rec.ID)}}, err
	})
	if err != nil || !claimed {
		return false, err
	}
	work, cancel := context.WithTimeout(ctx, directoryTime)
	defer cancel()
	found, err := o.ding.Directory(work, dingtalk.Walk{MaxCalls: directoryCalls, Pause: o.pause})
	switch {
	case err != nil:
		return false, fmt.Errorf("app: directory: %w", err)
	case !found.Whole: // somebody's other departments may be among what was not read
		return false, fmt.Errorf("app: directory: more than %d calls, nobody bound", directoryCalls)
	}
	b, err := o.desk.Fresh(ctx)
	if err != nil {
		return false, err
	}
	taken, err := o.desk.TakeDirectory(ctx, foundIn(found, b), o.cfg.DingTalk.Directory == "bind")
	o.log.Info("directory read", "people", len(found.Entries), "bound", taken.Bound, "moved", taken.Moved, "proposed", taken.Proposed, "left", taken.Left)
	return err == nil, err
}

// pause is the waiting of a walk through the directory.
func (o *office) pause(ctx context.Context, d time.Duration) error { return pauseBy(o.env, ctx, d) }

func pauseBy(e Env, ctx context.Context, d time.Duration) error {
	if e.Wait(ctx, d) {
		return nil
	}
	return errors.Join(ctx.Err(), context.Canceled)
}

// unitNames lists the units of the plan that people can belong to, in its order.
func unitNames(b *ledger.Book) []string {
	var names []string
	for _, t := range b.Tasks {
		for _, u := range t.Named() {
			if !slices.Contains(names, u) {
				names = append(names, u)
			}
		}
	}
	return names
}

// foundIn says who of the directory belongs to which unit of the plan, as far as the
// names of the departments tell.
func foundIn(d dingtalk.Directory, b *ledger.Book) []handlers.Found {
	sure, unsure := d.Bind(units.NewDirectory(unitNames(b), b.Aliases))
	var out []handlers.Found
	for _, p := range sure {
		out = append(out, handlers.Found{Staff: p.StaffID, Name: p.Name, Department: p.Department, Units: []string{p.Unit}, Sure: true})
	}
	for _, p := range unsure {
		out = append(out, handlers.Found{Staff: p.StaffID, Name: p.Name, Department: p.Department, Units: p.Units[:min(len(p.Units), 3)]})
	}
	return out
}

// directoryLine says in words what the directory has led to, for 状态.
func directoryLine(b *ledger.Book, now time.Time, failed bool) string {
	bound, proposed := 0, 0
	for _, m := range b.Members {
		switch {
		case m.Automatic():
			bound++
		case m.Proposed():
			proposed++
		}
	}
	when := "尚未核对"
	switch at := b.Marks[directoryMark]; {
	case failed:
		when = "没有读成，请核对应用的通讯录权限（qyapi_get_member、qyapi_get_department_list），详见日志"
	case !at.IsZero():
		when = "最近核对" + wording.Moment(at.In(now.Location()))
	}
	return fmt.Sprintf("钉钉通讯录：%s，自动绑定%d人，待确认%d人", when, bound, proposed)
}
