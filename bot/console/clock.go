package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// clockRequest moves the clock: by a day or a week, to the next nudge, to a date at nine
// in the morning; or only asks what time it is.
type clockRequest struct {
	Do   string `json:"do"` // now, day, week, nudge, date
	Date string `json:"date"`
}

func (c *Console) postClock(r *http.Request) (any, error) {
	var req clockRequest
	if err := decode(r, &req); err != nil {
		return nil, err
	}
	if req.Do == "now" {
		return c.showClock(), nil
	}
	if !c.startMoving() {
		return nil, complain(http.StatusConflict, "时间正在走，请稍候。")
	}
	// A move that was begun is finished even when the page goes away.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), moveTime)
	defer cancel()
	moveErr := c.move(ctx, req)
	if err := errors.Join(moveErr, c.stopMoving()); err != nil {
		return nil, err
	}
	return c.showClock(), nil
}

func (c *Console) showClock() *clockView {
	now := c.opt.Clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.clockView(now)
}

// startMoving claims the clock and tells all pages; false when it is moving already.
func (c *Console) startMoving() bool {
	now := c.opt.Clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moving || c.closed {
		return false
	}
	c.moving = true
	c.feed.publish(event{Clock: c.clockView(now)})
	return true
}

// stopMoving gives the clock back, however the move ended, and records where it stands.
func (c *Console) stopMoving() error {
	now := c.opt.Clock.Now()
	c.mu.Lock()
	c.moving = false
	c.feed.publish(event{Clock: c.clockView(now)})
	c.mu.Unlock()
	return c.RecordClock(now)
}

func (c *Console) move(ctx context.Context, req clockRequest) error {
	now := c.opt.Clock.Now()
	to, err := c.destination(ctx, req)
	switch {
	case err != nil:
		return err
	case !to.After(now):
		return complain(http.StatusBadRequest, "只能向后调：现在是%s。", stampOf(now).Full)
	case to.Sub(now) > maxLeap:
		return complain(http.StatusBadRequest, "一次最多向后调一年。")
	}
	if err := c.opt.Clock.MoveTo(ctx, to); err != nil {
		return fmt.Errorf("console: move the clock: %w", err)
	}
	return nil
}

// destination is the time that a request asks for.
func (c *Console) destination(ctx context.Context, req clockRequest) (time.Time, error) {
	now := c.opt.Clock.Now()
	switch req.Do {
	case "day":
		return now.Add(day), nil
	case "week":
		return now.Add(7 * day), nil
	case "nudge":
		at, ok, err := c.opt.Clock.NextNudge(ctx)
		if err != nil {
			return time.Time{}, fmt.Errorf("console: next nudge: %w", err)
		}
		if !ok {
			return time.Time{}, complain(http.StatusConflict, "接下来没有要发的提醒。")
		}
		return at, nil
	case "date":
		at, err := time.ParseInLocation("2006-01-02", req.Date, beijing)
		if err != nil {
			return time.Time{}, complain(http.StatusBadRequest, "请先选一个日期。")
		}
		return at.Add(9 * time.Hour), nil
	}
	return time.Time{}, complain(http.StatusBadRequest, "请求格式不对。")
}
