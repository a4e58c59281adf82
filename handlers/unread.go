package handlers

import (
	"slices"
	"strings"

	"duban/bot"
	"duban/handlers/understand"
)

// unreadable answers what is no text.
func (t *turn) unreadable() (act, bool) {
	switch t.m.Kind {
	case bot.KindText, bot.KindVoice:
		if strings.TrimSpace(t.m.Text) == "" {
			return say("请说明事项", "没有收到文字内容。请说明要查询或反馈的事项，或回复“帮助”。"), true
		}
		return act{}, false
	case bot.KindPicture:
		return say("暂不能识别图片", t.sampled("收到图片，但无法识别其中内容。请用文字反馈，例如：任务20 已完成招标，进度60%。")), true
	case bot.KindFile:
		if a, ok := t.receiveFile(); ok {
			return a, true
		}
		return say("暂不能读取文件", t.sampled("收到文件，但不能据此登记进展。请用文字反馈主要情况，例如：任务20 已完成招标，进度60%。")), true
	case bot.KindUnsupported:
	}
	return say("暂不支持这类消息", "暂不支持这类消息。请用文字说明，或回复“帮助”。"), true
}

func runUnknown(t *turn) (act, error) {
	return t.suggest(say("没有理解", t.sampled("抱歉，没有理解这句话，未做任何改动。可以回复“我的任务”“任务20”“汇总”，或回复“帮助”。"))), nil
}

// greetings are the courtesies that open a talk; the others end one.
var greetings = []string{"你好", "您好", "大家好", "在吗", "在么", "早", "上午好", "下午好", "晚上好", "hi", "hello"}

func runChitchat(t *turn) (act, error) {
	const offer = "需要查任务、报进展时随时找我，回复“帮助”可查看用法。"
	text := strings.ToLower(t.m.Text)
	switch {
	case understand.Scolds(text):
		return say("抱歉", t.sampled("抱歉，没有帮上您。请写明任务编号和要办的事，例如“任务20”“任务20 进度60%”；回复“帮助”可查看用法，也可写“意见反馈：…”转给督查室。")), nil
	case strings.Contains(text, "谢") || strings.Contains(text, "辛苦"):
		return say("不客气", "不客气。"+offer), nil
	case slices.ContainsFunc(greetings, func(g string) bool { return strings.Contains(text, g) }):
		return say("您好", "您好，我是"+t.desk.o.Bot+"。"+offer), nil
	}
	return say("好的", "好的。"+offer), nil
}

func runNothingAsked(t *turn) (act, error) {
	return say("请说明事项", t.sampled("请说明具体事项，例如：任务20 已完成招标，进度60%。未做任何改动。")), nil
}

func runCancel(t *turn) (act, error) {
	if t.talk == nil {
		return say("没有待确认的事项", "当前没有待确认的事项，未做任何改动。需要撤回反馈请回复“撤回”。"), nil
	}
	if t.talk.No != "" {
		return say("已取消", t.talk.No), nil
	}
	return say("已取消", "好的，已取消，未做任何改动。"), nil
}

func runState(t *turn) (act, error) { return say("运行状态", t.desk.o.State(t.ctx)), nil }
