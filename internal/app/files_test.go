package app

import (
	"bytes"
	"context"
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
	w.direct("zhangmin", "导出台账", "没有查看这部分内容的权限")
	w.say(bottest.Saying{User: "chenguang", Group: group, At: true, Text: "导出台账"}, "请私聊我")
	w.direct("zhangmin", "任务28 已完成招标，进度60%", "已记录")
	for _, c := range []struct{ say, word, kind, ends, media string }{
		{"导出台账", "台账已生成", "sampleFile", ".xlsx", "file"},
		{"生成通报", "通报已生成", "sampleFile", ".docx", "file"},
		{"进度图", "进度图已生成", "sampleImageMsg", "", "image"},
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

// attached waits until the last message that a person sees is a file or picture of the
// kind.
func (w *world) attached(user, kind string) bottest.Note {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	for n := 1; ; n++ {
		notes, err := w.fake.WaitUser(ctx, user, n)
		if err != nil {
			w.t.Fatalf("%s saw no %s: %v", user, kind, err)
		}
		if last := notes[len(notes)-1]; last.Type == kind && last.Media != "" {
			return last
		}
		n = len(notes)
	}
}
