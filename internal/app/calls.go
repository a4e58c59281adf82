package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"duban/bot/dingtalk"
	"duban/bot/zhengding"
	"duban/store/ledger"
)

const (
	// callsSetting keeps how many calls of DingTalk's server API all replicas together
	// have made this month.
	callsSetting = "dingtalk/calls"
	// callsEvery is how often a replica adds what it has counted. After a crash the
	// count lacks what the replica called in that time.
	callsEvery = time.Minute
)

// callKeeper adds what this process has called to what all have. A part whose writing
// failed is written again under the same name, so that it counts once.
type callKeeper struct {
	o    *office
	name string // of this process, so that no two write under one name
	seq  int
	part dingtalk.Calls // being written; empty: nothing is
}

func newCallKeeper(o *office) *callKeeper { return &callKeeper{o: o, name: rand.Text()} }

// withDing gives the office its DingTalk, whose count goes on where the store has it. Nil
// is none.
func (o *office) withDing(ctx context.Context, c *dingtalk.Client) error {
	if c == nil {
		return nil
	}
	o.ding, o.calls = c, newCallKeeper(o)
	c.KeepCards(o.desk)
	o.meter.gauge("duban_dingtalk_blocked", "APIs that DingTalk refuses until somebody mends the set-up or a new month begins.", func() float64 { return float64(len(c.Blocked())) })
	o.meter.gauge("duban_dingtalk_calls_today", "Server API calls of this day that all replicas have counted.", func() float64 { return float64(c.Budget().Day) })
	o.meter.gauge("duban_dingtalk_calls_month", "Server API calls of this month that all replicas have counted.", func() float64 { return float64(c.Budget().Month) })
	if err := o.withBlocks(ctx); err != nil {
		return err
	}
	return o.calls.save(ctx)
}

// withZheng gives the office its 政务钉钉. Nil is none.
func (o *office) withZheng(ctx context.Context, c *zhengding.Client) error {
	if c == nil {
		return nil
	}
	o.zheng = c
	o.meter.gauge("duban_zhengding_blocked", "1 while 政务钉钉 refuses every call until somebody mends the set-up.", func() float64 { return float64(len(o.blocks())) })
	return o.withBlocks(ctx)
}

func (o *office) withBlocks(ctx context.Context) error {
	o.refused = &blockKeeper{o: o, name: rand.Text()}
	return o.refused.begin(ctx)
}

// run saves once a span until ctx ends; the last time is stop's.
func (k *callKeeper) run(ctx context.Context) error {
	for k.o.env.Wait(ctx, callsEvery) {
		if err := k.save(ctx); err != nil && ctx.Err() == nil {
			k.o.log.Warn("calls not counted in the store; tried again", "err", err)
		}
	}
	return nil
}

// save writes what is unsaved, if anything is, and learns what the others have counted.
func (k *callKeeper) save(ctx context.Context) error {
	if !k.part.Empty() { // its writing was broken off: there may be more by now
		if err := k.write(ctx); err != nil {
			return err
		}
	}
	if k.part = k.o.ding.Unsaved(); !k.part.Empty() {
		k.seq++
	}
	return k.write(ctx)
}

// write writes the part that is being written.
func (k *callKeeper) write(ctx context.Context) error {
	if !k.part.Empty() {
		err := change(ctx, k.o.desk.Fresh, k.o.engine, k.o.now, func(b *ledger.Book) (ledger.Commit, error) {
			rec, err := ledger.Put(ledger.RecordSetting, callsSetting, callsOf(b).Plus(k.part))
			return ledger.Commit{
				Message: fmt.Sprintf("%s/%s/%d", callsSetting, k.name, k.seq), Puts: []ledger.Record{rec},
				Expects: []ledger.Expect{b.Expect(ledger.RecordSetting, callsSetting)},
			}, err
		})
		if err != nil {
			return err
		}
	}
	b, err := k.o.desk.Fresh(ctx)
	if err != nil {
		return err
	}
	k.o.ding.Saved(k.part, callsOf(b))
	k.part = dingtalk.Calls{}
	return nil
}

// callsOf is the count that the store has. One that cannot be read counts as none.
func callsOf(b *ledger.Book) dingtalk.Calls {
	var c dingtalk.Calls
	if raw := b.Settings[callsSetting]; raw != nil && json.Unmarshal(raw, &c) != nil {
		return dingtalk.Calls{}
	}
	return c
}

// callsLine says in words how many calls were made and what is left of them.
func callsLine(u dingtalk.Budget) string {
	text := fmt.Sprintf("钉钉接口调用：今日%d次，本月%d次", u.Day, u.Month)
	switch {
	case u.Exhausted:
		return text + "，钉钉提示本月次数已用完，请购买或等待下月"
	case u.Limit > 0:
		return text + fmt.Sprintf("，每月上限%d次", u.Limit)
	}
	return text
}
