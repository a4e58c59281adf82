package bottest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// CodeLife is how long a download code is good here; DingTalk does not say.
const CodeLife = 2 * time.Hour

// file is what a person sent along.
type file struct {
	data  []byte
	until time.Time
}

// downloadURL turns a download code into a temporary address.
func (f *Fake) downloadURL(c call) answer {
	var in struct {
		Code  string `json:"downloadCode"`
		Robot string `json:"robotCode"`
	}
	bad := func(code string) answer { return answer{http.StatusBadRequest, f.apiError(code, "参数错误")} }
	if json.Unmarshal(c.body, &in) != nil || in.Robot == "" {
		return bad("invalidParameter.robotCode.empty")
	}
	if in.Robot != f.opt.RobotCode {
		return bad("invalidParameter.robotCode.auth")
	}
	if got, found := f.files[in.Code]; !found || !f.opt.Now().Before(got.until) {
		return bad("invalidParameter.robotCode.downloadCode")
	}
	return ok(map[string]any{"downloadUrl": f.URL() + "/download?Expires=1&code=" + url.QueryEscape(in.Code)})
}

// download gives the bytes, as the storage behind DingTalk does.
func (f *Fake) download(c call) answer {
	got, found := f.files[c.query.Get("code")]
	if !found || !f.opt.Now().Before(got.until) {
		return answer{http.StatusForbidden, "<Error><Code>AccessDenied</Code></Error>"}
	}
	return ok(string(got.data))
}
