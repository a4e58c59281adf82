package handlers_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/handlers"
	lights "duban/internal/wording"
	"duban/store/ledger"
)

// publishing is a rig on 9 October 2018 whose September has a report in it.
func publishing(t *testing.T, change ...func(*handlers.Options)) *rig {
	t.Helper()
	r := newRig(t, nil, append([]func(*handlers.Options){func(o *handlers.Options) {
		o.Issues = handlers.Issues{Every: ledger.RhythmMonth, Rooms: true}
	}}, change...)...)
	r.now = time.Date(2018, 9, 10, 9, 0, 0, 0, r.now.Location())
	r.hears("张敏", "任务28 已完成招标，进度60%", "已记录")
	r.now = time.Date(2018, 10, 9, 9, 0, 0, 0, r.now.Location())
	return r
}

// hears says something and holds the answer, and all that is owed with it, against words.
func (r *rig) hears(who, text string, want ...string) string {
	r.t.Helper()
	got, err := r.say(who, text, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	if got == "" {
		got = r.said()
	}
	for _, w := range want {
		if !strings.Contains(got, w) {
			r.t.Errorf("%s> %s: %q is missing in\n%s", who, text, w, got)
		}
	}
	return got
}

// said takes what is owed and returns its words; files are made.
func (r *rig) said() string {
	r.t.Helper()
	list, err := r.store.Claim(r.t.Context(), r.now, time.Hour, 20)
	if err != nil {
		r.t.Fatal(err)
	}
	var out []string
	for _, n := range list {
		to := fmt.Sprintf("[%s%s] ", n.To.Room, n.To.Member)
		switch n.Kind {
		case ledger.NoticeReply:
			out = append(out, to+n.Body.Text)
		case ledger.NoticeFile:
			body, ok, err := r.desk.ComposeFile(r.t.Context(), n.Notice)
			if err != nil || !ok {
				r.t.Fatalf("%s: %v, %v", n.Key, ok, err)
			}
			out = append(out, to+body.Text)
			for _, f := range body.Files {
				out = append(out, to+"<"+f.Name+"> "+wordText(r.t, f.Data))
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// wordText is the text of a Word file with its page header, without marks.
func wordText(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, name := range []string{"word/header.xml", "word/document.xml"} {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`<w:t(?: [^>]*)?>([^<]*)</w:t>`).FindAllSubmatch(text, -1) {
			out.WriteString(string(m[1]) + "|")
		}
	}
	return out.String()
}

func (r *rig) issues() []ledger.Issue {
	r.t.Helper()
	b, err := r.desk.Fresh(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return b.Issues()
}

// TestPublish: asked first; then the next number, the facts of the end of the period, a
// record and an event, the file to the publisher and a word to the units' groups. The
// same issue comes again with the same facts whatever happens later.
func TestPublish(t *testing.T) {
	r := publishing(t)
	r.hears("王慧", "发布通报", "确认发布2018年9月通报", "期号：2018年第1期", "2018年9月1日至2018年9月30日，数据截至2018年9月30日", "发到1个单位群")
	if n := len(r.issues()); n != 0 {
		t.Fatalf("%d issues before the yes", n)
	}
	r.hears("张敏", "任务28 已上线，进度90%", "已记录")
	first := r.hears("王慧", "确认", "[王慧] 已发布：2018年第1期", "[数据群] 【督查通报】2018年第1期", "<督查通报2018年第1期.docx>", "第1期|", "2018年10月9日|", "数据截至2018年9月30日", "进度60%")
	if strings.Contains(first, "草稿") || strings.Contains(first, "进度90%") {
		t.Errorf("published as a draft, or with facts of later:\n%s", first)
	}
	list := r.issues()
	if len(list) != 1 || list[0].Number != 1 || list[0].Year != 2018 || list[0].By.Name != "王慧" || list[0].To != ledger.NewDate(2018, 9, 30) {
		t.Fatalf("the record: %+v", list)
	}
	events, err := r.store.Events(t.Context(), ledger.SetupLog, time.Time{}, time.Time{})
	if err != nil || len(events) != 1 || events[0].Kind != ledger.EventPublish || events[0].Ref != list[0].ID() || events[0].By.ID != "王慧" {
		t.Errorf("the event: %+v, %v", events, err)
	}
	file := func(s string) string {
		_, s, _ = strings.Cut(s, "<督查通报2018年第1期.docx>")
		s, _, _ = strings.Cut(s, "\n")
		return s
	}
	r.now = r.now.AddDate(0, 3, 0)
	r.hears("张敏", "任务28 更正", "")
	if again := r.hears("陈光", "第1期通报", "2018年第1期通报"); file(first) == "" || file(again) != file(first) {
		t.Errorf("the issue changed:\n%s\n%s", file(first), file(again))
	}
	r.hears("陈光", "通报目录", "共1期", "2018年第1期：2018年9月，2018年10月9日由王慧发布")
}

// bulletinOf is the file of an issue as it is made now.
func (r *rig) bulletinOf(name string) []byte {
	r.t.Helper()
	n := ledger.Notice{Key: "file/" + name, Kind: ledger.NoticeFile, To: ledger.Target{Member: "王慧"}, By: "王慧", Ask: "docx\n\n\n" + name}
	body, ok, err := r.desk.ComposeFile(r.t.Context(), n)
	if err != nil || !ok || len(body.Files) != 1 {
		r.t.Fatalf("%s: %v, %v, %q", name, ok, err, body.Text)
	}
	return body.Files[0].Data
}

// configure makes the desk anew, as a restart with another configuration does.
func (r *rig) configure(change func(*handlers.Options)) {
	r.t.Helper()
	change(&r.options)
	var err error
	if r.desk, err = handlers.NewDesk(r.t.Context(), r.options); err != nil {
		r.t.Fatal(err)
	}
}

// TestIssueOutlivesItsConfiguration: whatever is configured later, what was published comes
// again to the byte; an issue from before this was kept takes the configuration of today.
func TestIssueOutlivesItsConfiguration(t *testing.T) {
	r := publishing(t, func(o *handlers.Options) {
		o.Imprint.Requirements = []string{"按月报送。"}
		o.Note, o.Rhythm.Plan = "以书面报送为准", ledger.Reporting{Every: ledger.RhythmMonth, Day: 25}
		o.Rhythm.IsWorkday = func(ledger.Date) bool { return true }
		o.Lights = lights.Lights{ledger.LevelOverdue: {Word: "红灯", Mark: "🔴", Colour: "0000FF"}}
	})
	r.hears("王慧", "发布通报", "2018年第1期")
	r.hears("王慧", "确认", "已发布：2018年第1期")
	was := r.bulletinOf("2018年第1期")
	for _, w := range []string{"湖州市人民政府督查通报|", "市政府督查室|", "按月报送。", "以书面报送为准", "红灯", "报送率"} {
		if !strings.Contains(wordText(t, was), w) {
			t.Errorf("%q is missing in the issue", w)
		}
	}
	r.configure(func(o *handlers.Options) {
		o.Imprint = ledger.Imprint{Organ: "某市", Office: "改名办", Series: "新刊", Addressees: "各区县", Basis: "新文件", Requirements: []string{"一", "二"}}
		o.Note, o.Lights, o.Light, o.Rhythm.Plan = "", nil, ledger.LightRules{Near: 1, Behind: 90}, ledger.Reporting{Every: ledger.RhythmNone}
	})
	r.now = r.now.AddDate(1, 0, 0)
	if again := r.bulletinOf("2018年第1期"); !bytes.Equal(again, was) {
		t.Errorf("the issue changed with the configuration:\n%s\n%s", wordText(t, was), wordText(t, again))
	}
	old := r.issues()[0]
	old.Number, old.Imprint, old.Note, old.Words, old.Owing = 2, nil, "", nil, nil
	rec, err := ledger.Put(ledger.RecordSetting, old.ID(), old)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(rec.Body), "imprint") {
		t.Fatalf("the record of before: %s", rec.Body)
	}
	if _, err := r.store.Commit(t.Context(), ledger.Commit{Puts: []ledger.Record{rec}, Now: r.now}); err != nil {
		t.Fatal(err)
	}
	if text := wordText(t, r.bulletinOf("2018年第2期")); !strings.Contains(text, "新刊|") || strings.Contains(text, "红灯") || strings.Contains(text, "报送率") {
		t.Errorf("an issue of before says\n%s", text)
	}
}

// TestPublishAgain: a period that was published is only published again after being told
// so; a yes to a question that no longer holds is asked again and never takes a number twice.
func TestPublishAgain(t *testing.T) {
	r := publishing(t)
	r.hears("王慧", "发布9月通报", "2018年第1期")
	r.hears("王慧", "确认", "已发布：2018年第1期")
	r.hears("王慧", "发布9月通报", "期号：2018年第2期", "已于2018年10月9日由王慧发布为2018年第1期", "另编一期")
	r.hears("王慧", "取消", "未做任何改动")
	r.hears("王慧", "发布第7期", "下一期应为2018年第2期")
	r.hears("王慧", "发布8月通报", "期号：2018年第2期")
	other := r.issues()[0] // somebody else takes the number before the yes
	other.Number = 2
	rec, err := ledger.Put(ledger.RecordSetting, other.ID(), other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.Commit(t.Context(), ledger.Commit{Puts: []ledger.Record{rec}, Now: r.now}); err != nil {
		t.Fatal(err)
	}
	r.hears("王慧", "确认", "确认发布2018年8月通报", "期号：2018年第3期")
	r.hears("王慧", "确认", "已发布：2018年第3期")
	r.now = time.Date(2019, 1, 8, 9, 0, 0, 0, r.now.Location())
	r.hears("王慧", "发布通报", "期号：2019年第1期", "2018年12月")
	r.hears("王慧", "确认", "已发布：2019年第1期")
	r.hears("王慧", "第1期通报", "2019年第1期通报")
	r.hears("王慧", "2018年第1期通报", "2018年第1期通报")
	r.hears("王慧", "第9期通报", "没有找到第9期")
}

// TestNoTwoIssuesWithOneNumber: two people who say yes at the same moment get one issue;
// the other is asked again.
func TestNoTwoIssuesWithOneNumber(t *testing.T) {
	r := publishing(t)
	rec, err := ledger.Put(ledger.RecordMember, "周密", ledger.Member{ID: "周密", Name: "周密", Duties: []ledger.Duty{ledger.DutySupervisor}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.Commit(t.Context(), ledger.Commit{Puts: []ledger.Record{rec}, Now: r.now}); err != nil {
		t.Fatal(err)
	}
	people := []string{"王慧", "周密"}
	for _, p := range people {
		r.hears(p, "发布通报", "2018年第1期")
	}
	var wg sync.WaitGroup
	for _, p := range people {
		wg.Go(func() {
			m := bot.Message{ID: "yes-" + p, Kind: bot.KindText, Text: "确认", At: r.now, Sender: bot.Sender{ID: p}, Conversation: bot.Conversation{ID: "dm-" + p}}
			if _, err := r.desk.Handle(t.Context(), m); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(r.issues()); n != 1 {
		t.Errorf("%d issues of one period", n)
	}
}

// TestPublishByPlan: numbers run through the plan, and no group is told where it is so set.
func TestPublishByPlan(t *testing.T) {
	r := publishing(t, func(o *handlers.Options) { o.Issues = handlers.Issues{ByPlan: true} })
	r.hears("王慧", "发布 8月通报", "期号：第1期", "不发群")
	if got := r.hears("王慧", "确认", "已发布：第1期"); strings.Contains(got, "[数据群]") {
		t.Errorf("a group was told:\n%s", got)
	}
	r.now = r.now.AddDate(1, 0, 0)
	r.hears("王慧", "发布通报", "期号：第2期", "2019年9月")
}

// TestPublishIsTheOffices: nobody else publishes, in a group nobody, before the plan there
// is nothing to publish.
func TestPublishIsTheOffices(t *testing.T) {
	r := publishing(t)
	r.hears("陈光", "发布通报", "这项操作由督查室办理")
	r.hears("王慧@数据群", "发布通报", "请私聊我")
	r.hears("王慧", "发布 2017年12月通报", "在方案印发（2018年6月30日）之前")
	r.hears("王慧", "发布 12月通报", "还没有开始")
	r.hears("王慧", "通报目录", "还没有发布过")
	for _, who := range []string{"张敏", "外人"} {
		r.hears(who, "发布通报")
	}
	if n := len(r.issues()); n != 0 {
		t.Errorf("%d issues", n)
	}
}

// TestDraftByClock: what the planner owes is made for the supervision office only, of the
// period that is over, as a draft; once the period is published there is nothing to send.
func TestDraftByClock(t *testing.T) {
	r := publishing(t)
	owed := func(staff string) ledger.Notice {
		return ledger.Notice{Key: "bulletin/2018-09/member:" + staff, Kind: ledger.NoticeBulletin, To: ledger.Target{Member: staff}, Ask: "2018-09", Made: r.now, Due: r.now}
	}
	r.hears("张敏", "任务28 已上线，进度90%", "已记录")
	body, ok, err := r.desk.ComposeBulletin(t.Context(), owed("王慧"))
	if err != nil || !ok || len(body.Files) != 1 {
		t.Fatalf("%v, %v, %d files", ok, err, len(body.Files))
	}
	text := wordText(t, body.Files[0].Data)
	if !strings.Contains(text, "〔草稿〕") || !strings.Contains(text, "第____期") || !strings.Contains(text, "数据截至2018年9月30日") || strings.Contains(text, "进度90%") {
		t.Errorf("the draft says\n%s", text)
	}
	if len(body.Buttons) != 1 || body.Buttons[0].Say != "发布 2018年9月通报" {
		t.Errorf("the draft offers %+v", body.Buttons)
	}
	kept, err := json.Marshal(body)
	if err != nil || bytes.Contains(kept, []byte("docx")) {
		t.Errorf("the file would be stored: %v", err)
	}
	if _, ok, err := r.desk.ComposeBulletin(t.Context(), owed("陈光")); ok || err != nil {
		t.Errorf("somebody outside the office gets it: %v, %v", ok, err)
	}
	r.hears("王慧", body.Buttons[0].Say, "确认发布2018年9月通报")
	r.hears("王慧", "确认", "已发布")
	if _, ok, err := r.desk.ComposeBulletin(t.Context(), owed("王慧")); ok || err != nil {
		t.Errorf("a draft of what is published: %v, %v", ok, err)
	}
}

// TestPastDays: a period that is over is told of as it was at its end, in chat as in files:
// a unit that has lost its task since still has it there.
func TestPastDays(t *testing.T) {
	r := publishing(t)
	r.hears("王慧", "任务28转给市发改委", "把任务28")
	r.hears("王慧", "2", "已转办")
	r.hears("王慧", "市发改委9月汇总", "截至2018年9月30日", "共4项")
	r.hears("王慧", "市大数据中心9月汇总", "截至2018年9月30日", "共11项", "任务28")
	r.hears("王慧", "市大数据中心汇总", "截至2018年10月9日", "共10项")
	r.hears("王慧", "市大数据中心汇总 依据", "")
}

// TestPeriodsAreNamed: the answer says which period it is of; one without a year that has
// not begun is last year's, one that has only begun offers last year's.
func TestPeriodsAreNamed(t *testing.T) {
	r := publishing(t)
	r.hears("王慧", "三季度完成情况", "2018年第三季度：新办结0项", "截至2018年9月30日")
	r.hears("王慧", "明年汇总", "还没有开始")
	r.now = time.Date(2019, 1, 8, 9, 0, 0, 0, r.now.Location())
	r.hears("王慧", "三季度完成情况", "2018年第三季度：新办结0项", "有进展1项")
	r.hears("王慧", "下半年汇总", "2018年下半年：", "截至2018年12月31日")
	r.hears("王慧", "上半年完成了多少", "2019年上半年（至2019年1月8日）：", "回复“2018年上半年汇总”")
	r.hears("王慧", "2018年上半年汇总", "2018年上半年：", "截至2018年6月30日")
	r.hears("王慧", "2019年三季度汇总", "还没有开始")
	r.hears("王慧", "发布 三季度通报", "确认发布2018年第三季度通报")
	if got := r.hears("王慧", "汇总", "截至2019年1月8日"); strings.Contains(got, "新办结") {
		t.Errorf("a period that nobody named:\n%s", got)
	}
}
