package app

import (
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

// TestReadersAndRecall: who has not read a press is told to whoever asks, alone; a press
// and a DING are taken back after a yes, of the platform and of the book; one's own report
// is another thing.
func TestReadersAndRecall(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	pressed := func() bottest.Note {
		for _, n := range w.fake.Seen(group) {
			if strings.Contains(n.Text, "【催办】任务28") && n.Ref != "" {
				return n
			}
		}
		return bottest.Note{}
	}
	w.direct("wanghui", "催办 任务28", "已催办")
	w.until("the press", func() bool { return pressed().Ref != "" })
	w.direct("wanghui", "任务28 谁没看", "正在向平台查询")
	w.until("who has not read", func() bool {
		return count(w.fake.SeenBy("wanghui"), "联络员未读：张敏（市大数据中心）") == 1
	})
	w.fake.Read("zhangmin", pressed().Ref)
	w.fake.Read("chenguang", pressed().Ref)
	w.say(bottest.Saying{User: "wanghui", Group: group, At: true, Text: "谁没看", Quote: bottest.QuoteOf(pressed())}, "结果将单聊发给您")
	w.until("all have read", func() bool { return count(w.fake.SeenBy("wanghui"), "联络员都已读；群内共2人已读") == 1 })
	if n := count(w.fake.Seen(group), "已读；"); n != 0 {
		t.Error("the group is told who has read")
	}

	w.direct("zhangmin", "任务28 进度30%", "已记录")
	w.direct("zhangmin", "撤回任务28的催办", "由督查室办理")
	w.direct("zhangmin", "撤回", "已撤回任务28的这条反馈")
	if pressed().Recalled {
		t.Fatal("one's own 撤回 has taken the press back")
	}
	w.direct("wanghui", "撤回任务28的催办", "确认撤回以下消息？（尚未撤回）")
	w.direct("wanghui", "取消", "已取消")
	if pressed().Recalled {
		t.Fatal("recalled after a no")
	}
	w.direct("wanghui", "撤回任务28的催办", "数字化转型工作群")
	w.direct("wanghui", "确认", "正在撤回1条消息")
	w.until("the press is taken back", func() bool { return pressed().Recalled && count(w.fake.SeenBy("wanghui"), "**已撤回**") == 1 })
	w.direct("wanghui", "任务28 谁没看", "近24小时内没有已发出")
	w.direct("wanghui", "设置记录", "王慧：撤回消息 数字化转型工作群")

	w.direct("wanghui", "DING 任务28", "确认")
	w.direct("wanghui", "确认", "已登记催办")
	w.until("the DING", func() bool { return len(w.fake.Dings()) == 1 })
	w.until("the DING is known", func() bool {
		w.direct("wanghui", "撤回任务28的DING")
		return count(w.fake.SeenBy("wanghui"), "DING 张敏（市大数据中心）") > 0
	})
	w.direct("wanghui", "确认", "正在撤回1条消息")
	w.until("the DING is taken back", func() bool { return w.fake.Dings()[0].Recalled })
}

// TestReadersRefused: what the platform does not tell, or will not take back, is said in
// words with what to do; a failure for now is tried again.
func TestReadersRefused(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	w.direct("wanghui", "催办 任务28", "已催办")
	w.until("the press", func() bool { return count(w.fake.Seen(group), "【催办】任务28") == 1 })
	w.until("its handle is known", func() bool {
		w.direct("wanghui", "任务28 谁没看")
		return count(w.fake.SeenBy("wanghui"), "联络员未读") > 0
	})
	const query = "/v1.0/robot/groupMessages/query"
	w.fake.Fail(bottest.Fault{Path: query, Status: 403, Body: map[string]any{"code": "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"}})
	w.fake.Fail(bottest.Fault{Path: query, Status: 400, Body: map[string]any{"code": "robot.processQueryKey.expired", "message": "过期"}})
	before := count(w.fake.SeenBy("wanghui"), "没有查到：")
	w.direct("wanghui", "任务28 谁没看", "正在向平台查询")
	w.until("the answer", func() bool { return count(w.fake.SeenBy("wanghui"), "没有查到：") == before+1 })
	w.fake.Fail(bottest.Fault{Path: "/v1.0/robot/groupMessages/recall", Status: 400, Body: map[string]any{"code": "robot.processQueryKey.expired", "message": "过期"}})
	w.direct("wanghui", "撤回任务28的催办", "确认撤回")
	w.direct("wanghui", "确认", "正在撤回")
	w.until("the no", func() bool { return count(w.fake.SeenBy("wanghui"), "**没有撤回**") == 1 })
	w.clock.Advance(25 * time.Hour)
	w.direct("wanghui", "撤回任务28的催办", "近24小时内没有已发出")
}
