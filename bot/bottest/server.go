package bottest

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxRequest bounds what the fake reads of one request.
const maxRequest = 24 << 20

// Request is one call that the bot made, with its answer.
type Request struct {
	When   time.Time
	Method string
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	Status int
	Reply  []byte
}

// call is a request on its way through the fake.
type call struct {
	header http.Header
	query  url.Values
	body   []byte
	from   string // address of the caller
}

// answer is what goes back: a status and something to encode.
type answer struct {
	status int
	body   any
}

func ok(body any) answer { return answer{http.StatusOK, body} }

// route answers a call; it is called with f.mu held.
type route func(f *Fake, c call) answer

// routes are all calls that the fake knows. Paths are exact, also in their case.
func routes(method, path string) route {
	switch method + " " + path {
	case "POST /v1.0/oauth2/accessToken":
		return (*Fake).accessToken
	case "GET /gettoken":
		return (*Fake).getToken
	case "POST " + OpenPath:
		return (*Fake).openConnection
	case "POST /robot/sendBySession":
		return (*Fake).sendBySession
	case "POST /robot/send":
		return (*Fake).robotSend
	case "POST /v1.0/robot/groupMessages/send":
		return guarded(path, (*Fake).groupSend)
	case "POST /v1.0/robot/oToMessages/batchSend":
		return guarded(path, (*Fake).batchSend)
	case "GET /v1.0/robot/oToMessages/readStatus":
		return guarded(path, (*Fake).readStatus)
	case "POST /v1.0/robot/groupMessages/query":
		return guarded(path, (*Fake).groupRead)
	case "POST /v1.0/robot/otoMessages/batchRecall":
		return guarded(path, (*Fake).recallDirect)
	case "POST /v1.0/robot/groupMessages/recall":
		return guarded(path, (*Fake).recallGroup)
	case "POST /v1.0/robot/messageFiles/download":
		return guarded(path, (*Fake).downloadURL)
	case "GET /download":
		return (*Fake).download
	}
	return officeRoutes(method, path)
}

// ServeHTTP is the whole of DingTalk.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == ConnectPath {
		f.connect(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	f.faults.Linger(r)
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr // a network in memory has no ports
	}
	a, drop := f.answer(r, call{r.Header, r.URL.Query(), body, from})
	if drop {
		panic(http.ErrAbortHandler) // closes the connection without a word
	}
	reply, err := json.Marshal(a.body)
	if err != nil {
		reply = []byte(`{"code":"system.error"}`)
	}
	if text, plain := a.body.(string); plain {
		reply = []byte(text)
	}
	f.remember(r, body, a.status, reply)
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Header().Set("Server", "DingTalk/1.0.0")
	w.WriteHeader(a.status)
	_, _ = w.Write(reply) // who hung up does not want it
}

// answer finds the route and applies a fault, if one is set for the path.
func (f *Fake) answer(r *http.Request, c call) (a answer, drop bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	serve := routes(r.Method, r.URL.Path)
	if serve == nil {
		return answer{http.StatusNotFound, f.apiError("InvalidAction.NotFound", "Specified api is not found")}, false
	}
	fault := f.faults.Next(r.URL.Path)
	if fault == nil {
		return serve(f, c), false
	}
	if fault.Stored {
		serve(f, c)
	}
	return answer{fault.Status, fault.Body}, fault.Status == 0
}

func (f *Fake) remember(r *http.Request, body []byte, status int, reply []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, Request{
		When: f.opt.Now(), Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(),
		Header: r.Header.Clone(), Body: body, Status: status, Reply: reply,
	})
}

// Requests lists the calls to paths that begin with prefix, oldest first. Dropped
// ones are not among them.
func (f *Fake) Requests(prefix string) []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []Request
	for _, r := range f.requests {
		if strings.HasPrefix(r.Path, prefix) {
			list = append(list, r)
		}
	}
	return list
}
