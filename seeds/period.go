package seeds

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"duban/internal/zh"
	"duban/internal/zh/when"
	"duban/store/ledger"
)

var (
	reHeadNote   = regexp.MustCompile(`[（(][^（()）]*[)）]`)
	rePeriodTail = regexp.MustCompile(`(?:预期|阶段性?|主要|工作|推进|形象|实施|完成|计划)*(?:目标任务|目标|任务|计划|进度|节点|要求|安排|举措|措施|内容|重点|完成)$`)
	rePeriodHead = regexp.MustCompile(`^(?:(20\d\d)年度?)?(?:第?([一二三四1-4])季度|(前三季度)|([上下]半年)|(\d{1,2})(?:[-—–~至](\d{1,2}))?月份?|全年)?[末底前]{0,2}$`)
	rePlanYear   = regexp.MustCompile(`20\d\d`)
)

// shortHead is the heading of a period column without what it says of the cells:
// 第一季度（1—3月）目标 is 第一季度.
func shortHead(head string) string {
	head = strings.ReplaceAll(zh.Fold(oneLine(head)), " ", "")
	return rePeriodTail.ReplaceAllString(reHeadNote.ReplaceAllString(head, ""), "")
}

// isPeriodHeading tells 第一季度, 1-6月, 3月 and 2023年目标 from other headings, and from
// deadlines such as 2023年底.
func isPeriodHeading(head string) bool {
	if !strings.ContainsAny(head, "季月年") {
		return false // most headings, and quick to tell
	}
	short := shortHead(head)
	return short != "" && rePeriodHead.MatchString(short) && (len(short) < len(squeeze(head)) || strings.TrimRight(short, "底末前") == short)
}

// periodOf is the period that a heading names, as a checkpoint without words. Its ID
// is that of the same period in a recurring task. year counts for headings that name
// none.
func periodOf(head string, year int) (ledger.Point, bool) {
	head = shortHead(head)
	m := rePeriodHead.FindStringSubmatch(head)
	if m == nil || head == "" {
		return ledger.Point{}, false
	}
	words := head
	if m[1] == "" {
		words = strconv.Itoa(year) + "年" + head
	}
	end := when.Deadline(strings.Replace(words, "全年", "年底", 1), ledger.NewDate(year, 1, 1)).End
	if end.IsZero() {
		return ledger.Point{}, false
	}
	first, id := 1, strconv.Itoa(end.Year)
	month := int(end.Month)
	switch {
	case m[2] != "":
		first, id = month-2, fmt.Sprintf("%dQ%d", end.Year, month/3)
	case m[3] != "":
		id = fmt.Sprintf("%dQ1-3", end.Year)
	case m[4] != "":
		first, id = month-5, fmt.Sprintf("%dH%d", end.Year, month/6)
	case m[6] != "":
		first = ordinal(m[5])
		id = fmt.Sprintf("%dM%d-%d", end.Year, first, month)
	case m[5] != "":
		first, id = month, fmt.Sprintf("%d-%02d", end.Year, month)
	}
	return ledger.Point{ID: id, Label: head, Start: ledger.NewDate(end.Year, time.Month(first), 1), Due: end}, true
}

// loneYear makes the aim of the year a detail where no other period has a column.
func loneYear(cols []column) []column {
	at, periods := -1, 0
	for i, c := range cols {
		if c.kind == kindPeriod {
			periods++
		}
		if c.kind == kindPeriod && shortHead(c.head) == "全年" {
			at = i
		}
	}
	if at >= 0 && periods == 1 {
		cols[at].kind = kindDetail
	}
	return cols
}

// planYear is the year that the plan is for: the one its title names, else that of
// issue, else 0.
func planYear(p *ledger.Plan) int {
	years := rePlanYear.FindAllString(zh.Fold(p.Title), -1)
	slices.Sort(years)
	if years = slices.Compact(years); len(years) == 1 {
		if y, err := strconv.Atoi(years[0]); err == nil {
			return y
		}
	}
	return p.Issued.Year
}
