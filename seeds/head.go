package seeds

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"duban/internal/zh"
	"duban/store/ledger"
)

// head is what the document says about itself.
type head struct {
	title, number, issuer string
	issued, ends          ledger.Date
	bodyAt                int // source line after which the body may begin
}

var (
	reAnnex     = regexp.MustCompile(`^附(?:件|表)\s*(?:\d{1,2}\s*[:：\s]|[:：])?\s*`)
	reDocNo     = regexp.MustCompile(`^\p{Han}{1,14}[〔\[（(【]\s*\d{4}\s*[〕\])）】]\s*(?:第)?\d{1,5}号`)
	reDateLine  = regexp.MustCompile(`^[（(]?(?:(?:成文|印发|发文|发布|签发|公布)?(?:日期|时间|日)[:：]?)?\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*(?:印发|发布)?[)）]?$`)
	reHanDate   = regexp.MustCompile(`^[（(]?(?:(?:成文|印发|发文|发布)(?:日期|时间)[:：])?([〇○零Oo一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日[)）]?$`)
	reTrailDate = regexp.MustCompile(`^[（(]?(\p{Han}{2,24}(?:政府|办公室|办公厅|委员会|局|厅|委|组|部))[,，]?(\d{4})年(\d{1,2})月(\d{1,2})日(印发|发布|制)?[)）]?$`)
	reLabelDate = regexp.MustCompile(`(?:成文|印发|发文|发布|签发)(?:日期|时间)[:：]\s*(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})`)
	reTitleEnd  = regexp.MustCompile(`(?:通知|意见|方案|计划|要点|清单|措施|办法|安排|分解表|任务表|一览表|台账|决定|规划|分工|任务书|责任书|行动|表|任务|通报|纪要|函|细则|事项)(?:[（(][^（）()]*[)）])*$`)
	reSpan      = regexp.MustCompile(`[（(]?(\d{4})年?\s*[-—–－~～至]+\s*(\d{4})\s*年?[)）]?`)
	reOneYear   = regexp.MustCompile(`(\d{4})年`)
	reIssuerEnd = regexp.MustCompile(`(?:政府|办公室|办公厅|委员会|局|厅|委|办|领导小组|中心|指挥部|党组|党委|部|集团|公司|院)$`)
)

// readHead looks for title, number, issuer and date in the paragraphs. The file
// name never counts.
func readHead(paras []block, issued ledger.Date) head {
	h := head{issued: issued}
	h.number = docNumber(paras)
	h.findDate(paras)
	h.title = docTitle(paras)
	if h.issuer == "" {
		if i := strings.Index(h.title, "关于"); i > 0 {
			h.issuer = strings.TrimSpace(h.title[:i])
		}
	}
	h.ends = planEnd(h.title)
	return h
}

// docNumber is the first number that stands at the start of a line; a number
// inside a sentence is another document's.
func docNumber(paras []block) string {
	for i, p := range paras {
		if i > 40 {
			break
		}
		text := strings.TrimPrefix(strings.TrimPrefix(p.text, "发文字号："), "文号：")
		if m := reDocNo.FindString(text); m != "" {
			return bracketYear(m)
		}
	}
	return ""
}

// bracketYear writes the year of a document number in the official brackets.
func bracketYear(s string) string {
	return strings.NewReplacer("[", "〔", "（", "〔", "(", "〔", "【", "〔", "]", "〕", "）", "〕", ")", "〕", "】", "〕", " ", "").Replace(s)
}

// findDate takes the date that stands on a line of its own, best one below the
// issuer's name; a date inside a sentence is none of issue.
func (h *head) findDate(paras []block) {
	best := -1
	for i, p := range paras {
		d, issuer, ok := dateLine(p.text)
		if !ok {
			continue
		}
		signed := issuer != ""
		if !signed && i > 0 && reIssuerEnd.MatchString(paras[i-1].text) && utf8.RuneCountInString(paras[i-1].text) <= 30 {
			issuer, signed = paras[i-1].text, true
		}
		if !signed && (best >= 0 || i >= 15 && i < len(paras)-6) {
			continue // a bare date in the middle is some item's, not the document's
		}
		best = i
		if h.issued.IsZero() {
			h.issued = d
		}
		if signed {
			h.issuer, h.bodyAt = issuer, p.line
			return
		}
	}
}

