package bottest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

// old calls the old API with the current token.
func (w *world) old(path string, body any) map[string]any {
	w.t.Helper()
	_, got := w.call("POST", path+"?access_token="+w.token(), body)
	return got
}

// v1 calls the new API with the current token and no robot code.
func (w *world) v1(method, path string, body any) (int, map[string]any) {
	w.t.Helper()
	return w.call(method, path, body, "x-acs-dingtalk-access-token", w.token())
}

func (w *world) upload(kind, name string, data []byte) map[string]any {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if err := m.WriteField("type", kind); err != nil {
		w.t.Fatal(err)
	}
	part, err := m.CreateFormFile("media", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err != nil || m.Close() != nil {
		w.t.Fatal(err)
	}
	_, got := w.call("POST", "/media/upload?access_token="+w.token(), b.String(), "Content-Type", m.FormDataContentType())
	return got
}

func TestMedia(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.upload("image", "a.JPG", []byte("x"))
	id, _ := got["media_id"].(string)
	if m, ok := w.Media(id); !ok || m.Kind != "image" || string(m.Data) != "x" || got["type"] != "image" || got["created_at"] == nil {
		t.Fatal(got)
	}
	for _, tt := range []struct {
		kind, name string
		size       int
		want       float64
	}{
		{"file", "a.txt", 1, 40004}, {"image", "a.pdf", 1, 40004}, {"card", "a.png", 1, 40004}, {"voice", "a.mp3", 2<<20 + 1, 40009},
		{"file", "a.pdf", 20<<20 + 1, 40009}, {"file", "a.pdf", 0, 40035}, {"video", "a.mp4", 5, 0}, {"file", "a.pdf", 20 << 20, 0},
	} {
		if got := w.upload(tt.kind, tt.name, make([]byte, tt.size)); got["errcode"] != tt.want {
			t.Error(tt, got)
		}
	}
	if got := w.old("/media/upload", "{}"); got["errcode"] != 43004.0 {
		t.Error(got)
	}
	for param, want := range map[string]any{
		`{"photoURL":"` + id + `"}`: nil, `{"photoURL":"https://example.com/a.png"}`: nil, `{"photoURL":"@none"}`: "invalidParameter.msgParam.invalid",
	} {
		if _, got := w.api(toGroup, map[string]any{"openConversationId": group, "msgKey": "sampleImageMsg", "msgParam": param}); got["code"] != want {
			t.Error(param, got)
		}
	}
	if _, got := w.api(toGroup, map[string]any{"openConversationId": group, "msgKey": "sampleFile", "msgParam": `{"mediaId":"` + id + `","fileName":"a.pdf","fileType":"pdf"}`}); got["code"] == nil {
		t.Error("a picture went as a file")
	}
	voice, _ := w.upload("voice", "a.mp3", []byte("x"))["media_id"].(string)
	film, _ := w.upload("video", "a.mp4", []byte("x"))["media_id"].(string)
	for _, c := range []struct {
		key, param string
		want       any
	}{
		{"sampleAudio", `{"mediaId":"` + voice + `","duration":"1000"}`, nil},
		{"sampleAudio", `{"mediaId":"` + id + `","duration":"1000"}`, "invalidParameter.msgParam.invalid"},
		{"sampleAudio", `{"mediaId":"` + voice + `"}`, "invalidParameter.msgParam.invalid"},
		{"sampleVideo", `{"duration":"1","videoMediaId":"` + film + `","videoType":"mp4","picMediaId":"` + id + `"}`, nil},
		{"sampleVideo", `{"duration":"1","videoMediaId":"` + film + `","videoType":"avi","picMediaId":"` + id + `"}`, "invalidParameter.msgParam.invalid"},
	} {
		if _, got := w.api(toGroup, map[string]any{"openConversationId": group, "msgKey": c.key, "msgParam": c.param}); got["code"] != c.want {
			t.Error(c.key, c.param, got)
		}
	}
}

func TestOldGuards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const path = "/topapi/v2/user/get"
	errcode := func(token string) string {
		_, got := w.call("POST", path+token, `{"userid":"u1"}`)
		return fmt.Sprintf("%v %v", got["errcode"], got["sub_code"])
	}
	token := "?access_token=" + w.token()
	for given, want := range map[string]string{"": "41001 <nil>", "?access_token=x": "40014 <nil>", token: "0 <nil>"} {
		if got := errcode(given); got != want {
			t.Errorf("%s: %s", given, got)
		}
	}
	w.SetScope(bottest.ScopeMembers, false)
	if got := errcode(token); got != "88 60011" {
		t.Error(got)
	}
	w.SetScope(bottest.ScopeMembers, true)
	w.SetMonthly(0)
	if got := errcode(token); got != "0 <nil>" {
		t.Error("people are free:", got)
	}
	if got := w.upload("image", "a.png", []byte("x")); got["errcode"] != 90020.0 {
		t.Error(got)
	}
	for range 20 {
		errcode(token)
	}
	if got := errcode(token); got != "90018 <nil>" {
		t.Error(got)
	}
	w.clock.Advance(bottest.TokenLife)
	if got := errcode(token); got != "40014 <nil>" {
		t.Error(got)
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddDepartment(bottest.Department{ID: 5, Name: "住建局"})
	w.AddUser(bottest.User{ID: "u5", Name: "戊", Departments: []int64{5}, Mobile: "13800000005", Title: "科长"})
	for _, tt := range []struct {
		path string
		body any
		want string
	}{
		{"/topapi/v2/user/get", map[string]any{"userid": "u5"}, "map[active:true admin:false boss:false dept_id_list:[5] job_number: mobile:13800000005 name:戊 senior:false title:科长 unionid:uu5 userid:u5]"},
		{"/topapi/v2/user/get", map[string]any{"userid": "x1"}, "60121"},
		{"/topapi/v2/user/get", map[string]any{"userid": strings.Repeat("x", 65)}, "33012"},
		{"/topapi/v2/user/get", map[string]any{}, "400002"},
		{"/topapi/v2/user/getbymobile", map[string]any{"mobile": "13800000005"}, "map[contact_type:0 userid:u5]"},
		{"/topapi/v2/user/getbymobile", map[string]any{"mobile": "1380000000x"}, "40104"},
		{"/topapi/v2/user/getbymobile", map[string]any{"mobile": "13800000009"}, "60121"},
		{"/topapi/user/getbyunionid", map[string]any{"unionid": "uu5"}, "map[contact_type:0 userid:u5]"},
		{"/topapi/v2/department/listsub", map[string]any{"dept_id": 1}, "[map[auto_add_user:false create_dept_group:false dept_id:5 name:住建局 parent_id:1]]"},
		{"/topapi/v2/department/listsub", map[string]any{"dept_id": 6}, "60003"},
		{"/topapi/user/listid", map[string]any{"dept_id": "5"}, "map[userid_list:[u5]]"},
		{"/topapi/user/listid", map[string]any{"dept_id": 1}, "map[userid_list:[u1 u2]]"},
		{"/topapi/user/listid", "no json", "60003"},
	} {
		got := w.old(tt.path, tt.body)
		text := fmt.Sprint(got["result"])
		if got["result"] == nil {
			text = fmt.Sprint(got["errcode"])
		}
		if text != tt.want {
			t.Errorf("%s %v: %s", tt.path, tt.body, text)
		}
		w.clock.Advance(time.Second)
	}
	_, got := w.call("POST", "/topapi/v2/user/getbymobile?access_token="+w.token(), "mobile=13800000005", "Content-Type", "application/x-www-form-urlencoded")
	if got["errcode"] != 0.0 {
		t.Error("a form:", got)
	}
}

func TestDingAndTodo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const todo = "/v1.0/todo/users/uu1/tasks"
	link := map[string]string{"appUrl": "https://e.com", "pcUrl": "https://e.com"}
	for _, tt := range []struct {
		method, path string
		body         any
		status       int
		code         any
	}{
		{"POST", "/v1.0/robot/ding/send", map[string]any{"robotCode": w.AppKey(), "remindType": 1, "receiverUserIdList": []string{"u1"}, "content": "x"}, 200, nil},
		{"POST", "/v1.0/robot/ding/send", map[string]any{"robotCode": "x", "remindType": 1, "receiverUserIdList": []string{"u1"}, "content": "x"}, 400, "invalid.chatbotId"},
		{"POST", "/v1.0/robot/ding/send", map[string]any{"robotCode": w.AppKey(), "remindType": 1, "content": "x"}, 400, "miss.staffId"},
		{"POST", "/v1.0/robot/ding/send", map[string]any{"robotCode": w.AppKey(), "remindType": 9, "receiverUserIdList": []string{"u1"}, "content": "x"}, 400, "send.ding.exception"},
		{"POST", "/v1.0/robot/ding/send", map[string]any{"robotCode": w.AppKey(), "remindType": 2, "receiverUserIdList": make([]string, 21), "content": "x"}, 400, "ding.receivercount.limit"},
		{"POST", "/v1.0/robot/ding/recall", map[string]any{"robotCode": "x"}, 400, "invalid.chatbotId"},
		{"POST", todo + "?operatorId=uu1", map[string]any{"subject": "x", "creatorId": "uu1", "executorIds": []string{"uu2"}, "detailUrl": link, "sourceId": "s"}, 200, nil},
		{"POST", todo + "?operatorId=uu1", map[string]any{"subject": "x", "creatorId": "uu1", "executorIds": []string{"uu2"}, "detailUrl": link, "sourceId": "s"}, 400, "todo.taskCreate.paramError"},
		{"POST", todo, map[string]any{"subject": "x", "detailUrl": link}, 400, "todo.taskCreate.paramError"},
		{"POST", todo + "?operatorId=uu1", map[string]any{"subject": "x"}, 400, "todo.taskCreate.paramError"},
		{"POST", todo + "?operatorId=uu1", map[string]any{"subject": strings.Repeat("x", 1025), "detailUrl": link}, 400, "todo.taskCreate.paramError"},
		{"POST", todo + "?operatorId=uu1", map[string]any{"subject": "x", "detailUrl": link, "priority": 5}, 400, "todo.taskCreate.paramError"},
		{"POST", todo + "?operatorId=uu1", map[string]any{"subject": "x", "detailUrl": link, "executorIds": []string{"u2"}}, 400, "todo.taskCreate.paramError"},
		{"PUT", todo + "/none/executorStatus?operatorId=uu1", "{}", 400, "todo.taskUpdate.paramError"},
		{"DELETE", todo + "/none?operatorId=uu1", "", 400, "todo.taskDelete.paramError"},
		{"PATCH", todo + "/none", "", 404, "InvalidAction.NotFound"},
	} {
		if status, got := w.v1(tt.method, tt.path, tt.body); status != tt.status || got["code"] != tt.code {
			t.Errorf("%s %s %v: %d %v", tt.method, tt.path, tt.body, status, got)
		}
		w.clock.Advance(time.Second)
	}
	if got := w.Todos(); len(got) != 1 || got[0].Source != "s" {
		t.Errorf("%+v", got)
	}
}

