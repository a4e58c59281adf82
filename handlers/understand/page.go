package understand

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// maxPage bounds the page that can be asked for; a larger number is no page of a list.
const maxPage = 99

// pageTail matches the page asked for at the end of a query: 第2页, 翻到第三页, page 2.
var pageTail = compile(`[ ,，。(]*(?:翻到|翻|跳到|看|到)?(?:第 ?([0-9]{1,2}|[一二三四五六七八九十两]{1,3}) ?页|page ?([0-9]{1,2})|(下一?页|再来一页|后一页))[ )。.!吧呢]*$`)

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
	n := pageNumber(said)
	if n == 0 {
		return
	}
	u.page = n
	u.s = u.s[:at[0]]
	if u.runs != nil {
		u.runs = u.runs[:utf8.RuneCountInString(u.s)]
	}
}

// pageNumber reads a number of a page, 0 when it is none.
func pageNumber(said string) int {
	n, err := strconv.Atoi(said)
	if v, ok := zh.Number(said); err != nil && ok { // in Chinese
		n = int(v)
	}
	if n < 1 || n > maxPage {
		return 0
	}
	return n
}

// The Pages of a Clarify that turns the leaves of the list shown before.
const (
	PageNext = -1
	PagePrev = -2
)

// turnings are the words that turn the leaves of a list without naming it.
var turnings = map[string]int{
	"下一页": PageNext, "下页": PageNext, "后一页": PageNext, "再来一页": PageNext, "翻页": PageNext, "往后翻": PageNext, "往下翻": PageNext, "更多": PageNext, "看更多": PageNext, "显示更多": PageNext,
	"继续": PageNext, "继续看": PageNext, "接着看": PageNext, "往下看": PageNext, "再看看": PageNext, "后面的": PageNext, "下面的": PageNext, "还有吗": PageNext, "后面还有吗": PageNext, "还有呢": PageNext, "剩下的": PageNext, "next": PageNext, "more": PageNext,
	"上一页": PagePrev, "前一页": PagePrev, "上页": PagePrev, "往前翻": PagePrev, "往上翻": PagePrev,
}

// turning is the page that is asked for without its list: a number, or one of the turnings;
// 0 when none is.
func (u *utterance) turning() int {
	core := bareWords(u.s)
	if at := turnings[core]; at != 0 {
		return at
	}
	if !strings.Contains(core, "页") && !strings.Contains(core, "page") {
		return 0
	}
	if m := u.find(pageTail, core); m != nil && len(m[0]) == len(core) {
		return pageNumber(m[1] + m[2])
	}
	return 0
}

// lastItem is the N of a Clarify that means the last of the list shown before.
const lastItem = -1

// placed matches one of the list shown before, by its place; 第2项 is a task's number.
var placed = compile(`^(?:看看?|查看?|打开|展开|我?要看|选)?(?:第([0-9]{1,2}|[一二三四五六七八九十]{1,3})个|(最后[1一]个|最后那个|倒数第[1一]个))`)

// place is the place in the list shown before that the words begin with, counted from 1;
// 0 when none is.
func (u *utterance) place() int {
	if !containsAny(first(u.s, 8), "第", "最后") {
		return 0
	}
	m := u.find(placed, u.s)
	switch {
	case m == nil:
		return 0
	case m[2] != "":
		return lastItem
	}
	return pageNumber(m[1])
}

// scorePage is for a page or an item of a list that is not named: what was shown before is
// not known here.
func (u *utterance) scorePage() float64 {
	switch {
	case len(u.quoted) == 1:
		return 0
	case u.turning() != 0:
		return 0.91
	case u.place() != 0 && hanCount(placed.ReplaceAllString(u.s, "")) <= 6 && u.claim != claimDone && u.percent == nil:
		return 0.86
	}
	return 0
}

func (u *utterance) fillPage(m *Meaning) {
	m.Page, m.N = u.turning(), u.place()
	m.Ask = "请写清是哪张清单的第几页，例如“我的任务 第2页”。"
	if m.N != 0 {
		m.Ask = "请写任务编号，例如“任务20”。"
	}
}
