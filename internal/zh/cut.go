package zh

import (
	"slices"
	"strings"
	"unicode"
)

// joints are the characters before which a phrase may end: what follows is another
// thing done, or goes with what was said.
const joints = "并和及与或、，；,;。（(“《"

// closers are words with which the name of a piece of work ends; a phrase may end
// behind them.
var closers = []string{
	"工作", "建设", "任务", "编制", "审定", "审批", "平台", "系统", "改造", "项目", "方案", "工程", "规划", "招标", "验收", "设计", "采购", "前期",
	"机构", "中心", "制度", "机制", "体系", "目录", "清单", "整治", "整改", "排查", "评估", "培训", "试点", "试运行", "运行", "设施", "设备", "服务",
	"管理", "检查", "调查", "开工", "施工", "主体", "会议", "标准", "办法", "意见", "政策", "数据", "资源", "企业", "单位", "部门", "城市", "农村", "社区",
}

// CutWords cuts to n characters at most, at the border of a phrase where one lies in
// the second half, and in no case inside a number or a Latin word. What is not longer
// than n stays whole.
func CutWords(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	for at := n; at >= (n+1)/2; at-- {
		head := string(r[:at])
		if strings.ContainsRune(joints, r[at]) || slices.ContainsFunc(closers, func(w string) bool { return strings.HasSuffix(head, w) }) {
			return strings.TrimRight(head, joints)
		}
	}
	at := n
	for at > 1 && oneWord(r[at-1], r[at]) {
		at--
	}
	if oneWord(r[at-1], r[at]) {
		at = n // all one word
	}
	return string(r[:at])
}

// oneWord reports whether no word ends between the two characters.
func oneWord(a, b rune) bool { return inWord(a) && inWord(b) }

func inWord(r rune) bool {
	return unicode.IsDigit(r) || unicode.Is(unicode.Latin, r) || r == '.' || r == '%'
}
