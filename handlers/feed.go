package handlers

import (
	"encoding/json"
	"fmt"

	"duban/internal/wording"
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

// memberFeed and unitFeed are the subjects of the calendars of a person and of a unit.
func memberFeed(id string) string { return "member:" + id }
func unitFeed(unit string) string { return "unit:" + unit }

// runFeed gives the address of a calendar: of the person's own units, which follows the
// person's binding, or of the one unit that was named.
func runFeed(t *turn) (act, error) {
	if t.desk.o.Feed == nil {
		return say("未开通日历", "未开通日历订阅。需要的请联系管理员设置 report.feed_secret 和 report.base_url。"), nil
	}
	if t.m.Conversation.Group {
		return say("请私聊获取", "日历地址只在单聊中提供，请私聊我发送“日历”。"), nil
	}
	subject, whose, reset := memberFeed(t.me.ID), "本单位", "重置日历"
	switch unit := t.mean.Unit; {
	case unit != "":
		if a, no := t.refuseFeed(unit); no {
			return a, nil
		}
		subject, whose, reset = unitFeed(unit), wording.Escape(unit), "重置日历 "+unit
	case len(t.me.Units) == 0 && may(t.me, seeAll):
		return say("请写明单位", "您没有绑定责任单位。请写明要哪个单位的日历，例如：日历 市财政局。"), nil
	case len(t.me.Units) == 0:
		return say("没有绑定单位", "您没有绑定责任单位，没有可订阅的时限。"), nil
	}
	url := t.desk.o.Feed(subject, FeedGeneration(t.book, subject))
	return say("日历订阅", fmt.Sprintf("在日历软件中选择“订阅”，填入下面的地址，即可看到%s任务的时限：\n\n%s\n\n地址相当于钥匙，请勿转发。需要作废时回复“%s”。", whose, url, wording.Escape(reset))), nil
}

// refuseFeed answers where the unit's calendar is not for the speaker.
func (t *turn) refuseFeed(unit string) (act, bool) {
	switch {
	case !knownUnit(t.book, unit):
		return say("没有找到单位", fmt.Sprintf("方案中没有“%s”这个责任单位。请核对单位名称。", wording.Escape(unit))), true
	case !t.see.seesUnit(unit):
		return say("没有权限", "您只能订阅本单位的日历，请回复“日历”。"), true
	}
	return act{}, false
}

// runFeedReset revokes every address of the person's calendar; that of a unit, which
// others may have subscribed to, after a yes.
func runFeedReset(t *turn) (act, error) {
	unit := t.mean.Unit
	if unit == "" {
		a := say("已重置日历", "原来的日历地址已作废。需要新地址请回复“日历”。")
		t.noted(&a, "重置本人的日历地址")
		return a, t.revoke(&a, memberFeed(t.me.ID))
	}
	if t.m.Conversation.Group {
		return say("请私聊办理", "重置日历请在单聊中办理，请私聊我。（未做任何改动）"), nil
	}
	if a, no := t.refuseFeed(unit); no {
		return a, nil
	}
	if !t.confirmed {
		return t.confirm(fmt.Sprintf("确认作废%s的日历地址？已订阅的人都要用新地址重新订阅。", wording.Escape(unit)), "确认重置日历"), nil
	}
	a := say("已重置日历", fmt.Sprintf("%s原来的日历地址已作废。需要新地址请回复“日历 %s”。", wording.Escape(unit), wording.Escape(unit)))
	t.noted(&a, "重置"+unit+"的日历地址")
	return a, t.revoke(&a, unitFeed(unit))
}

// revoke makes every address of the subject that was given out before worth nothing.
func (t *turn) revoke(a *act, subject string) error {
	return t.put(a, ledger.RecordSetting, feedSetting(subject), max(FeedGeneration(t.book, subject), 0)+1)
}
