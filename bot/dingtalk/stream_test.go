package dingtalk

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestBackoff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		failed int
		jitter float64
		want   time.Duration
	}{
		{-1, 0, time.Second}, {0, 0, time.Second}, {0, 1, 800 * time.Millisecond}, {3, 0, 8 * time.Second}, {5, 0, 32 * time.Second},
		{6, 0, time.Minute}, {6, 1, 48 * time.Second}, {100, 0, time.Minute}, {1 << 40, 0, time.Minute}, {6, 7, 48 * time.Second}, {6, -7, time.Minute},
	} {
		if got := backoff(tt.failed, tt.jitter); got != tt.want {
			t.Errorf("backoff(%d, %v) = %v, want %v", tt.failed, tt.jitter, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := backoff(rapid.Int().Draw(t, "failed"), rapid.Float64().Draw(t, "jitter"))
		if d < firstWait*4/5 || d > longestWait {
			t.Fatal(d)
		}
	})
}

func newTestStream(t *testing.T, base string) *Stream {
	t.Helper()
	s, err := NewStream(StreamOptions{
		ClientID: "id", Secret: "geheim", APIBase: base, Taker: &taker{}, Now: func() time.Time { return testNow },
		Wait: func(context.Context, time.Duration) bool { return false }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The reply to an open may be anything; only safe addresses are dialled.
func TestStreamOpened(t *testing.T) {
	t.Parallel()
	const ticket = `"ticket":"a+b/c=&d"}`
	for _, tt := range []struct {
		base   string
		status int
		reply  string
		want   string // address, or part of the error
	}{
		{"", 200, `{"endpoint":"wss://wss-open-connection.dingtalk.com:443/connect",` + ticket, "wss://wss-open-connection.dingtalk.com:443/connect?ticket=a%2Bb%2Fc%3D%26d"},
		{"", 200, `{"endpoint":"wss://x.example/connect?a=1#f",` + ticket, "wss://x.example/connect?a=1&ticket=a%2Bb%2Fc%3D%26d"},
		{"http://127.0.0.1:1", 200, `{"endpoint":"ws://127.0.0.1:1/connect",` + ticket, "ws://127.0.0.1:1/connect?ticket=a%2Bb%2Fc%3D%26d"},
		{"", 200, `{"endpoint":"ws://x.example/connect",` + ticket, "no safe websocket address"},
		{"", 200, `{"endpoint":"https://x.example/connect",` + ticket, "no safe websocket address"},
		{"", 200, `{"endpoint":"wss:///connect",` + ticket, "no safe websocket address"},
		{"", 200, `{"endpoint":"wss://u:p@x.example/connect",` + ticket, "no safe websocket address"},
		{"", 200, `{"endpoint":"wss://%zz/",` + ticket, "endpoint"},
		{"", 200, `{"endpoint":"wss://x.example/connect"}`, "without endpoint or ticket"},
		{"", 200, `<xml>`, "without endpoint or ticket"},
		{"", 200, ``, "without endpoint or ticket"},
		{"", 401, `{"code":"authFailed"}`, "refused"},
		{"", 400, `{"code":"authFailed"}`, "refused"},
		{"", 401, `<html>`, "refused"},
		{"", 503, `<html>a+b/c`, `status 503, code ""`},
		{"", 403, `{"code":"Forbidden.AccessDenied"}`, `status 403, code "Forbidden.AccessDenied"`},
	} {
		got, err := newTestStream(t, tt.base).opened(tt.status, []byte(tt.reply))
		if err != nil {
			got = err.Error()
			if strings.Contains(got, "a+b") {
				t.Errorf("%s: the error tells the ticket: %v", tt.reply, err)
			}
		}
		if !strings.Contains(got, tt.want) || err == nil && got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.reply, got, tt.want)
		}
	}
}

func TestNewStreamChecks(t *testing.T) {
	t.Parallel()
	for _, o := range []StreamOptions{{}, {ClientID: "x"}, {Secret: "x"}, {ClientID: "x", Secret: "y", APIBase: "ftp://x"}} {
		o.Log = slog.New(slog.DiscardHandler)
		if _, err := NewStream(o); err == nil {
			t.Errorf("%+v: accepted", o)
		}
	}
}

// testLink is a link without a connection: what it would write stays in out.
func testLink(t *testing.T, change func(*StreamOptions)) *link {
	t.Helper()
	s := newTestStream(t, "")
	s.opt.OnEvent = func(context.Context, Event) error { return nil }
	s.opt.OnCard = func(context.Context, CardPress) (CardAnswer, error) { return CardAnswer{}, nil }
	if change != nil {
		change(&s.opt)
	}
	return &link{s: s, out: make(chan packet, 8), told: make(chan struct{}), gone: make(chan struct{}), flush: make(chan struct{})}
}

// Frames as the documents and the live service write them, slips included.
func TestStreamFrames(t *testing.T) {
	t.Parallel()
	for frame, want := range map[string]string{
		`{"specVersion":"1.0","type":"SYSTEM","headers":{"topic":"ping","messageId":"m1"},"data":"{\"opaque\":\"o1\"}"}`: `{"code":200,"headers":{"contentType":"application/json","messageId":"m1"},"message":"OK","data":"{\"opaque\":\"o1\"}"}`,
		`{"type":"SYSTEM","headers":{"topic":"ping"},"data":{"opaque":"<1>"}}`:                                           `{"code":200,"headers":{"contentType":"application/json","messageId":""},"message":"OK","data":"{\"opaque\":\"<1>\"}"}`,
		`{"type":"SYSTEM","headers":{"topic":"KEEPALIVE"}}`:                                                              "",
		`{"type":"SYSTEM","headers":{"topic":"disconnect"},"data":"{\"reason\":\"x\"}"}`:                                 "",
		`{"type":"CALLBACK","headers":{"topic":"/v1.0/graph/api/invoke","messageId":"m2"},"data":"{}"}`:                  `{"code":404,"headers":{"contentType":"application/json","messageId":"m2"},"message":"no handler","data":"{\"response\":null}"}`,
		`{"type":"EVENT","header":{"topic":"*","messageId":"m3","eventBornTime":1700000000000},"data":"{}"}`:             `{"code":200,"headers":{"contentType":"application/json","messageId":"m3"},"message":"OK","data":"{\"status\":\"SUCCESS\",\"message\":\"ok\"}"}`,
		`{"type":"EVENT","headers":{"topic":"anything","messageId":7}}`:                                                  `{"code":200,"headers":{"contentType":"application/json","messageId":"7"},"message":"OK","data":"{\"status\":\"SUCCESS\",\"message\":\"ok\"}"}`,
		`{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get","messageId":"m4"},"data":{"msgId":"1"}}`:      `{"code":200,"headers":{"contentType":"application/json","messageId":"m4"},"message":"OK","data":"{\"response\":null}"}`,
		`not JSON`: "", `[]`: "", `{"headers":7}`: "",
	} {
		l := testLink(t, nil)
		l.frame(t.Context(), []byte(frame))
		l.work.Wait()
		got := ""
		select {
		case p := <-l.out:
			got = string(p.data)
		default:
		}
		if got != want {
			t.Errorf("%s\nanswered %s\nwant     %s", frame, got, want)
		}
	}
}

// FuzzStreamFrame: whatever comes down is survived, and answered by valid JSON if at all.
func FuzzStreamFrame(f *testing.F) {
	f.Add(`{"type":"SYSTEM","headers":{"topic":"ping","messageId":"m1"},"data":"{}"}`)
	f.Add(`{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get"},"data":"{\"msgId\":\"1\"}"}`)
	f.Add(`{"type":"CALLBACK","headers":{"topic":"/v1.0/card/instances/callback"},"data":null}`)
	f.Add(`{"type":"EVENT","headers":{"eventBornTime":"x"},"data":"\ud800"}`)
	f.Add("{")
	f.Fuzz(func(t *testing.T, line string) {
		l := testLink(t, nil)
		l.frame(t.Context(), []byte(line))
		l.work.Wait()
		select {
		case p := <-l.out:
			if !json.Valid(p.data) {
				t.Fatalf("answered %s", p.data)
			}
		default:
		}
	})
}
