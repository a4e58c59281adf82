package app

import (
	"context"
	"encoding/json"
	"fmt"

	"duban/handlers/llm"
	"duban/internal/wording"
	"duban/store/ledger"
)

// tally counts the use of the model in the store, so that the budget of a day holds over
// restarts and for all replicas.
type tally struct{ office *office }

const usageSetting = "llm/usage"

// Used returns what was counted last.
func (t tally) Used(ctx context.Context) (llm.Usage, error) {
	b, err := t.office.desk.Fresh(ctx)
	if err != nil {
		return llm.Usage{}, err
	}
	return usageOf(b)
}

func usageOf(b *ledger.Book) (llm.Usage, error) {
	var u llm.Usage
	if raw := b.Settings[usageSetting]; raw != nil {
		if err := json.Unmarshal(raw, &u); err != nil {
			return u, fmt.Errorf("setting %s: %w", usageSetting, err)
		}
	}
	return u, nil
}

// Add counts more.
func (t tally) Add(ctx context.Context, more llm.Usage) error {
	return change(ctx, t.office.desk.Fresh, t.office.engine, t.office.now, func(b *ledger.Book) (ledger.Commit, error) {
		u, err := usageOf(b)
		if err != nil {
			return ledger.Commit{}, err
		}
		rec, err := ledger.Put(ledger.RecordSetting, usageSetting, u.Plus(more))
		return ledger.Commit{Puts: []ledger.Record{rec}, Expects: []ledger.Expect{b.Expect(rec.Kind, rec.ID)}}, err
	})
}

// openModel connects the model that the configuration names; the switch of the chat is
// asked before each call.
func (o *office) openModel(opts llm.Options) {
	c := o.cfg.LLM
	opts.BaseURL, opts.Key, opts.Model, opts.Timeout, opts.DailyTokens = c.BaseURL, c.APIKey.Reveal(), c.Model, c.Timeout, c.Daily
	opts.Enabled, opts.Tally = func() bool { return o.desk.ModelOn() }, tally{o}
	o.model = llm.New(opts)
}

// modelWords say how the model is used, for 状态.
func (o *office) modelWords(ctx context.Context) string {
	switch {
	case o.model == nil:
		return "未启用"
	case !o.desk.ModelOn():
		return "已停用，回复“启用智能汇总”可恢复"
	}
	u := o.model.Usage(ctx)
	word := fmt.Sprintf("已启用（%s），今日调用%d次、用量%d", wording.Escape(o.cfg.LLM.Model), u.Calls, u.Tokens)
	if o.cfg.LLM.Daily > 0 {
		word += fmt.Sprintf("（上限%d）", o.cfg.LLM.Daily)
	}
	return word + fmt.Sprintf("，未采用%d次；停用请回复“停用智能汇总”", u.Rejected)
}
