package handlers_test

import (
	"strings"
	"testing"

	"duban/store/ledger"
)

// 减负体检 advises when a group got more than the budget a working day, or more than
// twenty messages in the month; it names groups, and of people only the sum.
func TestReliefAdvice(t *testing.T) {
	for name, c := range map[string]struct {
		load ledger.Load
		want string
	}{
		"over the budget of the first working day": {ledger.Load{Messages: 1, Pressed: 3}, "建议：数字化转型工作群"},
		"within it":              {ledger.Load{Messages: 1, Pressed: 2}, "数量适中"},
		"over twenty in a month": {ledger.Load{Messages: 21, Items: 40, Requests: 11, Mentions: 5}, "其中要求反馈或签收11项），点名5人次"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil, monthly)
			day := ledger.DateOf(r.now)
			var puts []ledger.Record
			for _, to := range []ledger.Target{{Room: "数据群"}, {Member: "张敏"}, {Member: "李军"}} {
				rec, _, err := ledger.NewBook().AddLoad(day, to, c.load)
				if err != nil {
					t.Fatal(err)
				}
				puts = append(puts, rec)
			}
			if _, err := r.store.Commit(t.Context(), ledger.Commit{Puts: puts, Now: r.now}); err != nil {
				t.Fatal(err)
			}
			got, err := r.say("王慧", "减负体检", nil)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got, c.want) || strings.Contains(got, "张敏") || !strings.Contains(got, "单聊合计") {
				t.Errorf("got\n%s", got)
			}
		})
	}
}
