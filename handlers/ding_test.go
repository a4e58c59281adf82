package handlers_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/handlers"
	"duban/store/ledger"
)

// dings is a platform with DING that writes down what it is asked for.
type dings struct {
	sent   []string
	ref    string
	failed map[string]string
	err    error
}

func (d *dings) Ding(_ context.Context, staff []string, text string) (string, map[string]string, error) {
	d.sent = append(d.sent, fmt.Sprintf("%s: %s", strings.Join(staff, "、"), text))
	return d.ref, d.failed, d.err
}

func withDings(d *dings) func(*handlers.Options) {
	return func(o *handlers.Options) { o.Dings = d }
}

// owedDing orders a DING and returns the notice of it.
func (r *rig) owedDing(who, text string) ledger.Notice {
	r.t.Helper()
	if got, err := r.say(who, text, nil); err != nil || !strings.Contains(got, "确认") {
		r.t.Fatalf("%s: %q, %v", text, got, err)
	}
	before := len(r.sent)
	if got, err := r.say(who, "确认", nil); err != nil || !strings.Contains(got, "已登记催办") {
		r.t.Fatalf("确认: %q, %v", got, err)
	}
	i := slices.IndexFunc(r.sent[before:], func(n ledger.Notice) bool { return n.Kind == ledger.NoticeDing })
	if i < 0 {
		r.t.Fatal("no DING is owed")
	}
	return r.sent[before+i]
}

// compose carries the DING out and returns what whoever commanded it is told.
func (r *rig) compose(n ledger.Notice) (string, error) {
	r.t.Helper()
	_, say, err := r.desk.ComposeDing(r.t.Context(), n)
	if say {
		r.t.Error("a DING says something itself")
	}
	return r.owed(), err
}

// TestDingAsks: nothing goes out before the yes, and the question says to whom, how and
// what; the pressing is recorded as one by DING and must be signed for.
func TestDingAsks(t *testing.T) {
	d := &dings{}
	r := newRig(t, nil, withDings(d))
	got, err := r.say("陈光", "用DING催办任务28 请今天报结果", nil)
	for _, want := range []string{"确认用DING催办任务28？（尚未发出）", "发给：张敏（市大数据中心）", "不发短信、不打电话", "内容：【催办】任务28", "请今天报结果", "“确认”或“取消”"} {
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s (%v)", want, got, err)
		}
	}
	if got, _ := r.say("陈光", "取消", nil); !strings.Contains(got, "取消") || len(d.sent) != 0 {
		t.Errorf("after a no: %q, sent %q", got, d.sent)
	}
	n := r.owedDing("陈光", "DING 任务28 请今天报结果")
	if told, err := r.compose(n); err != nil || told != "" || len(d.sent) != 1 || !strings.HasPrefix(d.sent[0], "张敏: 【催办】任务28") || !strings.Contains(d.sent[0], "请今天报结果。请抓紧办理") {
		t.Errorf("told %q, %v; sent %q", told, err, d.sent)
	}
	if got, err := r.say("王慧", "台账 任务28", nil); err != nil || !strings.Contains(got, "陈光 催办（DING）：请今天报结果") {
		t.Errorf("the record is\n%s (%v)", got, err)
	}
	if got, err := r.say("张敏", "签收 任务28", nil); err != nil || !strings.Contains(got, "已签收") {
		t.Errorf("签收: %q, %v", got, err)
	}
}

// TestDingOnce: however often the notice comes back, it is sent once; where the outcome is
// unknown it is not sent again, and whoever commanded it is told.
func TestDingOnce(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		failed map[string]string
		told   string
		tries  int
	}{
		"sent":             {nil, nil, "", 1},
		"unknown":          {errors.New("timed out"), nil, "不能确定是否送达", 1},
		"reached nobody":   {nil, map[string]string{"张敏": "用户不在企业内"}, "张敏（市大数据中心）：用户不在企业内", 1},
		"refused for now":  {&bot.Refusal{Op: "ding", Code: "QpsLimit", Retry: true}, nil, "", 3},
		"refused for good": {&bot.Refusal{Op: "ding", Code: "ding.serverquota.insufficient"}, nil, "", 3}, // the outbox buries it after the first
	} {
		t.Run(name, func(t *testing.T) {
			d := &dings{err: c.err, failed: c.failed}
			r := newRig(t, nil, withDings(d))
			n := r.owedDing("王慧", "DING 任务28")
			told := ""
			for range 3 {
				more, err := r.compose(n)
				var no *bot.Refusal
				if told += more; (err != nil) != errors.As(c.err, &no) {
					t.Errorf("error %v", err)
				}
			}
			words := min(len(c.told), 1)
			if len(d.sent) != c.tries || strings.Count(told, "“DING催办 任务28”") != words || !strings.Contains(told, c.told) {
				t.Errorf("sent %d times, told %q", len(d.sent), told)
			}
		})
	}
}

// TestDingBrokeOff: a process that dies while it sends leaves it unknown.
func TestDingBrokeOff(t *testing.T) {
	d := &dings{}
	r := newRig(t, nil, withDings(d))
	n := r.owedDing("王慧", "DING 任务28")
	rec, err := ledger.Put(ledger.RecordSetting, n.Key, true) // as the dead process left it
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.Commit(t.Context(), ledger.Commit{Puts: []ledger.Record{rec}, Now: r.now}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"不能确定是否送达", ""} {
		if told, err := r.compose(n); err != nil || !strings.Contains(told, want) || want == "" && told != "" {
			t.Errorf("try %d: told %q, %v", i+1, told, err)
		}
	}
	if len(d.sent) != 0 {
		t.Errorf("sent %q", d.sent)
	}
}

// TestDingRefusals: who may not, whom it cannot reach, and a platform without it.
func TestDingRefusals(t *testing.T) {
	r := newRig(t, nil, withDings(&dings{}))
	for _, c := range [][3]string{
		{"张敏", "DING 任务28", "由领导或督查室办理"},
		{"周涛", "DING 任务28", "由领导或督查室办理"},
		{"王慧", "DING 任务999", "没有任务999"},
		{"王慧", "DING", "请问是哪项任务"},
		{"王慧", "DING 任务12", "没有登记联络员"},
		{"王慧", "DING 市财政局 任务28", "责任单位是"},
	} {
		if got, err := r.say(c[0], c[1], nil); err != nil || !strings.Contains(got, c[2]) {
			t.Errorf("%s: %s: %q, %v", c[0], c[1], got, err)
		}
	}
	r = newRig(t, nil)
	got, err := r.say("王慧", "DING 任务28", nil)
	if err != nil || !strings.Contains(got, "当前平台不能发DING，未发出。可回复“催办 任务编号”") {
		t.Errorf("without DING: %q, %v", got, err)
	}
	if got, _ := r.say("王慧", "帮助 催办", nil); strings.Contains(got, "DING") {
		t.Errorf("help offers it:\n%s", got)
	}
}

// TestDingGivenUp: whoever commanded it learns why it was not sent.
func TestDingGivenUp(t *testing.T) {
	r := newRig(t, nil, withDings(&dings{}))
	n := r.owedDing("王慧", "DING 任务28")
	if n.To != (ledger.Target{Member: "王慧"}) || n.Expires.Sub(n.Due) != 2*time.Hour {
		t.Errorf("owed %+v", n)
	}
	if got := r.desk.DingGivenUp(n, errors.New("E_FUNNY")).Text; got != "“DING催办 任务28”没有发出：平台拒绝了这次DING。\n\n可改发“催办”，或用电话等方式通知。" {
		t.Errorf("told %q", got)
	}
}
