package handlers_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"duban/bot"
	"duban/store/ledger"
)

// wording is a model of a test: it says what it is told to, or fails.
type wording struct {
	say   string
	err   error
	facts any
}

func (w *wording) Word(_ context.Context, facts any, _ string) (string, error) {
	w.facts = facts
	return w.say, w.err
}

// digest asks for a summary and words what is owed for it.
func (r *rig) digest(who string) (interim, final string) {
	r.t.Helper()
	m := bot.Message{ID: "d" + who, Kind: bot.KindText, Text: "汇总", At: r.now, Sender: bot.Sender{ID: who, Nick: who}, Conversation: bot.Conversation{ID: "dm-" + who}}
	if _, err := r.take(m); err != nil {
		r.t.Fatal(err)
	}
	list, err := r.store.Claim(r.t.Context(), r.now, 60e9, 10)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, n := range list {
		if n.Kind != ledger.NoticeDigest {
			interim = n.Body.Text
			continue
		}
		body, ok, err := r.desk.ComposeDigest(r.t.Context(), n.Notice)
		if err != nil || !ok {
			r.t.Fatalf("compose: %v %v", ok, err)
		}
		final = body.Text
	}
	return interim, final
}

// TestWordedSummary: with a model the words are owed and come marked; when it fails, the
// rules' own words come instead and nothing shows that a model was asked.
func TestWordedSummary(t *testing.T) {
	model := &wording{say: "48项任务中，43项正常。"}
	r := newRig(t, model)
	interim, final := r.digest("陈光")
	if !strings.Contains(interim, "正在汇总") {
		t.Errorf("interim: %s", interim)
	}
	if !strings.Contains(final, model.say) || !strings.Contains(final, "AI辅助生成") {
		t.Errorf("worded: %s", final)
	}
	if model.facts == nil {
		t.Error("the model got no facts")
	}
	r = newRig(t, &wording{err: errors.New("the model lied")})
	if _, final = r.digest("陈光"); !strings.Contains(final, "共48项") || strings.Contains(final, "AI") || strings.Contains(final, "lied") {
		t.Errorf("fallback: %s", final)
	}
}

// TestWordedSummaryScope: what a model is given is what its asker may see.
func TestWordedSummaryScope(t *testing.T) {
	model := &wording{err: errors.New("off")}
	r := newRig(t, model)
	if _, final := r.digest("张敏"); !strings.Contains(final, "市大数据中心") || strings.Contains(final, "共48项") {
		t.Errorf("a member of staff reads: %s", final)
	}
	if _, final := newRig(t, model).digest("路人"); final != "" {
		t.Errorf("an unknown person reads: %s", final)
	}
}

// guess is a suggesting model of a test.
type guess string

func (g guess) Suggest(context.Context, string, []string) (string, error) { return string(g), nil }

// TestSuggestion: what the rules cannot place may bring a command for the person to send;
// nothing is done with it, and what is no command is not shown.
func TestSuggestion(t *testing.T) {
	for words, want := range map[string]string{"我的任务": "您是不是想说：“我的任务”", "请写一首诗给我听听": "", "": ""} {
		r := newRig(t, nil)
		r.suggester = guess(words)
		m := bot.Message{ID: "s1", Kind: bot.KindText, Text: "帮我写一份市长讲话稿", At: r.now, Sender: bot.Sender{ID: "张敏", Nick: "张敏"}, Conversation: bot.Conversation{ID: "dm-张敏"}}
		if _, err := r.take(m); err != nil {
			t.Fatal(err)
		}
		list, err := r.store.Claim(t.Context(), r.now, 60e9, 10)
		if err != nil {
			t.Fatal(err)
		}
		shown := ""
		for _, n := range list {
			if n.Kind != ledger.NoticeSuggest {
				continue
			}
			body, ok, err := r.desk.ComposeSuggestion(t.Context(), n.Notice)
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				shown = body.Text
			}
		}
		if len(list) < 2 || (want == "") != (shown == "") || !strings.Contains(shown, want) {
			t.Errorf("%q: %d notices, shown %q", words, len(list), shown)
		}
	}
}
