package app

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// maxSteps bounds one move of the demo's clock: four slots a day for two years.
const maxSteps = 3000

// demoClock is real time shifted into the plan's days. It only moves forward, slot by
// slot, so that everything that falls due on the way is sent at its own time.
type demoClock struct {
	real   func() time.Time
	shift  atomic.Int64 // nanoseconds added to real time
	office *office      // set once before the console is served
	record func(time.Time) error
}

// Now is the demo's time.
func (c *demoClock) Now() time.Time { return c.real().Add(time.Duration(c.shift.Load())) }

func (c *demoClock) set(t time.Time) { c.shift.Store(int64(t.Sub(c.real()))) }

// MoveTo goes forward to t, stopping at each slot for the reminders of its day.
func (c *demoClock) MoveTo(ctx context.Context, t time.Time) error {
	if !t.After(c.Now()) {
		return fmt.Errorf("时间只能向后调")
	}
	for range maxSteps {
		next := c.office.planner.Next(c.Now())
		last := next.IsZero() || next.After(t)
		if last {
			next = t
		}
		c.set(next)
		if err := c.settle(ctx); err != nil {
			return err
		}
		if last {
			return c.record(c.Now())
		}
	}
	return fmt.Errorf("一次调得太远，请分几次调")
}

// settle plans the slot that was reached and sends all that is due.
func (c *demoClock) settle(ctx context.Context) error {
	now := c.Now()
	if _, err := c.office.planner.RunOnce(ctx, now); err != nil {
		return fmt.Errorf("提醒未能生成：%w", err)
	}
	for range maxSteps {
		done, err := c.office.senders[0].RunOnce(ctx, now)
		if err != nil {
			return fmt.Errorf("提醒未能发送：%w", err)
		}
		if done.Total() == 0 {
			return ctx.Err()
		}
	}
	return nil
}

// NextNudge is when something will next be sent.
func (c *demoClock) NextNudge(ctx context.Context) (time.Time, bool, error) {
	now := c.Now()
	return c.office.planner.NextNudge(ctx, now, now.AddDate(2, 0, 0))
}

// wallClock is real time for a console outside the demo: it cannot be moved.
type wallClock struct{ now func() time.Time }

// Now is the time.
func (c wallClock) Now() time.Time { return c.now() }

// MoveTo refuses: real time moves by itself.
func (wallClock) MoveTo(context.Context, time.Time) error {
	return fmt.Errorf("正式运行时不能调时间，试用请运行 duban demo")
}

// NextNudge finds nothing to move to.
func (wallClock) NextNudge(context.Context) (time.Time, bool, error) { return time.Time{}, false, nil }
