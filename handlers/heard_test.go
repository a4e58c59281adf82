package handlers

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/handlers/understand"
	"duban/seeds"
	"duban/store/ledger"
)

// TestHeard: from memory or not, a text means the same, and neither another day nor
// another person's unit is answered with what was kept.
func TestHeard(t *testing.T) {
	p, err := seeds.Huzhou()
	if err != nil {
		t.Fatal(err)
	}
	tasks := make([]*ledger.Task, len(p.Tasks))
	for i := range p.Tasks {
		tasks[i] = &p.Tasks[i]
	}
	lex := understand.NewLexicon(tasks, nil, nil)
	at := time.Date(2018, 7, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*60*60))
	h := &heard{}
	for day := range 3 {
		for _, unit := range []string{"市大数据中心", "市财政局", ""} {
			for _, text := range []string{"我的任务", "任务28", "本月到期", "本周到期", "逾期", "汇总", "任务28 进度60%", "任务28已完成", "帮助", "你好", "1", "嗯", ""} {
				now := at.AddDate(0, 0, 30*day)
				c := understand.Context{Today: ledger.DateOf(now), Now: now, Bound: unit != "", Unit: unit, Duty: "contact"}
				want := lex.Parse(text, c)
				for range 2 {
					if diff := cmp.Diff(want, h.parse(lex, text, c)); diff != "" {
						t.Fatalf("%q on day %d for %q (-want +got)\n%s", text, day, unit, diff)
					}
				}
			}
		}
	}
	for key, m := range h.kept {
		if !m.ReadOnly {
			t.Errorf("%q is kept although it writes", key.text)
		}
	}
	if len(h.kept) == 0 {
		t.Error("nothing is kept")
	}
}

// TestHeardIsBounded: strangers can say as many different things as they like.
func TestHeardIsBounded(t *testing.T) {
	h, lex := &heard{}, understand.NewLexicon(nil, nil, nil)
	for i := range 3 * heardMost {
		h.keep(lex, ledger.Date{}, hearing{text: string(rune('一' + i))}, understand.Meaning{})
		if len(h.kept) > heardMost {
			t.Fatalf("%d meanings are kept, want at most %d", len(h.kept), heardMost)
		}
	}
}
