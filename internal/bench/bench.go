package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	wakeUp = 50 * time.Millisecond
	rest   = 100 * time.Millisecond // for what a load leaves to be done from behind
	warmUp = 0.4                    // seconds
)

// row is one line of the table: who is asked what.
type row struct {
	name   string
	engine string // "" for what stores nothing
	role   string
	kind   string
}

// rowsOf lists what a run measures, in its order.
func rowsOf(p plan, engines []string) []row {
	out := []row{{name: "bare handler", role: "bare", kind: "list"}, {name: "door: verify, decode", role: "door", kind: "list"}}
	for _, e := range engines {
		out = append(out, row{"reference: door, one write", e, "reference", "spread"},
			row{"bot, query 我的任务", e, "bot", "list"}, row{"bot, query 任务N", e, "bot", "task"},
			row{"bot, report, tasks in turn", e, "bot", "spread"}, row{"bot, report, all on one task", e, "bot", "one"})
		if p.whole {
			out = append(out, row{"whole program, query 任务N, replies over HTTP", e, "program", "task"},
				row{"whole program, report, replies over HTTP", e, "program", "spread"})
		}
	}
	return slices.DeleteFunc(out, func(r row) bool { return r.role != "bare" && !p.only.MatchString(r.role+" "+r.kind+" "+r.engine) })
}

// sample is one measurement of one row.
type sample struct {
	rate, p50, p99 float64 // messages a second, µs, µs
	cpu, redis     float64 // µs a message: of the server, of Redis
	generator      float64
	before, behind float64 // store calls a message
	scripts        float64 // scripts that Redis ran, a message
	bad, dropped   int64
}

// lab is a run's processes.
type lab struct {
	o       outside
	plan    plan
	dir     string
	tenant  string
	shift   time.Duration
	redis   *redisServer
	servers map[string]*process // by role and engine
	sink    *process
	acked   map[string]int64 // reports that got a 200, by server
	unsure  map[string]int64 // reports that got another answer
	first   int64
}

func bench(ctx context.Context, o outside, p plan) (err error) {
	dir, err := os.MkdirTemp("", "duban-bench-*")
	if err != nil {
		return err
	}
	l := &lab{
		o: o, plan: p, dir: dir, tenant: fmt.Sprintf("bench-%d", os.Getpid()), servers: map[string]*process{},
		acked: map[string]int64{}, unsure: map[string]int64{},
	}
	l.shift = firstDay().Sub(o.now())
	defer func() { err = errors.Join(err, l.close(ctx)) }()
	if slices.Contains(p.engines, "redis") && p.redis != "" {
		if l.redis, err = openRedis(ctx, o, p.redis, dir); err != nil {
			return err
		}
	}
	engines := slices.DeleteFunc(slices.Clone(p.engines), func(e string) bool { return e == "redis" && l.redis == nil })
	rows := rowsOf(p, engines)
	if err := l.open(ctx, rows); err != nil {
		return err
	}
	single, err := l.singles(ctx, rows)
	if err != nil {
		return err
	}
	samples, err := l.rounds(ctx, rows)
	if err != nil {
		return err
	}
	checked, err := l.check()
	if err != nil {
		return err
	}
	return report{plan: p, rows: rows, samples: samples, single: single, checked: checked}.write(ctx, os.Stdout, l.redis)
}

func key(r row) string { return r.role + "-" + r.engine }

// open starts the servers. All live through the whole run; those that are not asked
// stand still.
func (l *lab) open(ctx context.Context, rows []row) (err error) {
	if l.sink, err = start(ctx, spec{Role: "sink", Shift: l.shift}); err != nil {
		return err
	}
	for _, r := range rows {
		if l.servers[key(r)] != nil {
			continue
		}
		s := spec{Role: r.role, Dir: filepath.Join(l.dir, key(r)), Tenant: l.tenant + "-" + r.role, Sink: l.sinkURL(), Shift: l.shift}
		if err := os.MkdirAll(s.Dir, 0o700); err != nil {
			return err
		}
		if r.engine == "redis" {
			s.Redis = l.redis.addr
		}
		if l.plan.profile != "" && (r.role == "bot" || r.role == "program") {
			s.Profile = filepath.Join(l.plan.profile, key(r)+".cpu")
		}
		server, err := start(ctx, s)
		if err != nil {
			return fmt.Errorf("%s: %w", key(r), err)
		}
		l.servers[key(r)] = server
	}
	return nil
}

