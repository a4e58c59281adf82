package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const poison = "SERVER-TEXT 机房内部地址"

// script is what the server does with the n-th request, counted from 1.
type script func(n int, w http.ResponseWriter, r *http.Request)

// stage is a scripted OpenAI-compatible server and what it was sent.
type stage struct {
	*httptest.Server
	calls atomic.Int64
	mu    sync.Mutex
	body  []byte
	head  http.Header
}

func serve(t *testing.T, s script) *stage {
	t.Helper()
	st := &stage{}
	st.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(st.calls.Add(1))
		data, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		st.mu.Lock()
		st.body, st.head = data, r.Header.Clone()
		st.mu.Unlock()
		s(n, w, r)
	}))
	t.Cleanup(st.Close)
	return st
}

func (st *stage) sent(t *testing.T) map[string]any {
	t.Helper()
	st.mu.Lock()
	defer st.mu.Unlock()
	var out map[string]any
	if err := json.Unmarshal(st.body, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func client(t *testing.T, st *stage, change func(*Options)) *Client {
	t.Helper()
	o := Options{BaseURL: st.URL + "/v1/", Key: "k", Model: "m", Timeout: time.Minute, Idle: 30 * time.Second}
	if change != nil {
		change(&o)
	}
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

func chunk(content, finish string) string {
	data, err := json.Marshal(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": content}, "finish_reason": finish}}})
	if err != nil {
		panic(err)
	}
	return "data: " + string(data) + "\n\n"
}

// say streams words as a well-behaved server does, a few characters at a time.
func say(w io.Writer, words string) {
	for r := []rune(words); len(r) > 0; {
		n := min(3, len(r))
		put(w, chunk(string(r[:n]), ""))
		r = r[n:]
	}
	put(w, chunk("", "stop"))
	put(w, `data: {"choices":[],"usage":{"prompt_tokens":700,"completion_tokens":77,"total_tokens":777}}`+"\n\n")
	put(w, "data: [DONE]\n\n")
}

func put(w io.Writer, s string) {
	if _, err := io.WriteString(w, s); err != nil {
		return // the client has gone, as it may
	}
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}

const truth = "截至2018年7月27日，共16项任务，已办结4项，逾期3项。"

func fixed(status int, kind, body string) script {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(status)
		put(w, body)
	}
}

func stream(parts ...string) script {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, p := range parts {
			put(w, p)
		}
	}
}

func breakOff(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		err = conn.Close()
	}
	if err != nil {
		panic(http.ErrAbortHandler)
	}
}

// rows are the ways in which servers fail without saying so; want nil means that the
// words must come through all the same.
var rows = []struct {
	name  string
	do    script
	want  error
	calls int64
}{
	{"429 JSON", fixed(429, "application/json", `{"error":{"message":"`+poison+`","code":"rate"}}`), &StatusError{Code: 429}, 2},
	{"429 then words", func(n int, w http.ResponseWriter, r *http.Request) {
		if n == 1 {
			fixed(429, "application/json", `{"error":{"message":"`+poison+`"}}`)(n, w, r)
			return
		}
		say(w, truth)
	}, nil, 2},
	{"429 for an hour", func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(429)
	}, &StatusError{Code: 429}, 1},
	{"502 HTML", fixed(502, "text/html", "<html>"+strings.Repeat(poison, 200)+"</html>"), &StatusError{Code: 502}, 2},
	{"top-level message", fixed(400, "application/json", `{"code":"InvalidParameter","message":"`+poison+`"}`), &StatusError{Code: 400}, 1},
	{"error is text", fixed(404, "application/json", `{"error":"`+poison+`"}`), &StatusError{Code: 404}, 1},
	{"401", fixed(401, "application/json", `{"error":{"message":"`+poison+`"}}`), &StatusError{Code: 401}, 1},
	{"204", fixed(204, "text/plain", ""), &StatusError{Code: 204}, 1},
	{"200 with error", fixed(200, "application/json", `{"error":{"message":"`+poison+`"}}`), ErrCutOff, 1},
	{"200 with error and line end", fixed(200, "application/json", `{"error":{"message":"`+poison+`"}}`+"\n"), ErrUnusable, 1},
	{"200 with HTML", fixed(200, "text/html", "<html>\n"+poison+"\n</html>"), ErrCutOff, 1},
	{"no choices", stream(`data: {"choices":[]}`+"\n\n", "data: [DONE]\n\n"), ErrCutOff, 1},
	{"no stream asked for", fixed(200, "application/json", `{"choices":[{"index":0,"message":{"content":"`+truth+`"},"finish_reason":"stop"}]}`), ErrCutOff, 1},
	{"ends early", stream(chunk(truth, "")), ErrCutOff, 1},
	{"ends early with DONE", stream(chunk(truth, ""), "data: [DONE]\n\n"), ErrCutOff, 1},
	{"breaks off", func(_ int, w http.ResponseWriter, _ *http.Request) {
		put(w, chunk(truth, ""))
		breakOff(w)
	}, ErrUnusable, 1},
	{"error chunk", stream(chunk(truth, ""), `data: {"error":{"message":"`+poison+`"}}`+"\n\n"), ErrUnusable, 1},
	{"broken JSON", stream("data: {" + poison + "\n\n"), ErrUnusable, 1},
	{"length", stream(chunk(truth, ""), chunk("", "length")), ErrCutOff, 1},
	{"content_filter", stream(chunk(truth, "content_filter")), ErrCutOff, 1},
	{"refusal", stream(`data: {"choices":[{"index":0,"delta":{"refusal":"`+poison+`"}}]}`+"\n\n", chunk("", "stop")), ErrUnusable, 1},
	{"tool call", stream(`data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"close"}}]}}]}`+"\n\n", chunk("", "stop")), ErrUnusable, 1},
	{"empty", stream(chunk("", "stop"), "data: [DONE]\n\n"), ErrCutOff, 1},
	{"only thinking", stream(chunk("<think>"+truth+"</think>", "stop")), ErrCutOff, 1},
	{"thinking never ends", stream(chunk("<think>"+truth, "stop")), ErrCutOff, 1},
	{"half a character", stream(`data: {"choices":[{"index":0,"delta":{"content":"共` + "\xe4\xbb" + `"},"finish_reason":"stop"}]}` + "\n\n"), ErrCutOff, 1},
	{"redirect", func(_ int, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}, &StatusError{Code: http.StatusTemporaryRedirect}, 1},
	{"huge body", func(_ int, w http.ResponseWriter, _ *http.Request) {
		for line := ": " + strings.Repeat("x", 1<<16) + "\n"; ; {
			if _, err := io.WriteString(w, line); err != nil {
				return
			}
		}
	}, ErrCutOff, 1},
	{"endless words", func(_ int, w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			put(w, chunk(strings.Repeat("推进", 2000), ""))
		}
	}, ErrCutOff, 1},
	{"too many words", stream(chunk(strings.Repeat(truth, 60), "stop")), ErrCutOff, 1},

	{"plain", func(_ int, w http.ResponseWriter, _ *http.Request) { say(w, truth) }, nil, 1},
	{"no DONE", stream(chunk(truth, "stop")), nil, 1},
	{"breaks off after the end", func(_ int, w http.ResponseWriter, _ *http.Request) {
		put(w, chunk(truth, "stop"))
		breakOff(w)
	}, nil, 1},
	{"silent after the end", func(_ int, w http.ResponseWriter, r *http.Request) {
		put(w, chunk(truth, "stop"))
		<-r.Context().Done()
	}, nil, 1},
	{"usage in each chunk", stream(`data: {"choices":[],"usage":{"total_tokens":1}}`+"\n\n", chunk(truth, "stop"), `data: {"choices":[],"usage":{"total_tokens":777}}`+"\n\n"), nil, 1},
	{"comments", stream(strings.Repeat(": keep-alive\n\n", 400), chunk(truth, "stop"), "data: [DONE]\n\n"), nil, 1},
	{"thinking in content", stream(chunk("<think>逾期99项\n", ""), chunk("</thi", ""), chunk("nk>\n\n"+truth, "stop")), nil, 1},
	{"thinking without its opening", stream(chunk("逾期99项</think>"+truth, "stop")), nil, 1},
	{"reasoning content", stream(`data: {"choices":[{"index":0,"delta":{"reasoning_content":"逾期99项"}}]}`+"\n\n", chunk(truth, "stop")), nil, 1},
	{"another choice", stream(`data: {"choices":[{"index":1,"delta":{"content":"逾期99项"},"finish_reason":"stop"}]}`+"\n\n", chunk(truth, "stop")), nil, 1},
	{"cut inside a character", func(_ int, w http.ResponseWriter, _ *http.Request) {
		for data := []byte(chunk(truth, "stop")); len(data) > 0; data = data[min(7, len(data)):] {
			put(w, string(data[:min(7, len(data))]))
		}
	}, nil, 1},
	{"no space, CRLF", stream(strings.ReplaceAll(strings.ReplaceAll(chunk(truth, "stop"), "data: ", "data:"), "\n", "\r\n")), nil, 1},
	{"500 then words", func(n int, w http.ResponseWriter, r *http.Request) {
		if n == 1 {
			fixed(500, "text/plain", poison)(n, w, r)
			return
		}
		say(w, truth)
	}, nil, 2},
}

