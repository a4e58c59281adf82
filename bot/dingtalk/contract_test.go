package dingtalk_test

import (
	"testing"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
	"duban/bot/platformtest"
)

// contract shows the suite of all platforms what people on the fake DingTalk see.
type contract struct {
	*rig
	robot bool // the room has a group robot
}

func (c contract) Platform() bot.Platform { return c.client }
func (c contract) KnownMember() string    { return "u1" }
func (c contract) KnownRoom() string      { return roomA }

func (c contract) Seen() []platformtest.Shown {
	var list []platformtest.Shown
	for _, n := range c.All() {
		shown := platformtest.Shown{Room: n.Group, Member: n.User, Title: n.Title, Text: n.Text, Notified: n.At}
		for _, b := range n.Buttons {
			if words, ok := b.Says(); ok {
				shown.Presses = append(shown.Presses, words)
			}
		}
		list = append(list, shown)
	}
	return list
}

// Stall holds back whatever the client asks first.
func (c contract) Stall() func() {
	token, robot := c.Hold("/v1.0/oauth2/accessToken"), c.Hold("/robot/send")
	return func() { token(); robot() }
}

func (c contract) Limits() platformtest.Limits {
	l := platformtest.Limits{
		MemberText: 60_000, RoomText: 60_000, Strangers: []string{"x9"},
		Secrets: []string{c.AppSecret(), contractSecret, "access_token="}, Log: c.log.String,
	}
	if c.robot {
		l.Burst, l.OnceRoom, l.Mentions = 18, true, true
	}
	return l
}

const contractSecret = "SECcontract"

// TestContract runs the suite by the server API alone and with a group robot.
func TestContract(t *testing.T) {
	t.Parallel()
	for name, robot := range map[string]bool{"server API": false, "group robot": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			platformtest.Run(t, func(t *testing.T) platformtest.Harness {
				r := newRig(t, func(*dingtalk.ClientOptions) {})
				if robot {
					r.room[roomA] = [2]string{r.AddRobot(roomA, bottest.Robot{Secret: contractSecret}), contractSecret}
				}
				return contract{r, robot}
			})
		})
	}
}
