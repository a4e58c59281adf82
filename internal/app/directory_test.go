package app

import (
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

// staffed gives the world an organisation.
func (w *world) staffed() {
	for id, name := range map[int64]string{10: "市财政局", 12: "大数据中心", 13: "食堂"} {
		w.fake.AddDepartment(bottest.Department{ID: id, Name: name})
	}
	w.fake.AddDepartment(bottest.Department{ID: 11, Parent: 10, Name: "预算科"})
	w.fake.AddUser(bottest.User{ID: "zhaolei", Name: "赵蕾", Departments: []int64{11}})
	w.fake.AddUser(bottest.User{ID: "zhangmin", Name: "张敏", Departments: []int64{10}}) // the configuration says otherwise
	w.fake.AddUser(bottest.User{ID: "qianwu", Name: "钱武", Departments: []int64{13}})
	w.fake.AddUser(bottest.User{ID: "sunli", Name: "孙丽", Departments: []int64{10, 12}})
}

// TestDirectoryBind: at start the directory binds who is certain and asks once about who
// is not; a restart asks nothing again; on the next working day new people follow; who
// leaves loses it.
func TestDirectoryBind(t *testing.T) {
	for _, engine := range engines(t) {
		t.Run(engine.name, func(t *testing.T) {
			w, dir := newWorld(t), t.TempDir()
			w.staffed()
			const aes = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
			env := append([]string{"DUBAN_DINGTALK_DIRECTORY=bind", "DUBAN_DINGTALK_EVENT_TOKEN=tok", "DUBAN_DINGTALK_EVENT_AES_KEY=" + aes}, engine.env...)
			first := w.serve(dir, env...)
			asks := func(n bottest.Note) bool { return strings.Contains(n.Raw, "以下1人的单位请确认") }
			if note := w.shown("wanghui", "the question", asks); !holds(note.Raw, []string{"市财政局：赵蕾", "孙丽（市财政局、大数据中心）", "同意绑定 孙丽 市财政局"}) || strings.Contains(note.Raw, "张敏") {
				t.Fatalf("asked %q", note.Raw)
			}
			w.direct("zhaolei", "我的任务", "市财政局")
			w.direct("zhangmin", "我的任务", "市大数据中心")
			w.direct("qianwu", "我的任务", "还没有绑定单位")
			first.end(t)
			second := w.serve(dir, env...)
			w.direct("wanghui", "状态", "自动绑定1人，待确认1人")
			w.direct("wanghui", "同意绑定 孙丽 市大数据中心", "已同意 孙丽 绑定“市大数据中心”，并设为单位成员")
			w.fake.AddUser(bottest.User{ID: "lijun", Name: "李军", Departments: []int64{10}})
			w.clock.Set(time.Date(2018, 7, 3, 8, 0, 0, 0, w.clock.Now().Location())) // before working hours
			w.direct("lijun", "我的任务", "还没有绑定单位")
			w.clock.Set(time.Date(2018, 7, 3, 9, 0, 0, 0, w.clock.Now().Location()))
			w.shown("wanghui", "the news", func(n bottest.Note) bool { return holds(n.Raw, []string{"绑定1人", "市财政局：李军"}) })
			w.direct("lijun", "我的任务", "市财政局")
			asked := 0
			for _, n := range w.fake.SeenBy("wanghui") {
				if asks(n) {
					asked++
				}
			}
			if asked != 1 {
				t.Errorf("asked %d times", asked)
			}
			status, err := w.fake.PushEvent(t.Context(), bottest.EventPush{
				To: second.url + "/dingtalk/event", Keys: bottest.EventKeys{Token: "tok", AESKey: aes},
				Fields: map[string]any{"EventType": "user_leave_org", "eventId": "e1", "UserId": []string{"lijun", "zhangmin"}},
			})
			if err != nil || status != 200 {
				t.Fatal(status, err)
			}
			w.direct("lijun", "我的任务", "还没有绑定单位")
			w.direct("zhangmin", "我的任务", "市大数据中心")
			w.shown("wanghui", "who has left", func(n bottest.Note) bool { return strings.Contains(n.Raw, "移除人员 张敏") })
			w.direct("wanghui", "设置记录", "李军已离开组织")
		})
	}
}

// TestDirectoryPropose: with propose nobody is bound without a yes; off reads nothing.
func TestDirectoryPropose(t *testing.T) {
	w := newWorld(t)
	w.staffed()
	w.serve(t.TempDir()).end(t)
	if n := len(w.fake.Requests("/topapi/")); n != 0 {
		t.Errorf("%d calls while it is off", n)
	}
	w.serve(t.TempDir(), "DUBAN_DINGTALK_DIRECTORY=propose")
	note := w.shown("wanghui", "the question", func(n bottest.Note) bool { return strings.Contains(n.Raw, "以下2人的单位请确认") })
	if !holds(note.Raw, []string{"赵蕾（市财政局/预算科）", "孙丽"}) {
		t.Errorf("asked %q", note.Raw)
	}
	w.direct("zhaolei", "我的任务", "还没有绑定单位")
	w.direct("wanghui", "同意绑定 赵蕾", "并设为单位成员")
	w.direct("zhaolei", "我的任务", "市财政局")
}

// TestDirectoryUnread: a directory that the app may not read is no directory of nobody:
// 状态 says what is missing, and it is read an hour after the permission was given.
func TestDirectoryUnread(t *testing.T) {
	w := newWorld(t)
	w.staffed()
	w.fake.SetScope(bottest.ScopeMembers, false)
	w.serve(t.TempDir(), "DUBAN_DINGTALK_DIRECTORY=bind")
	w.until("the try", func() bool { return len(w.fake.Requests("/topapi/user/listid")) > 0 })
	w.direct("wanghui", "状态", "没有读成，请核对应用的通讯录权限")
	w.direct("zhaolei", "我的任务", "还没有绑定单位")
	w.fake.SetScope(bottest.ScopeMembers, true)
	w.clock.Advance(time.Hour)
	w.shown("wanghui", "the news", func(n bottest.Note) bool { return strings.Contains(n.Raw, "市财政局：赵蕾") })
	w.direct("wanghui", "状态", "自动绑定1人")
}
