package understand

import "strings"

// Closings that are asked for outright in words of their own: 可以销掉了, 已验收归档, 结了吧，材料都交了.

const ofTask = `(?:[那这](?:条|项|个|件|事|件事|个事|个任务|项任务|项工作)|此项|此事|该项|该任务|本项|本任务|任务|项目|它|把|给|我们?|已经?|都|全部|全|可以|能|可|请予?|予以|麻烦|帮忙|帮我|就|也|现在|申请)*`

// The clauses that ask for the closing, whole. What is switched off may as well be the
// reminders, so that 关 needs more beside it.
var (
	closed     = whole(ofTask + `(?:销掉|销了|销号|销账|结掉|结了|结案|办结|划掉|勾掉|完结|结项|结题|了了|了结|交差|收工|[搞弄整]归一|验收[、并且和]?(?:归档|销号))[了吧啦咯喽喇嘛哈呗哦]*`)
	switchedOf = whole(ofTask + `关(?:掉|了|闭)?[了吧啦咯喽喇嘛哈呗]*`)
)

// grounds are what a switching off is given as reason, when the task is meant.
var grounds = []string{"验收", "终验", "材料", "资料", "报告", "公布", "印发", "发布", "发文", "结清", "归档", "移交", "交付", "完成", "做完", "办完", "弄完", "搞完", "干完", "整完"}

// closesPlainly reports whether one clause asks for the closing and no other leaves
// anything open.
func (u *utterance) closesPlainly() bool {
	if len(u.clauses) > 4 || u.percent != nil || u.doubt || strings.Contains(u.s, "?") || len(u.quoted) == 0 && !u.named() || u.futureBefore(0, len(u.s)) {
		return false
	}
	asked, off, grounded := false, false, false
	for _, c := range u.clauses {
		text := strings.Trim(u.untasked(c), " .:~的")
		switch {
		case strings.Contains(text, "能") && !strings.Contains(text, "了"):
			return false // 能办结 promises it
		case u.matches(closed, text):
			asked = asked || !(len(u.clauses) == 1 && hasAnySuffix(text, "了吧", "了嘛") && !containsAny(text, "给", "把", "请", "可以", "麻烦", "帮"))
		case u.matches(switchedOf, text):
			off = true
		case !u.leavesNothing(text):
			return false
		default:
			grounded = grounded || containsAny(text, grounds...)
		}
	}
	return asked || off && (grounded || len(u.clauses) == 1 && u.named() && containsAny(u.s, "可以", "能"))
}

// leavesNothing reports whether a clause says nothing that forbids a closing asked for
// beside it.
func (u *utterance) leavesNothing(text string) bool {
	s := innocent.Replace(text)
	return !containsAny(s, contrasts...) && !containsAny(s, hedges...) && !containsAny(s, promises...) && !containsAny(s, denies...) && !containsAny(s, doubts...) &&
		!containsAny(text, "提醒", "通知", "消息", "再", "不行", "那条", "那项") && !hasAnySuffix(text, "后", "前", "时", "的话") && !speaks(ownSpeech.Replace(text)) && !asking(text)
}
