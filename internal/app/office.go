package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"duban/bot"
	"duban/bot/dingtalk"
	"duban/bot/zhengding"
	"duban/config"
	"duban/handlers"
	"duban/handlers/llm"
	"duban/handlers/report/calendar"
	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/store"
	"duban/store/ledger"
)

// drainFor bounds how long a stop waits for messages and answers under way.
const drainFor = 10 * time.Second

// office is everything between the doors and the store, wired together.
type office struct {
	env       Env
	cfg       config.Config
	log       *slog.Logger
	now       func() time.Time
	engine    store.Engine
	cal       *workday.Calendar
	rules     reminders.Rules
	hours     reminders.Hours
	desk      *handlers.Desk
	planner   *reminders.Planner
	senders   []*reminders.Dispatcher
	intake    *bot.Intake
	meter     *meter
	model     *llm.Client                   // nil without a model
	ding      *dingtalk.Client              // nil without DingTalk
	zheng     *zhengding.Client             // nil without 政务钉钉
	calls     *callKeeper                   // nil without DingTalk
	refused   *blockKeeper                  // nil without either
	stream    *dingtalk.Stream              // nil without Stream mode
	extra     []func(context.Context) error // further loops, run from start to stop
	began     time.Time
	unread    atomic.Bool // the organisation's directory could not be read
	loops     sync.WaitGroup
	stopLoops context.CancelFunc
	streams   sync.WaitGroup
	stopDoors context.CancelFunc
}

// parts are what an office is wired of.
type parts struct {
	engine   store.Engine
	platform bot.Platform // where messages go
	limits   bot.Limits
	now      func() time.Time
	log      *slog.Logger
}

// openOffice wires an office on an open engine.
func openOffice(ctx context.Context, e Env, cfg config.Config, p parts) (*office, error) {
	engine, platform, now, log := p.engine, p.platform, p.now, p.log
	o := &office{env: e, cfg: cfg, log: log, now: now, engine: engine, began: now(), meter: newMeter()}
	var err error
	if o.cal, err = holidays(cfg.Holidays); err != nil {
		return nil, err
	}
	if o.rules, err = rulesOf(cfg); err != nil {
		return nil, err
	}
	o.hours = reminders.Hours{Open: o.rules.Open, Close: o.rules.Close, Cal: o.cal}
	opts := handlers.Options{
		Ledger: engine, Post: o, Hours: o.hours, Now: now, Log: log, Bot: cfg.Bot, Note: cfg.Report.Note,
		Light: lightRules(cfg, nil), Lights: o.rules.Lights,
		Rules: o.rules, State: o.state, Alert: o.alert, Config: cfg.Lines, Hint: func(err error) string { return known(err.Error()) },
		Follow:     o.rules.Follow,
		Rhythm:     handlers.Rhythm{Plan: o.rules.Reporting(), Budget: o.rules.Budget, IsWorkday: o.cal.IsWorkday},
		Issues:     handlers.Issues{Every: o.rules.Bulletin, ByPlan: cfg.Bulletin.NumberBy == "plan", Rooms: cfg.Bulletin.Rooms == "units"},
		Comparison: comparisonOf(cfg),
		Writers:    fileWriters(), Imprint: imprint(cfg), Secrecy: secrecyOf(cfg),
	}
	if secret := cfg.Report.FeedSecret.Reveal(); secret != "" && cfg.Report.BaseURL != "" {
		opts.Feed = func(subject string, generation int) string {
			return strings.TrimRight(cfg.Report.BaseURL, "/") + "/calendar/" + calendar.Token([]byte(secret), subject, generation) + ".ics"
		}
	}
	if files, ok := platform.(handlers.Files); ok {
		opts.Files = files
	}
	if todos, ok := platform.(handlers.Todos); ok && cfg.DingTalk.Todo {
		opts.Todos = todos
	}
	if to, ok := platform.(dinger); ok && to.dings() {
		opts.Dings, opts.Traces = to, to
		if cfg.DingTalk.CardTemplate != "" {
			opts.Cards = to
		}
	}
	if cfg.LLM.BaseURL != "" {
		o.openModel(llm.Options{Secrecy: opts.Secrecy, Now: now, Log: log})
		opts.Worder, opts.Suggester = o.model, o.model
	}
	if o.desk, err = handlers.NewDesk(ctx, opts); err != nil {
		return nil, err
	}
	if err := o.settleConfig(ctx); err != nil {
		return nil, err
	}
	o.planner = &reminders.Planner{
		Rules: o.rules, Books: o.desk, Store: engine, Cal: o.cal, Now: now, Wait: e.Wait, Report: o.meter.planned, Log: log,
	}
	unsure := new(reminders.Unsure)
	for range 2 { // one may be busy with a slow summary while the other goes on
		o.senders = append(o.senders, o.dispatcher(platform, unsure))
	}
	o.intake = bot.NewIntake(ctx, o.meter.handler(o.desk, now), platform, p.limits, log)
	return o, nil
}

