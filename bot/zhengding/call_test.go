package zhengding_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/zhengding"
	"duban/bot/zhengding/zhengtest"
)

// What the gateway answers becomes a refusal, for good or for now, or an unknown outcome.
func TestGatewayAnswers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status  int
		body    string
		code    string // "" wants an unknown outcome
		retry   bool
		mention string // in the error
	}{
		"service's no":          {200, `{"success":true,"content":{"success":false,"responseCode":"240099","responseMessage":"没有权限"}}`, "240099", false, "没有权限"},
		"outer no":              {200, `{"success":false,"errorCode":"E7","errorMsg":"no"}`, "E7", false, "no"},
		"stale token":           {200, `{"success":true,"content":{"success":false,"responseCode":"250027"}}`, "250027", true, ""},
		"configured as busy":    {200, `{"success":true,"content":{"success":false,"responseCode":"240500"}}`, "240500", true, ""},
		"signature, 200":        {200, `{"Code":"OPF-B001-05-16-0009","Message":"x","_RequestId":"r"}`, "OPF-B001-05-16-0009", true, "app_secret"},
		"signature, 203":        {203, `{"Code":"OPF-B001-05-16-0009","Message":"x"}`, "OPF-B001-05-16-0009", true, "clock"},
		"signature, 500":        {500, `{"Code":"SignatureDoesNotMatch","Message":"x"}`, "SignatureDoesNotMatch", true, "proxy"},
		"signature, other code": {403, `{"Code":"OPF-1","Message":"SignatureDoesNotMatch: GET"}`, "OPF-1", true, "clock"},
		"secret repeated":       {403, `{"Code":"OPF-2","Message":"you sent demoZwSecret"}`, "OPF-2", false, "you sent ***"},
		"gateway's no":          {400, `{"Code":"OPF-3","Message":"bad"}`, "OPF-3", false, "bad"},
		"203 is no success":     {203, `{"success":true,"content":{"msgId":"1"}}`, "203", false, ""},
		"redirect":              {302, ``, "302", false, ""},
		"page of a proxy":       {404, `<html>`, "404", false, ""},
		"throttled":             {429, ``, "429", true, ""},
		"away":                  {503, `<html>`, "503", true, ""},
		"bad gateway":           {502, `<html>`, "", false, "502"},
		"gateway timeout":       {504, `{"Code":"X"}`, "", false, "504"},
		"broken":                {500, ``, "", false, "500"},
		"no envelope":           {200, `{"ok":1}`, "", false, ""},
		"no JSON":               {200, `ok`, "", false, ""},
		"endless":               {200, strings.Repeat(" ", 1<<20+1), "", false, "too large"},
		"connection lost":       {0, ``, "", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) { o.BusyCodes = []string{"240500"} })
			r.Fail(zhengtest.Fault{Path: noticePath, Status: tt.status, Body: tt.body})
			err := r.try(t.Context(), to("1", shen, "到期"))
			if err == nil || !strings.Contains(err.Error(), tt.mention) {
				t.Fatalf("%v does not mention %q", err, tt.mention)
			}
			if strings.Contains(err.Error(), r.AppSecret()) || strings.Contains(err.Error(), r.URL()) {
				t.Errorf("%v tells too much", err)
			}
			if tt.code == "" {
				unknown(t, err)
				return
			}
			if no := refusal(t, err); no.Code != tt.code || no.Retry != tt.retry || no.Retry != (no.After > 0) {
				t.Errorf("%+v", no)
			}
		})
	}
}

// A wrong secret, a clock that is off, a proxy that meddles: the gateway itself says no.
func TestSignatureRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) { o.AppSecret = "another" })
	for _, err := range []error{r.client.Check(t.Context()), r.try(t.Context(), to("1", shen, "到期"))} {
		if no := refusal(t, err); !no.Retry || no.After != 5*time.Minute || !strings.Contains(no.Msg, "app_secret") {
			t.Errorf("%+v", no)
		}
	}
	if len(r.All()) != 0 {
		t.Error("shown")
	}
	if b, is := r.client.Blocked(); !is || !strings.Contains(b.Why.Msg, "app_secret") || !b.Since.Equal(r.clock.Now()) {
		t.Errorf("no alarm: %+v %v", b, is)
	}
	well := newRig(t, zhengtest.Options{}, nil)
	well.Fail(zhengtest.Fault{Path: "/message/workNotification", Status: 403, Body: `{"Code":"OPF-B001-05-16-0009","Message":"x"}`})
	if no := refusal(t, well.try(t.Context(), to("1", shen, "到期"))); !no.Blocked {
		t.Errorf("%+v", no)
	}
	if _, is := well.client.Blocked(); !is {
		t.Error("no alarm")
	}
	well.clock.advance(5 * time.Minute)
	if err := well.try(t.Context(), to("1", shen, "到期")); err != nil {
		t.Error(err)
	}
	if b, is := well.client.Blocked(); is {
		t.Errorf("still alarmed: %+v", b)
	}
}

// Where nobody listens, nothing was delivered, and that is known.
func TestGatewayGone(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) { o.Gateway = gone.URL })
	if no := refusal(t, r.try(t.Context(), to("1", shen, "到期"))); !no.Retry || no.Code != "unsent" {
		t.Errorf("%+v", no)
	}
}

