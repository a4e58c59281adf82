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
