package zhengtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	tokenLife    = 7200
	maxEmployees = 100
)

// shell is the inner of the two shells that services answer in.
type shell struct {
	Data    any    `json:"data,omitempty"`
	Success bool   `json:"success"`
	Request string `json:"requestId"`
	Words   string `json:"responseMessage"`
	Code    string `json:"responseCode"`
	Biz     string `json:"bizErrorCode"`
}

// reply is the outer one.
type reply struct {
	Success bool   `json:"success"`
	Content any    `json:"content"`
	Biz     string `json:"bizErrorCode,omitempty"`
}

func (f *Fake) yes(data any) answer {
	in := shell{Data: data, Success: true, Request: f.id("r%d"), Words: "OK", Code: "0", Biz: "0"}
	return f.wrap(in, "0")
}

// no is a service's refusal: the outer shell is a success all the same.
func (f *Fake) no(code, words string) answer {
	return f.wrap(shell{Request: f.id("r%d"), Words: words, Code: code, Biz: code}, code)
}

func (f *Fake) wrap(content any, biz string) answer {
	if f.opt.Quoted {
		text, err := json.Marshal(content)
		if err != nil {
			return answer{http.StatusInternalServerError, err.Error()}
		}
		content = string(text)
	}
	return answer{http.StatusOK, reply{Success: true, Content: content, Biz: biz}}
}

func (f *Fake) getToken(form url.Values) answer {
	if f.opt.TokenNeedsForm && (form.Get("appkey") != f.opt.AppKey || form.Get("appsecret") != f.opt.AppSecret) {
		return f.no("fake.credentials", "appkey or appsecret missing")
	}
	now := f.opt.Now()
	if !now.Before(f.until) {
		f.token, f.until = f.id("app_demo%04d"), now.Add(tokenLife*time.Second)
	}
	return f.yes(map[string]any{"accessToken": f.token, "expiresIn": int(f.until.Sub(now) / time.Second)})
}

func (f *Fake) byMobile(form url.Values) answer {
	if no := f.wants(form, "areaCode", "86", "namespace", "local", "tenantId", f.opt.TenantID); no != nil {
		return *no
	}
	for _, p := range f.people {
		if p.Mobile != "" && p.Mobile == form.Get("mobile") {
			return f.yes(map[string]any{"employeeCode": p.Employee, "accountId": number(p.AccountID), "status": 0})
		}
	}
	return f.yes(nil)
}

func (f *Fake) accountIDs(form url.Values) answer {
	if no := f.wants(form, "tenantId", f.opt.TenantID); no != nil {
		return *no
	}
	codes := form["employeeCodes"]
	if len(codes) == 0 || len(codes) > maxEmployees {
		return f.no("fake.codes", "1 to 100 employee codes")
	}
	list := []any{}
	for _, code := range codes {
		for _, p := range f.people {
			if p.Employee == code {
				list = append(list, map[string]any{"accountId": number(p.AccountID), "accountNamespace": "local", "employeeCode": code})
			}
		}
	}
	return f.yes(list)
}

// wants checks fixed parameters, given as key and value in turn.
func (f *Fake) wants(form url.Values, pairs ...string) *answer {
	for i := 0; i < len(pairs); i += 2 {
		if form.Get(pairs[i]) != pairs[i+1] {
			a := f.no("fake.parameter", pairs[i]+" is missing or wrong")
			return &a
		}
	}
	return nil
}

func number(s string) json.Number {
	if _, err := strconv.ParseUint(s, 10, 64); err != nil {
		return "0"
	}
	return json.Number(s)
}

// render shows Markdown's line breaks: a single break is none, two spaces before it
// or an empty line make one.
func render(raw string) string {
	lines := strings.Split(raw, "\n")
	var b strings.Builder
	for i, line := range lines {
		text, hard := strings.CutSuffix(line, "  ")
		b.WriteString(text)
		switch {
		case i == len(lines)-1:
		case hard, line == "", lines[i+1] == "":
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
