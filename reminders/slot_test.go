package reminders

import (
	"strings"
	"testing"
	"time"

	"duban/store/ledger"
)

// week is a calendar of plain weekends with one holiday and one make-up Saturday.
type week struct{}

func (week) IsWorkday(d ledger.Date) bool {
	switch d.String() {
	case "2018-10-01", "2018-10-02", "2018-10-03", "2018-10-04", "2018-10-05", "2018-12-31", "2019-01-01":
		return false
	case "2018-09-29", "2018-09-30", "2018-12-29":
		return true
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The parser of cron v3.0.1 panics on TZ=, TZ=0 and a CRON_TZ= without a space, knows
// no Sunday 7, and makes a second of @every 0s.
func TestParseSlotRefuses(t *testing.T) {
	for spec, want := range map[string]string{
		"TZ=":                             "时区",
		"TZ=0":                            "时区",
		"CRON_TZ=Asia/Shanghai":           "时区",
		"CRON_TZ=Asia/Shanghai 0 9 * * *": "时区",
		"tz=UTC 0 9 * * *":                "时区",
		"@every 0s":                       "@every",
		"@every -5s":                      "@every",
		"@reboot":                         "@reboot",
		"0 9 L * *":                       "L、W、#",
		"0 9 15W * *":                     "L、W、#",
		"0 9 * * 1#2":                     "L、W、#",
		"0 9 * * 5-1":                     "有误",
		"0 9 * *":                         "五段",
		"0 0 9 * * *":                     "五段",
		"":                                "五段",
		"@":                               "有误",
		"0 25 * * *":                      "有误",
		"*/0 9 * * *":                     "有误",
		strings.Repeat("0", 200):          "过长",
	} {
		if _, err := parseSlot(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want a fault with %s", spec, err, want)
		}
	}
}

func TestParseSlotSundaySeven(t *testing.T) {
	for spec, want := range map[string][]string{
		"0 9 * * 7":     {"2018-07-08", "2018-07-15"},
		"0 9 * * 0":     {"2018-07-08", "2018-07-15"},
		"0 9 * * 5-7":   {"2018-07-06", "2018-07-07", "2018-07-08", "2018-07-13"},
		"0 9 * * 1-7/3": {"2018-07-02", "2018-07-05", "2018-07-08", "2018-07-09"},
		"0 9 * * 1,7":   {"2018-07-02", "2018-07-08", "2018-07-09"},
		"0 9 * * MON":   {"2018-07-02", "2018-07-09"},
		"@monthly":      {"2018-08-01", "2018-09-01"},
	} {
		s, err := parseSlot(spec)
		if err != nil {
			t.Errorf("%q: %v", spec, err)
			continue
		}
		next := at(t, "2018-07-02 08:00")
		for _, w := range want {
			next = s.Next(next)
			if got := ledger.DateOf(next).String(); got != w {
				t.Errorf("%q: got %s, want %s", spec, got, w)
			}
		}
	}
}

func FuzzParseSlot(f *testing.F) {
	for _, s := range []string{"0 9 * * *", "TZ=", "CRON_TZ=x", "@every 1s", "0 9 31 2 *", "0 9 * * 7", "1-7/2 * * * 0-7/7", "* * * * -7"} {
		f.Add(s)
	}
	now := time.Date(2018, 7, 2, 8, 0, 0, 0, shanghai)
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := parseSlot(spec)
		if err != nil {
			return
		}
		if next := s.Next(now); !next.IsZero() && !next.After(now) {
			t.Errorf("%q: next %s is not after now", spec, next)
		}
	})
}

func TestRulesValidate(t *testing.T) {
	if faults := DefaultRules().Validate(); len(faults) > 0 {
		t.Fatalf("defaults: %v", faults)
	}
	tests := []struct {
		name  string
		spoil func(*Rules)
		want  string
	}{
		{"never", func(r *Rules) { r.Slot = "0 9 31 2 *" }, "一年内没有一次"},
		{"leap day only", func(r *Rules) { r.Slot = "0 9 29 2 *" }, "一年内没有一次"},
		{"at night", func(r *Rules) { r.Slot = "0 20 * * *" }, "不在工作时段"},
		{"at the close", func(r *Rules) { r.Slot = "30 17 * * *" }, "不在工作时段"},
		{"zone", func(r *Rules) { r.Slot = "TZ=" }, "时区"},
		{"twice", func(r *Rules) { r.Before = []int{7, 7} }, "重复"},
		{"negative", func(r *Rules) { r.Before = []int{-1} }, "应在0到"},
		{"after zero", func(r *Rules) { r.After = []int{0}; r.Contact, r.Head, r.Draft = nil, nil, nil }, "应在1到"},
		{"contact off the ladder", func(r *Rules) { r.Contact = []int{2} }, "不在逾期后提醒之列"},
		{"window", func(r *Rules) { r.Open = r.Close }, "开始应早于结束"},
		{"keep", func(r *Rules) { r.Keep = -1 }, "不能为负"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := DefaultRules()
			tt.spoil(&r)
			var all []string
			for _, f := range r.Validate() {
				all = append(all, f.Error())
			}
			if !strings.Contains(strings.Join(all, "\n"), tt.want) {
				t.Errorf("got %q, want %s", all, tt.want)
			}
		})
	}
}

