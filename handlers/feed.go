package handlers

import (
	"encoding/json"
	"fmt"

	"duban/store/ledger"
)

// feedSetting is the setting that counts how often a subject's calendar was revoked.
func feedSetting(subject string) string { return "feed/" + subject }

// FeedGeneration is the number that a valid token of the subject carries; raising it
// revokes every token given out before.
func FeedGeneration(b *ledger.Book, subject string) int {
	var n int
	if raw := b.Settings[feedSetting(subject)]; raw != nil && json.Unmarshal(raw, &n) != nil {
		return -1 // unreadable: nothing is valid
	}
	return n
}

// runFeed gives a person the address of their own units' deadlines, for a calendar.
func runFeed(t *turn) (act, error) {
	if t.desk.o.Feed == nil {
		return say("未开通日历", "未开通日历订阅。需要的请联系管理员设置 report.feed_secret 和 report.base_url。"), nil
	}
	if t.m.Conversation.Group {
		return say("请私聊获取", "日历地址只在单聊中提供，请私聊我发送“日历”。"), nil
	}
	if len(t.me.Units) == 0 {
		return say("没有绑定单位", "您没有绑定责任单位，没有可订阅的时限。"), nil
	}
	url := t.desk.o.Feed(t.me.ID, FeedGeneration(t.book, "member:"+t.me.ID))
	return say("日历订阅", fmt.Sprintf("在日历软件中选择“订阅”，填入下面的地址，即可看到本单位任务的时限：\n\n%s\n\n地址相当于钥匙，请勿转发。需要作废时回复“重置日历”。", url)), nil
}

// runFeedReset revokes every calendar address of the person.
func runFeedReset(t *turn) (act, error) {
	id := feedSetting("member:" + t.me.ID)
	a := say("已重置日历", "原来的日历地址已作废。需要新地址请回复“日历”。")
	t.noted(&a, "重置本人的日历地址")
	return a, t.put(&a, ledger.RecordSetting, id, max(FeedGeneration(t.book, "member:"+t.me.ID), 0)+1)
}
