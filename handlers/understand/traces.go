package understand

import (
	"strings"
)

// What became of the bot's own messages: who has not read one, and taking one back.
const (
	Readers Intent = "readers" // 谁没看, 任务28 谁还没读, 未读
	Recall  Intent = "recall"  // 撤回这条催办; Query is ding where only a DING is meant
)

const (
	traceTask = `(?:(?:任务|第) ?(\d{1,4}) ?(?:号|项|条)?(?:任务)?(?:的)?[\s:,]*)?`
	traceThat = `(?:这|那|该|上|刚才|刚刚|刚|发出|发|最近)*(?:的)?(?:一)?(?:这|那)?(?:条|次|个|份)?(?:的)?`
	traceWhat = `(?:催办通知|催办消息|催办提醒|催办单|催办|到期提醒|提醒消息|提醒|通知|消息|ding催办|ding消息|ding)`
	unread    = `(?:还|都|一直|仍|尚)*(?:没有|没|未)(?:看到|看过|看|读过|读到|读|阅读|查看|打开|点开)`
	traceWho  = `(?:还|现在|目前|群里)*(?:有)?(?:谁|哪些人|哪几个人|哪些人员|哪些单位|哪几个单位|哪几家单位|哪几家|哪些联络员|哪个联络员|哪位)(?:还)?`
	traceAsk  = `(?:请|麻烦|帮我|帮忙|替我|给我)*(?:把|将)?`
	takeBack  = `(?:撤回|收回)(?:来|掉|了)?(?:一下)?`
)

var (
	unreadForms = []*pattern{
		whole(traceTask + `(?:` + traceThat + traceWhat + `)?(?:的)?[\s,]*` + traceWho + unread + `(?:的|过)?(?:` + traceThat + traceWhat + `)?`),
		whole(traceWho + unread + `(?:过)?` + traceTask + `(?:` + traceThat + traceWhat + `)?`),
		whole(traceTask + `(?:` + traceThat + traceWhat + `)?(?:的)?[\s,]*(?:查|查看|查询|看)?(?:一下)?(?:未读|已读未读|已读|阅读)(?:的)?(?:人员|人|名单|情况|状态)?(?:有谁|有哪些|是谁|怎么样)?`),
		whole(traceTask + `(?:` + traceThat + traceWhat + `)?(?:的)?[\s,]*` + traceWho + `(?:都|已经|已)?(?:看过|看到|看|读过|读|阅读|已读)了?`),
	}
	recallForms = []*pattern{
		whole(traceAsk + takeBack + traceTask + traceThat + `(` + traceWhat + `)(?:吧)?`),
		whole(traceAsk + traceTask + traceThat + `(` + traceWhat + `)(?:给)?` + takeBack + `(?:吧)?`),
		whole(traceTask + traceAsk + takeBack + traceThat + `(` + traceWhat + `)(?:吧)?`),
	}
	recallBehind = whole(traceAsk + takeBack + traceThat + `(` + traceWhat + `)[\s,]*` + traceTask) // 撤回催办 任务28
)

// traces reads what is asked or ordered about the bot's own messages; false when the words
// are none of it. Taking back one's own report is 撤回 alone and is not read here.
func (u *utterance) traces(s string) (Meaning, bool) {
	if u.percent != nil {
		return Meaning{}, false
	}
	s = strings.TrimRight(s, "?!。.吗么呢呀啊 ")
	if !strings.Contains(s, "回") {
		for _, form := range unreadForms {
			if got := form.FindStringSubmatch(s); got != nil {
				return u.traced(Meaning{Intent: Readers, Score: 1, Margin: 1, Why: "who has read a message"}, got[1]), true
			}
		}
		return Meaning{}, false
	}
	if u.asks {
		return Meaning{}, false
	}
	got := recallBehind.FindStringSubmatch(s)
	if got != nil {
		got[1], got[2] = got[2], got[1]
	}
	for _, form := range recallForms {
		if got == nil {
			got = form.FindStringSubmatch(s)
		}
		if got != nil {
			m := Meaning{Intent: Recall, Score: 1, Margin: 1, Why: "takes back a message of the bot"}
			if strings.Contains(got[2], "ding") {
				m.Query = "ding"
			}
			return u.traced(m, got[1]), true
		}
	}
	return Meaning{}, false
}

// traced fills in the task, as it is written or as it was quoted.
func (u *utterance) traced(m Meaning, no string) Meaning {
	m.Task = strings.TrimLeft(no, "0")
	if m.Task == "" && len(u.quoted) == 1 && !u.quotes {
		m.Task = u.quoted[0]
	}
	return m
}
