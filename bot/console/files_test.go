package console

import (
	"bytes"
	"errors"
	pixels "image"
	"image/png"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"duban/bot"
)

func dot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, pixels.NewGray(pixels.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fetch gets a file as the page does.
func (d *desk) fetch(id string) (*http.Response, []byte) {
	d.t.Helper()
	res, err := d.srv.Client().Get(d.srv.URL + "/console/file/" + id)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return res, data
}

func TestFilesOfTheBot(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	list := []bot.Attachment{
		{Name: "督办台账 2018年.xlsx", Data: []byte("PK\x03\x04")},
		{Name: "进度图.png", Data: dot(t), Picture: true},
		{Name: "进度图.svg", Data: []byte("<svg onload='alert(1)'/>"), Picture: true},
	}
	out := bot.Outgoing{ID: "n1", Member: "zhang", Title: "台账", Markdown: "台账已生成。", Attachments: list}
	if again := d.send(out); again != d.send(out) || len(d.messages("dm-zhang")) != 1 {
		t.Error("the same message was shown twice")
	}
	files := d.messages("dm-zhang")[0].Files
	if len(files) != 3 {
		t.Fatalf("%d files shown, want 3", len(files))
	}
	for i, want := range []struct{ how, kind string }{
		{"attachment", "application/octet-stream"}, {"inline", "image/png"}, {"attachment", "application/octet-stream"},
	} {
		res, data := d.fetch(files[i].ID)
		how, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
		if err != nil || how != want.how || params["filename"] != list[i].Name {
			t.Errorf("%s: %s %v, %v; want %s", list[i].Name, how, params, err, want.how)
		}
		if got := res.Header.Get("Content-Type"); got != want.kind || res.Header.Get("X-Content-Type-Options") != "nosniff" || !bytes.Equal(data, list[i].Data) {
			t.Errorf("%s: type %s, %d bytes, %v", list[i].Name, got, len(data), res.Header)
		}
		if (want.how == "inline") != files[i].Picture {
			t.Errorf("%s: shown in place: %v", list[i].Name, files[i].Picture)
		}
	}
	if res, data := d.fetch("nothing"); res.StatusCode != http.StatusGone || !strings.Contains(string(data), "文件已过期") {
		t.Errorf("an unknown file: %d %s", res.StatusCode, data)
	}
}

// TestFilesExpire: the oldest make room, and both the page and the address say so.
func TestFilesExpire(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	big := func(id string) bot.Outgoing {
		return bot.Outgoing{ID: id, Room: "cid-1", Attachments: []bot.Attachment{{Name: id + ".xlsx", Data: make([]byte, 9<<20)}}}
	}
	for _, id := range []string{"a", "b", "c"} {
		d.send(big(id))
	}
	for i, m := range d.messages("cid-1") {
		f := m.Files[0]
		if res, _ := d.fetch(f.ID); f.Gone != (i == 0) || (res.StatusCode == http.StatusGone) != f.Gone {
			t.Errorf("%s: gone %v, status %d", f.Name, f.Gone, res.StatusCode)
		}
	}
	if d.shelf.size != 18<<20 || len(d.shelf.line) != 2 || len(d.shelf.byID) != 2 {
		t.Errorf("%d bytes of %d files are kept", d.shelf.size, len(d.shelf.line))
	}
	if p := d.summaryOf("cid-1").Last.Preview; p != "〔文件〕c.xlsx" {
		t.Errorf("preview %q", p)
	}
	var no *bot.Refusal
	for name, data := range map[string][]byte{"large.xlsx": make([]byte, 21<<20), "empty.xlsx": nil, " ": {1}} {
		_, err := d.Send(t.Context(), bot.Outgoing{ID: name, Member: "zhang", Attachments: []bot.Attachment{{Name: name, Data: data}}})
		if !errors.As(err, &no) {
			t.Errorf("%q was shown: %v", name, err)
		}
	}
}

// TestJournalHoldsNoFiles: after a restart the message is there and its file is not.
func TestJournalHoldsNoFiles(t *testing.T) {
	t.Parallel()
	o := options(filepath.Join(t.TempDir(), "console.jsonl"))
	d := newDesk(t, o)
	secret := []byte("content of the ledger")
	d.send(bot.Outgoing{ID: "n1", Member: "zhang", Markdown: "见附件", Attachments: []bot.Attachment{{Name: "台账.xlsx", Data: secret}}})
	d.stop()
	line, err := os.ReadFile(o.Journal)
	if err != nil || bytes.Contains(line, secret) || bytes.Contains(line, []byte("Y29udGVudCBv")) || !bytes.Contains(line, []byte("台账.xlsx")) {
		t.Errorf("the journal holds %s, %v", line, err)
	}
	again := newDesk(t, o)
	files := again.messages("dm-zhang")[0].Files
	if len(files) != 1 || files[0].Name != "台账.xlsx" || !files[0].Gone {
		t.Errorf("after a restart: %+v", files)
	}
}

// TestFilesInBrowser: the picture is drawn in place, the file is a link, and what has
// expired says so.
func TestFilesInBrowser(t *testing.T) {
	d := newDesk(t, options(""))
	d.send(bot.Outgoing{ID: "n1", Member: "zhang", Markdown: "进度图已生成", Attachments: []bot.Attachment{
		{Name: "进度图.png", Data: dot(t), Picture: true}, {Name: "台账.xlsx", Data: []byte("PK\x03\x04")},
	}})
	d.send(bot.Outgoing{ID: "n2", Member: "zhang", Markdown: "旧台账", Attachments: []bot.Attachment{{Name: "旧台账.xlsx", Data: []byte("PK\x03\x04")}}})
	d.mu.Lock()
	d.shelf.drop(d.entries[1].Files[0].ID)
	d.mu.Unlock()
	b := tab{t, browser(t)}
	b.do("open", chromedp.EmulateViewport(1280, 800), chromedp.Navigate(d.srv.URL+"/console/"), chromedp.WaitVisible(".row.open"))
	b.do("choose the chat", chromedp.Click(`.row[href*="dm-zhang"]`), chromedp.WaitVisible(".file.picture img"))
	b.until(`document.querySelector(".file.picture img").naturalWidth === 2`)
	b.until(`document.querySelector("a.file:not(.picture)").textContent.startsWith("台账.xlsx")`)
	b.until(`document.querySelector("span.file").textContent === "旧台账.xlsx（文件已过期）"`)
}
