package understand

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// maxPage bounds the page that can be asked for; a larger number is no page of a list.
const maxPage = 99

// pageTail matches the page asked for at the end of a query: 第2页, 翻到第三页, page 2.
var pageTail = regexp.MustCompile(`[ ,，。(]*(?:翻到|翻|跳到|看|到)?(?:第 ?([0-9]{1,2}|[一二三四五六七八九十两]{1,3}) ?页|page ?([0-9]{1,2})|(下一?页|再来一页|后一页))[ )。.!吧呢]*$`)

// cutPage takes 第2页 off the end of the words: it says which part of the answer is
// wanted, and nothing about what is meant. Alone it stays, since it names no list.
func (u *utterance) cutPage() {
	if !strings.Contains(u.s, "页") && !strings.Contains(u.s, "page") {
		return
	}
	at := pageTail.FindStringSubmatchIndex(u.s)
	if at == nil || at[0] == 0 {
		return
	}
	said := "2" // the next page of a list that is named is its second
	if at[6] < 0 {
		said = u.s[max(at[2], at[4]):max(at[3], at[5])]
	}
	n, err := strconv.Atoi(said)
	if err != nil { // in Chinese
		v, ok := zh.Number(said)
		if !ok {
			return
		}
		n = int(v)
	}
	if n < 1 || n > maxPage {
		return
	}
	u.page = n
	u.s = u.s[:at[0]]
	if u.runs != nil {
		u.runs = u.runs[:utf8.RuneCountInString(u.s)]
	}
}

// scorePage is for the next page of a list that is not named: no list is remembered.
func (u *utterance) scorePage() float64 {
	if u.is("下一页", "下页", "后一页", "再来一页", "翻页", "往后翻", "往下翻", "上一页", "前一页", "更多", "看更多", "显示更多", "继续", "继续看", "接着看", "往下看", "再看看", "后面的", "下面的", "还有吗", "后面还有吗", "还有呢", "剩下的", "next", "more") && len(u.quoted) != 1 {
		return 0.91
	}
	return 0
}

func (u *utterance) fillPage(m *Meaning) {
	m.Ask = "请写清是哪张清单的第几页，例如“我的任务 第2页”。"
}