func card(track string, change func(m map[string]any)) map[string]any {
	m := map[string]any{
		"cardTemplateId": "t.schema", "outTrackId": track, "callbackType": "HTTP", "callbackRouteKey": "r", "userIdType": 1,
		"cardData":    map[string]any{"cardParamMap": map[string]any{"title": "t", "buttons": `[{"text":"办","id":"b1","n":"1"}]`}},
		"openSpaceId": "dtv1.card//im_group." + group, "imGroupOpenDeliverModel": map[string]any{"robotCode": "dingdemoappkey01", "atUserIds": map[string]string{"u1": "甲"}},
		"imRobotOpenDeliverModel": map[string]any{"robotCode": "dingdemoappkey01", "spaceType": "IM_ROBOT"},
	}
	if change != nil {
		change(m)
	}
	return m
}

const createCard = "/v1.0/card/instances/createAndDeliver"

func TestCards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.SetTemplates("t.schema")
	create := func(track string, change func(m map[string]any)) (int, map[string]any) {
		w.clock.Advance(time.Second)
		return w.v1("POST", createCard, card(track, change))
	}
	status, got := create("a", func(m map[string]any) { m["openSpaceId"] = "dtv1.card//IM_GROUP." + group + ";IM_ROBOT.u2;IM_ROBOT.x1" })
	if status != 200 {
		t.Fatal(got)
	}
	list := got["result"].(map[string]any)["deliverResults"].([]any)
	for i, want := range []bool{true, true, false} {
		if d := list[i].(map[string]any); d["success"] != want || (d["carrierId"] != "") != want || (d["errorMsg"] == "") != want {
			t.Error(d)
		}
	}
	if seen := w.All(); len(seen) != 2 || seen[0].Card != "a" || fmt.Sprint(seen[0].At) != "[u1]" || seen[1].User != "u2" {
		t.Errorf("%+v", seen)
	}
	for code, change := range map[string]func(m map[string]any){
		"param.outTrackIdEmpty":        func(m map[string]any) { m["outTrackId"] = "" },
		"param.cardAlreadyExist":       func(m map[string]any) { m["outTrackId"] = "a" },
		"param.cardTemplateIdEmpty":    func(m map[string]any) { m["cardTemplateId"] = "" },
		"param.templateNotExist":       func(m map[string]any) { m["cardTemplateId"] = "x" },
		"param.openSpaceIdEmpty":       func(m map[string]any) { m["openSpaceId"] = "" },
		"param.openSpaceIdInvalid":     func(m map[string]any) { m["openSpaceId"] = "dtv1.card//IM_MOON.x" },
		"param.spaceDeliverModelEmpty": func(m map[string]any) { delete(m, "imGroupOpenDeliverModel") },
		"param.userIdNotExist":         func(m map[string]any) { m["privateData"] = map[string]any{"x1": map[string]any{}} },
		"param.empty": func(m map[string]any) { // numbers are no strings
			m["cardData"] = map[string]any{"cardParamMap": map[string]any{"n": 1}}
		},
	} {
		if status, got := create("b", change); status != 400 || got["code"] != code {
			t.Errorf("%s: %d %v", code, status, got)
		}
	}
	if status, got := create("c", func(m map[string]any) {
		m["cardData"] = map[string]any{"cardParamMap": map[string]any{"n": strings.Repeat("x", 1025)}}
	}); status != 400 {
		t.Error(got)
	}
	if _, made := w.Card("c"); made {
		t.Error("made all the same")
	}
}

