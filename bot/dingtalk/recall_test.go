package dingtalk_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

func TestRecall(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, room := range []string{"", roomA} {
		out := bot.Outgoing{ID: "1", Room: room, Markdown: "请报进展"}
		if room == "" {
			out.Member = "u1"
		}
		var refs []string
		for range 25 {
			r.clock.Advance(time.Second)
			ref, err := r.client.Send(t.Context(), out)
			if err != nil {
				t.Fatal(err)
			}
			refs = append(refs, ref)
		}
		done, failed, err := r.client.Recall(t.Context(), room, append(refs, "other", ""))
		if err != nil || len(done) != 25 || len(failed) != 1 || failed["other"] == "" {
			t.Fatal(done, failed, err)
		}
		if s, err := r.client.ReadBy(t.Context(), room, refs[0]); err != nil || s.State != dingtalk.ReadRecalled {
			t.Error(s, err)
		}
		if _, failed, err := r.client.Recall(t.Context(), map[string]string{"": roomA, roomA: ""}[room], refs[:1]); err != nil || len(failed) != 1 {
			t.Error("recalled elsewhere:", failed, err)
		}
	}
	for _, n := range r.All() {
		if !n.Recalled {
			t.Errorf("%+v", n)
		}
	}
}

func TestReadBy(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	ref := ""
	for who, want := range map[string]dingtalk.ReadStatus{"u1": {State: dingtalk.ReadSent, Unread: []string{"u1"}}, "u2": {State: dingtalk.ReadSent, Read: []string{"u2"}}} {
		var err error
		if ref, err = r.client.Send(t.Context(), bot.Outgoing{ID: who, Member: who, Markdown: "请报进展"}); err != nil {
			t.Fatal(err)
		}
		if len(want.Read) > 0 {
			r.Read(who, ref)
		}
		got, err := r.client.ReadBy(t.Context(), "", ref)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	for code, ref := range map[string]string{"bad.message": "", "invalid.processQueryKey": "other"} {
		if _, err := r.client.ReadBy(t.Context(), "", ref); refusal(t, err).Code != code {
			t.Error(err)
		}
	}
	r.clock.Advance(25 * time.Hour)
	if _, err := r.client.ReadBy(t.Context(), "", ref); refusal(t, err).Code != "robot.processQueryKey.expired" {
		t.Error(err)
	}
	if _, failed, err := r.client.Recall(t.Context(), "", []string{ref}); err != nil || len(failed) != 1 {
		t.Error(failed, err)
	}
}

func TestReadByManyInAGroup(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	ref, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "请报进展"})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i := range 450 {
		all = append(all, fmt.Sprintf("v%03d", i))
		r.Read(all[i], ref)
	}
	got, err := r.client.ReadBy(t.Context(), roomA, ref)
	if err != nil || got.State != dingtalk.ReadSent || got.More || !slices.Equal(got.Read, all) {
		t.Fatal(len(got.Read), got.More, err)
	}
	const path = "/v1.0/robot/groupMessages/query"
	if n := len(r.Requests(path)); n != 3 {
		t.Error(n, "pages")
	}
	// A service that gives the same page again and again is not asked for ever.
	r.Fail(bottest.Fault{Path: path, Status: 200, Times: 100, Body: map[string]any{"sendStatus": "SUCESS", "readUserIds": []string{"u1"}, "nextToken": "1", "hasMore": true}})
	r.clock.Advance(time.Second)
	if got, err := r.client.ReadBy(t.Context(), roomA, ref); err != nil || len(got.Read) != 2 || got.State != dingtalk.ReadSent {
		t.Error(got, err)
	}
}