// A redirect could carry a signed call elsewhere: it is not followed.
func TestRedirectNotFollowed(t *testing.T) {
	t.Parallel()
	called := make(chan string, 8)
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { called <- r.URL.Path }))
	defer other.Close()
	door := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer door.Close()
	r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) { o.Gateway, o.HTTP = door.URL, http.DefaultClient })
	if no := refusal(t, r.try(t.Context(), to("1", shen, "到期"))); no.Retry || len(called) != 0 {
		t.Errorf("%+v, %d calls went astray", no, len(called))
	}
	door.CloseClientConnections()
	http.DefaultClient.CloseIdleConnections()
}

func TestToken(t *testing.T) {
	t.Parallel()
	for name, byForm := range map[string]bool{"by signature": false, "by form": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, zhengtest.Options{TokenNeedsForm: byForm}, func(o *zhengding.Options) { o.TokenByForm = byForm })
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					if got, err := r.client.Token(t.Context()); err != nil || got == "" {
						t.Error(got, err)
					}
				})
			}
			wg.Wait()
			calls := func() int { return len(r.Requests("/gettoken.json")) }
			if n := calls(); n != 1 {
				t.Errorf("%d calls, want 1", n)
			}
			r.clock.advance(115*time.Minute + time.Second)
			if err := r.client.Check(t.Context()); err != nil || calls() != 2 {
				t.Errorf("%v after %d calls", err, calls())
			}
			for _, q := range r.Requests("/gettoken.json") {
				if strings.Contains(q.Query.Encode(), r.AppSecret()) {
					t.Error("the secret stands in the address")
				}
			}
		})
	}
}

func TestTokenRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{TokenNeedsForm: true}, nil)
	if no := refusal(t, r.client.Check(t.Context())); no.Retry {
		t.Errorf("%+v", no)
	}
	for _, body := range []string{
		`{"success":true,"content":{"success":true,"data":{}}}`, `{"success":true,"content":{"success":true,"data":[1]}}`,
		`{"success":true,"content":{"success":true,"data":{"accessToken":"t","expiresIn":"soon"}}}`,
		`{"success":true,"content":{"success":true,"data":{"accessToken":"t","expiresIn":0}}}`,
	} {
		r.Fail(zhengtest.Fault{Path: "/gettoken.json", Status: 200, Body: body})
		if no := refusal(t, r.client.Check(t.Context())); no.Code != "no.token" || !no.Retry {
			t.Errorf("%+v", no)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.client.Token(ctx); err == nil {
		t.Error("a token after the end")
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	if got, err := r.client.AccountByMobile(t.Context(), "13800000002"); err != nil || got != wang {
		t.Error(got, err)
	}
	_, err := r.client.AccountByMobile(t.Context(), "13899999999")
	if no := refusal(t, err); no.Retry || no.Code != "no.person" || !errors.Is(err, zhengding.ErrNobody) {
		t.Errorf("%+v", no)
	}
	r.Fail(zhengtest.Fault{Path: "/mozi/employee/listEmployeeAccountIds", Status: 200, Body: `{"success":true,"content":{"success":true,"data":"odd"}}`})
	if got, err := r.client.AccountByMobile(t.Context(), "13800000002"); !errors.Is(err, zhengding.ErrNobody) || got != "" {
		t.Error(got, err)
	}
}

func TestNewClientRefuses(t *testing.T) {
	t.Parallel()
	good := func() zhengding.Options {
		return zhengding.Options{AppKey: "k", AppSecret: "s", TenantID: "1", Now: time.Now, Log: newRig(t, zhengtest.Options{}, nil).logger()}
	}
	if _, err := zhengding.NewClient(good()); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*zhengding.Options){
		"no key":        func(o *zhengding.Options) { o.AppKey = "" },
		"no secret":     func(o *zhengding.Options) { o.AppSecret = "" },
		"tenant":        func(o *zhengding.Options) { o.TenantID = "1,2" },
		"no clock":      func(o *zhengding.Options) { o.Now = nil },
		"no log":        func(o *zhengding.Options) { o.Log = nil },
		"scheme":        func(o *zhengding.Options) { o.Inbound = "hmac" },
		"ftp":           func(o *zhengding.Options) { o.Gateway = "ftp://x" },
		"bare host":     func(o *zhengding.Options) { o.Gateway = "openplatform.dg-work.cn" },
		"path":          func(o *zhengding.Options) { o.Gateway = "https://x/gw" },
		"query":         func(o *zhengding.Options) { o.Gateway = "https://x?a=1" },
		"user":          func(o *zhengding.Options) { o.Gateway = "https://good@evil" },
		"robot's path":  func(o *zhengding.Options) { o.RobotBase = "https://x/robot" },
		"no address":    func(o *zhengding.Options) { o.RobotBase = "https://[::1" },
		"empty address": func(o *zhengding.Options) { o.RobotBase = "https://" },
	} {
		o := good()
		change(&o)
		if _, err := zhengding.NewClient(o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// Two messages to nobody and to all: see the contract. Here: what is no account.
func TestAccountOnly(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	for _, id := range []string{"1001,1002", "GE_shen", "user0001", "10 01", strings.Repeat("1", 20)} {
		if no := refusal(t, r.try(t.Context(), bot.Outgoing{ID: "1", Member: id, Markdown: "x"})); no.Retry || no.Code != "bad.account" {
			t.Errorf("%s: %+v", id, no)
		}
	}
	if n := len(r.Requests("")); n != 0 {
		t.Errorf("%d calls", n)
	}
}
