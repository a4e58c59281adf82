package storetest

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"duban/store"
	"duban/store/ledger"
)

// writers is how many goroutines the benchmarks use.
const writers = 64

// benchTasks is how many tasks the benchmarks write to, as in a plan.
const benchTasks = 48

// Benchmark measures the two calls that every message makes, from 64 goroutines: an
// arrival that reads, and a commit of a plain progress report (record, event, receipt
// held by its sender).
func Benchmark(b *testing.B, open Open) {
	b.Run("Commit", func(b *testing.B) {
		parallel(b, open, func(e store.Engine, i, rev int64) (int64, error) {
			out, err := e.Commit(b.Context(), Report(i, rev))
			return out.Delta.Rev, err
		})
	})
	b.Run("Arrive", func(b *testing.B) {
		parallel(b, open, func(e store.Engine, i, rev int64) (int64, error) {
			out, err := e.Arrive(b.Context(), ledger.Arrival{Message: fmt.Sprint("msg", i), Talk: "cid$staff", Since: rev, Now: start})
			return out.Delta.Rev, err
		})
	})
	b.Run("ArriveFinal", func(b *testing.B) {
		parallel(b, open, func(e store.Engine, i, rev int64) (int64, error) {
			out, err := e.Arrive(b.Context(), ledger.Arrival{Message: fmt.Sprint("msg", i), Final: true, Since: rev, Now: start})
			return out.Delta.Rev, err
		})
	})
}

// Report is the commit of the i-th progress report.
func Report(i, since int64) ledger.Commit {
	task, now := fmt.Sprint(i%benchTasks+1), start.Add(time.Duration(i)*time.Millisecond)
	id := fmt.Sprintf("%012d", i)
	body := fmt.Sprintf(`{"task":%q,"points":{"1":{"percent":60}},"last":{"event":%q,"report":{"text":"已完成招标，进度60%%"}},"events":%d}`, task, id, i)
	return ledger.Commit{
		Message: "msg" + id, Answer: []byte(`{"text":"已记录：第20项 进度60%"}`), Since: since, Now: now,
		Puts:    []ledger.Record{{Kind: ledger.RecordProgress, ID: task, Body: []byte(body)}},
		Events:  []ledger.Event{{ID: id, Task: task, Kind: ledger.EventReport, At: now, Report: &ledger.Report{Text: "已完成招标，进度60%"}}},
		Notices: []ledger.Notice{{Key: "reply:" + id, Kind: ledger.NoticeReply, Due: now, Made: now, Body: ledger.Body{Text: "已记录：第20项 进度60%", Tasks: []string{task}}}},
		Hold:    ledger.Hold{Fence: 1, Until: now.Add(15 * time.Second)},
	}
}

func parallel(b *testing.B, open Open, run func(e store.Engine, i, rev int64) (int64, error)) {
	e := open(b, tenant())
	defer func() {
		if err := e.Close(); err != nil {
			b.Error(err)
		}
	}()
	var next, known atomic.Int64
	b.SetParallelism(max(1, writers/runtime.GOMAXPROCS(0)))
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			rev, err := run(e, next.Add(1), known.Load())
			if err != nil {
				b.Error(err)
				return
			}
			// All goroutines share what is newest, as they share a replica's book.
			for have := known.Load(); rev > have && !known.CompareAndSwap(have, rev); have = known.Load() {
			}
		}
	})
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}
