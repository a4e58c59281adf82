package bottest

import (
	"encoding/json"
	"slices"
	"time"
)

// DingNote is one DING that was sent.
type DingNote struct {
	ID       string
	Kind     int // 1 in the app, 2 by SMS, 3 by phone
	Users    []string
	Text     string
	When     time.Time
	Recalled bool
}

// Dings lists what was sent, oldest first.
func (f *Fake) Dings() []DingNote {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]DingNote, len(f.office.dings))
	for i, d := range f.office.dings {
		list[i] = *d
	}
	return list
}

// SetDingQuota sets how many DINGs the organisation has left; negative is endless.
func (f *Fake) SetDingQuota(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.office.dingQuota = n
}

func (f *Fake) dingSend(c call) answer {
	var in struct {
		Robot string   `json:"robotCode"`
		Kind  int      `json:"remindType"`
		Users []string `json:"receiverUserIdList"`
		Text  string   `json:"content"`
	}
	if json.Unmarshal(c.body, &in) != nil || in.Text == "" {
		return f.badRequest("send.ding.exception", "参数错误")
	}
	limit := map[int]int{1: 200, 2: 20, 3: 20}[in.Kind]
	switch {
	case in.Robot != f.opt.RobotCode:
		return f.badRequest("invalid.chatbotId", "robotCode无效")
	case len(in.Users) == 0:
		return f.badRequest("miss.staffId", "缺少接收人")
	case limit == 0:
		return f.badRequest("send.ding.exception", "remindType无效")
	case len(in.Users) > limit:
		return f.badRequest("ding.receivercount.limit", "接收人超过限制")
	case f.office.dingQuota == 0:
		return f.badRequest("ding.serverquota.insufficient", "DING额度不足")
	}
	if f.office.dingQuota > 0 {
		f.office.dingQuota--
	}
	reply := map[string]any{}
	d := &DingNote{ID: f.id("dingidFake%06d"), Kind: in.Kind, Text: in.Text, When: f.opt.Now()}
	failed := []string{}
	for _, id := range in.Users {
		if u := f.users[id]; u == nil || u.External {
			failed = append(failed, id)
		} else if !slices.Contains(d.Users, id) {
			d.Users = append(d.Users, id)
		}
	}
	if len(failed) > 0 {
		reply["failedList"] = map[string]any{"用户不在企业内": failed}
	}
	reply["openDingId"] = d.ID
	f.office.dings = append(f.office.dings, d)
	return ok(reply)
}

func (f *Fake) dingRecall(c call) answer {
	var in struct {
		Robot string `json:"robotCode"`
		ID    string `json:"openDingId"`
	}
	if json.Unmarshal(c.body, &in) != nil || in.Robot != f.opt.RobotCode {
		return f.badRequest("invalid.chatbotId", "robotCode无效")
	}
	for _, d := range f.office.dings {
		if d.ID == in.ID && !d.Recalled {
			d.Recalled = true
			return ok(map[string]any{"openDingId": d.ID})
		}
	}
	return f.badRequest("send.ding.exception", "openDingId无效")
}
