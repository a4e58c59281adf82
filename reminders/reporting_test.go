package reminders_test

import (
	"slices"
	"strings"
	"testing"

	"duban/reminders"
	"duban/store/ledger"
)

// monthly asks for reports on the 25th.
func monthly() reminders.Rules {
	r := ladderOnly()
	r.Report = ledger.RhythmMonth
	return r
}

// asked lists, day by day, who is asked for which task's report.
func asked(r reminders.Rules, v *vault, from, to string) []string {
	var out []string
	for d := date(from); !d.After(date(to)); d = d.AddDays(1) {
		for _, n := range reminders.Plan(r, v.book, holidays{}, d.AddDays(-1).In(shanghai, 9, 0), d.In(shanghai, 9, 0)) {
			for _, i := range n.Items {
				if i.Rule == reminders.RuleReport {
					out = append(out, d.String()+" "+n.To.Key()+" "+noOf(i.Task)+" "+i.Point)
				}
			}
		}
	}
	return out
}

func reported(no, at string) ledger.Record {
	return record(ledger.RecordProgress, no, ledger.Progress{Task: no, Last: &ledger.Entry{At: clock(at), Report: ledger.Report{Text: "在办"}}})
}

func TestReportAsked(t *testing.T) {
	v := newVault(t, plan(), room("R", "甲"), member("lian", "乙", ledger.DutyContact),
		once("1", "牵头报送", "2018-12-31", lead("甲"), support("丙")),
		task(ledger.Task{No: "2", Title: "长期任务", Owners: []ledger.Owner{answers("甲")}}),
		once("3", "没有群", "2018-12-31", answers("乙")),
		once("4", "已反馈", "2018-12-31", lead("甲")), reported("4", "2018-09-03 10:00"),
		once("5", "待审核", "2018-12-31", lead("甲")), state("5", "1", ledger.PointState{Phase: ledger.PhasePending}),
		once("6", "已暂缓", "2018-12-31", lead("甲")), record(ledger.RecordProgress, "6", ledger.Progress{Task: "6", Status: ledger.StatusPaused}),
		once("7", "配合单位不报", "2018-12-31", lead("丁"), support("甲")),
		every("8", "未到时间", "12-31", 2019, 2022, lead("甲")),
		task(ledger.Task{No: "9", Title: "集合单位", Owners: []ledger.Owner{group("各区县")}}),
	)
	got := asked(monthly(), v, "2018-08-20", "2018-09-30")
	want := []string{
		"2018-08-24 member:lian 3 2018-08", "2018-08-24 room:R 1 2018-08", "2018-08-24 room:R 2 2018-08", "2018-08-24 room:R 4 2018-08",
		"2018-09-25 member:lian 3 2018-09", "2018-09-25 room:R 1 2018-09", "2018-09-25 room:R 2 2018-09",
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	r := monthly()
	r.Report = ledger.RhythmQuarter
	if got := asked(r, v, "2018-07-02", "2018-09-30"); len(got) != 3 || !strings.HasPrefix(got[0], "2018-09-25 ") || !strings.HasSuffix(got[0], "2018Q3") {
		t.Errorf("quarter: %v", got)
	}
	if got := asked(ladderOnly(), v, "2018-07-02", "2018-09-30"); got != nil {
		t.Errorf("no rhythm: %v", got)
	}
}

// A stop over the report day asks once afterwards, while the period lasts.
func TestReportAskedAfterStop(t *testing.T) {
	v := newVault(t, plan(), room("R", "甲"), task(ledger.Task{No: "2", Title: "长期任务", Owners: []ledger.Owner{answers("甲")}}))
	for to, want := range map[string]int{"2018-09-28 09:00": 1, "2018-10-08 09:00": 0} {
		if got := reminders.Plan(monthly(), v.book, holidays{}, clock("2018-09-21 09:00"), clock(to)); len(got) != want {
			t.Errorf("%s: %v", to, told(got))
		}
	}
}

// The section stands in the same message as the deadlines; what was reported between
// planning and sending is not asked for any more.
func TestReportWords(t *testing.T) {
	v := newVault(t, plan(), room("R", "市大数据中心"), member("lian", "市大数据中心", ledger.DutyContact),
		once("28", "建设政务云", "2018-09-26", lead("市大数据中心")),
		task(ledger.Task{No: "30", Title: "推进公共数据共享", Owners: []ledger.Owner{answers("市大数据中心")}}),
		task(ledger.Task{No: "31", Title: "完善数据标准", Owners: []ledger.Owner{answers("市大数据中心"), answers("市统计局")}}))
	r := monthly()
	r.Digest = true
	notices := reminders.Plan(r, v.book, holidays{}, clock("2018-09-21 09:00"), clock("2018-09-25 09:00"))
	if len(notices) != 1 {
		t.Fatalf("%d messages instead of one merged: %v", len(notices), told(notices))
	}
	body, ok := reminders.Nudge(r, v.book, holidays{}, notices[0], date("2018-09-25"))
	if !ok {
		t.Fatal("nothing to say")
	}
	sound(t, body)
	golden(t, "nudge-report", show(body))
	if !slices.Equal(body.At, []string{"lian"}) { // for the deadline, not for the report
		t.Errorf("at %v", body.At)
	}
	v.put(t, reported("28", "2018-09-25 08:00"), reported("30", "2018-09-25 08:00"), reported("31", "2018-09-25 08:00"))
	body, ok = reminders.Nudge(r, v.book, holidays{}, notices[0], date("2018-09-25"))
	if !ok || strings.Contains(body.Text, "报送") {
		t.Errorf("asked again:\n%s", body.Text)
	}
}

// The first message of a week begins with figures whose classes are disjoint; a room
// without anything overdue, near or waiting hears nothing.
func TestWeek(t *testing.T) {
	v := newVault(t, plan(), room("R", "甲"), room("S", "乙"), room("T", "丙"), room("U"),
		once("1", "逾期", "2018-09-12", lead("甲")), once("2", "临期", "2018-09-30", lead("甲")), once("3", "在办", "2018-12-31", lead("甲")),
		once("4", "待审核", "2018-12-31", lead("甲")), state("4", "1", ledger.PointState{Phase: ledger.PhasePending, AppliedAt: clock("2018-09-01 09:00")}),
		once("5", "办结", "2018-12-31", lead("甲")), state("5", "1", ledger.PointState{Phase: ledger.PhaseClosed}),
		once("6", "不急", "2018-12-31", lead("乙")),
		once("7", "待审核", "2018-12-31", lead("丙")), state("7", "1", ledger.PointState{Phase: ledger.PhasePending, AppliedAt: clock("2018-09-01 09:00")}),
	)
	r := reminders.DefaultRules()
	notices := reminders.Plan(r, v.book, holidays{}, clock("2018-09-21 09:00"), clock("2018-09-25 09:00"))
	var rooms []string
	for _, n := range notices {
		rooms = append(rooms, n.To.Room)
	}
	if !slices.Equal(rooms, []string{"R", "T"}) {
		t.Fatalf("rooms %v", rooms)
	}
	for i, name := range []string{"nudge-week", "nudge-week-only"} {
		body, ok := reminders.Nudge(r, v.book, holidays{}, notices[i], date("2018-09-25"))
		if !ok {
			t.Fatal("nothing to say")
		}
		sound(t, body)
		golden(t, name, show(body))
	}
	if got := reminders.Plan(r, v.book, holidays{}, clock("2018-09-25 09:00"), clock("2018-09-26 09:00")); len(got) != 0 {
		t.Errorf("the second day of the week: %v", told(got))
	}
	v.put(t, state("7", "1", ledger.PointState{Phase: ledger.PhaseClosed}))
	if body, ok := reminders.Nudge(r, v.book, holidays{}, notices[1], date("2018-09-25")); ok {
		t.Errorf("accepted meanwhile:\n%s", body.Text)
	}
}

// Tasks with a rhythm of their own are asked for on their own day, in the one message of
// that day; what is freed of reports is never asked for.
func TestReportAskedByOwnRhythm(t *testing.T) {
	own := func(no string, r ledger.Reporting) ledger.Record {
		return record(ledger.RecordProgress, no, ledger.Progress{Task: no, Reporting: &r})
	}
	v := newVault(t, plan(), room("R", "甲"),
		once("1", "按方案", "2019-12-31", lead("甲")),
		once("2", "按季", "2019-12-31", lead("甲")), own("2", ledger.Reporting{Every: ledger.RhythmQuarter}),
		once("3", "不报", "2019-12-31", lead("甲")), own("3", ledger.Reporting{Every: ledger.RhythmNone}),
		once("4", "半年", "2019-12-31", lead("甲")), own("4", ledger.Reporting{Every: ledger.RhythmHalf, Day: 20}),
		once("5", "按月早报", "2019-12-31", lead("甲")), own("5", ledger.Reporting{Every: ledger.RhythmMonth, Day: 10}),
	)
	want := []string{
		"2018-11-09 room:R 5 2018-11", "2018-11-23 room:R 1 2018-11",
		"2018-12-10 room:R 5 2018-12", "2018-12-20 room:R 4 2018H2", "2018-12-25 room:R 1 2018-12", "2018-12-25 room:R 2 2018Q4",
	}
	if got := asked(monthly(), v, "2018-11-01", "2018-12-31"); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := asked(ladderOnly(), v, "2018-11-01", "2018-12-31"); len(got) != 4 || strings.Contains(strings.Join(got, "\n"), "R 1 ") {
		t.Errorf("without a rhythm of the plan: %v", got)
	}
	ns := reminders.Plan(monthly(), v.book, holidays{}, clock("2018-12-24 09:00"), clock("2018-12-25 09:00"))
	if len(ns) != 1 {
		t.Fatal(told(ns))
	}
	body, ok := reminders.Nudge(monthly(), v.book, holidays{}, ns[0], date("2018-12-25"))
	if !ok {
		t.Fatal("nothing to say")
	}
	sound(t, body)
	golden(t, "nudge-rhythms", show(body))
	v.put(t, own("2", ledger.Reporting{Every: ledger.RhythmNone}))
	if body, _ := reminders.Nudge(monthly(), v.book, holidays{}, ns[0], date("2018-12-25")); strings.Contains(body.Text, "任务2 ") {
		t.Errorf("asked for after it was freed:\n%s", body.Text)
	}
}
