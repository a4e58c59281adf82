package handlers_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/bot"
	"duban/handlers"
	"duban/handlers/report"
	"duban/handlers/report/docx"
	"duban/handlers/report/picture"
	"duban/handlers/report/xlsx"
	"duban/store/ledger"
)

var writers = map[string]handlers.FileWriter{
	handlers.FormLedger: func(f report.Facts, p handlers.Paper) ([][]byte, error) {
		var b bytes.Buffer
		err := xlsx.Ledger(&b, f, p.Events)
		return [][]byte{b.Bytes()}, err
	},
	handlers.FormBulletin: func(f report.Facts, p handlers.Paper) ([][]byte, error) {
		var b bytes.Buffer
		err := docx.Bulletin(&b, f, docx.Masthead{Imprint: p.Imprint, Issue: p.Issue, Published: p.Published, Date: p.Date})
		return [][]byte{b.Bytes()}, err
	},
	handlers.FormPicture: func(f report.Facts, _ handlers.Paper) ([][]byte, error) {
		one, err := picture.Units(f, picture.Options{})
		return [][]byte{one}, err
	},
	handlers.FormTimeline: func(f report.Facts, _ handlers.Paper) ([][]byte, error) {
		return picture.Timeline(f, picture.Options{})
	},
}

// order lets a person ask for a file and returns the notices that are owed for it.
func (r *rig) order(who, text string) []ledger.Notice {
	r.t.Helper()
	if _, err := r.say(who, text, nil); err != nil {
		r.t.Fatal(err)
	}
	list, err := r.store.Claim(r.t.Context(), r.now, 60e9, 10)
	if err != nil {
		r.t.Fatal(err)
	}
	var out []ledger.Notice
	for _, n := range list {
		if n.Kind == ledger.NoticeFile {
			out = append(out, n.Notice)
		}
	}
	return out
}

// made asks for a file and makes it.
func (r *rig) made(who, text string) (ledger.Body, ledger.File) {
	r.t.Helper()
	list := r.order(who, text)
	if len(list) != 1 {
		r.t.Fatalf("%s: %d files owed, want 1", text, len(list))
	}
	body, ok, err := r.desk.ComposeFile(r.t.Context(), list[0])
	if err != nil || !ok || len(body.Files) != 1 {
		r.t.Fatalf("%s: %q, %d files, %v, %v", text, body.Text, len(body.Files), ok, err)
	}
	return body, body.Files[0]
}

