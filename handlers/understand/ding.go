package understand

import (
	"strings"

	"duban/internal/zh"
)

// Ding presses a task's contacts by DING: DING 任务28, 用DING催办任务28, 催办任务28 DING.
const Ding Intent = "ding"

const (
	dingWord = `(?:钉钉)?ding(?:消息|强提醒|提醒)?`
	dingTask = `(?:任务|第|序号|#)?\s*(\d{1,4})\s*(?:号|项|条)?(?:任务)?`
	dingRest = `[\s:,。!的]*(.*)$`
)

var (
	// dingFirst has what stands between the word and the task, which may only be a unit.
	dingFirst = compile(`^(?:请|麻烦)?(?:再)?(?:用|发|打|通过|以)?(?:一个|个|一条|条)?` + dingWord + `(?:来|去)?(?:催办|催一催|催一下|催|通知)?(?:一下|下)?[\s:,]*(.{0,20}?)[\s:,的]*` + dingTask + dingRest)
	dingLast  = compile(`^(?:请|麻烦)?(?:把|给|对)?(?:催办|催一催|催一下|催|督促|提醒)?(?:一下)?` + dingTask + `(?:的)?(?:责任单位|牵头单位|联络员)?[\s:,]*(?:请|再)?(?:用|发|打|通过|以)?(?:一个|个|一条|条)?` + dingWord + `(?:来)?(?:催办|催一下|催|通知)?(?:一下|下|一次|他们)?[\s。!]*$`)
	dingBare  = compile(`^(?:请|麻烦)?(?:再)?(?:用|发|打|通过|以)?(?:一个|个|一条|条)?` + dingWord + `(?:催办|催一下|催)?(?:一下|下|他们)?(?:吧)?$`)
)

// ding reads an order for a DING; false when the words are none. Behind the task only the
// office and leaders are taken at the word: in others' mouths it may be a report.
func (u *utterance) ding(s string) (Meaning, bool) {
	if u.asks || u.percent != nil || !strings.Contains(s, "ding") {
		return Meaning{}, false
	}
	s = strings.TrimRight(s, "!。. ")
	out := Meaning{Intent: Ding, Score: 1, Margin: 1, Why: "fixed form"}
	if u.matches(dingBare, s) {
		if len(u.quoted) == 1 && !u.quotes {
			out.Task = u.quoted[0]
		}
		return out, true
	}
	if m := u.find(dingFirst, s); m != nil {
		if m[1] != "" {
			unit, ok := u.lex.Unit(m[1])
			if !ok {
				return Meaning{}, false
			}
			out.Unit = unit
		}
		if m[3] != "" && !u.leads() {
			return Meaning{}, false
		}
		out.Task, out.Reason = strings.TrimLeft(m[2], "0"), u.verbatim(m[3])
		return out, true
	}
	if m := u.find(dingLast, s); m != nil && u.leads() {
		out.Task = strings.TrimLeft(m[1], "0")
		return out, true
	}
	return Meaning{}, false
}

// verbatim is the end of the text as the person wrote it.
func (u *utterance) verbatim(end string) string {
	at := strings.LastIndex(u.s, end)
	if end == "" || at < 0 {
		return ""
	}
	return zh.Clean(strings.TrimSpace(u.original(at, at+len(end))))
}
