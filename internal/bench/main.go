// Command bench measures, side by side in one run, what a message costs: a bare HTTP
// handler, the door alone (verify and decode), a reference handler (door, one write,
// reply) and the bot, on Redis and on the embedded engine. In go flags; out comes a
// Markdown table on standard output. Server and load generator are processes of their
// own, started from this same program, so that neither pays for the other's garbage.
//
// Every answer is checked, and afterwards the events in the store are counted against
// the reports that were acknowledged; a difference fails the run.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// outside is what the command may touch of the world beside files and sockets.
type outside struct {
	now  func() time.Time
	wait func(ctx context.Context, d time.Duration) bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, outside{now: time.Now, wait: wait}, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run is either one of the children or the bench itself.
func run(ctx context.Context, o outside, args []string) error {
	if len(args) == 2 && args[0] == "child" {
		var s spec
		if err := json.Unmarshal([]byte(args[1]), &s); err != nil {
			return fmt.Errorf("child: %w", err)
		}
		return child(ctx, o, s)
	}
	p, err := parse(args)
	if err != nil {
		return err
	}
	return bench(ctx, o, p)
}

// plan is what one run measures.
type plan struct {
	seconds float64
	rounds  int
	conns   []int
	engines []string
	redis   string // address, "spawn", or empty for none
	whole   bool   // measure the whole program with replies over HTTP, too
	profile string // folder for CPU profiles of the bots
	only    *regexp.Regexp
}

func parse(args []string) (plan, error) {
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	p := plan{}
	var conns, engines, only string
	f.Float64Var(&p.seconds, "seconds", 1, "length of one measurement")
	f.IntVar(&p.rounds, "rounds", 5, "rounds; figures are medians over them")
	f.StringVar(&conns, "conns", "64,256", "connections, comma separated")
	f.StringVar(&engines, "engines", "redis,embedded", "engines, comma separated")
	f.StringVar(&p.redis, "redis", "spawn", "host:port of a Redis, or spawn to start redis-server in a folder of its own")
	f.BoolVar(&p.whole, "whole", true, "measure the whole program with replies over HTTP, too")
	f.StringVar(&p.profile, "profile", "", "folder for CPU profiles of the bots (costs some speed)")
	f.StringVar(&only, "only", "", "regular expression of the rows to measure beside the bare handler")
	if err := f.Parse(args); err != nil {
		return p, err
	}
	var err error
	if p.only, err = regexp.Compile(only); err != nil {
		return p, fmt.Errorf("-only: %w", err)
	}
	for s := range strings.SplitSeq(conns, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return p, fmt.Errorf("-conns %q: want numbers of connections", conns)
		}
		p.conns = append(p.conns, n)
	}
	for s := range strings.SplitSeq(engines, ",") {
		if s != "redis" && s != "embedded" {
			return p, fmt.Errorf("-engines %q: want redis, embedded or both", engines)
		}
		p.engines = append(p.engines, s)
	}
	if p.rounds < 1 || p.seconds <= 0 {
		return p, fmt.Errorf("-rounds and -seconds must be positive")
	}
	return p, nil
}

// wait pauses for d or until ctx ends; it reports whether the whole of d went by.
func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
