package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
)

// report renders a run as Markdown.
type report struct {
	plan    plan
	rows    []row
	single  []sample
	samples map[int][][]sample // by connections, row, round
	checked int64
}

func (r report) write(ctx context.Context, w io.Writer, redis *redisServer) error {
	var b strings.Builder
	version := "no Redis"
	if redis != nil {
		v, err := redis.version(ctx)
		if err != nil {
			return err
		}
		version = "Redis " + v
	}
	fmt.Fprintf(&b, "%d cores, %s, %s; %d rounds of %gs, medians.\n", runtime.NumCPU(), runtime.Version(), version, r.plan.rounds, r.plan.seconds)
	for _, n := range r.plan.conns {
		r.speed(&b, n)
	}
	r.trips(&b)
	fmt.Fprintf(&b, "\nAll %d acknowledged reports were found in the stores afterwards: none lost, none twice.\n", r.checked)
	_, err := io.WriteString(w, b.String())
	return err
}

// speed is the table for one number of connections.
func (r report) speed(b *strings.Builder, conns int) {
	fmt.Fprintf(b, "\n### %d connections\n\n| | engine | messages/s | of bare | of bare, by CPU | p50 ms | p99 ms | server CPU µs | Redis CPU µs | generator CPU µs | not 200 | answers dropped |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n", conns)
	all := r.samples[conns]
	for i, x := range r.rows {
		list := all[i]
		ratios, byCPU := make([]float64, len(list)), make([]float64, len(list))
		bad, dropped := int64(0), int64(0)
		for k, s := range list {
			ratios[k], byCPU[k] = s.rate/all[0][k].rate, all[0][k].work()/s.work()
			bad, dropped = bad+s.bad, dropped+s.dropped
		}
		of := func(f func(sample) float64) float64 { return medianOf(list, f) }
		fmt.Fprintf(b, "| %s | %s | %.0f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %.0f | %d | %d |\n", x.name, x.engine, of(func(s sample) float64 { return s.rate }), median(ratios), median(byCPU),
			of(func(s sample) float64 { return s.p50 })/1000, of(func(s sample) float64 { return s.p99 })/1000, of(func(s sample) float64 { return s.cpu }),
			of(func(s sample) float64 { return s.redis }), of(func(s sample) float64 { return s.generator }), bad, dropped)
	}
}

// trips is the table of round trips: alone, and under the heaviest load.
func (r report) trips(b *strings.Builder) {
	most := slices.Max(r.plan.conns)
	fmt.Fprintf(b, "\n### Store calls a message\n\n| | engine | before the answer, alone | before the answer, %d connections | from behind, %d connections | scripts that Redis ran, alone |\n|---|---|---|---|---|---|\n", most, most)
	for i, x := range r.rows {
		if x.role != "bot" {
			continue
		}
		list := r.samples[most][i]
		fmt.Fprintf(b, "| %s | %s | %.2f | %.2f | %.2f | %.2f |\n", x.name, x.engine, r.single[i].before, medianOf(list, func(s sample) float64 { return s.before }),
			medianOf(list, func(s sample) float64 { return s.behind }), r.single[i].scripts)
	}
}

// work is all the CPU time that a message took, the generator's included: where
// everything shares a few busy cores, rates go as its inverse, whoever else is at work.
func (s sample) work() float64 { return s.cpu + s.redis + s.generator }

func medianOf(list []sample, f func(sample) float64) float64 {
	v := make([]float64, len(list))
	for i, s := range list {
		v[i] = f(s)
	}
	return median(v)
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	if n := len(v); n%2 == 0 {
		return (v[n/2-1] + v[n/2]) / 2
	}
	return v[len(v)/2]
}
