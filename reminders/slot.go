package reminders

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// maxGap is how far apart two slots of a spec may lie; a spec that is silent longer
// (31 February, 29 February only) is a slip of the pen, not a plan.
const maxGap = 366 * 24 * time.Hour

// maxSpec bounds the length of a cron spec.
const maxSpec = 100

// parseSlot reads a five-field cron spec or one of @hourly, @daily, @weekly, @monthly,
// @yearly. Times are read in the location of the time that Next is given. The error is
// a Chinese sentence for whoever wrote the spec.
//
// It stands around the parser because that panics on some zone prefixes, knows no
// Sunday 7, and turns @every into times that depend on when the process was started,
// which two replicas can never agree on.
func parseSlot(spec string) (s cron.Schedule, err error) {
	fail := func(why string) (cron.Schedule, error) {
		return nil, fmt.Errorf("提醒时点“%.*s”%s", maxSpec, spec, why)
	}
	upper := strings.ToUpper(spec)
	fields := strings.Fields(spec)
	switch {
	case len(spec) > maxSpec:
		return fail("过长")
	case strings.Contains(upper, "TZ="):
		return fail("不能带时区：一律按北京时间")
	case strings.HasPrefix(strings.TrimSpace(upper), "@EVERY"), strings.HasPrefix(strings.TrimSpace(upper), "@REBOOT"):
		return fail("不支持 @every 和 @reboot：请写固定时点，例如 0 9 * * *")
	case len(fields) == 5:
		if strings.ContainsAny(strings.ToUpper(fields[2]), "LW") || strings.ContainsAny(fields[4], "#lL") {
			return fail("不支持 L、W、#：请写具体的日或星期")
		}
		fields[4] = sundayZero(fields[4])
	case len(fields) != 1 || !strings.HasPrefix(fields[0], "@"):
		return fail("应为五段（分 时 日 月 星期），例如 0 9 * * *")
	}
	defer func() {
		if p := recover(); p != nil {
			s, err = fail("无法识别")
		}
	}()
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	s, perr := parser.Parse(strings.Join(fields, " "))
	if perr != nil {
		return fail("有误：应为五段（分 时 日 月 星期），例如 0 9 * * *")
	}
	return s, nil
}

// sundayZero rewrites a day-of-week field in which Sunday is 7, which people write and
// the parser refuses. What it does not understand it leaves for the parser to judge.
func sundayZero(field string) string {
	if !strings.Contains(field, "7") {
		return field
	}
	var out []string
	for item := range strings.SplitSeq(field, ",") {
		days, ok := weekdays(item)
		if !ok {
			return field
		}
		out = append(out, days...)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ",")
}

// weekdays lists the days of one item: N, A-B or A-B/STEP with numbers up to 7.
func weekdays(item string) ([]string, bool) {
	span, stepText, stepped := strings.Cut(item, "/")
	from, to, ranged := strings.Cut(span, "-")
	if !ranged {
		to = from
		if stepped {
			return nil, false
		}
	}
	step := 1
	var errStep error
	if stepped {
		step, errStep = strconv.Atoi(stepText)
	}
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	if errors.Join(errA, errB, errStep) != nil || a < 0 || b > 7 || a > b || step < 1 {
		return nil, false
	}
	var out []string
	for d := a; d <= b; d += step {
		out = append(out, strconv.Itoa(d%7))
	}
	return out, true
}

// timetable is the slots that fire: those of the spec that lie in the working window.
type timetable struct {
	spec  cron.Schedule
	hours Hours
}

// newest returns the newest slot in (floor, t], walking back day by day so that a long
// stop costs nothing per slot.
func (tt timetable) newest(floor, t time.Time) (time.Time, bool) {
	for d := today(t); !d.Before(today(floor)); d = d.AddDays(-1) {
		if !tt.hours.Cal.IsWorkday(d) {
			continue
		}
		var last time.Time
		end := tt.hours.Close.on(d)
		for s := tt.spec.Next(tt.hours.Open.on(d).Add(-time.Second)); !s.IsZero() && s.Before(end) && !s.After(t); s = tt.spec.Next(s) {
			last = s
		}
		if !last.IsZero() {
			return last, last.After(floor)
		}
	}
	return time.Time{}, false
}

// next returns the first slot after t that is not later than until.
func (tt timetable) next(t, until time.Time) (time.Time, bool) {
	s := tt.spec.Next(t.In(shanghai))
	for !s.IsZero() && !s.After(until) {
		if tt.hours.Within(s) {
			return s, true
		}
		// Skip to the next opening rather than through every slot of a night.
		s = tt.spec.Next(tt.hours.Next(s).Add(-time.Second))
	}
	return time.Time{}, false
}
