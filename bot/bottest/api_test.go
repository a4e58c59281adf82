package bottest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

const (
	toGroup  = "/v1.0/robot/groupMessages/send"
	toDirect = "/v1.0/robot/oToMessages/batchSend"
)

// api calls the server API with the current token.
func (w *world) api(path string, body map[string]any) (int, map[string]any) {
	w.t.Helper()
	if _, given := body["robotCode"]; !given {
		body["robotCode"] = w.AppKey()
	}
	return w.call("POST", path, body, "x-acs-dingtalk-access-token", w.token())
}

func param(t *testing.T, v map[string]string) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestGroupSend(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddGroup(bottest.Group{ID: "cidNoBot", NoBot: true})
	w.AddGroup(bottest.Group{ID: "cidGone", Gone: true})
	md := param(t, map[string]string{"title": "t", "text": "一\n- 二 @u1"})
	send := func(change func(map[string]any)) (int, any) {
		body := map[string]any{"openConversationId": group, "msgKey": "sampleMarkdown", "msgParam": md}
		change(body)
		status, got := w.api(toGroup, body)
		w.clock.Advance(time.Second)
		return status, got["code"]
	}
	if status, code := send(func(map[string]any) {}); status != 200 || code != nil {
		t.Fatal(status, code)
	}
	if seen := w.Seen(group); len(seen) != 1 || seen[0].Ref == "" || seen[0].Text != "一\n- 二 @u1" || seen[0].At != nil {
		t.Errorf("saw %+v", seen)
	}
	for want, change := range map[string]func(map[string]any){
		"invalidParameter.robotCode.empty":    func(b map[string]any) { b["robotCode"] = "" },
		"invalidParameter.robotCode.notExsit": func(b map[string]any) { b["robotCode"] = "x" },
		"invalidParameter.msgKey.empty":       func(b map[string]any) { b["msgKey"] = "" },
		"invalidParameter.msgKey.invalid":     func(b map[string]any) { b["msgKey"] = "sampleActionCard7" },
		"invalidParameter.msgParam.invalid":   func(b map[string]any) { b["msgParam"] = `{"title":"t"}` },
		"invalidParameter.param.invalid":      func(b map[string]any) { b["msgParam"] = map[string]string{"title": "t"} },
		"invalidParameter.msgParam.tooLong":   func(b map[string]any) { b["msgParam"] = strings.Repeat("x", 15001) },
		"miss.openConversationId":             func(b map[string]any) { delete(b, "openConversationId") },
		"invalid.openConversationId":          func(b map[string]any) { b["openConversationId"] = "x" },
		"not.allowed.robotCode":               func(b map[string]any) { b["openConversationId"] = "cidNoBot" },
		"group.disbanded":                     func(b map[string]any) { b["openConversationId"] = "cidGone" },
	} {
		if status, code := send(change); status != 400 || code != want {
			t.Errorf("%d %v, want %s", status, code, want)
		}
	}
}

func TestBatchSendReadRecall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.FlowControl("u2", true)
	card := param(t, map[string]string{"title": "t", "text": "x", "actionTitle1": "好", "actionURL1": "dtmd://dingtalkclient/sendMessage?content=%E5%A5%BD%201",
		"actionTitle2": "坏", "actionURL2": "dtmd://DingtalkClient/sendMessage?content=x"})
	status, got := w.api(toDirect, map[string]any{"userIds": []string{"u1", "u2", "x1", "nobody", "u1"}, "msgKey": "sampleActionCard2", "msgParam": card})
	if status != 200 || fmt.Sprint(got["invalidStaffIdList"], got["flowControlledStaffIdList"]) != "[nobody x1] [u2]" {
		t.Fatal(status, got)
	}
	seen := w.SeenBy("u1")
	if len(seen) != 1 || len(w.SeenBy("u2")) != 0 || len(w.All()) != 1 {
		t.Fatalf("saw %+v", w.All())
	}
	ref := got["processQueryKey"].(string)
	if d, err := w.Press(t.Context(), "u1", seen[0], "好"); err != nil || d.Status != 200 || w.heard[0]["text"].(map[string]any)["content"] != "好 1" {
		t.Error(d, err)
	}
	for _, label := range []string{"坏", "无"} {
		if _, err := w.Press(t.Context(), "u1", seen[0], label); err == nil {
			t.Error(label, "works")
		}
	}
	read := "/v1.0/robot/oToMessages/readStatus?robotCode=" + w.AppKey() + "&processQueryKey=" + url.QueryEscape(ref)
	state := func() string {
		_, got := w.call("GET", read, "", "x-acs-dingtalk-access-token", w.token())
		return fmt.Sprint(got["sendStatus"], got["code"], got["messageReadInfoList"])
	}
	if s := state(); !strings.Contains(s, "SUCCESS") || !strings.Contains(s, "UNREAD") {
		t.Error(s)
	}
	w.Read("u1", ref)
	if s := state(); !strings.Contains(s, "readStatus:READ") {
		t.Error(s)
	}
	recall := map[string]any{"processQueryKeys": []string{ref, "other"}}
	if status, _ := w.api("/v1.0/robot/oToMessages/batchRecall", recall); status != 404 {
		t.Error("recall is spelled otoMessages")
	}
	if _, got := w.api("/v1.0/robot/otoMessages/batchRecall", recall); fmt.Sprint(got["successResult"]) != "["+ref+"]" || len(got["failedResult"].(map[string]any)) != 1 {
		t.Error(got)
	}
	if s := state(); !strings.Contains(s, "RECALLED") || !w.SeenBy("u1")[0].Recalled {
		t.Error(s)
	}
	w.clock.Advance(25 * time.Hour)
	if s := state(); !strings.Contains(s, "expired") {
		t.Error(s)
	}
	var many []string
	for i := range 21 {
		many = append(many, fmt.Sprint(i))
	}
	for code, users := range map[string][]string{"invalidParameter.userIds.overMax": many, "invalidParameter.userIds.empty": nil} {
		if status, got := w.api(toDirect, map[string]any{"userIds": users, "msgKey": "sampleText", "msgParam": `{"content":"x"}`}); status != 400 || got["code"] != code {
			t.Error(status, got)
		}
	}
}

