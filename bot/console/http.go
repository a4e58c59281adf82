package console

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

//go:embed web
var web embed.FS

// complaint is an error whose text is meant for the person at the page.
type complaint struct {
	status int
	text   string
}

// Error is the sentence that the page shows.
func (e *complaint) Error() string { return e.text }

func complain(status int, format string, args ...any) error {
	return &complaint{status: status, text: fmt.Sprintf(format, args...)}
}

// Handler serves the page and its interface under /console/. It answers only to loopback
// host names and those of Options.AllowHost, and only to pages of its own.
func (c *Console) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /console/{$}", page)
	mux.HandleFunc("GET /console/static/{file}", static)
	mux.HandleFunc("GET /console/file/{id}", c.getFile)
	mux.HandleFunc("GET /console/ws", c.serveSocket)
	mux.Handle("GET /console/api/state", c.api(c.getState))
	mux.Handle("GET /console/api/older", c.api(c.getOlder))
	mux.Handle("POST /console/api/say", c.api(c.postSay))
	mux.Handle("POST /console/api/press", c.api(c.postPress))
	mux.Handle("POST /console/api/read", c.api(c.postRead))
	mux.Handle("POST /console/api/clock", c.api(c.postClock))
	mux.Handle("GET /console", http.RedirectHandler("/console/", http.StatusMovedPermanently))
	return c.guard(http.NewCrossOriginProtection().Handler(mux))
}

// guard refuses foreign host names, so that a page elsewhere cannot reach this one by
// pointing its own name here, and says what the page may load.
func (c *Console) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.allowedHost(r.Host) {
			http.Error(w, "请用 http://127.0.0.1 或 http://localhost 打开本页。", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; "+
			"img-src 'self' data: http: https:; connect-src 'self' ws://"+r.Host+" wss://"+r.Host+"; "+
			"base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// allowedHost reports whether a Host header names this machine's loopback or an allowed
// name.
func (c *Console) allowedHost(host string) bool {
	name := host
	if h, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		name = h
	}
	name = strings.TrimSuffix(strings.ToLower(strings.Trim(name, "[]")), ".")
	if name == "localhost" || slices.Contains(c.opt.AllowHost, name) {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

func page(w http.ResponseWriter, r *http.Request) { serveFile(w, r, "web/index.html") }

func static(w http.ResponseWriter, r *http.Request) {
	serveFile(w, r, "web/"+r.PathValue("file"))
}

func serveFile(w http.ResponseWriter, r *http.Request, name string) {
	if _, err := fs.Stat(web, name); err != nil {
		http.NotFound(w, r)
		return
	}
	http.ServeFileFS(w, r, web, name)
}

// api answers with what f returns as JSON, or with its complaint. Other errors are
// logged and shown as a plain apology.
func (c *Console) api(f func(r *http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		v, err := f(r)
		status := http.StatusOK
		if err != nil {
			status, v = c.excuse(r, err)
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		if err := json.NewEncoder(w).Encode(v); err != nil {
			c.opt.Log.Debug("answer not written", "path", r.URL.Path, "err", err)
		}
	})
}

func (c *Console) excuse(r *http.Request, err error) (int, any) {
	type answer struct {
		Error string `json:"error"`
	}
	var said *complaint
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &said):
		return said.status, answer{said.text}
	case errors.As(err, &big):
		return http.StatusRequestEntityTooLarge, answer{"内容太大，请分几次发送。"}
	case errors.Is(err, ErrClosed):
		return http.StatusServiceUnavailable, answer{"程序正在退出。"}
	}
	c.opt.Log.Error("console request", "path", r.URL.Path, "err", err)
	return http.StatusInternalServerError, answer{"出了点问题，请再试一次。"}
}

// decode reads a JSON request.
func decode(r *http.Request, v any) error {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); kind != "application/json" {
		return complain(http.StatusUnsupportedMediaType, "请求格式不对。")
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return fmt.Errorf("console: request: %w", err)
		}
		return complain(http.StatusBadRequest, "请求格式不对。")
	}
	return nil
}
