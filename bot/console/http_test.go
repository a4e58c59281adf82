package console

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// ask sends one request to the handler itself, with the headers given in pairs.
func ask(c *Console, method, host, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = host
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, r)
	return w
}

func TestHostMustBeLoopback(t *testing.T) {
	t.Parallel()
	o := options("")
	o.AllowHost = []string{"demo.example"}
	d := newDesk(t, o)
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "LOCALHOST.:80": 200, "127.0.0.1:8080": 200, "127.9.9.9": 200, "[::1]:8080": 200, "[::1]": 200,
		"demo.example:1": 200, "evil.example": 403, "evil.example:8080": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example": 403,
		"10.0.0.1": 403, "": 403, "localhost:x;y": 403,
	} {
		for _, path := range []string{"/console/", "/console/api/state"} {
			if got := ask(d.Console, "GET", host, path, "").Code; got != want {
				t.Errorf("host %q, %s: status %d, want %d", host, path, got, want)
			}
		}
	}
}

func TestForeignPagesCannotPost(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	const body = `{"chat":"dm-zhang","as":"zhang","text":"x"}`
	for _, tt := range []struct {
		name    string
		headers []string
		want    int
	}{
		{"own page", []string{"Origin", "http://localhost:8080", "Content-Type", "application/json"}, 200},
		{"no browser", []string{"Content-Type", "application/json; charset=utf-8"}, 200},
		{"foreign origin", []string{"Origin", "http://evil.example", "Content-Type", "application/json"}, 403},
		{"other port", []string{"Origin", "http://localhost:9999", "Content-Type", "application/json"}, 403},
		{"cross-site fetch", []string{"Sec-Fetch-Site", "cross-site", "Content-Type", "application/json"}, 403},
		{"form", []string{"Content-Type", "text/plain"}, 415},
	} {
		if got := ask(d.Console, "POST", "localhost:8080", "/console/api/say", body, tt.headers...).Code; got != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, got, tt.want)
		}
	}
	if n := len(d.taker.messages()); n != 2 {
		t.Errorf("%d messages taken, want 2", n)
	}
}

func TestBadRequests(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	for _, tt := range []struct {
		method, path, body string
		want               int
	}{
		{"POST", "/console/api/say", "{", 400},
		{"POST", "/console/api/say", `{"wrong":1}`, 400},
		{"POST", "/console/api/press", `[]`, 400},
		{"POST", "/console/api/read", `{"chat":"x","n":1}`, 404},
		{"POST", "/console/api/clock", `"day"`, 400},
		{"GET", "/console/api/older?chat=dm-zhang&before=x", "", 400},
		{"GET", "/console/api/older?chat=x", "", 404},
		{"GET", "/console/api/say", "", 405},
		{"GET", "/console/ws", "", 400},
		{"GET", "/console/static/nothing.js", "", 404},
		{"GET", "/console/static/%2e%2e%2fhttp.go", "", 404},
		{"GET", "/console/other", "", 404},
		{"GET", "/console", "", 301},
	} {
		if got := ask(d.Console, tt.method, "localhost", tt.path, tt.body, "Content-Type", "application/json").Code; got != tt.want {
			t.Errorf("%s %s %s: status %d, want %d", tt.method, tt.path, tt.body, got, tt.want)
		}
	}
}

// The page must work under its own policy: nothing inline, nothing from elsewhere, and
// every file it names is there.
func TestPageKeepsItsPolicy(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	res := ask(d.Console, "GET", "localhost", "/console/", "")
	csp := res.Header().Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'"} {
		if !strings.Contains(csp, part) {
			t.Errorf("policy %q lacks %q", csp, part)
		}
	}
	page, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if bad := regexp.MustCompile(`(?i)<script>|<style|\sstyle=|\son\w+=|https?://|javascript:`).Find(page); bad != nil {
		t.Errorf("the page contains %q", bad)
	}
	seen := map[string]bool{}
	files := regexp.MustCompile(`(?:href|src)="(static/[^"]+)"`).FindAllSubmatch(page, -1)
	for len(files) > 0 {
		name := string(files[0][1])
		files = files[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		res := ask(d.Console, "GET", "localhost", "/console/"+name, "")
		if res.Code != http.StatusOK {
			t.Errorf("%s: status %d", name, res.Code)
		}
		for _, m := range regexp.MustCompile(`from "\./([a-z]+\.js)"`).FindAllSubmatch(res.Body.Bytes(), -1) {
			files = append(files, [][]byte{nil, append([]byte("static/"), m[1]...)})
		}
	}
	if len(seen) != 10 {
		t.Errorf("the page loads %v, want 8 scripts, a sheet and an icon", seen)
	}
}