func TestServers(t *testing.T) {
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			st := serve(t, row.do)
			words, err := client(t, st, nil).Word(context.Background(), factsA(), "")
			var status, want *StatusError
			switch {
			case row.want == nil:
				if err != nil || words != truth {
					t.Errorf("got %q, %v", words, err)
				}
			case errors.As(row.want, &want):
				if !errors.As(err, &status) || status.Code != want.Code {
					t.Errorf("got %v, want status %d", err, want.Code)
				}
			case !errors.Is(err, row.want):
				t.Errorf("got %q, %v, want %v", words, err, row.want)
			}
			if err != nil && (words != "" || strings.Contains(err.Error(), "SERVER") || len(err.Error()) > 80) {
				t.Errorf("the error tells too much: %v, with %q", err, words)
			}
			if n := st.calls.Load(); n != row.calls {
				t.Errorf("%d requests, want %d", n, row.calls)
			}
		})
	}
}

func TestSilence(t *testing.T) {
	hang := func(_ int, _ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	half := func(_ int, w http.ResponseWriter, r *http.Request) {
		put(w, chunk(truth, ""))
		<-r.Context().Done()
	}
	slow := func(_ int, w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			put(w, ": keep-alive\n\n")
		}
	}
	later := func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "4")
		w.WriteHeader(503)
	}
	for _, tt := range []struct {
		name          string
		do            script
		timeout, idle time.Duration
		want          error
	}{
		{"no header", hang, time.Minute, 40 * time.Millisecond, ErrIdle},
		{"no more chunks", half, time.Minute, 40 * time.Millisecond, ErrIdle},
		{"no header in time", hang, 40 * time.Millisecond, time.Minute, ErrSlow},
		{"comments for ever", slow, 60 * time.Millisecond, time.Minute, ErrSlow},
		{"retry beyond the time", later, 60 * time.Millisecond, time.Minute, ErrSlow},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			st := serve(t, tt.do)
			c := client(t, st, func(o *Options) { o.Timeout, o.Idle = tt.timeout, tt.idle })
			if words, err := c.Word(context.Background(), factsA(), ""); !errors.Is(err, tt.want) {
				t.Errorf("got %q, %v, want %v", words, err, tt.want)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	st := serve(t, stream())
	c := client(t, st, nil)
	st.Close()
	if _, err := c.Word(context.Background(), factsA(), ""); !errors.Is(err, ErrUnusable) || strings.Contains(fmt.Sprint(err), "127.0.0.1") {
		t.Errorf("got %v", err)
	}
}
