package handlers_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"duban/bot"
	"duban/store/ledger"
)

// shelf is where the files of a test lie.
type shelf map[string][]byte

var errGone = errors.New("no such file")

func (s shelf) Download(_ context.Context, code string, _ int64) ([]byte, error) {
	b, ok := s[code]
	if !ok {
		return nil, errGone
	}
	return b, nil
}

// sendFile lets a person send a file in their own chat and words what is owed for it.
func (r *rig) sendFile(who, name, code string) string {
	r.t.Helper()
	m := bot.Message{ID: who + name + code, Kind: bot.KindFile, File: &bot.File{Name: name, Code: code}, At: r.now,
		Sender: bot.Sender{ID: who, Nick: who}, Conversation: bot.Conversation{ID: "dm-" + who}}
	first, err := r.take(m)
	if err != nil {
		r.t.Fatal(err)
	}
	list, err := r.store.Claim(r.t.Context(), r.now, 60e9, 10)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, n := range list {
		if n.Kind != ledger.NoticeImport {
			first = n.Body.Text
			continue
		}
		body, ok, err := r.desk.ComposeImport(r.t.Context(), n.Notice)
		if err != nil || !ok {
			r.t.Fatalf("compose: %v %v", ok, err)
		}
		return body.Text
	}
	return first
}

// TestPlanByChat: the office sends a revised plan, sees what changes, says yes; progress
// stays and the units concerned get their change list.
func TestPlanByChat(t *testing.T) {
	doc, err := os.ReadFile("../seeds/data/huzhou-2018-20.txt")
	if err != nil {
		t.Fatal(err)
	}
	revised := strings.Replace(string(doc), "28 | 建設湖州市證照等電子共享材料生成系統 | 市大數據中心等市級有關(guān)部門(mén) | 2018年9月前", "28 | 建設湖州市證照等電子共享材料生成系統 | 市大數據中心 | 2018年11月底前", 1)
	if revised == string(doc) {
		t.Fatal("the row to revise was not found")
	}
	r := newRig(t, nil)
	r.files = shelf{"same": doc, "new": []byte(revised), "word": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word")}
	if _, err := r.say("张敏", "任务28 进度60%", nil); err != nil {
		t.Fatal(err)
	}
	want := func(got string, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(got, w) {
				t.Errorf("%q is missing in:\n%s", w, got)
			}
		}
	}
	want(r.sendFile("张敏", "方案.txt", "same"), "收到文件")
	want(r.sendFile("王慧", "方案.txt", "same"), "任务48项", "与库中方案一致")
	want(r.sendFile("王慧", "方案.doc", "word"), "另存为")
	want(r.sendFile("王慧", "方案.txt", "gone"), "没有取到")
	want(r.sendFile("王慧", "修订.txt", "new"), "时限变动1处", "责任单位变动1处", "任务28", "确认")
	if got, _ := r.say("张敏", "任务28", nil); !strings.Contains(got, "2018年9月30日") {
		t.Errorf("the plan changed before it was confirmed:\n%s", got)
	}
	got, err := r.say("王慧", "确认", nil)
	if err != nil {
		t.Fatal(err)
	}
	want(got, "已导入", "[→数据群]", "变更单", "任务28")
	got, err = r.say("张敏", "任务28", nil)
	if err != nil {
		t.Fatal(err)
	}
	want(got, "2018年11月30日", "进度60%")
	again, err := r.say("王慧", "确认", nil)
	if err != nil {
		t.Fatal(err)
	}
	want(again, "未做任何改动")
}