func (o *office) dispatcher(platform bot.Platform, unsure *reminders.Unsure) *reminders.Dispatcher {
	limits := reminders.DefaultDispatchLimits()
	limits.Batch, limits.Parallel = 8, 8
	limits.Send, limits.Lease = o.cfg.LLM.Timeout+10*time.Second, o.cfg.LLM.Timeout+30*time.Second
	return &reminders.Dispatcher{
		Outbox: o.engine, Store: o.engine, Platform: platform, Hours: o.hours, Budget: reminders.Budget{Books: o.desk, Most: o.rules.Budget},
		Retry: reminders.DefaultRetry(), Unsure: unsure, Limits: limits,
		Composers: map[ledger.NoticeKind]reminders.Composer{
			ledger.NoticeReply:    reminders.Written,
			ledger.NoticeNudge:    reminders.Nudges{Books: o.desk, Rules: o.rules, Cal: o.cal, Now: o.now}.Compose,
			ledger.NoticeDigest:   o.desk.ComposeDigest,
			ledger.NoticeImport:   o.desk.ComposeImport,
			ledger.NoticeSuggest:  o.desk.ComposeSuggestion,
			ledger.NoticeFile:     o.desk.ComposeFile,
			ledger.NoticeTodo:     o.desk.ComposeTodo,
			ledger.NoticeDing:     o.desk.ComposeDing,
			ledger.NoticeReaders:  o.desk.ComposeReaders,
			ledger.NoticeRecall:   o.desk.ComposeRecall,
			ledger.NoticeSettle:   o.desk.ComposeSettle,
			ledger.NoticeBulletin: o.desk.ComposeBulletin,
		},
		GivenUp: map[ledger.NoticeKind]reminders.GivenUp{
			ledger.NoticeFile: o.desk.FileGivenUp, ledger.NoticeDing: o.desk.DingGivenUp,
			ledger.NoticeReaders: o.desk.TraceGivenUp, ledger.NoticeRecall: o.desk.TraceGivenUp,
		},
		Missed: o.desk.PressMissed,
		Now:    o.now, Jitter: rand.Float64, Wait: o.env.Wait, Report: o.meter.dispatched, Log: o.log,
	}
}

// SendHeld sends what a commit holds for this process.
func (o *office) SendHeld(ctx context.Context, list []ledger.Notice, fence int64) {
	done := o.senders[0].SendHeld(ctx, list, fence)
	o.meter.dispatched(done, nil)
	if done.Deferred+done.Lost > 0 {
		o.Wake()
	}
}

// Wake makes the senders look at the outbox.
func (o *office) Wake() {
	for _, s := range o.senders {
		s.Wake()
	}
}

// busy reports whether messages that were taken or are due are still being sent.
func (o *office) busy() bool {
	return o.intake.Unsent() > 0 || slices.ContainsFunc(o.senders, (*reminders.Dispatcher).Busy)
}

// start runs the loops until stop.
func (o *office) start(parent context.Context) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	o.stopLoops = cancel
	run := func(name string, f func(context.Context) error) {
		o.loops.Go(func() {
			if err := f(ctx); err != nil {
				o.log.Error("loop ended", "loop", name, "err", err)
			}
		})
	}
	run("planner", o.planner.Run)
	for _, s := range o.senders {
		run("dispatcher", s.Run)
	}
	run("trim", o.trim)
	if o.calls != nil {
		run("calls", o.calls.run)
	}
	if o.refused != nil {
		run("refused", o.refused.run)
	}
	if o.ding != nil && o.cfg.DingTalk.Directory != "off" {
		run("directory", o.directory)
	}
	doors, stop := context.WithCancel(ctx)
	o.stopDoors = stop
	for _, f := range o.extra {
		o.streams.Go(func() {
			if err := f(doors); err != nil {
				o.log.Error("door ended", "err", err)
			}
		})
	}
}

// trim forgets what is over, once an hour.
func (o *office) trim(ctx context.Context) error {
	for o.env.Wait(ctx, time.Hour) {
		if err := o.engine.Trim(ctx, o.now()); err != nil && ctx.Err() == nil {
			o.log.Warn("store not trimmed", "err", err)
		}
	}
	return nil
}

// stop drains the intake, then ends the loops and waits for them.
func (o *office) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
	defer cancel()
	o.stopDoors() // nothing new comes in by Stream
	o.streams.Wait()
	err := o.intake.Close(ctx)
	o.stopLoops()
	o.loops.Wait()
	if o.calls != nil {
		err = errors.Join(err, o.calls.save(ctx))
	}
	if o.refused != nil {
		err = errors.Join(err, o.refused.end(ctx))
	}
	if o.model != nil {
		o.model.Close()
	}
	return err
}

func holidays(file string) (*workday.Calendar, error) {
	cal := workday.Default()
	if file == "" {
		return cal, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("节假日文件 %s 无法读取：%w", file, config.FileFault(err))
	}
	defer f.Close()
	if cal, err = cal.With(f); err != nil {
		return nil, fmt.Errorf("节假日文件 %s 有误：%w", file, err)
	}
	return cal, nil
}
