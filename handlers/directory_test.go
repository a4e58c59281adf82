package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/handlers"
	"duban/store/ledger"
)

// office is a reading of the directory.
var office = []handlers.Found{
	{Staff: "z1", Name: "赵蕾", Department: "市财政局", Units: []string{"市财政局"}, Sure: true},
	{Staff: "z2", Name: "钱武", Department: "市财政局/预算处", Units: []string{"市财政局"}, Sure: true},
	{Staff: "张敏", Name: "张敏", Department: "市财政局", Units: []string{"市财政局"}, Sure: true}, // bound by a person
	{Staff: "周涛", Name: "周涛", Department: "市财政局", Units: []string{"市财政局"}, Sure: true}, // by the configuration
	{Staff: "s1", Name: "孙丽", Department: "改革处", Units: []string{"市财政局", "市大数据中心"}},
	{Staff: "l1", Name: "林静", Department: "大数据*中心*", Units: []string{"市大数据中心"}},
	{Staff: "x1", Name: "许诺", Department: "食堂", Units: []string{"不在方案中的单位"}, Sure: true},
}

func (r *rig) read(people []handlers.Found, bind bool) handlers.DirectoryTaken {
	r.t.Helper()
	r.now = r.now.Add(time.Second)
	got, err := r.desk.TakeDirectory(r.t.Context(), people, bind)
	if err != nil {
		r.t.Fatal(err)
	}
	return got
}

