package bottest

import (
	"encoding/json"
	"net/http"
	"time"
)

// TokenLife is how long an access token lives.
const TokenLife = 7200 * time.Second

// Limits of the standard edition.
const callsPerSecond = 20

// scopeRobot is the permission of every robot call.
const scopeRobot = "qyapi_robot_sendmsg"

type token struct {
	text  string
	until time.Time
}

// oapiError is the old API's way to say no, and with 0 yes.
type oapiError struct {
	Code int    `json:"errcode"`
	Msg  string `json:"errmsg"`
}

var yes = oapiError{0, "ok"}

// apiError is the new API's.
func (f *Fake) apiError(code, message string) map[string]any {
	return map[string]any{"code": code, "message": message, "requestid": f.id("FAKE-%08d")}
}

// issue gives the current token, or a new one; a valid one is renewed.
func (f *Fake) issue() string {
	now := f.opt.Now()
	if f.token.text == "" || !now.Before(f.token.until) {
		f.token.text = f.id("%032x")
	}
	f.token.until = now.Add(TokenLife)
	return f.token.text
}

func (f *Fake) accessToken(c call) answer {
	var in struct {
		Key    string `json:"appKey"`
		Secret string `json:"appSecret"`
	}
	if json.Unmarshal(c.body, &in) != nil {
		return answer{http.StatusBadRequest, f.apiError("Missingbody", "body is mandatory for this action")}
	}
	if in.Key != f.opt.AppKey || in.Secret != f.opt.AppSecret {
		return answer{http.StatusBadRequest, f.apiError("invalidClientIdOrSecret", "无效的clientId或者clientSecret")}
	}
	return ok(map[string]any{"accessToken": f.issue(), "expireIn": int(TokenLife / time.Second)})
}

func (f *Fake) getToken(c call) answer {
	if f.busy("/gettoken") {
		return ok(oapiError{90018, "您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了"})
	}
	if c.query.Get("appkey") != f.opt.AppKey || c.query.Get("appsecret") != f.opt.AppSecret {
		return ok(oapiError{40089, "不合法的corpId或corpSecret"})
	}
	return ok(map[string]any{"errcode": 0, "errmsg": "ok", "access_token": f.issue(), "expires_in": int(TokenLife / time.Second)})
}

// guarded puts token, permission and rate before a robot call of the new API.
func guarded(path string, next route) route { return guardedBy(scopeRobot, path, next) }

// guardedBy does so for a call that wants another permission.
func guardedBy(scope, path string, next route) route {
	return func(f *Fake, c call) answer {
		given := c.header.Get("x-acs-dingtalk-access-token")
		switch {
		case !f.valid(given):
			return answer{http.StatusBadRequest, f.apiError("InvalidAuthentication", "不合法的access_token")}
		case !f.granted(scope):
			e := f.apiError("Forbidden.AccessDenied.AccessTokenPermissionDenied", "应用尚未开通所需的权限")
			e["accessdenieddetail"] = map[string]any{"requiredScopes": []string{scope}}
			return answer{http.StatusForbidden, e}
		case f.busy(path):
			return answer{http.StatusForbidden, f.apiError("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "qps limit")}
		case f.month == 0:
			return answer{http.StatusForbidden, f.apiError("Forbidden.AccessDenied.ApiCountLimitForOrg", "api count limit")}
		}
		if f.month > 0 {
			f.month--
		}
		return next(f, c)
	}
}

func (f *Fake) valid(given string) bool {
	return given != "" && given == f.token.text && f.opt.Now().Before(f.token.until)
}

// granted reports whether the app has a permission; it has all that were not taken.
func (f *Fake) granted(scope string) bool {
	has, known := f.scopes[scope]
	return has || !known
}

// busy counts a call and reports whether it is one too many in this second.
func (f *Fake) busy(path string) bool {
	f.calls[path] = recent(f.calls[path], f.opt.Now(), time.Second)
	if len(f.calls[path]) >= callsPerSecond {
		return true
	}
	f.calls[path] = append(f.calls[path], f.opt.Now())
	return false
}

// recent keeps the times that lie within span before now.
func recent(times []time.Time, now time.Time, span time.Duration) []time.Time {
	var kept []time.Time
	for _, t := range times {
		if now.Sub(t) < span {
			kept = append(kept, t)
		}
	}
	return kept
}
