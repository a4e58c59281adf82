package when

import (
	"regexp"
	"slices"
)

// reBlank is a date whose numbers nobody filled in: XX年底, 2022年×月, 2022年 月 日. It
// stands in the prepared text, so that blanks and lost bytes are gone.
var reBlank = regexp.MustCompile(`(?:[x×*_□?…]{1,8}|某|\(\))(?:年|月|日(?:前|内|止|$))|` +
	`(?:^|[^〇○零一二三四五六七八九十\d])[〇○]{1,4}(?:年|月|日)|` +
	`(?:^|\d)年月(?:底|末|初|前|份|日|上旬|中旬|下旬|$)|\d月日(?:前|内|止|底|$)`)

const blankNote = "日期没有填写完整，请补上"

// maxBlanks bounds the dates of a paragraph that nobody filled in.
const maxBlanks = 20

// blanks are the places of such dates.
type blanks [][]int

func (c *scan) blanks() blanks { return reBlank.FindAllStringIndex(c.s, maxBlanks) }

// hold reports whether the mention lies in one.
func (b blanks) hold(m mention) bool {
	return slices.ContainsFunc(b, func(at []int) bool { return m.start < at[1] && at[0] < m.end })
}
