package app

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"duban/bot/bottest"
)

// TestCardOverRestart: a press settles the card, and after a restart another press of it
// is answered with what came of the first and decides nothing.
func TestCardOverRestart(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	w.fake.SetMode(bottest.ByStream)
	serve := func() *running {
		r := w.serve(dir, "DUBAN_DINGTALK_MODE=stream", "DUBAN_DINGTALK_CARD_TEMPLATE=nudge.schema")
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		if _, err := w.fake.WaitLinks(ctx, func(l []*bottest.Link) bool { return len(l) > 0 }); err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := serve()
	w.direct("wanghui", "催办 任务28", "已催办")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	notes, err := w.fake.WaitGroup(ctx, group, 1)
	if err != nil {
		t.Fatal(err)
	}
	track := notes[len(notes)-1].Card
	done, err := w.fake.PressCard(ctx, bottest.CardPressing{User: "zhangmin", Track: track, Button: "签收"})
	if err != nil || done.Status != http.StatusOK || done.Error != "" {
		t.Fatal(done.Status, done.Error, err)
	}
	card, _ := w.fake.Card(track)
	if card.Params["status"] != "已签收" || card.Params["buttons"] != "[]" {
		t.Fatalf("the card shows %+v", card.Params)
	}
	first.end(t)
	serve()
	for _, who := range []string{"zhangmin", "chenguang"} {
		body := bytes.Replace(done.Body, []byte(`"userId":"zhangmin"`), []byte(`"userId":"`+who+`"`), 1)
		again, err := w.fake.PressCard(ctx, bottest.CardPressing{User: who, Track: track, Raw: body})
		if err != nil || again.Status != http.StatusOK || !strings.Contains(string(again.Reply), "张敏已处理：已签收") {
			t.Errorf("%s presses again: %d %s %s, %v", who, again.Status, again.Reply, again.Error, err)
		}
	}
	if card, _ := w.fake.Card(track); card.Params["status"] != "张敏已处理：已签收" || card.Params["buttons"] != "[]" {
		t.Errorf("the card shows %+v", card.Params)
	}
	w.direct("zhangmin", "任务28的记录", "任务28")
}

// TestCardSettledByWords: what is done by words, or by a press elsewhere, takes the buttons
// off the other cards of the same press.
func TestCardSettledByWords(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir(), "DUBAN_DINGTALK_CARD_TEMPLATE=nudge.schema", "DUBAN_DINGTALK_CARD_ROUTE=x", "DUBAN_DINGTALK_CARD_SECRET=y")
	w.direct("wanghui", "催办 任务28", "已催办")
	card := func() bottest.CardNote {
		notes := w.fake.Seen(group)
		if len(notes) == 0 {
			return bottest.CardNote{}
		}
		c, _ := w.fake.Card(notes[0].Card)
		return c
	}
	w.until("the card", func() bool { return strings.Contains(card().Params["buttons"], "签收") })
	w.until("its handle is kept", func() bool {
		w.direct("wanghui", "任务28 谁没看")
		return count(w.fake.SeenBy("wanghui"), "联络员未读") > 0
	})
	w.direct("zhangmin", "签收 任务28", "已签收")
	w.until("the outcome", func() bool { return card().Params["status"] == "张敏已签收" && card().Params["buttons"] == "[]" })
}
