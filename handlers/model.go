package handlers

import (
	"encoding/json"

	"duban/handlers/understand"
	"duban/store/ledger"
)

// modelSwitch is the setting that is there while the model is switched off.
const modelSwitch = "llm/off"

// ModelOn reports whether nobody has switched the model off, as far as this process knows.
func (d *Desk) ModelOn() bool { return modelOn(d.book.Load()) }

func modelOn(b *ledger.Book) bool { return b.Settings[modelSwitch] == nil }

// runModel switches the model off or on again, for all at once. Without it summaries come
// in the rules' own words, and nothing leaves the office.
func runModel(t *turn) (act, error) {
	on := t.mean.Intent == understand.ModelOn
	switch {
	case t.desk.o.Worder == nil && t.desk.o.Suggester == nil:
		return say("未配置模型", "没有配置模型，汇总使用固定格式。需要时请联系管理员设置 llm.base_url。"), nil
	case on == modelOn(t.book) && on:
		return say("已启用", "智能汇总已在启用中，未做任何改动。"), nil
	case on == modelOn(t.book):
		return say("已停用", "智能汇总已经停用，未做任何改动。"), nil
	}
	rec := ledger.Record{Kind: ledger.RecordSetting, ID: modelSwitch}
	a, what := say("已启用", "已启用智能汇总。"), "启用智能汇总"
	if !on {
		body, err := json.Marshal(t.today)
		if err != nil {
			return act{}, err
		}
		rec.Body = body
		a, what = say("已停用", "已停用智能汇总：汇总一律使用固定格式，不再调用模型。恢复请回复“启用智能汇总”。"), "停用智能汇总"
	}
	a.puts, a.expects = []ledger.Record{rec}, []ledger.Expect{t.book.Expect(rec.Kind, rec.ID)}
	t.noted(&a, what)
	return a, nil
}
