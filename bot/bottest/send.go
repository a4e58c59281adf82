package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

const (
	maxMsgParam = 15000
	maxUsers    = 20
)

// sending is the body of both send calls.
type sending struct {
	RobotCode    string   `json:"robotCode"`
	Conversation string   `json:"openConversationId"`
	UserIDs      []string `json:"userIds"`
	MsgKey       string   `json:"msgKey"`
	MsgParam     string   `json:"msgParam"`
}

// templateKeys are the keys that msgParam must have.
func templateKeys(msgKey string) []string {
	switch msgKey {
	case "sampleText":
		return []string{"content"}
	case "sampleMarkdown":
		return []string{"title", "text"}
	case "sampleLink":
		return []string{"text", "title", "messageUrl"}
	case "sampleImageMsg":
		return []string{"photoURL"}
	case "sampleFile":
		return []string{"mediaId", "fileName", "fileType"}
	case "sampleAudio":
		return []string{"mediaId", "duration"}
	case "sampleVideo":
		return []string{"duration", "videoMediaId", "videoType", "picMediaId"}
	case "sampleActionCard":
		return []string{"title", "text", "singleTitle", "singleURL"}
	case "sampleActionCard6":
		return []string{"title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"}
	}
	var n int
	if _, err := fmt.Sscanf(msgKey, "sampleActionCard%d", &n); err != nil || n < 2 || n > 5 {
		return nil
	}
	keys := []string{"title", "text"}
	for i := 1; i <= n; i++ {
		keys = append(keys, fmt.Sprint("actionTitle", i), fmt.Sprint("actionURL", i))
	}
	return keys
}

// read decodes and checks what both calls have in common. The note is filled but not
// yet shown.
func (f *Fake) read(c call) (sending, Note, *answer) {
	var s sending
	refuse := func(code, message string) (sending, Note, *answer) {
		return s, Note{}, &answer{http.StatusBadRequest, f.apiError(code, message)}
	}
	if json.Unmarshal(c.body, &s) != nil {
		return refuse("invalidParameter.param.invalid", "参数错误")
	}
	keys := templateKeys(s.MsgKey)
	param := map[string]any{}
	switch {
	case s.RobotCode == "":
		return refuse("invalidParameter.robotCode.empty", "robotCode为空")
	case s.RobotCode != f.opt.RobotCode:
		return refuse("invalidParameter.robotCode.notExsit", "robotCode不存在")
	case s.MsgKey == "":
		return refuse("invalidParameter.msgKey.empty", "msgKey为空")
	case keys == nil:
		return refuse("invalidParameter.msgKey.invalid", "msgKey无效")
	case len(s.MsgParam) > maxMsgParam:
		return refuse("invalidParameter.msgParam.tooLong", "msgParam过长")
	case json.Unmarshal([]byte(s.MsgParam), &param) != nil:
		return refuse("invalidParameter.msgParam.invalid", "msgParam无效")
	}
	values := map[string]string{}
	for _, key := range keys {
		text, isText := param[key].(string)
		if !isText || text == "" {
			return refuse("invalidParameter.msgParam.invalid", "msgParam无效: "+key)
		}
		values[key] = text
	}
	n := template(s.MsgKey, values)
	if code := f.showMedia(s.MsgKey, values, &n); code != "" {
		return refuse(code, "媒体文件无效")
	}
	return s, n, nil
}

// template is the note that a msgKey makes of its values.
func template(msgKey string, v map[string]string) Note {
	n := Note{Type: msgKey, Title: v["title"], Raw: v["text"] + v["content"]}
	n.Text = render(n.Raw)
	if msgKey == "sampleText" {
		n.Text = n.Raw
	}
	add := func(label, url string) {
		if url != "" {
			n.Buttons = append(n.Buttons, Button{Label: label, URL: url})
		}
	}
	add(v["singleTitle"], v["singleURL"])
	add(v["title"], v["messageUrl"])
	for i := 1; i <= 5; i++ {
		add(v[fmt.Sprint("actionTitle", i)], v[fmt.Sprint("actionURL", i)])
		add(v[fmt.Sprint("buttonTitle", i)], v[fmt.Sprint("buttonUrl", i)])
	}
	return n
}

func (f *Fake) groupSend(c call) answer {
	s, n, no := f.read(c)
	if no != nil {
		return *no
	}
	g := f.groups[s.Conversation]
	switch {
	case s.Conversation == "":
		return answer{http.StatusBadRequest, f.apiError("miss.openConversationId", "缺少openConversationId")}
	case g == nil:
		return answer{http.StatusBadRequest, f.apiError("invalid.openConversationId", "openConversationId无效")}
	case g.Gone:
		return answer{http.StatusBadRequest, f.apiError("group.disbanded", "群已解散")}
	case g.NoBot:
		return answer{http.StatusBadRequest, f.apiError("not.allowed.robotCode", "机器人不在群内")}
	}
	n.Via, n.Group, n.Ref = "group", g.ID, f.id("pqkFake%06d=")
	return ok(map[string]any{"processQueryKey": f.show(n).Ref})
}

func (f *Fake) batchSend(c call) answer {
	s, n, no := f.read(c)
	switch {
	case no != nil:
		return *no
	case len(s.UserIDs) == 0:
		return answer{http.StatusBadRequest, f.apiError("invalidParameter.userIds.empty", "userIds为空")}
	case len(s.UserIDs) > maxUsers:
		return answer{http.StatusBadRequest, f.apiError("invalidParameter.userIds.overMax", "userIds超过最大限制100")}
	}
	invalid, flow := []string{}, []string{}
	n.Via, n.Ref = "direct", f.id("pqkFake%06d=")
	slices.Sort(s.UserIDs)
	for _, id := range slices.Compact(s.UserIDs) {
		switch u := f.users[id]; {
		case u == nil || u.External:
			invalid = append(invalid, id)
		case f.flow[id]:
			flow = append(flow, id)
		default:
			n.User = id
			f.show(n)
		}
	}
	return ok(map[string]any{"processQueryKey": n.Ref, "invalidStaffIdList": invalid, "flowControlledStaffIdList": flow})
}
