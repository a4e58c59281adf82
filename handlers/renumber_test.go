package handlers_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/store/ledger"
)

// renumbered is the Huzhou plan with some rows under other numbers; a row whose new number
// is empty is left out.
func renumbered(t *testing.T, numbers map[string]string, more string) []byte {
	t.Helper()
	doc, err := os.ReadFile("../seeds/data/huzhou-2018-20.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	row := regexp.MustCompile(`^(\d+) \| `)
	for _, line := range strings.Split(string(doc), "\n") {
		if m := row.FindStringSubmatch(line); m != nil {
			no, ok := numbers[m[1]]
			if ok && no == "" {
				continue
			}
			if ok {
				line = no + line[len(m[1]):]
			}
		}
		out = append(out, line)
		if strings.HasPrefix(line, "48 | ") && more != "" {
			out = append(out, more)
		}
	}
	return []byte(strings.Join(out, "\n"))
}

// TestRenumberByChat: a revision lets three tasks change numbers in a ring, takes one out
// and gives its number to a new one. What was reported, silenced, asked, quoted and
// pressed goes with its task; the new task has nothing of the old one's.
func TestRenumberByChat(t *testing.T) {
	r := newRig(t, nil)
	r.files = shelf{"new": renumbered(t, map[string]string{"26": "28", "28": "34", "34": "26", "37": ""}, "37 | 筹办首届博览会 | 市大数据中心 | 2018年11月底前")}
	say := func(who, text string, quote *bot.Quote) string {
		t.Helper()
		got, err := r.say(who, text, quote)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	want := func(got string, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(got, w) {
				t.Errorf("%q is missing in:\n%s", w, got)
			}
		}
	}
	not := func(got string, words ...string) {
		t.Helper()
		for _, w := range words {
			if strings.Contains(got, w) {
				t.Errorf("%q stands in:\n%s", w, got)
			}
		}
	}
	say("张敏", "任务28 进度60%，机房已建成", nil)
	receipt := r.sent[len(r.sent)-1]
	say("李军", "任务26 进度10%，仲裁员名册已定", nil)
	say("张敏", "任务37 已报送方案", nil)
	want(say("张敏", "任务28下周一再提醒", nil), "任务28")
	r.now = r.now.Add(11 * time.Minute) // the last report is no longer what words without a task go on about
	want(say("张敏", "基本完成了", nil), "1. 任务36")
	before := r.book()

	preview := r.sendFile("王慧", "修订.txt", "new")
	want(preview, "编号变动3处（办理记录随任务转移）", "原任务28，现任务34", "原任务34，现任务26", "原任务26，现任务28", "新增任务1处", "删除任务1处")
	want(say("王慧", "确认", nil), "已导入", "编号变动的，办理记录随任务转移", "变更单", "原任务28，现任务34")

	after := r.book()
	for old, now := range map[string]string{"26": "28", "28": "34", "34": "26"} {
		if before.Task(old).ID != after.Task(now).ID || before.Task(old).Title != after.Task(now).Title {
			t.Errorf("task %s is not the one that was %s", now, old)
		}
	}
	if !after.Hushed("张敏", after.Task("34").ID, ledger.DateOf(r.now)) || after.Hushed("张敏", after.Task("28").ID, ledger.DateOf(r.now)) {
		t.Error("the silence did not go with its task")
	}
	want(say("张敏", "任务34", nil), "电子共享材料", "进度60%", "机房已建成", "原编号：任务28（至2018年7月2日）")
	want(say("张敏", "任务34的记录", nil), "共2条", "原编号：任务28", "王慧 编号变动：原任务28，现任务34", "进度60%，机房已建成")
	want(say("李军", "任务28的记录", nil), "仲裁员名册已定", "原任务26")
	not(say("李军", "任务28的记录", nil), "机房")
	want(say("张敏", "任务37的记录", nil), "还没有反馈记录")
	not(say("张敏", "任务37", nil), "已报送方案", "原编号")

	// The receipt that was sent under the old number is about the task of now.
	want(say("张敏", "进度70%", &bot.Quote{FromBot: true, Ref: "ref-" + receipt.Key, Text: receipt.Body.Text}), "已记录：**任务34**", "电子共享材料")
	// Who types the old number is asked which one is meant, and nothing is written before.
	want(say("王慧", "代报 任务28 进度80%", nil), "方案修订后编号有变动，原任务28现为任务34", "1. 任务28", "2. 任务34", "尚未记录")
	want(say("王慧", "2", nil), "已记录：**任务34**", "进度80%")
	// A contact of the task that has the number now, and not of the other, means that one.
	want(say("李军", "任务28 进度20%", nil), "已记录：**任务28**", "仲裁")
	want(say("张敏", "任务28 进度90%", nil), "1. 任务28", "2. 任务34")
	// When the change is long past, a number is a number.
	r.now = r.now.Add(10 * 24 * time.Hour)
	want(say("张敏", "任务34 进度90%", nil), "已记录：**任务34**")
}

// TestQuestionGoesWithItsTask: a question put before a revision is answered for the task
// that it was about; one about a task that is gone is no more.
func TestQuestionGoesWithItsTask(t *testing.T) {
	r := newRig(t, nil)
	r.files = shelf{"new": renumbered(t, map[string]string{"20": "28", "28": "20", "37": ""}, "")}
	must := func(who, text string) string {
		t.Helper()
		got, err := r.say(who, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	r.sendFile("王慧", "修订.txt", "new")
	if got := must("张敏", "任务20已完成"); !strings.Contains(got, "请问是哪个") {
		t.Fatal(got)
	}
	must("王慧", "确认")
	if got := must("张敏", "1"); !strings.Contains(got, "申请") || !strings.Contains(got, "**任务28** 全面应用政务钉钉系统") {
		t.Error(got)
	}
}

// book is the state as the store has it.
func (r *rig) book() *ledger.Book {
	r.t.Helper()
	b, err := r.desk.Fresh(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}
