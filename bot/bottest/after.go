package bottest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// keptFor is how long a sent message can be asked about or recalled.
const keptFor = 24 * time.Hour

// Read lets a person read what was sent under ref.
func (f *Fake) Read(user, ref string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.sent(ref) {
		if (n.Group != "" || n.User == user) && !slices.Contains(n.ReadBy, user) {
			n.ReadBy = append(n.ReadBy, user)
		}
	}
}

// sent lists the notes under one processQueryKey; callers hold f.mu.
func (f *Fake) sent(ref string) []*Note {
	var list []*Note
	for _, n := range f.notes {
		if ref != "" && n.Ref == ref {
			list = append(list, n)
		}
	}
	return list
}

func (f *Fake) late(n *Note) bool { return f.opt.Now().Sub(n.When) > keptFor }

func (f *Fake) readStatus(c call) answer {
	list := f.sent(c.query.Get("processQueryKey"))
	switch {
	case c.query.Get("robotCode") != f.opt.RobotCode:
		return answer{http.StatusBadRequest, f.apiError("invalidParameter.robotCode.notExsit", "robotCode不存在")}
	case len(list) == 0:
		return answer{http.StatusBadRequest, f.apiError("invalid.processQueryKey", "processQueryKey无效")}
	case f.late(list[0]):
		return answer{http.StatusBadRequest, f.apiError("robot.processQueryKey.expired", "processQueryKey过期")}
	}
	infos := []any{}
	for _, n := range list {
		status := "UNREAD"
		if slices.Contains(n.ReadBy, n.User) {
			status = "READ"
		}
		name := ""
		if u := f.users[n.User]; u != nil {
			name = u.Name
		}
		infos = append(infos, map[string]any{"name": name, "userId": n.User, "readStatus": status, "readTimestamp": 0})
	}
	return ok(map[string]any{"sendStatus": status(list[0]), "messageReadInfoList": infos})
}

func status(n *Note) string {
	if n.Recalled {
		return "RECALLED"
	}
	return "SUCCESS"
}

// after is the body of the calls about what was sent.
type after struct {
	RobotCode    string   `json:"robotCode"`
	Conversation string   `json:"openConversationId"`
	Key          string   `json:"processQueryKey"`
	Keys         []string `json:"processQueryKeys"`
	Max          int      `json:"maxResults"`
	Next         string   `json:"nextToken"`
}

func (f *Fake) after(c call) (after, *answer) {
	var a after
	if json.Unmarshal(c.body, &a) != nil {
		return a, &answer{http.StatusBadRequest, f.apiError("invalidParameter.param.invalid", "参数错误")}
	}
	if a.RobotCode != f.opt.RobotCode {
		return a, &answer{http.StatusBadRequest, f.apiError("invalidParameter.robotCode.notExsit", "robotCode不存在")}
	}
	return a, nil
}

func (f *Fake) groupRead(c call) answer {
	a, no := f.after(c)
	if no != nil {
		return *no
	}
	list := f.sent(a.Key)
	if len(list) == 0 || list[0].Group != a.Conversation {
		return answer{http.StatusBadRequest, f.apiError("invalid.processQueryKey", "processQueryKey无效")}
	}
	if f.late(list[0]) {
		return answer{http.StatusBadRequest, f.apiError("robot.processQueryKey.expired", "processQueryKey过期")}
	}
	from, err := strconv.Atoi(or(a.Next, "0"))
	all := list[0].ReadBy
	if err != nil || from < 0 || from > len(all) || a.Max > maxReadPage {
		return answer{http.StatusBadRequest, f.apiError("invalidParameter.param.invalid", "参数错误")}
	}
	if a.Max <= 0 {
		a.Max = maxReadPage
	}
	to, next := min(from+a.Max, len(all)), ""
	if to < len(all) {
		next = strconv.Itoa(to)
	}
	return ok(map[string]any{
		"sendStatus": status(list[0]), "readUserIds": append([]string{}, all[from:to]...), "nextToken": next, "hasMore": next != "",
	})
}

// maxReadPage is how many readers one page may name.
const maxReadPage = 200

func (f *Fake) recallDirect(c call) answer { return f.recall(c, false) }

func (f *Fake) recallGroup(c call) answer { return f.recall(c, true) }

// recall takes back what was sent under each key, in groups or one-to-one.
func (f *Fake) recall(c call, group bool) answer {
	a, no := f.after(c)
	if no != nil {
		return *no
	}
	if len(a.Keys) > maxUsers {
		return answer{http.StatusBadRequest, f.apiError("invalidParameter.processQueryKeys.overMax", "超过最大限制")}
	}
	done, failed := []string{}, map[string]string{}
	for _, key := range a.Keys {
		list := f.sent(key)
		switch {
		case len(list) == 0, (list[0].Group != "") != group, group && list[0].Group != a.Conversation:
			failed[key] = "processQueryKey无效"
		case f.late(list[0]):
			failed[key] = "超过24小时"
		default:
			done = append(done, key)
			for _, n := range list {
				n.Recalled = true
			}
		}
	}
	return ok(map[string]any{"successResult": done, "failedResult": failed})
}