func TestClockText(t *testing.T) {
	for s, want := range map[string]Clock{"08:30": 510, "8:30": 510, "00:00": 0, "24:00": 1440} {
		var c Clock
		if err := c.UnmarshalText([]byte(s)); err != nil || c != want {
			t.Errorf("%s: got %d, %v", s, c, err)
		}
	}
	for _, s := range []string{"", "8", "24:01", "08:60", "-1:00", "08:30x", "+8:30"} {
		if _, err := ParseClock(s); err == nil {
			t.Errorf("%q was accepted", s)
		}
	}
	if got := Clock(510).String(); got != "08:30" {
		t.Errorf("got %s", got)
	}
}

func TestHours(t *testing.T) {
	h := Hours{Open: 510, Close: 1050, Cal: week{}}
	tests := []struct{ now, next string }{
		{"2018-09-28 09:00", "2018-09-28 09:00"},
		{"2018-09-28 08:30", "2018-09-28 08:30"},
		{"2018-09-28 08:29", "2018-09-28 08:30"},
		{"2018-09-28 17:30", "2018-09-29 08:30"}, // make-up Saturday
		{"2018-09-30 18:00", "2018-10-08 08:30"}, // over the national holiday
		{"2018-10-03 10:00", "2018-10-08 08:30"},
	}
	for _, tt := range tests {
		if got := h.Next(at(t, tt.now)); !got.Equal(at(t, tt.next)) {
			t.Errorf("%s: got %s, want %s", tt.now, got, tt.next)
		}
	}
	// The zone of the caller does not matter.
	if !h.Within(at(t, "2018-09-28 09:00").UTC()) {
		t.Error("a time in UTC is judged by UTC's clock")
	}
	if got, want := h.end(at(t, "2018-09-28 09:00"), 5), at(t, "2018-10-10 17:30"); !got.Equal(want) {
		t.Errorf("end: got %s, want %s", got, want)
	}
}

func TestTimetable(t *testing.T) {
	tt, err := DefaultRules().timetable(week{})
	if err != nil {
		t.Fatal(err)
	}
	newest := []struct{ floor, now, want string }{
		{"2018-09-01 00:00", "2018-09-28 08:59", "2018-09-27 09:00"},
		{"2018-09-01 00:00", "2018-09-28 09:00", "2018-09-28 09:00"},
		{"2018-09-01 00:00", "2018-10-07 20:00", "2018-09-30 09:00"},
		{"2018-09-30 09:00", "2018-10-07 20:00", ""},
		{"2018-12-01 00:00", "2018-09-30 09:00", ""}, // a clock set back
	}
	for _, c := range newest {
		got, ok := tt.newest(at(t, c.floor), at(t, c.now))
		if ok != (c.want != "") || ok && !got.Equal(at(t, c.want)) {
			t.Errorf("newest(%s, %s): got %s %v, want %q", c.floor, c.now, got, ok, c.want)
		}
	}
	got, ok := tt.next(at(t, "2018-09-30 09:00"), at(t, "2018-12-31 00:00"))
	if !ok || !got.Equal(at(t, "2018-10-08 09:00")) {
		t.Errorf("next over a holiday: got %s %v", got, ok)
	}
	if _, ok := tt.next(at(t, "2018-09-30 09:00"), at(t, "2018-10-08 08:59")); ok {
		t.Error("next beyond its limit")
	}
}

func TestRetryPause(t *testing.T) {
	r := DefaultRetry()
	for failed, want := range map[int]time.Duration{
		1: 5 * time.Second, 2: 10 * time.Second, 5: 80 * time.Second,
		8: 640 * time.Second, 10: 2560 * time.Second, 11: time.Hour, 24: time.Hour, 10000: time.Hour,
	} {
		if got := r.Pause(failed, 0.5); got != want {
			t.Errorf("after %d: got %s, want %s", failed, got, want)
		}
	}
	if lo, hi := r.Pause(1, 0), r.Pause(1, 0.999); lo != 4*time.Second || hi <= 5900*time.Millisecond || hi >= 6*time.Second {
		t.Errorf("jitter: %s..%s", lo, hi)
	}
}

func TestDescribe(t *testing.T) {
	text := DefaultRules().Describe(ledger.Ladder{})
	for _, want := range []string{"到期前30、15、7、3、1天和到期当天", "逾期后第1、3、5个工作日各提醒", "第3个工作日私信牵头单位负责人", "08:30—17:30", "每天09:00"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in:\n%s", want, text)
		}
	}
	r := DefaultRules()
	r.Before, r.After, r.Contact, r.Head, r.Draft, r.Weekly, r.Slot = []int{0}, nil, nil, nil, nil, false, "0 9 * * 1"
	if text := r.Describe(ledger.Ladder{}); !strings.Contains(text, "到期当天提醒一次") || !strings.Contains(text, "时点为 0 9 * * 1") || strings.Contains(text, "负责人") || strings.Contains(text, "逾期后") {
		t.Errorf("short rules:\n%s", text)
	}
}
