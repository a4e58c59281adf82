// Command duban keeps a government's action plan moving, in DingTalk and 政务钉钉:
// it answers who owes what, records progress, reminds before deadlines and sums up.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // Asia/Shanghai is known on a machine without zone files

	"duban/internal/app"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if os.Getenv("GOGC") == "" { // the live heap is a few megabytes: collect less often
		debug.SetGCPercent(400)
	}
	return app.Run(ctx, app.Env{
		Args: os.Args[1:], Environ: os.Environ(), Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Now: time.Now, Wait: wait,
	})
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