func (r *rig) memberOf(id string) *ledger.Member {
	r.t.Helper()
	b, err := r.desk.Fresh(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return b.Members[id]
}

func (r *rig) setup() string {
	r.t.Helper()
	events, err := r.store.Events(r.t.Context(), ledger.SetupLog, time.Time{}, time.Time{})
	if err != nil {
		r.t.Fatal(err)
	}
	var s strings.Builder
	for _, e := range events {
		fmt.Fprintf(&s, "%s：%s\n", e.By.Name, e.Reason)
	}
	return s.String()
}

// TestDirectoryBinds: who is certain is bound as plain staff, who is not is proposed once
// in one message; whom a person or the configuration has bound stays.
func TestDirectoryBinds(t *testing.T) {
	r := newRig(t, nil)
	before := []ledger.Member{*r.memberOf("张敏"), *r.memberOf("周涛")}
	if got := r.read(office, true); got != (handlers.DirectoryTaken{Bound: 2, Proposed: 2}) {
		t.Fatalf("%+v", got)
	}
	zhao := r.memberOf("z1")
	if !zhao.Automatic() || !zhao.In("市财政局") || !slices.Equal(zhao.Duties, []ledger.Duty{ledger.DutyStaff}) || zhao.Found.Department != "市财政局" {
		t.Errorf("%+v", zhao)
	}
	for _, m := range before {
		if now := r.memberOf(m.ID); !slices.Equal(now.Units, m.Units) || !slices.Equal(now.Duties, m.Duties) || now.Found != nil {
			t.Errorf("%s was changed: %+v", m.Name, now)
		}
	}
	if m := r.memberOf("s1"); !m.Proposed() || len(m.Units)+len(m.Duties) > 0 {
		t.Errorf("%+v", m)
	}
	if r.memberOf("x1") != nil {
		t.Error("somebody of no unit of the plan is known now")
	}
	want := `已按钉钉通讯录绑定2人为单位成员：

- 市财政局：赵蕾、钱武

有误的请回复“移除人员 姓名”。

以下2人的单位请确认：

1. 孙丽（改革处）：市财政局或市大数据中心，请回复“同意绑定 孙丽 市财政局”
2. 林静（大数据＊中心＊）：市大数据中心，请回复“同意绑定 林静”

不同意的请回复“不同意绑定 姓名”，同样的建议不再重复。`
	if got := r.owed(); got != want {
		t.Errorf("told:\n%s", got)
	}
	for _, line := range []string{"钉钉通讯录：赵蕾（市财政局）绑定市财政局，设为单位成员", "钉钉通讯录：建议孙丽（改革处）绑定市财政局或市大数据中心，待督查室确认"} {
		if !strings.Contains(r.setup(), line) {
			t.Errorf("the record has no %q:\n%s", line, r.setup())
		}
	}
	if got := r.read(office, true); got != (handlers.DirectoryTaken{}) || r.owed() != "" {
		t.Errorf("the same reading again: %+v", got)
	}
}

// TestDirectoryAnswers: a supervisor's yes makes a proposed person plain staff of the
// unit, of the chosen one where there are several; a no is for good.
func TestDirectoryAnswers(t *testing.T) {
	r := newRig(t, nil)
	r.read(office, false)
	if m := r.memberOf("z1"); !m.Proposed() || len(m.Units) > 0 {
		t.Fatalf("proposing has bound: %+v", m)
	}
	for _, c := range [][2]string{
		{"同意绑定 孙丽", "请问孙丽是哪个单位？"},
		{"2", "已同意 孙丽 绑定“市大数据中心”，并设为单位成员"},
		{"同意绑定 林静 市财政局", "已同意 林静 绑定“市财政局”，并设为单位成员"}, // the supervisor knows better
		{"不同意绑定 钱武", "已退回 钱武 绑定“市财政局”的建议"},
		{"同意绑定 赵蕾", "已同意 赵蕾 绑定“市财政局”，并设为单位成员"},
		{"移除人员 赵蕾", "确认移除赵蕾"},
		{"确认", "已移除赵蕾"},
	} {
		if got, err := r.say("王慧", c[0], nil); err != nil || !strings.Contains(got, c[1]) {
			t.Errorf("%s: %q, %v", c[0], got, err)
		}
	}
	if m := r.memberOf("s1"); m.Found != nil || !slices.Equal(m.Duties, []ledger.Duty{ledger.DutyStaff}) || !m.In("市大数据中心") {
		t.Errorf("%+v", m)
	}
	if got := r.read(office, true); got != (handlers.DirectoryTaken{}) {
		t.Errorf("what people have decided is overridden: %+v", got)
	}
}

// TestDirectoryClaims: what a proposed person asks for takes the proposal's place, and a
// claim that names another unit than the yes does is not granted.
func TestDirectoryClaims(t *testing.T) {
	r := newRig(t, nil)
	r.read(office, false)
	if got, err := r.say("s1", "我的任务", nil); err != nil || !strings.Contains(got, "还没有绑定单位") {
		t.Errorf("%q, %v", got, err)
	}
	for _, c := range [][3]string{
		{"s1", "绑定 市财政局", "已提交绑定“市财政局”的申请"},
		{"王慧", "同意绑定 孙丽 市大数据中心", "孙丽待确认的是“市财政局”"},
		{"王慧", "同意绑定 孙丽", "已同意 孙丽 绑定“市财政局”，并设为联络员"},
	} {
		if got, err := r.say(c[0], c[1], nil); err != nil || !strings.Contains(got, c[2]) {
			t.Errorf("%s: %q, %v", c[1], got, err)
		}
	}
}

// TestDirectoryMoves: who has moved in the organisation moves here while the directory
// alone has bound them; who has left loses that, and a person's binding is only spoken of.
func TestDirectoryMoves(t *testing.T) {
	r := newRig(t, nil)
	r.read(office, true)
	r.owed()
	moved := []handlers.Found{{Staff: "z1", Name: "赵蕾", Department: "市大数据中心", Units: []string{"市大数据中心"}, Sure: true}}
	if got := r.read(moved, false); got != (handlers.DirectoryTaken{}) || !r.memberOf("z1").In("市财政局") {
		t.Errorf("proposing moves people: %+v", got)
	}
	if got := r.read(moved, true); got != (handlers.DirectoryTaken{Moved: 1}) || !r.memberOf("z1").In("市大数据中心") || r.memberOf("z1").In("市财政局") {
		t.Errorf("%+v, %+v", got, r.memberOf("z1"))
	}
	r.owed()
	if got, err := r.say("王慧", "设置 赵蕾 为联络员", nil); err != nil || !strings.Contains(got, "确认") {
		t.Fatal(got, err)
	}
	if got, err := r.say("王慧", "确认", nil); err != nil || !strings.Contains(got, "已设置") {
		t.Fatal(got, err)
	}
	if got := r.read(office, true); got.Moved != 0 || !r.memberOf("z1").In("市大数据中心") {
		t.Errorf("a contact was moved: %+v", got)
	}
	for range 2 { // the event comes again
		if err := r.desk.TakeLeaving(t.Context(), "e1", []string{"z1", "z2", "s1", "张敏", "nobody", "z2"}); err != nil {
			t.Fatal(err)
		}
	}
	if r.memberOf("z2") != nil || r.memberOf("s1") != nil || !r.memberOf("z1").In("市大数据中心") || !r.memberOf("张敏").In("市大数据中心") {
		t.Errorf("z2 %+v, s1 %+v, z1 %+v", r.memberOf("z2"), r.memberOf("s1"), r.memberOf("z1"))
	}
	if got := r.owed(); strings.Count(got, "已离开组织，绑定未做改动") != 1 || !strings.Contains(got, "移除人员 赵蕾") || !strings.Contains(got, "移除人员 张敏") || strings.Contains(got, "钱武") {
		t.Errorf("told %q", got)
	}
	if !strings.Contains(r.setup(), "钱武已离开组织，解除市财政局的自动绑定") {
		t.Error(r.setup())
	}
}

// TestDirectoryLarge: many people are bound in bounded commits and told of once; more
// doubtful ones than fit into a message wait for the next reading.
func TestDirectoryLarge(t *testing.T) {
	r := newRig(t, nil)
	var many []handlers.Found
	for i := range 450 {
		many = append(many, handlers.Found{Staff: fmt.Sprintf("n%03d", i), Name: "某人", Department: "市财政局", Units: []string{"市财政局"}, Sure: true})
	}
	for i := range 25 {
		many = append(many, handlers.Found{Staff: fmt.Sprintf("u%03d", i), Name: fmt.Sprintf("疑%02d", i), Department: "处", Units: []string{"市财政局", "市大数据中心"}})
	}
	if got := r.read(many, true); got != (handlers.DirectoryTaken{Bound: 450, Proposed: 20, Left: 5}) {
		t.Errorf("%+v", got)
	}
	if got := r.owed(); strings.Count(got, "已按钉钉通讯录绑定450人") != 1 || !strings.Contains(got, "等450人") || !strings.Contains(got, "另有5人") || len(got) > 6000 {
		t.Errorf("told %d bytes: %.300s", len(got), got)
	}
	if got := r.read(many, true); got != (handlers.DirectoryTaken{Proposed: 5}) {
		t.Errorf("%+v", got)
	}
}