// dateLine reads a line that holds a date and nothing else but its label.
func dateLine(s string) (d ledger.Date, issuer string, ok bool) {
	s = strings.ReplaceAll(zh.Fold(s), " ", "")
	if m := reDateLine.FindStringSubmatch(s); m != nil {
		d, ok = makeDate(m[1], m[2], m[3])
		return d, "", ok
	}
	if m := reHanDate.FindStringSubmatch(s); m != nil {
		d, ok = makeDate(hanYear(m[1]), strconv.Itoa(ordinal(m[2])), strconv.Itoa(ordinal(m[3])))
		return d, "", ok
	}
	if m := reTrailDate.FindStringSubmatch(s); m != nil {
		if d, ok = makeDate(m[2], m[3], m[4]); m[5] != "" && !strings.HasPrefix(s, "(") {
			m[1] = "" // the line of the printing office, below the document
		}
		return d, m[1], ok
	}
	if m := reLabelDate.FindStringSubmatch(s); m != nil {
		d, ok = makeDate(m[1], m[2], m[3])
		return d, "", ok
	}
	return ledger.Date{}, "", false
}

func hanYear(s string) string {
	return strings.NewReplacer("〇", "0", "○", "0", "零", "0", "O", "0", "o", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6",
		"七", "7", "八", "8", "九", "9").Replace(s)
}

func makeDate(y, m, d string) (ledger.Date, bool) {
	var n [3]int
	for i, s := range []string{y, m, d} {
		v, err := strconv.Atoi(s)
		if err != nil {
			return ledger.Date{}, false
		}
		n[i] = v
	}
	if n[0] < 1949 || n[0] > 2100 || !ledger.ValidDate(n[0], time.Month(n[1]), n[2]) {
		return ledger.Date{}, false
	}
	return ledger.NewDate(n[0], time.Month(n[1]), n[2]), true
}

// docTitle is the line before the body that ends like a title. Lines that are all
// quotation or carry the number serve only where nothing else does.
func docTitle(paras []block) string {
	second := ""
	for i, p := range paras {
		if i > 25 {
			break
		}
		style, _, _ := splitNo(p.text)
		if style != plain && style != chapter {
			break
		}
		t := strings.TrimSpace(reAnnex.ReplaceAllString(p.text, ""))
		if m := reDocNo.FindString(t); m != "" {
			t = strings.TrimSpace(t[len(m):])
		}
		bare := strings.TrimSuffix(strings.TrimPrefix(t, "《"), "》")
		n := utf8.RuneCountInString(t)
		if n < 4 || n > 80 || strings.ContainsAny(t, "。：") {
			continue
		}
		if !reTitleEnd.MatchString(bare) {
			if i+1 < len(paras) && strings.Contains(t, "关于") {
				if two := t + paras[i+1].text; reTitleEnd.MatchString(two) && utf8.RuneCountInString(two) <= 90 {
					return two
				}
			}
			continue
		}
		if bare == t {
			if i > 0 && strings.HasPrefix(t, "关于") && reIssuerEnd.MatchString(paras[i-1].text) && utf8.RuneCountInString(paras[i-1].text) <= 30 {
				t = paras[i-1].text + t // the issuer's name takes the first line of the title
			}
			return t
		}
		if second == "" {
			second = bare
		}
	}
	if second == "" && len(paras) > 0 && !hasDigit(string(firstRune(paras[0].text))) && utf8.RuneCountInString(paras[0].text) <= 60 && !strings.Contains(paras[0].text, "。") {
		second = paras[0].text
	}
	return second
}

// planEnd is the last day of the period a title names, or no date.
func planEnd(title string) ledger.Date {
	title = zh.Fold(title)
	for plan, year := range map[string]string{"十三五": "2020", "十四五": "2025", "十五五": "2030"} {
		if d, ok := makeDate(year, "12", "31"); ok && strings.Contains(title, plan) {
			return d
		}
	}
	if m := reSpan.FindStringSubmatch(title); m != nil {
		if d, ok := makeDate(m[2], "12", "31"); ok {
			return d
		}
	}
	if m := reOneYear.FindStringSubmatch(title); m != nil {
		if d, ok := makeDate(m[1], "12", "31"); ok {
			return d
		}
	}
	return ledger.Date{}
}
