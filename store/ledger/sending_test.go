package ledger

import (
	"fmt"
	"testing"
	"time"
)

func TestSendings(t *testing.T) {
	t.Parallel()
	b := NewBook()
	now := time.Date(2018, 7, 2, 9, 0, 0, 0, time.UTC)
	put := func(rec Record, _ Expect, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if rec.Body == nil {
			delete(b.Settings, rec.ID)
			return
		}
		b.Settings[rec.ID] = rec.Body
	}
	room, member := Target{Room: "cid:1"}, Target{Member: "u1"}
	old := Sending{Ref: "r0", At: now.Add(-25 * time.Hour), Title: "提醒", Tasks: []string{"a"}, To: room}
	put(b.AddSending(old))
	if got := b.Sendings("", now); len(got) != 0 {
		t.Errorf("what is over is listed: %+v", got)
	}
	put(b.AddSending(Sending{Ref: "r1", At: now, Title: "提醒", Tasks: []string{"a", "b"}, To: Target{Room: "cid:1", Webhook: "https://x", WebhookUntil: now}}))
	put(b.AddSending(Sending{Ref: "r2", At: now.Add(time.Minute), Title: "催办", Tasks: []string{"b"}, To: member}))
	put(b.AddSending(Sending{Ref: "d1", At: now.Add(2 * time.Minute), Title: "DING", Tasks: []string{"a"}, Dinged: []string{"u1"}}))
	put(b.AddSending(Sending{Ref: "r1", At: now.Add(time.Second), Title: "提醒", Tasks: []string{"a", "b"}, To: room})) // kept twice
	var refs []string
	for _, s := range b.Sendings("a", now.Add(time.Hour)) {
		refs = append(refs, fmt.Sprint(s.Ref, s.To.Room, s.To.Member, len(s.Dinged)))
	}
	if fmt.Sprint(refs) != "[d11 r1cid:10]" {
		t.Errorf("of a: %q", refs)
	}
	if got := b.sendings(room); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	for i := range maxSendings + 5 {
		put(b.AddSending(Sending{Ref: fmt.Sprint("x", i), At: now, To: member}))
	}
	if got := b.sendings(member); len(got) != maxSendings || got[0].Ref != "x5" {
		t.Errorf("%d kept, the oldest %q", len(got), got[0].Ref)
	}
	put(b.DropSending(Sending{Ref: "r1", To: room}))
	if _, there := b.Settings["sent/room:cid:1"]; there || len(b.Sendings("b", now)) != 0 {
		t.Error("an empty list is kept")
	}
}