func TestLedgerByChat(t *testing.T) {
	r := newRig(t, nil)
	if _, err := r.say("张敏", "任务28 已完成招标，进度60%", nil); err != nil {
		t.Fatal(err)
	}
	body, file := r.made("陈光", "导出台账")
	if file.Name != "督办台账2018年7月2日.xlsx" || file.Picture || !strings.Contains(body.Text, "截至2018年7月2日") {
		t.Errorf("%q: %q", file.Name, body.Text)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.Data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("任务台账")
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, row := range rows {
		all += strings.Join(row, "|") + "\n"
	}
	if !strings.Contains(all, "已完成招标") {
		t.Errorf("the report is missing in the ledger:\n%s", all)
	}
	kept, err := json.Marshal(body)
	if err != nil || strings.Contains(string(kept), "xlsx") {
		t.Errorf("the file would be stored: %.80s, %v", kept, err)
	}
	_, one := r.made("王慧", "导出市大数据中心的台账")
	if !strings.HasPrefix(one.Name, "市大数据中心督办台账") || len(one.Data) >= len(file.Data) {
		t.Errorf("%s has %d bytes, all units have %d", one.Name, len(one.Data), len(file.Data))
	}
}

func TestBulletinByChat(t *testing.T) {
	r := newRig(t, nil)
	body, file := r.made("王慧", "起草二季度通报")
	if !strings.Contains(body.Text, "2018年4月1日至2018年6月30日") || !strings.Contains(body.Text, "草稿") {
		t.Errorf("the message says %q", body.Text)
	}
	z, err := zip.NewReader(bytes.NewReader(file.Data), int64(len(file.Data)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	text, err := io.ReadAll(part)
	if err != nil || !strings.Contains(string(text), "湖州市人民政府") {
		t.Errorf("the bulletin is not the organ's: %v", err)
	}
}

func TestPictureByChat(t *testing.T) {
	r := newRig(t, nil)
	body, file := r.made("陈光", "进度图")
	if len(body.Buttons) != 1 || body.Buttons[0].Say != "时间轴" {
		t.Errorf("the picture leads on to %+v", body.Buttons)
	}
	if _, err := png.Decode(bytes.NewReader(file.Data)); err != nil || !file.Picture || !strings.HasSuffix(file.Name, ".png") {
		t.Errorf("%s, picture %v: %v", file.Name, file.Picture, err)
	}
	out := handlers.Outgoing("1", ledger.Target{Member: "陈光"}, ledger.Body{Files: []ledger.File{file}})
	if len(out.Attachments) != 1 || !out.Attachments[0].Picture || len(out.Attachments[0].Data) != len(file.Data) {
		t.Errorf("attachments: %d", len(out.Attachments))
	}
	said, err := r.desk.Handle(t.Context(), bot.Message{ID: "sum", Kind: bot.KindText, Text: "汇总", At: r.now,
		Sender: bot.Sender{ID: "陈光"}, Conversation: bot.Conversation{ID: "dm-陈光"}})
	if err != nil || said.Answer == nil || len(said.Answer.Buttons) != 2 || said.Answer.Buttons[1].Say != "进度图" {
		t.Errorf("the summary offers %+v, %v", said.Answer, err)
	}
}

// TestTimelineByChat: the line of time comes in pages, each a picture with a name of its
// own, for all units or one.
func TestTimelineByChat(t *testing.T) {
	r := newRig(t, nil)
	for text, want := range map[string]struct {
		pages int
		name  string
	}{"时间轴": {5, "督办时间轴"}, "来一张大数据中心的时间线": {2, "市大数据中心督办时间轴"}} {
		list := r.order("陈光", text)
		if len(list) != 1 {
			t.Fatalf("%s: %d files owed", text, len(list))
		}
		body, ok, err := r.desk.ComposeFile(t.Context(), list[0])
		if err != nil || !ok || len(body.Files) != want.pages {
			t.Fatalf("%s: %q with %d files, %v", text, body.Text, len(body.Files), err)
		}
		for i, f := range body.Files {
			if name := fmt.Sprintf("%s2018年7月2日-%d.png", want.name, i+1); f.Name != name || !f.Picture {
				t.Errorf("%s: file %s, want %s", text, f.Name, name)
			}
		}
	}
}

// TestFilesAreForWhomSeesAll: of all units nobody else is owed one, no group is, and whoever
// has lost the right in between gets nothing.
func TestFilesAreForWhomSeesAll(t *testing.T) {
	r := newRig(t, nil)
	for _, who := range []string{"张敏", "李军", "外人", "陈光@数据群", "王慧@数据群"} {
		for _, text := range []string{"导出市财政局的台账", "生成通报", "通报", "进度图", "时间轴"} {
			if list := r.order(who, text); len(list) > 0 {
				t.Errorf("%s says %s: a file is owed", who, text)
			}
		}
	}
	n := r.order("王慧", "导出台账")[0]
	for name, change := range map[string]func(*ledger.Notice){
		"a contact":  func(n *ledger.Notice) { n.By = "张敏" },
		"a stranger": func(n *ledger.Notice) { n.By = "" },
		"a group":    func(n *ledger.Notice) { n.To = ledger.Target{Room: "数据群"} },
	} {
		m := n
		change(&m)
		if body, ok, err := r.desk.ComposeFile(t.Context(), m); ok || err != nil || len(body.Files) > 0 {
			t.Errorf("%s: %q, %v, %v", name, body.Text, ok, err)
		}
	}
}

// TestFileGivenUp: whoever asked is told what happened and what to do, in the platform's
// case where it is known, and never in an error's own words.
func TestFileGivenUp(t *testing.T) {
	r := newRig(t, nil, func(o *handlers.Options) {
		o.Hint = func(err error) string {
			return map[string]string{"too large": "文件超过20MB，请缩小范围"}[err.Error()]
		}
	})
	for _, c := range []struct {
		ask, why string
		want     []string
	}{
		{"导出台账", "too large", []string{"台账没有发出：文件超过20MB，请缩小范围。", "回复“导出台账”再试", "duban report --xlsx"}},
		{"生成通报", "E_FUNNY", []string{"通报没有发出：平台没有接收这个文件。", "回复“生成通报”再试", "duban report --docx"}},
		{"进度图", "E_FUNNY", []string{"进度图没有发出", "回复“进度图”再试", "duban report --png"}},
	} {
		body := r.desk.FileGivenUp(r.order("王慧", c.ask)[0], errors.New(c.why))
		for _, want := range c.want {
			if !strings.Contains(body.Text, want) || body.Title == "" || strings.Contains(body.Text, c.why) {
				t.Errorf("%s, %s: %q", c.ask, c.why, body.Text)
			}
		}
	}
}

func TestFileThatCannotBeMade(t *testing.T) {
	fail := func(report.Facts, handlers.Paper) ([][]byte, error) { return nil, errors.New("disk on fire") }
	big := func(report.Facts, handlers.Paper) ([][]byte, error) { return [][]byte{{1}, make([]byte, 21<<20)}, nil }
	r := newRig(t, nil, func(o *handlers.Options) {
		o.Writers = map[string]handlers.FileWriter{handlers.FormLedger: fail, handlers.FormPicture: big}
	})
	for text, want := range map[string]string{"导出台账": "台账没有生成", "进度图": "超过20MB"} {
		body, ok, err := r.desk.ComposeFile(t.Context(), r.order("王慧", text)[0])
		if err != nil || !ok || len(body.Files) > 0 || !strings.Contains(body.Text, want) || strings.Contains(body.Text, "fire") {
			t.Errorf("%s: %q, %v, %v", text, body.Text, ok, err)
		}
	}
	if got, err := r.say("王慧", "生成通报", nil); err != nil || !strings.Contains(got, "duban report --docx") {
		t.Errorf("without a writer: %q, %v", got, err)
	}
	if got, err := r.say("王慧", "起草2019年一季度通报", nil); err != nil || strings.Contains(got, "正在生成") {
		t.Errorf("a period to come: %q, %v", got, err)
	}
}

// TestOwnLedger: a contact is owed the ledger of the own unit alone, and only while in it.
func TestOwnLedger(t *testing.T) {
	r := newRig(t, nil)
	for _, text := range []string{"导出台账", "给我发一份我们单位的台账", "导出大数据中心的台账"} {
		list := r.order("张敏", text)
		if len(list) != 1 || !strings.HasSuffix(list[0].Ask, "\n市大数据中心") {
			t.Fatalf("%s: owed %+v", text, list)
		}
		body, ok, err := r.desk.ComposeFile(t.Context(), list[0])
		if err != nil || !ok || len(body.Files) != 1 {
			t.Fatalf("%s: %q, %v, %v", text, body.Text, ok, err)
		}
		x, err := excelize.OpenReader(bytes.NewReader(body.Files[0].Data))
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(x.GetSheetList(), "设置记录") {
			t.Errorf("%s: the ledger of a unit shows the set-up", text)
		}
		other := list[0]
		other.By = "李军"
		if body, ok, err := r.desk.ComposeFile(t.Context(), other); ok || err != nil || len(body.Files) > 0 {
			t.Errorf("%s: another unit's contact gets it: %v", text, err)
		}
	}
}
