package handlers

import (
	"slices"
	"strings"

	"duban/bot"
	"duban/handlers/understand"
	"duban/internal/zh/secrecy"
	"duban/store/ledger"
)

// runHelp lists what this person may do, with an example each.
func runHelp(t *turn) (act, error) {
	var b strings.Builder
	b.WriteString("您好，我是" + t.desk.o.Bot + "，帮您查任务、报进展、看汇总。可以这样说：\n\n")
	for _, c := range t.desk.commands {
		if c.name == "" || c.need != "" && !may(t.me, c.need) {
			continue
		}
		if c.intent == understand.Help || c.intent == understand.BindUnit && t.me != nil && len(t.me.Units) > 0 {
			continue
		}
		if b.WriteString("- "); !strings.HasPrefix(c.usage, c.name) {
			b.WriteString(c.name + "：")
		}
		b.WriteString(c.usage + "\n")
	}
	b.WriteString("\n收到提醒后，引用提醒直接回复进展即可。本系统" + secrecy.Notice + "。")
	if t.me == nil || len(t.me.Duties) == 0 {
		b.WriteString("\n\n您还没有绑定单位，请先回复“绑定 单位名称”，例如：绑定 市财政局。")
	}
	return say("帮助", b.String(),
		ledger.Button{Label: "我的任务", Say: "我的任务"}, ledger.Button{Label: "提醒规则", Say: "提醒规则"}), nil
}

// unreadable answers what is no text.
func (t *turn) unreadable() (act, bool) {
	switch t.m.Kind {
	case bot.KindText, bot.KindVoice:
		if strings.TrimSpace(t.m.Text) == "" {
			return say("请说明事项", "没有收到文字内容。请说明要查询或反馈的事项，或回复“帮助”。"), true
		}
		return act{}, false
	case bot.KindPicture:
		return say("暂不能识别图片", "收到图片，但无法识别其中内容。请用文字反馈，例如：任务20 已完成招标，进度60%。"), true
	case bot.KindFile:
		if a, ok := t.receiveFile(); ok {
			return a, true
		}
		return say("暂不能读取文件", "收到文件，但不能据此登记进展。请用文字反馈主要情况，例如：任务20 已完成招标，进度60%。"), true
	case bot.KindUnsupported:
	}
	return say("暂不支持这类消息", "暂不支持这类消息。请用文字说明，或回复“帮助”。"), true
}

func runUnknown(t *turn) (act, error) {
	if t.mean.Intent == understand.Ranking {
		return say("未开通排名", "未开通单位排名。可回复“汇总”查看总体情况，或“逾期”查看逾期任务。"), nil
	}
	return t.suggest(say("没有理解", "抱歉，没有理解这句话，未做任何改动。可以回复“我的任务”“任务20”“汇总”，或回复“帮助”。")), nil
}

// greetings are the courtesies that open a talk; the others end one.
var greetings = []string{"你好", "您好", "大家好", "在吗", "在么", "早", "上午好", "下午好", "晚上好", "hi", "hello"}

func runChitchat(t *turn) (act, error) {
	const offer = "需要查任务、报进展时随时找我，回复“帮助”可查看用法。"
	text := strings.ToLower(t.m.Text)
	switch {
	case strings.Contains(text, "谢") || strings.Contains(text, "辛苦"):
		return say("不客气", "不客气。"+offer), nil
	case slices.ContainsFunc(greetings, func(g string) bool { return strings.Contains(text, g) }):
		return say("您好", "您好，我是"+t.desk.o.Bot+"。"+offer), nil
	}
	return say("好的", "好的。"+offer), nil
}

func runNothingAsked(t *turn) (act, error) {
	return say("请说明事项", "请说明具体事项，例如：任务20 已完成招标，进度60%。未做任何改动。"), nil
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
