package dingtalk

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/bot"
)

// taker records what it takes.
type taker struct {
	took []bot.Message
	err  error
}

func (tk *taker) Take(_ context.Context, m bot.Message) error {
	tk.took = append(tk.took, m)
	return tk.err
}

// testDoor is a door whose log can be read.
func testDoor(tk Taker, change func(*DoorOptions)) (*Door, *bytes.Buffer) {
	var log bytes.Buffer
	o := DoorOptions{
		Secret: testSecret, BotName: "督办助手", Taker: tk, Now: func() time.Time { return testNow },
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	if change != nil {
		change(&o)
	}
	return NewDoor(o), &log
}

func pushRequest(body io.Reader, stamp, sign string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/dingtalk/robot", body)
	r.Header.Set("timestamp", stamp)
	r.Header.Set("sign", sign)
	return r
}

const goodBody = `{` + groupHead + `"msgtype":"text","text":{"content":" 我的任务"}}`

func TestDoorTakes(t *testing.T) {
	t.Parallel()
	var tk taker
	var seen string
	d, _ := testDoor(&tk, func(o *DoorOptions) { o.Observe = func(r string, _ time.Duration) { seen = r } })
	w := httptest.NewRecorder()
	d.ServeHTTP(w, pushRequest(strings.NewReader(goodBody), testStamp, testSign))
	if w.Code != http.StatusOK || w.Body.String() != `{"msgtype":"empty"}` || seen != ResultTaken {
		t.Fatalf("%d %q %s", w.Code, w.Body, seen)
	}
	if n := w.Header().Get("Content-Length"); n != strconv.Itoa(w.Body.Len()) {
		t.Errorf("Content-Length %s", n)
	}
	if len(tk.took) != 1 || tk.took[0].Text != "我的任务" {
		t.Errorf("took %+v", tk.took)
	}
}

func TestDoorRefuses(t *testing.T) {
	t.Parallel()
	big := strings.NewReader(strings.Repeat("x", 10<<20))
	signed := func(body io.Reader) *http.Request { return pushRequest(body, testStamp, testSign) }
	twice := signed(strings.NewReader(goodBody))
	twice.Header.Add("sign", testSign)
	get := signed(strings.NewReader(goodBody))
	get.Method = http.MethodGet
	for name, tt := range map[string]struct {
		r      *http.Request
		secret string
		status int
	}{
		"wrong method":      {get, testSecret, http.StatusMethodNotAllowed},
		"wrong sign":        {pushRequest(strings.NewReader(goodBody), testStamp, Sign("x", testStamp)), testSecret, http.StatusUnauthorized},
		"no headers":        {httptest.NewRequest(http.MethodPost, "/", strings.NewReader(goodBody)), testSecret, http.StatusUnauthorized},
		"two signs":         {twice, testSecret, http.StatusUnauthorized},
		"old":               {pushRequest(strings.NewReader(goodBody), "1699990000000", Sign(testSecret, "1699990000000")), testSecret, http.StatusUnauthorized},
		"ahead":             {pushRequest(strings.NewReader(goodBody), "1700010000000", Sign(testSecret, "1700010000000")), testSecret, http.StatusUnauthorized},
		"no secret set":     {pushRequest(strings.NewReader(goodBody), testStamp, Sign("", testStamp)), "", http.StatusUnauthorized},
		"10 MB":             {signed(big), testSecret, http.StatusRequestEntityTooLarge},
		"10 MB, no length":  {signed(io.MultiReader(strings.NewReader(strings.Repeat("x", 10<<20)))), testSecret, http.StatusRequestEntityTooLarge},
		"no JSON":           {signed(strings.NewReader("hello")), testSecret, http.StatusBadRequest},
		"nothing":           {signed(http.NoBody), testSecret, http.StatusBadRequest},
		"no message id":     {signed(strings.NewReader(`{"msgtype":"text"}`)), testSecret, http.StatusBadRequest},
		"broken connection": {signed(io.MultiReader(strings.NewReader("{"), failing{})), testSecret, http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var tk taker
			d, log := testDoor(&tk, func(o *DoorOptions) { o.Secret = tt.secret })
			w := httptest.NewRecorder()
			d.ServeHTTP(w, tt.r)
			if w.Code != tt.status || w.Body.Len() != 0 || len(tk.took) != 0 {
				t.Errorf("status %d, body %q, took %d; want %d", w.Code, w.Body, len(tk.took), tt.status)
			}
			for _, secret := range []string{testSecret, testSign, "我的任务"} {
				if strings.Contains(log.String(), secret) {
					t.Errorf("log tells %q", secret)
				}
			}
		})
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("gone") }

// The body of an unsigned push must not even be read.
func TestDoorReadsNothingUnsigned(t *testing.T) {
	t.Parallel()
	d, _ := testDoor(&taker{}, nil)
	w := httptest.NewRecorder()
	d.ServeHTTP(w, pushRequest(panicking{t}, testStamp, "no"))
	if w.Code != http.StatusUnauthorized {
		t.Errorf("status %d", w.Code)
	}
}

type panicking struct{ t *testing.T }

func (p panicking) Read([]byte) (int, error) {
	p.t.Error("body read")
	return 0, io.EOF
}

func TestDoorBusy(t *testing.T) {
	t.Parallel()
	for _, err := range []error{bot.ErrFull, bot.ErrClosed, errors.New("store is down")} {
		d, _ := testDoor(&taker{err: err}, nil)
		w := httptest.NewRecorder()
		d.ServeHTTP(w, pushRequest(strings.NewReader(goodBody), testStamp, testSign))
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("%v: status %d", err, w.Code)
		}
	}
}

