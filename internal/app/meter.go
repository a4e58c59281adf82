package app

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"duban/bot"
	"duban/reminders"
)

// meter counts what the rooms report, for /metrics and for 状态.
type meter struct {
	reg      *prometheus.Registry
	messages *prometheus.CounterVec
	decide   prometheus.Histogram
	pushes   *prometheus.CounterVec
	notices  *prometheus.CounterVec
	slots    *prometheus.CounterVec
	lastSlot prometheus.Gauge

	lastRun   atomic.Pointer[plannedAt]
	sent      atomic.Int64
	buried    atomic.Int64
	deferred  atomic.Int64
	lastError atomic.Pointer[string]
}

type plannedAt struct {
	slot    time.Time
	notices int
	err     error
}

func newMeter() *meter {
	m := &meter{
		reg:      prometheus.NewRegistry(),
		messages: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_messages_total", Help: "Messages decided, by result."}, []string{"result"}),
		decide:   prometheus.NewHistogram(prometheus.HistogramOpts{Name: "duban_decide_seconds", Help: "Time to decide and commit a message.", Buckets: prometheus.ExponentialBuckets(0.0002, 2, 14)}),
		pushes:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_pushes_total", Help: "DingTalk pushes, by result."}, []string{"result"}),
		notices:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_notices_total", Help: "Notices handled, by outcome."}, []string{"outcome"}),
		slots:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_planner_runs_total", Help: "Planner runs, by result."}, []string{"result"}),
		lastSlot: prometheus.NewGauge(prometheus.GaugeOpts{Name: "duban_planner_last_slot_seconds", Help: "Newest planned slot, Unix time."}),
	}
	m.reg.MustRegister(m.messages, m.decide, m.pushes, m.notices, m.slots, m.lastSlot,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// gauge adds a figure that is read when it is asked for.
func (m *meter) gauge(name, help string, read func() float64) {
	m.reg.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, read))
}

func (m *meter) serve() http.Handler {
	return promhttp.HandlerFor(m.reg, promhttp.HandlerOpts{})
}

// handler counts and times each decision.
func (m *meter) handler(h bot.Handler, now func() time.Time) bot.Handler {
	ok, failed := m.messages.WithLabelValues("ok"), m.messages.WithLabelValues("error")
	return handlerFunc(func(ctx context.Context, msg bot.Message) (bot.Outcome, error) {
		began := now()
		out, err := h.Handle(ctx, msg)
		m.decide.Observe(now().Sub(began).Seconds())
		if err != nil {
			failed.Inc()
			return out, err
		}
		ok.Inc()
		return out, nil
	})
}

type handlerFunc func(context.Context, bot.Message) (bot.Outcome, error)

// Handle calls the function.
func (f handlerFunc) Handle(ctx context.Context, m bot.Message) (bot.Outcome, error) {
	return f(ctx, m)
}

func (m *meter) push(result string, _ time.Duration) { m.pushes.WithLabelValues(result).Inc() }

func (m *meter) planned(p reminders.Planned, err error) {
	switch {
	case err != nil:
		m.slots.WithLabelValues("error").Inc()
		m.lastRun.Store(&plannedAt{err: err})
	case p.Lost:
		m.slots.WithLabelValues("lost").Inc()
	case p.Slot.IsZero() || p.Waits:
		m.slots.WithLabelValues("idle").Inc()
	default:
		m.slots.WithLabelValues("planned").Inc()
		m.lastSlot.Set(float64(p.Slot.Unix()))
		m.lastRun.Store(&plannedAt{slot: p.Slot, notices: p.Notices})
	}
}

func (m *meter) dispatched(d reminders.Dispatched, err error) {
	if err != nil {
		text := err.Error()
		m.lastError.Store(&text)
	}
	m.sent.Add(int64(d.Sent))
	m.buried.Add(int64(d.Buried))
	m.deferred.Add(int64(d.Deferred))
	for outcome, n := range map[string]int{"sent": d.Sent, "silent": d.Silent, "deferred": d.Deferred, "buried": d.Buried, "lost": d.Lost} {
		if n > 0 {
			m.notices.WithLabelValues(outcome).Add(float64(n))
		}
	}
}
