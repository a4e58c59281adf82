package understand

import (
	"strconv"
	"strings"

	"duban/internal/zh"
	"duban/store/ledger"
)

const issueNo = `第?\s*([0-9]{1,4}|[一二三四五六七八九十百]{1,5})\s*期`

// The forms in which the office publishes bulletins and asks for published ones. Between
// 发布 and 通报 only a number or a period may stand: 发布活动通报 is no order of ours.
var (
	publishForm = compile(`^(?:正式|现在)?(?:发布|印发)(?:一下)?\s*(?:` + issueNo + `)?(.{0,30}?)(?:的?\s*(?:督查|督办|工作)?通报)?(?:吧)?$`)
	issueForm   = compile(`^(?:再)?(?:发我|发|给我|看看|看|查看|要|下载|导出)?(?:一下)?\s*(?:([0-9]{4})年的?)?\s*` + issueNo + `的?(?:督查|督办|工作)?通报(?:文件|原文)?$`)
	issueLast   = compile(`^(?:发我|给我|看看|看|查看)?(?:督查|督办)?通报\s*` + issueNo + `$`)
	issueList   = compile(`^(?:看看|看|查看|列出|查)?(?:一下)?(?:督查)?(?:通报目录|往期通报|历期通报|历次通报|已发布的?通报|通报列表|发布过的通报|通报清单)$`)
)

// issue reads what the office says of published bulletins.
func (u *utterance) issue(s string) (Meaning, bool) {
	if u.ctx.Duty == "" || !strings.Contains("leader supervisor admin", u.ctx.Duty) {
		return Meaning{}, false
	}
	s = strings.TrimRight(s, "?!。 ")
	out := Meaning{Score: 1, Margin: 1, Why: "fixed form"}
	if u.matches(issueList, s) {
		out.Intent = Issues
		return out, true
	}
	if m := u.find(issueForm, s); m != nil {
		out.Intent, out.N = IssueFile, issueNumber(m[2])
		if m[1] != "" {
			year, err := strconv.Atoi(m[1])
			if err != nil {
				return Meaning{}, false
			}
			out.From = ledger.NewDate(year, 1, 1)
		}
		return out, out.N > 0
	}
	if m := u.find(issueLast, s); m != nil {
		out.Intent, out.N = IssueFile, issueNumber(m[1])
		return out, out.N > 0
	}
	m := u.find(publishForm, s)
	if m == nil || u.asks {
		return Meaning{}, false
	}
	out.Intent, out.N = Publish, issueNumber(m[1])
	if m[1] != "" {
		return out, out.N > 0 && m[2] == ""
	}
	u.fillPeriod(&out)
	if out.Unit != "" || (strings.TrimSpace(m[2]) != "") == out.From.IsZero() {
		return Meaning{}, false
	}
	out.Task, out.Scope = "", "all"
	return out, true
}

// issueNumber reads 3 and 三; 0 is none.
func issueNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n, _ := zh.Number(s)
	return int(n)
}