func (l *lab) sinkURL() string { return "http://" + l.sink.addr }

// singles asks each row over one connection. It warms the servers up and counts the
// round trips of a message that nothing else disturbs.
func (l *lab) singles(ctx context.Context, rows []row) ([]sample, error) {
	out := make([]sample, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = l.measure(ctx, r, 1, warmUp); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// rounds measures all rows again and again, so that a change of the machine's speed
// meets them all. Samples stand by connections, row and round.
func (l *lab) rounds(ctx context.Context, rows []row) (map[int][][]sample, error) {
	out := map[int][][]sample{}
	for _, n := range l.plan.conns {
		out[n] = make([][]sample, len(rows))
	}
	for round := range l.plan.rounds {
		for _, n := range l.plan.conns {
			for j := range rows {
				i := (j + round*3) % len(rows) // no row has a fixed predecessor
				s, err := l.measure(ctx, rows[i], n, l.plan.seconds)
				if err != nil {
					return nil, err
				}
				out[n][i] = append(out[n][i], s)
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, l.plan.rounds)
	}
	return out, nil
}

// measure runs one load against the row's server.
func (l *lab) measure(ctx context.Context, r row, conns int, seconds float64) (sample, error) {
	p := l.servers[key(r)]
	if !l.o.wait(ctx, rest) {
		return sample{}, ctx.Err()
	}
	t0, err := p.ask("now")
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", r.name, err)
	}
	cpu0, scripts0, err := l.redis.usage(ctx)
	if err != nil {
		return sample{}, err
	}
	l.first += 1_000_000_000
	got, err := loadOnce(ctx, spec{Role: "load", Addr: p.addr, Kind: r.kind, Conns: conns, Seconds: seconds, First: l.first, Sink: l.sinkURL(), Shift: l.shift})
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", r.name, err)
	}
	if !l.o.wait(ctx, rest) {
		return sample{}, ctx.Err()
	}
	t1, err := p.ask("now")
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", r.name, err)
	}
	cpu1, scripts1, err := l.redis.usage(ctx)
	if err != nil {
		return sample{}, err
	}
	s := sample{rate: float64(got.OK) / got.Seconds, p50: got.P50, p99: got.P99, dropped: t1.Dropped - t0.Dropped}
	for _, n := range got.Bad {
		s.bad += n
	}
	if r.kind == "spread" || r.kind == "one" {
		l.acked[key(r)] += got.OK
		l.unsure[key(r)] += s.bad
	}
	each := func(n int64) float64 { return float64(n) / float64(max(1, got.OK)) }
	s.cpu, s.generator = each(t1.CPU-t0.CPU), each(got.CPU)
	s.before, s.behind = each(t1.Before-t0.Before), each(t1.Behind-t0.Behind)
	if r.engine == "redis" {
		s.redis, s.scripts = each(cpu1-cpu0), each(scripts1-scripts0)
	}
	return s, nil
}

// check counts the events in the stores against the acknowledged reports.
func (l *lab) check() (int64, error) {
	total := int64(0)
	for name, p := range l.servers {
		if l.acked[name] == 0 || strings.HasPrefix(name, "reference") {
			continue
		}
		t, err := p.ask("events")
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		// Of what was answered "again, please" it is not known whether it was stored.
		if more := t.Events - l.acked[name]; more < 0 || more > l.unsure[name] {
			return 0, fmt.Errorf("%s: %d reports were acknowledged, %d not taken, %d events are in the store", name, l.acked[name], l.unsure[name], t.Events)
		}
		total += l.acked[name]
	}
	return total, nil
}

func (l *lab) close(ctx context.Context) error {
	var errs []error
	for _, p := range l.servers {
		errs = append(errs, p.stop())
	}
	if l.sink != nil {
		errs = append(errs, l.sink.stop())
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	errs = append(errs, l.redis.forget(ctx, l.tenant), l.redis.close(), os.RemoveAll(l.dir))
	return errors.Join(errs...)
}