func TestCardSteps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const cards = "/v1.0/card/instances"
	do := func(want int, method, path string, body any) map[string]any {
		t.Helper()
		w.clock.Advance(time.Second)
		status, got := w.v1(method, path, body)
		if status != want {
			t.Errorf("%s %s: %d %v", method, path, status, got)
		}
		return got
	}
	do(200, "POST", cards, card("a", nil))
	do(400, "POST", cards, card("a", nil))
	do(400, "POST", cards+"/deliver", card("b", nil))
	if len(w.All()) != 0 {
		t.Error("shown without delivery")
	}
	do(200, "POST", cards+"/deliver", card("a", nil))
	if len(w.All()) != 1 {
		t.Error("not shown")
	}
	change := map[string]any{"outTrackId": "a", "cardData": map[string]any{"cardParamMap": map[string]string{"done": "true"}}, "cardUpdateOptions": map[string]any{"updateCardDataByKey": true}}
	do(200, "PUT", cards, change)
	if n, _ := w.Card("a"); n.Params["done"] != "true" || n.Params["title"] != "t" {
		t.Errorf("by key: %+v", n.Params)
	}
	delete(change, "cardUpdateOptions")
	change["privateData"] = map[string]any{"u1": map[string]any{"cardParamMap": map[string]string{"mine": "1"}}}
	do(200, "PUT", cards, change)
	if n, _ := w.Card("a"); len(n.Params) != 1 || n.Seen("u1")["mine"] != "1" || n.Seen("u2")["mine"] != "" {
		t.Errorf("replaced: %+v", n)
	}
	if got := do(400, "PUT", cards, map[string]any{"outTrackId": "a"}); got["code"] != "param.cardDataAndPrivateDataBothEmpty" {
		t.Error(got)
	}
	do(400, "PUT", cards, map[string]any{"outTrackId": "b", "cardData": change["cardData"]})
	stream := func(guid, key, text string, full, final bool) map[string]any {
		return map[string]any{"outTrackId": "a", "guid": guid, "key": key, "content": text, "isFull": full, "isFinalize": final}
	}
	const path = "/v1.0/card/streaming"
	do(200, "PUT", path, stream("g1", "text", "一", true, false))
	do(200, "PUT", path, stream("g2", "text", "二", false, true))
	do(200, "PUT", path, stream("g2", "text", "二", false, true)) // the same guid once
	if n, _ := w.Card("a"); n.Params["text"] != "一二" || !n.Final {
		t.Errorf("%+v", n)
	}
	for code, body := range map[string]map[string]any{
		"param.stream.guidEmpty": stream("", "text", "x", true, false), "param.stream.keyEmpty": stream("g", "", "x", true, false),
		"param.stream.contentEmpty": stream("g", "text", "", true, false), "param.stream.content": stream("g", "text", strings.Repeat("x", 4000), true, false),
		"param.stream.outTrackId": {"guid": "g"}, "param.cardNotExist": {"outTrackId": "b", "guid": "g", "key": "k", "content": "x"},
	} {
		if got := do(400, "PUT", path, body); got["code"] != code {
			t.Error(code, got)
		}
	}
	w.SetScope(bottest.ScopeStreaming, false)
	do(403, "PUT", path, stream("g3", "text", "x", true, false))
}

