package zhengding

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"
)

// stampLayout is ISO-8601 with milliseconds and the offset.
const stampLayout = "2006-01-02T15:04:05.000-07:00"

// beijing is the gateway's own time. It has had no summer time since 1991, so the
// offset needs no table.
func beijing(t time.Time) time.Time { return t.In(time.FixedZone("CST", 8*3600)) }

// Param is one parameter of a call; a key may come more than once.
type Param struct{ Key, Value string }

// Sign is the signature of a call: Base64(HMAC-SHA256(secret, METHOD "\n" STAMP "\n"
// NONCE "\n" PATH ["\n" PARAMS])). The parameters stand in their canonical order and
// un-encoded; where there are none, their line is left out with its line break.
func Sign(secret, method, stamp, nonce, path string, params []Param) string {
	lines := []string{method, stamp, nonce, path}
	if list := canonical(params); len(list) > 0 {
		pairs := make([]string, len(list))
		for i, p := range list {
			pairs[i] = p.Key + "=" + p.Value
		}
		lines = append(lines, strings.Join(pairs, "&"))
	}
	return sum(secret, strings.Join(lines, "\n"))
}

// SignRobot is the signature of the group robot's query, and of a callback under the
// scheme "dingtalk": Base64(HMAC-SHA256(secret, stamp "\n" secret)), not URL-encoded.
func SignRobot(secret, stamp string) string { return sum(secret, stamp+"\n"+secret) }

func sum(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// canonical leaves out empty values and sorts by key without regard to case, then by
// value: so the gateway's own Java does it.
func canonical(params []Param) []Param {
	list := slices.DeleteFunc(slices.Clone(params), func(p Param) bool { return p.Value == "" })
	slices.SortFunc(list, func(a, b Param) int {
		return cmp.Or(
			cmp.Compare(strings.ToLower(a.Key), strings.ToLower(b.Key)),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Value, b.Value),
		)
	})
	return list
}
