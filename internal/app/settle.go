package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"duban/config"
	"duban/handlers"
	"duban/internal/zh/secrecy"
	"duban/seeds"
	"duban/store"
	"duban/store/ledger"
)

// settleConfig puts what the configuration binds beforehand into the store, and the
// first plan where there is none. What people have bound since stays.
func (o *office) settleConfig(ctx context.Context) error {
	return change(ctx, o.desk.Fresh, o.engine, o.now, func(b *ledger.Book) (ledger.Commit, error) {
		var recs []ledger.Record
		var said []string
		if b.Plan == nil {
			p, err := firstPlan(o.cfg)
			if err != nil {
				return ledger.Commit{}, err
			}
			if recs, err = ledger.PlanRecords(b, p, ledger.Revised{}); err != nil {
				return ledger.Commit{}, err
			}
			said = append(said, handlers.Revision{First: true}.Audit(p))
			o.log.Info("plan imported", "number", p.Number, "tasks", len(p.Tasks))
		}
		more, err := o.bound(b)
		c := ledger.Commit{Puts: recs, Expects: []ledger.Expect{b.Expect(ledger.RecordPlan, "plan")}}
		for _, x := range more {
			c.Puts = append(c.Puts, x.record)
			c.Expects = append(c.Expects, b.Expect(x.record.Kind, x.record.ID))
			said = append(said, x.what)
		}
		for i, what := range said {
			c.Events = append(c.Events, handlers.SetupEvent(o.now(), ledger.Actor{Name: "配置文件"}, "config", i, what))
		}
		return c, err
	})
}

// firstPlan is the plan that a start without one begins with.
func firstPlan(cfg config.Config) (*ledger.Plan, error) {
	if cfg.Plan == "" {
		return seeds.Huzhou()
	}
	p, err := readPlan(cfg.Plan, ledger.Date{}, secrecyOf(cfg))
	if err != nil {
		return nil, err
	}
	p.Title = handlers.PlanTitle(p)
	return p, nil
}

// secrecyOf is the list of markings with what the configuration adds to it.
func secrecyOf(cfg config.Config) *secrecy.Gate {
	return secrecy.New(cfg.Secrecy.Words, cfg.Secrecy.Harmless)
}

// readPlan reads a plan document of any form.
func readPlan(file string, issued ledger.Date, gate *secrecy.Gate) (*ledger.Plan, error) {
	b, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("找不到方案文件 %s，请核对路径", file)
	}
	if err != nil {
		return nil, fmt.Errorf("方案文件 %s 无法读取：%w", file, config.FileFault(err))
	}
	p, err := seeds.Read(b, seeds.Options{Name: filepath.Base(file), Issued: issued, Secrecy: gate})
	var no *seeds.FormatError
	if errors.As(err, &no) {
		return nil, errors.New(no.Message)
	}
	return p, err
}

// setting is one record that the configuration puts, and what that is in words.
type setting struct {
	record ledger.Record
	what   string
}

// bound lists the configured members, rooms and aliases that differ from what the store
// has. For people and rooms that it lists, the configuration has the last word; a person
// whom it no longer lists loses what it gave.
func (o *office) bound(b *ledger.Book) ([]setting, error) {
	var out []setting
	add := func(kind ledger.RecordKind, id string, v, old any, what string) error {
		if reflect.DeepEqual(v, old) {
			return nil
		}
		r, err := ledger.Put(kind, id, v)
		out = append(out, setting{r, what})
		return err
	}
	listed := map[string]bool{}
	for _, m := range o.cfg.Members {
		listed[m.ID] = true
		next, old := member(m), ledger.Member{}
		if x := b.Members[m.ID]; x != nil {
			old, next.Pending, next.Since, next.Deputy = *x, x.Pending, x.Since, x.Deputy
		} else {
			next.Since = o.now()
		}
		if err := add(ledger.RecordMember, m.ID, next, old, "登记人员 "+handlers.MemberLine(&next)); err != nil {
			return nil, err
		}
	}
	for id, m := range b.Members {
		if m.Configured && !listed[id] {
			out = append(out, setting{ledger.Record{Kind: ledger.RecordMember, ID: id}, "移除人员 " + m.Name})
		}
	}
	for _, r := range o.cfg.Rooms {
		next, old := ledger.Room{ID: r.ID, Title: r.Title, Units: r.Units}, ledger.Room{}
		if x := b.Rooms[r.ID]; x != nil {
			old = *x
			next.Title = cmp.Or(next.Title, old.Title)
			if len(next.Units) == 0 {
				next.Units = old.Units
			}
		}
		if err := add(ledger.RecordRoom, r.ID, next, old, fmt.Sprintf("登记群“%s”，绑定%s", next.Title, strings.Join(next.Units, "、"))); err != nil {
			return nil, err
		}
	}
	for name, units := range o.cfg.Groups {
		if err := add(ledger.RecordSetting, ledger.GroupID(name), units, b.Group(name), fmt.Sprintf("集合名 %s=%s", name, strings.Join(units, "、"))); err != nil {
			return nil, err
		}
	}
	for short, names := range o.cfg.Aliases {
		if err := add(ledger.RecordAlias, short, names, b.Aliases[short], fmt.Sprintf("别名 %s=%s", short, strings.Join(names, "、"))); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func member(m config.Member) ledger.Member {
	out := ledger.Member{ID: m.ID, Name: m.Name, Units: m.Units, Configured: true}
	for _, r := range m.Roles {
		out.Duties = append(out.Duties, ledger.Duty(r))
	}
	if len(out.Duties) == 0 {
		out.Duties = []ledger.Duty{ledger.DutyStaff}
	}
	return out
}

// change decides on the newest book and commits, again when somebody was faster.
// No records means nothing to do.
func change(ctx context.Context, fresh func(context.Context) (*ledger.Book, error), engine store.Committer, now func() time.Time,
	decide func(*ledger.Book) (ledger.Commit, error)) error {
	for range 8 {
		b, err := fresh(ctx)
		if err != nil {
			return err
		}
		c, err := decide(b)
		if err != nil || len(c.Puts) == 0 {
			return err
		}
		c.Since, c.Now = b.Rev, now()
		_, err = engine.Commit(ctx, c)
		if err == nil {
			_, err = fresh(ctx)
			return err
		}
		if !errors.Is(err, ledger.ErrConflict) {
			return fmt.Errorf("数据未能写入：%w", err)
		}
	}
	return fmt.Errorf("数据正被其他进程修改，请稍后再试：%w", ledger.ErrBusy)
}
