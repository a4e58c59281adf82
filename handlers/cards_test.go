package handlers_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/handlers"
	"duban/store/ledger"
)

// press is a pressed button's message.
func (r *rig) press(who, card, button, text string) bot.Message {
	return bot.Message{
		ID: "press-" + card + who + button, Kind: bot.KindText, Text: text, At: r.now, Card: card,
		Sender: bot.Sender{ID: who, Nick: who}, Conversation: bot.Conversation{ID: "数据群", Group: true, Title: "数据群"}, Mentioned: true,
	}
}

// again is a desk on the same store, as another replica or a restart has it.
func (r *rig) again() *handlers.Desk {
	r.t.Helper()
	next, err := handlers.NewDesk(r.t.Context(), r.options)
	if err != nil {
		r.t.Fatal(err)
	}
	return next
}

// TestCardSettledOnce: of presses on one card, by whoever, on whichever replica, at once
// or after a restart, one is decided and the others see what came of it.
func TestCardSettledOnce(t *testing.T) {
	r := newRig(t, nil)
	if got, err := r.say("王慧", "催办 任务28", nil); err != nil || !strings.Contains(got, "已催办") {
		t.Fatal(got, err)
	}
	desks := []*handlers.Desk{r.desk, r.again()}
	told := make([]bot.Outcome, 6)
	var wg sync.WaitGroup
	for i := range told {
		who := []string{"张敏", "王慧"}[i%2]
		wg.Go(func() {
			out, err := desks[i/3].Handle(t.Context(), r.press(who, "c1", fmt.Sprint(i), "任务28 进度60%（代报）"))
			if err != nil {
				t.Error(err)
			}
			told[i] = out
		})
	}
	wg.Wait()
	first, later := 0, 0
	for _, out := range told {
		switch {
		case out.Owed != nil && out.Changed:
			first++
		case strings.Contains(out.Told, "已处理：") && out.Changed && out.Answer == nil:
			later++
		}
	}
	if first != 1 || later != 5 {
		t.Errorf("%d decided, %d were told: %+v", first, later, told)
	}
	events, err := r.store.Events(t.Context(), "28", time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	reports := 0
	for _, e := range events {
		if e.Kind == ledger.EventReport {
			reports++
		}
	}
	if reports != 1 {
		t.Errorf("%d reports, want 1", reports)
	}
	out, err := r.again().Handle(t.Context(), r.press("陈光", "c1", "late", "任务28 进度60%（代报）"))
	if err != nil || !out.Changed || out.Owed != nil || !strings.Contains(out.Told, "已处理：") {
		t.Errorf("after a restart: %+v, %v", out, err)
	}
	// what changes nothing settles nothing
	for range 2 {
		out, err := r.desk.Handle(t.Context(), r.press("张敏", "c2", fmt.Sprint(r.seq), "任务28"))
		if r.seq++; err != nil || out.Changed || out.Answer == nil {
			t.Errorf("a question: %+v, %v", out, err)
		}
	}
}

// TestCardsForgotten: what was settled long ago is swept away, a few cards at a time.
func TestCardsForgotten(t *testing.T) {
	r := newRig(t, nil)
	cards := func() (n int) {
		b, err := r.desk.Fresh(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for name := range b.Settings {
			if strings.HasPrefix(name, "card/") {
				n++
			}
		}
		return n
	}
	for i := range 40 {
		if err := r.desk.Hide(t.Context(), fmt.Sprintf("old%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if !r.desk.Hidden("old7") || r.desk.Hidden("other") || cards() != 40 {
		t.Fatal("not kept")
	}
	r.now = r.now.AddDate(0, 0, 61)
	for i, want := range []int{25, 10, 3} {
		out, err := r.desk.Handle(t.Context(), r.press("张敏", fmt.Sprintf("new%d", i), "b", fmt.Sprintf("任务28 进度%d%%", 20+i)))
		if err != nil || !out.Changed || cards() != want {
			t.Errorf("press %d: %d cards, want %d; %+v, %v", i, cards(), want, out, err)
		}
	}
}