// A press comes signed, and its answer changes the card as it says.
func TestPressCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var header http.Header
	var body map[string]any
	reply := ""
	door := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		header = r.Header.Clone()
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		if _, err := io.WriteString(rw, reply); err != nil {
			t.Error(err)
		}
	}))
	defer door.Close()
	for _, secret := range []string{"old", "demoApiSecret"} {
		if status, got := w.v1("POST", "/v1.0/card/callbacks/register", map[string]any{"callbackRouteKey": "r", "callbackUrl": door.URL, "apiSecret": secret, "forceUpdate": true}); status != 200 {
			t.Fatal(got)
		}
	}
	if status, got := w.v1("POST", createCard, card("a", nil)); status != 200 {
		t.Fatal(got)
	}
	p := bottest.CardPressing{User: "u1", Track: "a", Button: "办"}
	for _, tt := range []struct {
		reply string
		bad   bool
		want  string // of u1
	}{
		{"", false, ""}, {"{}", false, ""}, {"no json", true, ""}, {`{"cardData":{"cardParamMap":{"n":1}}}`, true, ""},
		{`{"userPrivateData":{"cardParamMap":{"mine":"1"}},"cardUpdateOptions":{"updatePrivateDataByKey":true}}`, false, "1"},
		{`{"cardData":{"cardParamMap":{"mine":"2","buttons":"[]"}},"userPrivateData":{"cardParamMap":{"x":"y"}}}`, false, "2"},
	} {
		reply = tt.reply
		done, err := w.PressCard(t.Context(), p)
		if err != nil || (done.Error != "") != tt.bad {
			t.Fatal(tt.reply, done.Error, err)
		}
		n, _ := w.Card("a")
		if n.Seen("u1")["mine"] != tt.want || tt.want == "1" && n.Seen("u2")["mine"] != "" {
			t.Errorf("%s: %+v", tt.reply, n)
		}
	}
	if header.Get("x-ddpaas-signature-timestamp") != "1700000000000" || header.Get("x-ddpaas-signature") != "XJtFSyA/iGGEooVQUUuaYC6n1AA/ISVGVZy07IiBMmE=" {
		t.Error(header)
	}
	if body["outTrackId"] != "a" || body["userId"] != "u1" || body["spaceId"] != group || body["content"] != `{"cardPrivateData":{"actionIds":["b1"],"params":{"n":"1"}}}` {
		t.Error(body)
	}
	for want, p := range map[error]bottest.CardPressing{
		bottest.ErrNoButton: p, bottest.ErrNoCard: {User: "x1", Track: "a", Button: "办"}, errors.ErrUnsupported: {User: "u1", Track: "none"},
	} {
		if _, err := w.PressCard(t.Context(), p); err == nil || want != errors.ErrUnsupported && !errors.Is(err, want) {
			t.Error(want, err)
		}
	}
}
