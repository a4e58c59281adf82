package zhengtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"sort"
	"strings"
	"time"
)

const maxRequest = 4 << 20

// Request is one call that the bot made, with its answer.
type Request struct {
	Method, Path string
	Query        url.Values
	Header       http.Header
	Form         url.Values // query and body of a gateway call
	Body         []byte
	Status       int
	Reply        []byte
}

// answer is what goes back: a status and something to encode.
type answer struct {
	status int
	body   any
}

// ServeHTTP is the whole of 政务钉钉.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if r.URL.Path == pathNotice {
		f.enter(+1)
		defer f.enter(-1)
	}
	f.faults.Linger(r)
	form, form2 := r.URL.Query(), url.Values{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		form2, err = url.ParseQuery(string(body))
	}
	for k, vs := range form2 {
		form[k] = append(form[k], vs...)
	}
	a, drop := answer{http.StatusBadRequest, fault{"fake.form", "form not readable", ""}}, false
	if err == nil {
		a, drop = f.answer(r, form, body)
	}
	if drop {
		panic(http.ErrAbortHandler) // closes the connection without a word
	}
	reply, err := json.Marshal(a.body)
	if text, plain := a.body.(string); plain || err != nil {
		reply = []byte(text)
	}
	f.mu.Lock()
	f.requests = append(f.requests, Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header.Clone(),
		Form: form, Body: body, Status: a.status, Reply: reply,
	})
	f.mu.Unlock()
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(a.status)
	_, _ = w.Write(reply) // who hung up does not want it
}

// answer applies a fault, if one is set for the path, or serves the call.
func (f *Fake) answer(r *http.Request, form url.Values, body []byte) (a answer, drop bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fault := f.faults.Next(r.URL.Path)
	if fault == nil {
		return f.serve(r, form, body), false
	}
	if fault.Stored {
		f.serve(r, form, body)
	}
	return answer{fault.Status, fault.Body}, fault.Status == 0
}

func (f *Fake) serve(r *http.Request, form url.Values, body []byte) answer {
	if r.URL.Path == "/robot/send" && r.Method == http.MethodPost {
		return f.robotSend(r, body) // the one call without the gateway's headers
	}
	if no := f.authorize(r, form, body); no != nil {
		return *no
	}
	switch r.Method + " " + r.URL.Path {
	case "GET /gettoken.json", "POST /gettoken.json":
		return f.getToken(form)
	case "POST " + pathNotice:
		return f.workNotification(form)
	case "POST /mozi/employee/get_by_mobile":
		return f.byMobile(form)
	case "POST /mozi/employee/listEmployeeAccountIds":
		return f.accountIDs(form)
	}
	return f.gatewayFault("fake.api", "no such api")
}

// fault is an error of the gateway itself.
type fault struct {
	Code      string `json:"Code"`
	Message   string `json:"Message"`
	RequestID string `json:"_RequestId"`
}

func (f *Fake) gatewayFault(code, message string) answer {
	return answer{f.opt.FaultStatus, fault{code, message, f.id("req-%06d")}}
}

var nonceShape = regexp.MustCompile(`^\d{17}$`)

// authorize recomputes the signature from what has arrived. IP and MAC may be missing.
func (f *Fake) authorize(r *http.Request, form url.Values, body []byte) *answer {
	h := r.Header
	stamp, nonce := h.Get("X-Hmac-Auth-Timestamp"), h.Get("X-Hmac-Auth-Nonce")
	at, err := time.Parse("2006-01-02T15:04:05.000Z07:00", stamp)
	refuse := func(code, message string) *answer {
		a := f.gatewayFault(code, message)
		return &a
	}
	age := f.opt.Now().Sub(at)
	switch {
	case h.Get("apiKey") != f.opt.AppKey:
		return refuse("fake.key", "unknown apiKey")
	case h.Get("X-Hmac-Auth-Version") != "1.0":
		return refuse("fake.version", "unknown version")
	case err != nil || age > f.opt.Skew || age < -f.opt.Skew:
		return refuse("fake.stamp", "timestamp not readable or too far away")
	case !nonceShape.MatchString(nonce):
		return refuse("fake.nonce", "nonce is not 13 + 4 digits")
	case len(body) > 0 && strings.Contains(h.Get("Content-Type"), "json"):
		return refuse("fake.json", "parameters travel as a form")
	}
	if want := f.signature(r.Method, stamp, nonce, r.URL.Path, form); !hmac.Equal([]byte(want), []byte(h.Get("X-Hmac-Auth-Signature"))) {
		return refuse("OPF-B001-05-16-0009", "SignatureDoesNotMatch, the string to sign was not what was signed")
	}
	if f.nonces[nonce] {
		return refuse("fake.replay", "nonce seen before")
	}
	f.nonces[nonce] = true
	return nil
}

// signature is written from the reference, not from the client.
func (f *Fake) signature(method, stamp, nonce, path string, form url.Values) string {
	keys := make([]string, 0, len(form))
	for k := range form {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return strings.ToLower(keys[i]) < strings.ToLower(keys[j]) })
	text := method + "\n" + stamp + "\n" + nonce + "\n" + path
	glue := "\n"
	for _, k := range keys {
		values := append([]string(nil), form[k]...)
		sort.Strings(values)
		for _, v := range values {
			if v != "" {
				text += glue + k + "=" + v
				glue = "&"
			}
		}
	}
	return hash(f.opt.AppSecret, text)
}

func hash(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// enter counts work notifications being answered: they must not overlap.
func (f *Fake) enter(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.under += n
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
