package zhengding_test

import (
	"testing"

	"duban/bot"
	"duban/bot/platformtest"
	"duban/bot/zhengding"
	"duban/bot/zhengding/zhengtest"
)

// harness shows the contract suite what people on the fake gateway see.
type harness struct{ *rig }

func (h harness) Platform() bot.Platform { return h.client }
func (h harness) KnownMember() string    { return shen }
func (h harness) KnownRoom() string      { return roomA }
func (h harness) Stall() func()          { return h.Hold("") }

func (h harness) Seen() []platformtest.Shown {
	var list []platformtest.Shown
	for _, n := range h.All() {
		list = append(list, platformtest.Shown{Room: n.Group, Member: n.Person, Title: n.Title, Text: n.Text, Notified: n.At})
	}
	return list
}

func (h harness) Limits() platformtest.Limits {
	return platformtest.Limits{
		MemberText: 6500, RoomText: 90_000, Omission: "没有显示", Burst: 18,
		OnceMember: true, OnceRoom: true, Mentions: true,
		Strangers: []string{"9999", "1001,1002", "-1001", "１００１"},
		Secrets:   []string{h.AppSecret(), robotSecret, "access_token="}, Log: h.log.String,
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fake   zhengtest.Options
		change func(*zhengding.Options)
	}{
		"plain":          {},
		"quoted content": {fake: zhengtest.Options{Quoted: true, FaultStatus: 203}},
		"known code": {zhengtest.Options{DuplicateCode: "240777", DuplicateWords: "again"},
			func(o *zhengding.Options) { o.DuplicateCodes = []string{"240777"} }},
		"inbound, caller's address": {change: func(o *zhengding.Options) {
			o.Inbound, o.SendIPMAC = zhengding.SchemeDingTalk, zhengding.IPMAC{IP: "10.0.0.7", MAC: "02:00:00:00:00:07"}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			platformtest.Run(t, func(t *testing.T) platformtest.Harness { return harness{newRig(t, tt.fake, tt.change)} })
		})
	}
}
