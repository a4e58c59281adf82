package dingtalk_test

import (
	"errors"
	"testing"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// TestSentAgain: after a timeout that came although the message went out, only what
// DingTalk knows by its id is marked as safe to send again, and sending it again makes no
// second one; by the other ways it does.
func TestSentAgain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		path string
		out  func(r *rig, m bot.Message) bot.Outgoing
		safe bool
	}{
		"robot": {pathRobot, func(*rig, bot.Message) bot.Outgoing { return bot.Outgoing{Room: roomA} }, true},
		"card": {"/v1.0/card/instances/createAndDeliver", func(*rig, bot.Message) bot.Outgoing {
			return bot.Outgoing{Room: roomA, Buttons: []bot.Button{{Label: "签收", Say: "签收"}}}
		}, true},
		"group":   {pathGroup, func(*rig, bot.Message) bot.Outgoing { return bot.Outgoing{Room: roomA} }, false},
		"direct":  {pathDirect, func(*rig, bot.Message) bot.Outgoing { return bot.Outgoing{Member: "u1"} }, false},
		"session": {"/robot/sendBySession", func(_ *rig, m bot.Message) bot.Outgoing { return reply(m, "") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(o *dingtalk.ClientOptions) {
				if name == "card" {
					o.CardTemplate = "nudge.schema"
				}
			})
			if name == "robot" {
				r.room[roomA] = [2]string{r.AddRobot(roomA, bottest.Robot{}), ""}
			}
			out := tt.out(r, r.say(t, bottest.Saying{User: "u1", Text: "我的任务"}))
			out.ID, out.Title, out.Markdown = "n1", "提醒", "任务28"
			r.Fail(bottest.Fault{Path: tt.path, Status: 504, Body: "late", Stored: true})
			_, err := r.client.Send(t.Context(), out)
			if unknown(t, err); errors.Is(err, bot.ErrAgain) != tt.safe {
				t.Errorf("safe to send again: %v", !tt.safe)
			}
			if _, err := r.client.Send(t.Context(), out); err != nil {
				t.Fatal(err)
			}
			seen := len(r.Seen(roomA)) + len(r.SeenBy("u1"))
			if want := map[bool]int{true: 1, false: 2}[tt.safe]; seen != want {
				t.Errorf("seen %d times, want %d", seen, want)
			}
		})
	}
}
