package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestModelWords: with a model configured a summary comes in its words when they stand up
// to the facts, and in the rules' own when they do not.
func TestModelWords(t *testing.T) {
	for name, c := range map[string]struct{ says, want, not string }{
		"true": {"全部任务共48项，其中正常43项。", "AI辅助生成", "lie"},
		"lie":  {"全部任务共48项，其中已办结40项。", "共48项：", "已办结40项"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%q},\"finish_reason\":null}]}\n\n", c.says)
				fmt.Fprint(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
			}))
			defer server.Close()
			w := newWorld(t)
			bot := w.serve(t.TempDir(), "DUBAN_LLM_BASE_URL="+server.URL+"/v1", "DUBAN_LLM_MODEL=test")
			w.direct("chenguang", "汇总", c.want)
			for _, n := range w.fake.SeenBy("chenguang") {
				if holds(n.Raw, []string{c.not}) {
					t.Errorf("somebody read %q", c.not)
				}
			}
			bot.end(t)
		})
	}
}

// TestModelBudgetHoldsOverRestart: what was used before a restart is used after it, and an
// administrator's switch holds as well.
func TestModelBudgetHoldsOverRestart(t *testing.T) {
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"全部任务共48项。\"},\"finish_reason\":null}]}\n\n")
		fmt.Fprint(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	}))
	defer server.Close()
	w, dir := newWorld(t), t.TempDir()
	env := []string{"DUBAN_LLM_BASE_URL=" + server.URL + "/v1", "DUBAN_LLM_MODEL=test", "DUBAN_LLM_DAILY_TOKENS=1"}
	bot := w.serve(dir, env...)
	w.direct("chenguang", "汇总", "AI辅助生成")
	bot.end(t)
	bot = w.serve(dir, env...)
	w.direct("wanghui", "状态", "今日调用1次", "上限1")
	w.direct("wanghui", "汇总", "共48项：")
	w.direct("wanghui", "停用智能汇总", "已停用智能汇总")
	w.direct("wanghui", "状态", "智能汇总：已停用")
	bot.end(t)
	if calls != 1 {
		t.Errorf("the model was asked %d times", calls)
	}
}
