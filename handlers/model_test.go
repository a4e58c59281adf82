package handlers_test

import (
	"strings"
	"testing"

	"duban/handlers"
)

// TestModelSwitch: whoever runs the bot stops the model from chat; it is then not asked,
// summaries come at once in the rules' words, and the change is on record.
func TestModelSwitch(t *testing.T) {
	w := &wording{}
	r := newRig(t, w)
	r.hears("王慧", "汇总", "正在汇总")
	r.hears("陈光", "停用智能汇总", "由督查室办理")
	r.hears("王慧", "停用智能汇总", "已停用智能汇总")
	if r.desk.ModelOn() {
		t.Error("the model is still on")
	}
	if got := r.hears("王慧", "汇总", "共48项"); strings.Contains(got, "正在汇总") {
		t.Errorf("a summary waits for a model that is off:\n%s", got)
	}
	r.hears("王慧", "停用智能汇总", "已经停用", "未做任何改动")
	r.hears("王慧", "设置记录", "停用智能汇总", "王慧")
	r.hears("王慧", "启用智能汇总", "已启用智能汇总")
	r.hears("王慧", "汇总", "正在汇总")
	none := newRig(t, nil, func(o *handlers.Options) { o.Suggester = nil })
	none.hears("王慧", "停用智能汇总", "没有配置模型")
}
