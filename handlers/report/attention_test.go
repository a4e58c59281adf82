package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

// attentionOf is what a leader is shown on the day of tasks with one checkpoint, or two
// where two dates are given, and the events.
func attentionOf(t *testing.T, today string, dues map[string][]string, events ...ledger.Event) []string {
	t.Helper()
	var tasks []ledger.Task
	for i := range len(dues) {
		no := fmt.Sprint(i + 1)
		x := ledger.Task{No: no, Title: "事项" + no, Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "市住建局"}}}
		x.Deadline.Kind = ledger.DeadlineMulti
		for p, due := range dues[no] {
			x.Points = append(x.Points, ledger.Point{ID: fmt.Sprint(p + 1), Label: fmt.Sprintf("第%d期", p+1), Due: date(due)})
		}
		tasks = append(tasks, x)
	}
	for i := range events {
		events[i].ID = fmt.Sprint(i)
		events[i].By = ledger.Actor{ID: "u", Name: "张敏"}
	}
	f := Compute(bookOf(t, tasks, events), events, queryAt(date(today), date("2018-07-01")))
	var out []string
	for _, l := range f.Attention {
		out = append(out, l.Say+"："+l.Why)
	}
	if f.AttentionAll < len(out) || len(out) > maxAttention {
		t.Errorf("%d of %d", len(out), f.AttentionAll)
	}
	return out
}

func on(day string) time.Time { return date(day).In(time.FixedZone("", 8*3600), 10, 0) }

// TestAttention: what waits for a leader comes before what only is late, however late; a
// task stands there once; whoever was just pressed has time to answer.
func TestAttention(t *testing.T) {
	old := []string{"2010-01-01"}
	ask := func(task, point, day string) ledger.Event {
		return ledger.Event{Task: task, Point: point, Kind: ledger.EventExtend, At: on(day), Date: date("2018-12-31"), Reason: "设备到货推迟"}
	}
	apply := func(task, point, day string) ledger.Event {
		return ledger.Event{Task: task, Point: point, Kind: ledger.EventApply, At: on(day), Report: &ledger.Report{Text: "已完成"}}
	}
	press := func(task, day string) ledger.Event {
		return ledger.Event{Task: task, Point: "1", Kind: ledger.EventPress, At: on(day), Units: []string{"市住建局"}}
	}
	need := func(task, day string) ledger.Event {
		return ledger.Event{Task: task, Kind: ledger.EventNeed, At: on(day), Reason: "请统一接口"}
	}
	for _, c := range []struct {
		name   string
		dues   map[string][]string
		events []ledger.Event
		want   []string
	}{
		{"late for years is no more than late", map[string][]string{"1": old, "2": {"2018-12-01"}}, []ledger.Event{ask("2", "1", "2018-09-01")},
			[]string{"同意延期 任务2：申请延期至2018年12月31日（第1次）：设备到货推迟", "催办 任务1：逾期3181天且近14天没有反馈"}},
		{"an application waits on another checkpoint", map[string][]string{"1": {"2018-08-01", "2018-12-01"}}, []ledger.Event{apply("1", "1", "2018-09-01")},
			[]string{"通过 任务1：“第1期”申请办结已16天未审核"}},
		{"an application of yesterday", map[string][]string{"1": {"2018-12-01"}}, []ledger.Event{apply("1", "1", "2018-09-16")}, nil},
		{"a decision before help, once", map[string][]string{"1": {"2018-12-01"}}, []ledger.Event{need("1", "2018-09-01"), ask("1", "1", "2018-09-02")},
			[]string{"同意延期 任务1：申请延期至2018年12月31日（第1次）：设备到货推迟；另有申请协调：请统一接口"}},
		{"just pressed", map[string][]string{"1": {"2018-08-01"}}, []ledger.Event{press("1", "2018-09-12")}, nil},
		{"pressed in vain", map[string][]string{"1": {"2018-08-01"}}, []ledger.Event{press("1", "2018-09-03")},
			[]string{"批示 任务1：逾期47天，2018年9月3日催办或批示后仍没有反馈"}},
		{"five at most", map[string][]string{"1": old, "2": old, "3": old, "4": old, "5": old, "6": {"2009-01-01"}}, nil,
			[]string{"催办 任务6：逾期3546天且近14天没有反馈", "催办 任务1：逾期3181天且近14天没有反馈", "催办 任务2：逾期3181天且近14天没有反馈", "催办 任务3：逾期3181天且近14天没有反馈", "催办 任务4：逾期3181天且近14天没有反馈"}},
	} {
		if d := cmp.Diff(c.want, attentionOf(t, "2018-09-17", c.dues, c.events...)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestOverdueSpeaksOfWhatIsLate: a task that is overdue by a checkpoint that waits for
// acceptance is listed with that one, not with the next.
func TestOverdueSpeaksOfWhatIsLate(t *testing.T) {
	x := ledger.Task{No: "1", Title: "事项", Points: []ledger.Point{{ID: "1", Label: "办法", Due: date("2018-07-31")}, {ID: "2", Label: "建成", Due: date("2018-10-31")}}}
	x.Deadline.Kind = ledger.DeadlineMulti
	e := ledger.Event{ID: "1", Task: "1", Point: "1", Kind: ledger.EventApply, At: on("2018-09-10"), Report: &ledger.Report{Text: "已完成"}}
	f := Compute(bookOf(t, []ledger.Task{x}, []ledger.Event{e}), nil, queryAt(date("2018-09-17"), date("2018-09-01")))
	if len(f.Overdue) != 1 || f.Overdue[0].Due != "2018年7月31日" || f.Overdue[0].Days != "逾期48天，已申请办结" {
		t.Errorf("%+v", f.Overdue)
	}
	if text := f.Chat(); !strings.Contains(text, "时限2018年7月31日，逾期48天，已申请办结") {
		t.Error(text)
	}
}
