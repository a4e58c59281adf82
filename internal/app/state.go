package app

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// checkFor bounds a health check.
const checkFor = 2 * time.Second

// state says in words how the bot is, for 状态.
func (o *office) state(ctx context.Context) string {
	now := o.now()
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "- "+format+"\n", args...) }
	line("当前时间：%s", wording.Moment(now))
	if err := o.engine.Ping(ctx); err != nil {
		line("存储：无法连接，请检查 Redis 或数据目录")
	} else {
		line("存储：正常")
	}
	if waiting, dead, err := o.engine.Depth(ctx); err == nil {
		line("待发消息：%d条；未能送达：%d条", waiting, dead)
	}
	if dead, err := o.engine.Dead(ctx, 3); err == nil {
		for _, x := range dead {
			line("未送达：%s（%s），原因：%s", wording.Escape(wording.Short(x.Notice.Body.Title, 20)), wording.Moment(x.At.In(now.Location())), hint(x.Why))
		}
	}
	book, err := o.desk.Fresh(ctx)
	if err == nil {
		if mark, ok := book.Marks["nudge"]; ok {
			line("最近一次提醒检查：%s", wording.Moment(mark.In(now.Location())))
		} else {
			line("最近一次提醒检查：尚未进行")
		}
		line("任务%d项；已绑定群%d个、人员%d名", len(book.Tasks), len(book.Rooms), len(book.Members))
	}
	if next := o.planner.Next(now); !next.IsZero() {
		line("下一次提醒检查：%s", wording.Moment(next))
	}
	if since, late := o.planner.Late(now); late {
		line("%s", lateWords(since, now))
	}
	if run := o.meter.lastRun.Load(); run != nil && run.err != nil {
		line("提醒检查出错：请管理员查看日志")
	}
	line("启动以来：已发%d条，稍后重发%d次，未能送达%d条", o.meter.sent.Load(), o.meter.deferred.Load(), o.meter.buried.Load())
	if o.stream != nil {
		line("钉钉连接：%d条正常，最近收到数据：%s", o.stream.Connected(), wording.Moment(o.stream.LastFrame().In(now.Location())))
	}
	for _, x := range o.blocks() {
		line("%s", x.words())
	}
	if o.ding != nil {
		line("%s", callsLine(o.ding.Budget()))
		if o.cfg.DingTalk.Directory != "off" && book != nil {
			line("%s", directoryLine(book, now, o.unread.Load()))
		}
	}
	for _, w := range o.calendarWarnings(now) {
		line("%s", w)
	}
	line("智能汇总：%s", o.modelWords(ctx))
	return strings.TrimSpace(b.String())
}

// lateWords say that a working day has passed without a run.
func lateWords(since, now time.Time) string {
	if since.After(now) {
		return fmt.Sprintf("告警：提醒已检查到%s，晚于当前时间，请核对服务器时钟", wording.Moment(since.In(now.Location())))
	}
	return fmt.Sprintf("告警：%s起应进行的提醒检查没有进行，请管理员查看日志", wording.Moment(since.In(now.Location())))
}

// calendarWarnings speak up when the working-day calendar runs out: in December when
// next year is missing, and whenever this year is.
func (o *office) calendarWarnings(now time.Time) []string {
	year := ledger.DateOf(now).Year
	switch {
	case !o.cal.Covers(year):
		return []string{fmt.Sprintf("节假日表缺少%d年，目前只按周末判断，请更新 holidays 文件", year)}
	case now.Month() == time.December && !o.cal.Covers(year+1):
		return []string{fmt.Sprintf("节假日表缺少%d年，请在年底前更新 holidays 文件", year+1)}
	}
	return nil
}

// healthz: the process answers. readyz: the store does too.
func (o *office) health(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		text := "ok\n"
		for _, x := range o.blocks() { // starting anew would not mend it
			who := "dingtalk"
			if x.Zheng {
				who = "zhengding"
			}
			text += who + " refuses since " + x.Since.Format(time.RFC3339) + ": " + x.Why + "\n"
		}
		if o.stream != nil {
			text += fmt.Sprintf("stream: %d connected, last frame %s ago\n", o.stream.Connected(), o.frameAge().Round(time.Second))
		}
		plain(w, http.StatusOK, text)
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), checkFor)
		defer cancel()
		if err := o.engine.Ping(ctx); err != nil {
			o.log.Warn("not ready", "err", err)
			plain(w, http.StatusServiceUnavailable, "store unavailable\n")
			return
		}
		if o.stream != nil && o.stream.Connected() == 0 {
			plain(w, http.StatusServiceUnavailable, "no stream connection\n")
			return
		}
		plain(w, http.StatusOK, "ready\n")
	})
	mux.Handle("GET /metrics", o.meter.serve())
	o.meter.gauge("duban_intake_in_flight", "Messages being decided.", func() float64 { return float64(o.intake.InFlight()) })
	o.meter.gauge("duban_sending", "1 while messages are being sent or wait for a free sender.", func() float64 {
		if o.busy() {
			return 1
		}
		return 0
	})
	o.meter.gauge("duban_planner_late", "1 when a working day's slot has passed without a planner run.", func() float64 {
		if _, late := o.planner.Late(o.now()); late {
			return 1
		}
		return 0
	})
	o.meter.gauge("duban_answers_dropped", "Query answers dropped because the queue was full.", func() float64 { return float64(o.intake.Dropped()) })
}

// frameAge is how long ago DingTalk last sent anything by Stream; before the first frame,
// how long the bot has run.
func (o *office) frameAge() time.Duration {
	last := o.stream.LastFrame()
	if last.IsZero() {
		last = o.began
	}
	return o.now().Sub(last)
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	// the client may have gone; there is nobody left to tell
	_, _ = w.Write([]byte(text))
}
