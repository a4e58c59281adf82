package handlers_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"duban/bot"
	"duban/handlers"
	"duban/internal/zh/secrecy"
	"duban/store/ledger"
)

// TestMarkedIsKeptNowhere: whatever is marked as secret is refused in every way in, and
// neither the store nor the log has a word of it. What merely speaks of secrecy is taken.
func TestMarkedIsKeptNowhere(t *testing.T) {
	var log bytes.Buffer
	r := newRig(t, nil, func(o *handlers.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.Secrecy = secrecy.New([]string{"天网一号"}, nil)
	})
	const token = "暗号七七"
	plan := "临溪市2023年工作要点\n" + token + "\n序号 | 任务 | 责任单位 | 完成时限\n1 | 建设数据平台 | 市大数据中心 | 6月底前\n"
	r.files = shelf{"marked": []byte("机密★1年\n" + plan), "cell": []byte(plan + "2 | 秘密 | 市大数据中心 | 6月底前\n"), "named": []byte(plan)}
	if _, err := r.say("张敏", "任务28", nil); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"任务28 已完成招标，进度60%（机密★1年）" + token, "秘密\n任务28 " + token, "意见反馈 【内部资料】" + token, "任务28 " + token + " 天网一号已上线",
		"查找 " + token + " 绝密★", token + "这是什么意思 密级：机密",
	} {
		got, err := r.say("张敏", text, nil)
		if err != nil || !strings.Contains(got, "严禁录入涉密内容") || !strings.Contains(got, "没有保存") {
			t.Errorf("%q: %v\n%s", text, err, got)
		}
	}
	for _, f := range [][2]string{{"方案.txt", "marked"}, {"方案2.txt", "cell"}, {"方案（机密）.txt", "named"}} {
		if got := r.sendFile("王慧", f[0], f[1]); !strings.Contains(got, "严禁录入涉密内容") || !strings.Contains(got, "已拒绝接收") {
			t.Errorf("%s: %s", f[0], got)
		}
	}
	var kept bytes.Buffer
	if err := r.store.Backup(t.Context(), &kept); err != nil {
		t.Fatal(err)
	}
	for what, s := range map[string]string{"the store": kept.String(), "the log": log.String()} {
		for _, w := range []string{token, "机密★", "天网一号"} {
			if strings.Contains(s, w) {
				t.Errorf("%s has %q", what, w)
			}
		}
	}
	for _, text := range []string{"任务28 已与市保密局对接，加强内部管理，进度60%", "任务28 秘密战线宣传已启动"} {
		if got, err := r.say("张敏", text, nil); err != nil || !strings.Contains(got, "已记录") {
			t.Errorf("%q: %v\n%s", text, err, got)
		}
	}
	if got, err := r.say("张敏", "帮助", nil); err != nil || !strings.Contains(got, "严禁录入涉密内容") {
		t.Errorf("help: %v\n%s", err, got)
	}
	m := bot.Message{ID: "f", Kind: bot.KindFile, File: &bot.File{Name: "新方案.txt", Code: "none"}, At: r.now,
		Sender: bot.Sender{ID: "王慧"}, Conversation: bot.Conversation{ID: "dm-王慧"}}
	if _, err := r.desk.Handle(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	list, err := r.store.Claim(t.Context(), r.now, 60e9, 10)
	if err != nil || len(list) == 0 || list[len(list)-1].Kind != ledger.NoticeImport && !strings.Contains(list[0].Body.Text+list[len(list)-1].Body.Text, "严禁录入涉密内容") {
		t.Errorf("the receipt of a file does not say it: %v, %+v", err, list)
	}
}