func TestDoorWebhooks(t *testing.T) {
	t.Parallel()
	const tail = "/robot/sendBySession?session=topsecret"
	for webhook, want := range map[string]bool{
		"https://oapi.dingtalk.com" + tail:                       true,
		"https://OAPI.dingtalk.com:443" + tail:                   true,
		"http://127.0.0.1:8099" + tail:                           true, // configured
		"https://proxy.example.gov" + tail:                       true, // configured, by name
		"http://oapi.dingtalk.com" + tail:                        false,
		"https://oapi.dingtalk.com:8443" + tail:                  false,
		"https://oapi.dingtalk.com." + tail:                      false,
		"https://oapi.dingtalk.com.evil.example" + tail:          false,
		"https://oapi.dingtalk.com@evil.example" + tail:          false,
		"https://user:pw@oapi.dingtalk.com" + tail:               false,
		`https://evil.example\@oapi.dingtalk.com` + tail:         false,
		"https://evil.example#@oapi.dingtalk.com" + tail:         false,
		"https://169.254.169.254/latest/meta-data?x=topsecret":   false,
		"http://169.254.169.254/latest/meta-data?x=topsecret":    false,
		"http://127.0.0.1:6379" + tail:                           false,
		"http://localhost:8099" + tail:                           false,
		"https://127.0.0.1:8099" + tail:                          false,
		"http://[::1]:8099" + tail:                               false,
		"http://2130706433:8099" + tail:                          false,
		"//oapi.dingtalk.com" + tail:                             false,
		"file:///etc/passwd?topsecret":                           false,
		"gopher://oapi.dingtalk.com" + tail:                      false,
		"https:oapi.dingtalk.com" + tail:                         false,
		"javascript:topsecret":                                   false,
		"https://oapi.dingtalk.com/" + strings.Repeat("a", 3000): false,
	} {
		var tk taker
		d, log := testDoor(&tk, func(o *DoorOptions) {
			o.SessionHosts = []string{"http://127.0.0.1:8099", "proxy.example.gov", "://broken"}
		})
		body := `{` + groupHead + `"msgtype":"text","text":{"content":"x"},"sessionWebhookExpiredTime":1700005400000,"sessionWebhook":` + strconv.Quote(webhook) + `}`
		w := httptest.NewRecorder()
		d.ServeHTTP(w, pushRequest(strings.NewReader(body), testStamp, testSign))
		if w.Code != http.StatusOK || len(tk.took) != 1 {
			t.Fatalf("%s: status %d", webhook, w.Code)
		}
		m := tk.took[0]
		if got := m.Webhook == webhook && !m.WebhookUntil.IsZero(); got != want {
			t.Errorf("%s: kept %v, want %v", webhook, got, want)
		}
		if strings.Contains(log.String(), "topsecret") {
			t.Errorf("%s: the webhook is in the log", webhook)
		}
	}
}

// FuzzDoor: whatever comes, the door answers, and unsigned never reaches the taker.
func FuzzDoor(f *testing.F) {
	f.Add(testStamp, testSign, goodBody)
	f.Add("", "", "")
	f.Add("x\x00", "=", `{"msgId":1}`)
	f.Fuzz(func(t *testing.T, stamp, sign, body string) {
		var tk taker
		d, _ := testDoor(&tk, nil)
		w := httptest.NewRecorder()
		d.ServeHTTP(w, pushRequest(strings.NewReader(body), stamp, sign))
		if len(tk.took) > 0 && sign != Sign(testSecret, stamp) {
			t.Fatal("unsigned push taken")
		}
		if w.Code != 200 && w.Code != 400 && w.Code != 401 {
			t.Fatalf("status %d", w.Code)
		}
	})
}