func TestGroupReadAndRecall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, got := w.api(toGroup, map[string]any{"openConversationId": group, "msgKey": "sampleText", "msgParam": `{"content":"x"}`})
	ref := got["processQueryKey"].(string)
	w.Read("u2", ref)
	if _, got := w.api("/v1.0/robot/groupMessages/query", map[string]any{"openConversationId": group, "processQueryKey": ref}); fmt.Sprint(got["readUserIds"]) != "[u2]" {
		t.Error(got)
	}
	if _, got := w.api("/v1.0/robot/groupMessages/query", map[string]any{"openConversationId": "x", "processQueryKey": ref}); got["code"] == nil {
		t.Error(got)
	}
	if _, got := w.api("/v1.0/robot/groupMessages/recall", map[string]any{"openConversationId": group, "processQueryKeys": []string{ref}}); fmt.Sprint(got["successResult"]) != "["+ref+"]" {
		t.Error(got)
	}
}

func TestGuards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	send := func() (int, any) {
		status, got := w.api(toGroup, map[string]any{"openConversationId": group, "msgKey": "sampleText", "msgParam": `{"content":"x"}`})
		return status, got["code"]
	}
	if status, got := w.call("POST", toGroup, "{}", "x-acs-dingtalk-access-token", "x"); status != 400 || got["code"] != "InvalidAuthentication" {
		t.Error(status, got)
	}
	for i := range 21 {
		status, code := send()
		if (status == 200) != (i < 20) || i == 20 && (status != 403 || code != "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi") {
			t.Error(i, status, code)
		}
	}
	w.clock.Advance(time.Second)
	w.SetScope("qyapi_robot_sendmsg", false)
	if status, code := send(); status != 403 || code != "Forbidden.AccessDenied.AccessTokenPermissionDenied" {
		t.Error(status, code)
	}
	w.SetScope("qyapi_robot_sendmsg", true)
	w.SetMonthly(1)
	if status, _ := send(); status != 200 {
		t.Error(status)
	}
	if status, code := send(); status != 403 || code != "Forbidden.AccessDenied.ApiCountLimitForOrg" {
		t.Error(status, code)
	}
}

func TestFaultsAndHolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Fail(bottest.Fault{Path: toGroup, Status: http.StatusGatewayTimeout, Body: "late", Stored: true, Times: 2})
	body := map[string]any{"openConversationId": group, "msgKey": "sampleText", "msgParam": `{"content":"x"}`}
	var got []int
	for range 3 {
		status, _ := w.api(toGroup, body)
		got = append(got, status)
	}
	if !slices.Equal(got, []int{504, 504, 200}) || len(w.Seen(group)) != 3 {
		t.Error(got, len(w.Seen(group)))
	}
	release := w.Hold(toGroup)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL()+toGroup, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := http.DefaultClient.Do(req); !errors.Is(err, context.DeadlineExceeded) {
		t.Error("not held:", resp, err)
	}
	release()
	release() // harmless
	if status, _ := w.api(toGroup, body); status != 200 {
		t.Error(status)
	}
	if n := len(w.Requests("/v1.0/robot/")); n < 4 {
		t.Errorf("%d requests", n)
	}
}

func TestWaiting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.WaitSeen(ctx, 1); err == nil {
		t.Error("saw what was never sent")
	}
	got := make(chan int)
	go func() {
		list, err := w.WaitGroup(t.Context(), group, 2)
		if err != nil {
			t.Error(err)
		}
		got <- len(list)
	}()
	hook := w.AddRobot(group, bottest.Robot{})
	for range 2 {
		w.errcode(hook, `{"msgtype":"text","text":{"content":"x"}}`)
	}
	if n := <-got; n != 2 {
		t.Error(n)
	}
	if list, err := w.WaitUser(t.Context(), "u1", 0); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	if _, err := bottest.New(bottest.Options{}); err == nil {
		t.Error("a fake without a clock")
	}
	c := bottest.NewClock(time.UnixMilli(5))
	c.Set(time.UnixMilli(7))
	if got := c.Advance(time.Millisecond); !got.Equal(c.Now()) || got.UnixMilli() != 8 {
		t.Error(got)
	}
}
