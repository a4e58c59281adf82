package app

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/bot/bottest"
)

// TestFilesByChat: a leader asks for the ledger, the bulletin and the picture and sees
// each as DingTalk shows it; nobody else is sent one.
func TestFilesByChat(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	w.direct("zhangmin", "进度图", "没有查看这部分内容的权限")
	w.say(bottest.Saying{User: "chenguang", Group: group, At: true, Text: "导出台账"}, "请私聊我")
	w.direct("zhangmin", "任务28 已完成招标，进度60%", "已记录")
	for _, c := range []struct{ say, word, kind, ends, media string }{
		{"导出台账", "台账已生成", "sampleFile", ".xlsx", "file"},
		{"生成通报", "通报已生成", "sampleFile", ".docx", "file"},
		{"进度图", "进度图已生成", "sampleImageMsg", "", "image"},
		{"时间轴", "时间轴已生成", "sampleImageMsg", "", "image"},
	} {
		w.direct("chenguang", c.say, c.word)
		note := w.attached("chenguang", c.kind)
		m, found := w.fake.Media(note.Media)
		if !found || m.Kind != c.media || !strings.HasSuffix(note.File, c.ends) {
			t.Fatalf("%s: note %+v shows %s %s", c.say, note, m.Kind, m.Name)
		}
		if c.ends == ".xlsx" {
			book, err := excelize.OpenReader(bytes.NewReader(m.Data))
			if err != nil {
				t.Fatal(err)
			}
			if err := book.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	for _, n := range append(w.fake.Seen(group), w.fake.SeenBy("zhangmin")...) {
		if n.Media != "" {
			t.Errorf("%s%s was sent a file: %+v", n.Group, n.User, n)
		}
	}
}

// attached waits until a person sees a file or picture of the kind and gives the newest.
func (w *world) attached(user, kind string) bottest.Note {
	w.t.Helper()
	return w.shown(user, kind, func(n bottest.Note) bool { return n.Type == kind && n.Media != "" })
}

// shown waits until a person sees what is looked for and gives the newest of it.
func (w *world) shown(user, what string, is func(bottest.Note) bool) bottest.Note {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	for n := 1; ; n++ {
		notes, err := w.fake.WaitUser(ctx, user, n)
		if err != nil {
			w.t.Fatalf("%s saw no %s: %v", user, what, err)
		}
		for _, note := range slices.Backward(notes) {
			if is(note) {
				return note
			}
		}
		n = len(notes)
	}
}

// TestFileRefused: a file that DingTalk will not take is answered with a plain word and
// what to do, once and without internal text, whichever step said no; a busy moment
// between costs neither the file nor a second copy of the words.
func TestFileRefused(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	direct := "/v1.0/robot/oToMessages/batchSend"
	code := func(c string) map[string]any { return map[string]any{"code": c, "message": "不行"} }
	for _, c := range []struct {
		say, word, hint string
		fault           bottest.Fault
	}{
		{"导出台账", "台账没有发出", "钉钉不接收这种格式的文件", bottest.Fault{Path: "/media/upload", Status: 200, Body: map[string]any{"errcode": 40004, "errmsg": "不合法的媒体文件类型"}}},
		{"生成通报", "通报没有发出", "钉钉没有找到上传的文件", bottest.Fault{Path: direct, Status: 400, Body: code("resource.not.found")}},
	} {
		w.fake.Fail(c.fault)
		w.direct("chenguang", c.say, c.word, c.hint, "回复“"+c.say+"”再试")
	}
	w.fake.Fail(bottest.Fault{Path: direct, Status: 403, Body: code("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi")})
	w.say(bottest.Saying{User: "chenguang", Text: "导出台账"}, "正在生成")
	w.until("the words of the file", func() bool { return count(w.fake.SeenBy("chenguang"), "台账已生成") > 0 })
	said := map[string]int{}
	for _, n := range w.fake.SeenBy("chenguang") {
		for _, text := range []string{"没有发出", "台账已生成", "进度图已生成", "通报已生成", "refused", "40004"} {
			if strings.Contains(n.Raw, text) {
				said[text]++
			}
		}
	}
	if want := map[string]int{"没有发出": 2, "台账已生成": 1}; !maps.Equal(said, want) {
		t.Errorf("said %v, want %v", said, want)
	}
}

// TestFileForbidden: whoever waits for a file is told at once what the app may not do, and
// who asks after that is told without DingTalk being asked again.
func TestFileForbidden(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	const upload = "/media/upload"
	w.fake.Fail(bottest.Fault{Path: upload, Status: 200, Body: map[string]any{"errcode": 88, "sub_code": "60011", "sub_msg": "没有调用该接口的权限"}})
	for _, what := range []string{"生成通报", "导出台账"} {
		w.direct("chenguang", what, "没有发出", "应用缺少接口权限（上传文件或通讯录）", "回复“"+what+"”再试")
	}
	if n := len(w.fake.Requests(upload)); n != 1 {
		t.Errorf("asked %d times", n)
	}
}
