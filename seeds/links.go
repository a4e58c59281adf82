package seeds

import (
	"regexp"
	"strconv"

	"duban/store/ledger"
)

// reLinks is the line over what a web page offers besides its article.
var reLinks = regexp.MustCompile(`^[【\[]?(?:相关(?:链接|文章|阅读|新闻|报道|稿件|推荐|文件|信息|解读)|延伸阅读|推荐阅读|热点推荐|猜你喜欢)[】\]]?[:：]?$`)

// dropLinks blanks the list of other pages under an article, numbered or not, and the foot
// of the page with it: up to a table or a section in Chinese numerals, if one follows. A
// note tells where numbered lines were left out.
func (d *document) dropLinks() {
	items, links, noted := false, false, true
	for i := range d.blocks {
		b := &d.blocks[i]
		style, _, _ := splitNo(b.text)
		switch {
		case b.table != nil || style == chapter || style == hanComma || b.sep == '|' || b.sep == ',':
			items, links = true, false
		case items && reLinks.MatchString(b.text):
			links, noted = true, false
		case style != plain || b.sep != 0 && !links:
			items = true
		}
		if links && style != plain && !noted {
			d.notes = append(d.notes, ledger.Problem{Row: "第" + strconv.Itoa(b.line) + "行", Text: "从这一行起是网页的相关链接", Proposal: "未列为任务，如有任务请另行添加"})
			noted = true
		}
		if links {
			b.text, b.cells = "", nil
		}
	}
}
