package zhengtest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"duban/bot/zhengding"
	"duban/bot/zhengding/zhengtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2018, 7, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// caller makes raw calls of a fake.
type caller struct {
	*zhengtest.Fake
	t    *testing.T
	http *http.Client
	n    int
}

func newCaller(t *testing.T, o zhengtest.Options) *caller {
	t.Helper()
	o.Now = func() time.Time { return now }
	f, err := zhengtest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	c := &caller{Fake: f, t: t, http: &http.Client{Transport: &http.Transport{}}}
	f.AddPerson(zhengtest.Person{AccountID: "1001", Name: "沈建国"})
	t.Cleanup(func() {
		c.http.CloseIdleConnections()
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// post makes a signed call, changed by change, and returns the code of the answer.
func (c *caller) post(form url.Values, change func(*http.Request)) string {
	c.t.Helper()
	var params []zhengding.Param
	for k, vs := range form {
		for _, v := range vs {
			params = append(params, zhengding.Param{Key: k, Value: v})
		}
	}
	c.n++
	stamp, nonce := now.Format("2006-01-02T15:04:05.000-07:00"), fmt.Sprintf("1530493200000%04d", c.n)
	req, err := http.NewRequest(http.MethodPost, c.URL()+"/message/workNotification", strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header = http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Apikey": {c.AppKey()},
		"X-Hmac-Auth-Timestamp": {stamp}, "X-Hmac-Auth-Version": {"1.0"}, "X-Hmac-Auth-Nonce": {nonce},
		"X-Hmac-Auth-Signature": {zhengding.Sign(c.AppSecret(), "POST", stamp, nonce, "/message/workNotification", params)},
	}
	if change != nil {
		change(req)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := resp.Body.Close(); err != nil {
		c.t.Fatal(err)
	}
	var got struct {
		Code    string
		Content struct {
			MsgID string `json:"msgId"`
			Code  string `json:"responseCode"`
		} `json:"content"`
	}
	if err != nil || json.Unmarshal(body, &got) != nil {
		c.t.Fatalf("%v in %s", err, body)
	}
	if got.Content.MsgID != "" {
		return "ok"
	}
	return got.Code + got.Content.Code
}

func form(biz, text string) url.Values {
	return url.Values{
		"tenantId": {"50001"}, "bizMsgId": {biz}, "receiverIds": {"1001"},
		"msg": {`{"msgtype":"text","text":{"content":"` + text + `"}}`},
	}
}

func TestAuthorize(t *testing.T) {
	t.Parallel()
	c := newCaller(t, zhengtest.Options{})
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for want, change := range map[string]func(*http.Request){
		"fake.key":            set("apiKey", "another"),
		"fake.version":        set("X-Hmac-Auth-Version", "2.0"),
		"fake.stamp":          set("X-Hmac-Auth-Timestamp", "2018-07-02T08:00:00.000+08:00"),
		"fake.nonce":          set("X-Hmac-Auth-Nonce", "1"),
		"fake.json":           set("Content-Type", "application/json"),
		"OPF-B001-05-16-0009": set("X-Hmac-Auth-Signature", "x"),
	} {
		if got := c.post(form("b", "一"), change); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	altered := func(r *http.Request) {
		body := form("b", "二").Encode()
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	if got := c.post(form("b", "一"), altered); got != "OPF-B001-05-16-0009" {
		t.Errorf("altered parameters: %s", got)
	}
	if got := c.post(form("b", "一"), nil); got != "ok" {
		t.Error(got)
	}
	c.n--
	if got := c.post(form("c", "三"), nil); got != "fake.replay" {
		t.Errorf("nonce used twice: %s", got)
	}
}

func TestWorkNotification(t *testing.T) {
	t.Parallel()
	c := newCaller(t, zhengtest.Options{})
	with := func(key, value string) url.Values {
		f := form("b-"+key, "一")
		f.Set(key, value)
		return f
	}
	for _, tt := range []struct {
		form url.Values
		want string
	}{
		{form("b-1", "一"), "ok"},
		{form("b-1", "二"), "fake.duplicate"},
		{form("b-2", "一"), "ok"}, // and swallowed
		{with("tenantId", "1"), "fake.parameter"},
		{with("bizMsgId", ""), "fake.parameter"},
		{with("receiverIds", "1001,9999"), "fake.receiver"},
		{with("receiverIds", strings.Repeat("1001,", 1000)+"1001"), "fake.receivers"},
		{with("msg", `{"msgtype":"text"}`), "fake.msg"},
		{with("msg", `{"msgtype":"markdown","markdown":{"text":"x"}}`), "fake.msg"},
		{with("msg", `text`), "fake.msg"},
		{form("b-long", strings.Repeat("督", 700)), "fake.long"},
	} {
		if got := c.post(tt.form, nil); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.form, got, tt.want)
		}
	}
	if n := len(c.Notices("1001")); n != 1 || c.Swallowed() != 1 {
		t.Errorf("saw %d, swallowed %d; the same words are shown once a day", n, c.Swallowed())
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	c := newCaller(t, zhengtest.Options{DailyLimit: 1})
	gap := newCaller(t, zhengtest.Options{MinGap: time.Minute})
	for i, want := range []string{"ok", "fake.daily"} {
		if got := c.post(form(fmt.Sprint(i), "一"), nil); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for i, want := range []string{"ok", "fake.gap"} {
		if got := gap.post(form(fmt.Sprint(i), "一"), nil); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
