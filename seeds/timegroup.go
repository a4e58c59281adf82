package seeds

import (
	"regexp"
	"strings"
)

// reTimeAlone is a line that is nothing but a time, as it stands over the items due
// then: 3月10日前完成, 【4月底前】, 5月上旬完成（2项）.
var reTimeAlone = regexp.MustCompile(`^【?((?:在|于)?[\d年月份日号上中下旬底末初前以之内至到~～—–\-第一二三四季度半今本]{2,24})】?((?:必须|需要?|要|应|须)?(?:全面|全部)?(?:完成|办结|落实|整改)(?:到位)?的?(?:重点)?(?:任务|事项|工作|项目)?)?(?:[（(]共?\d{1,3}[项个条件](?:任务|工作|事项)?[)）])?$`)

// reTimeEnd ends a time that is a limit without a word such as 完成.
var reTimeEnd = regexp.MustCompile(`(?:前|底|末|旬|内)$`)

// reStanding stands over the last items of a list by time.
var reStanding = regexp.MustCompile(`^(?:长期坚持|长期推进|持续推进|长期|常态化(?:推进|开展)?|全年(?:推进)?)$`)

// timeAlone is the time that a line states and nothing else, or "".
func timeAlone(text string) string { return timeOf(text, false) }

// timeOf is timeAlone; open takes a bare month too, as where a limit stood over the
// items before: 4月.
func timeOf(text string, open bool) string {
	m := reTimeAlone.FindStringSubmatch(strings.TrimRight(text, "。：: "))
	if open && m == nil && reStanding.MatchString(text) {
		return text
	}
	if m == nil || !looksTime(m[1]) || !open && m[2] == "" && !reTimeEnd.MatchString(m[1]) {
		return ""
	}
	return m[1]
}

// under reports whether the bullet of the next paragraph puts it under this one.
func (o *outliner) under(next string) bool { return next != "" && o.mark != "" && next != o.mark }

// timeLine takes a line that is nothing but a time and stands over the items due
// then: before the first item of its section, or where that was so already. Behind an
// item it may speak of that one or of the next, so the item keeps a doubt.
func (o *outliner) timeLine(p block, text string) bool {
	t := timeOf(text, o.timed != nil)
	if t == "" || !o.numbered && !o.beneath {
		return false
	}
	up := o.cur
	for up != o.root && up.style != chapter && up.style != hanComma {
		if up.style == hanBrack {
			return false
		}
		up = up.parent
	}
	if up != o.cur && (o.timed == nil || o.timed.parent != up) {
		o.cur.between = text
		return false
	}
	o.cur, o.detail = up, nil
	o.timed = o.addRecord(p)
	o.timedBy = o.mark
	o.timed.labels = []label{{kind: kindTime, text: t, own: true}}
	return true
}
