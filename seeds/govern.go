package seeds

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// A sentence may set the time of all tasks, of those before it or of those behind it:
// 除注明外，均于2023年12月底前完成; 以上任务完成时限均为2021年12月底.
var (
	reAllTimes = regexp.MustCompile(`^(?:\(?注:?\d?[.、]?)?(除[^,。;]{0,16}外|以上|上述|以下|下列|所列|各项|所有|全部|本(?:方案|清单|表|计划|次)[^,。;]{0,6}任务)[^。;]{0,22}?(?:均|一律|统一|全部|时限|期限|时间|(?:任务|事项|工作|项目|问题)(?:必须|务必|应当|须|应|要|需))[^。;\d年月每]{0,8}?(?:于|在|为|至|是|:)([^,。;]{2,18}?)(?:完成|办结|落实|整改|$)`)
	reScope    = regexp.MustCompile(`[,，;；、]?\s*(?:负责)?(?:以下|下列|下述|落实)?(?:第)?\s*(\d{1,3})\s*[-—–－~～至]+\s*(?:第)?(\d{1,3})\s*[项条](?:任务|工作|内容)?`)
	reFollow   = regexp.MustCompile(`[,，;；、]?\s*(?:以下|下列|下述)(?:各|所有|全部)?[项条]?(?:任务|工作|内容|事项)?(?:均|都)?(?:由[其]负责)?$`)
)

// maxAllTimes bounds such sentences: a document has one or two.
const maxAllTimes = 50

// allTimes is the time that a sentence of the document sets for tasks without one.
type allTimes struct {
	text          string
	line          int
	before, after bool // it speaks of the tasks over it, or of those under it
}

func findAllTimes(blocks []block) []allTimes {
	var out []allTimes
	for _, b := range blocks {
		if len(out) == maxAllTimes {
			break
		}
		if len(b.text) > maxParagraph || len(b.cells) > 1 {
			continue
		}
		for _, s := range strings.FieldsFunc(zh.Fold(b.text), func(r rune) bool { return r == '。' || r == ';' || r == '\n' }) {
			m := reAllTimes.FindStringSubmatch(strings.ReplaceAll(strings.TrimSpace(s), " ", ""))
			if m == nil || utf8.RuneCountInString(s) > 60 || !looksTime(m[2]) {
				continue
			}
			t := allTimes{text: strings.TrimSpace(m[2]), line: b.line}
			t.before = strings.HasPrefix(m[1], "以上") || strings.HasPrefix(m[1], "上述")
			t.after = strings.HasPrefix(m[1], "以下") || strings.HasPrefix(m[1], "下列")
			out = append(out, t)
		}
	}
	return out
}

// lendTimes gives the tasks without a time the one that a sentence sets for all.
func (b *builder) lendTimes(drafts []draft, all []allTimes) {
	for i := range drafts {
		d := &drafts[i]
		if d.time != "" || b.dated(d.prose) {
			continue
		}
		if d.due != "" {
			d.time = d.due
			continue
		}
		for _, t := range all {
			if t.before && d.line > t.line || t.after && d.line < t.line {
				continue
			}
			d.time = t.text
			d.doubt("本项未单列完成时限，按第"+strconv.Itoa(t.line)+"行的统一时限认定", "请确认时限是否适用于本项")
			break
		}
	}
}

// scope is the part of an owner statement that says for which items it answers:
// 市发改委牵头，以下1—4项.
type scope struct {
	from, to int
	follows  bool // 以下各项, without numbers
}

// cutScope takes the scope out of an owner statement.
func cutScope(text string) (string, *scope) {
	if m := reScope.FindStringSubmatchIndex(text); m != nil {
		s := &scope{from: ordinal(text[m[2]:m[3]]), to: ordinal(text[m[4]:m[5]])}
		return text[:m[0]] + text[m[1]:], s
	}
	if m := reFollow.FindStringIndex(text); m != nil && m[0] > 0 {
		return text[:m[0]], &scope{follows: true}
	}
	return text, nil
}

// spreadScopes gives the items inside the numbers of a scope its units, where they
// have none.
func spreadScopes(root *node) {
	var open *label
	var visit func(n *node)
	visit = func(n *node) {
		for i, l := range n.labels {
			if l.kind == kindOwner && l.scope != nil && l.scope.to > 0 {
				open = &n.labels[i]
			}
		}
		if no := ordinal(n.no); open != nil && len(n.kids) == 0 && !n.owned() && no >= open.scope.from && no <= open.scope.to {
			n.labels = append(n.labels, label{kind: kindOwner, text: open.text})
		}
		for _, k := range n.kids {
			visit(k)
		}
	}
	visit(root)
}

// unitHeadings lets a heading that is nothing but units answer for the items under
// it, as in lists that go by unit.
func unitHeadings(root *node) {
	for _, n := range root.kids {
		unitHeadings(n)
		text := strings.TrimRight(n.text(), "：:。 ")
		switch lead := leadUnits(text); {
		case len(n.kids) == 0:
		case n.owned():
			n.leadLine()
		case lead != "":
			n.labels = append(n.labels, label{kind: kindOwner, text: kindLead.field() + "：" + lead, scope: &scope{follows: true}})
		case utf8.RuneCountInString(text) <= 60 && allUnitTokens(text):
			n.labels = append(n.labels, label{kind: kindOwner, text: text, scope: &scope{follows: true}})
		}
	}
}

// A list by unit may part what the unit leads from what it helps with.
var (
	reLeadHeading    = regexp.MustCompile(`^(?:负责|主要)?(?:牵头|主办|主责|承办)(?:负责|承担|落实|推进|实施|完成)?的?(?:重点|主要)?(?:任务|事项|工作|项目|责任)(?:（[^（）]*）)?$`)
	reSupportHeading = regexp.MustCompile(`^(?:积极)?(?:配合|协办|协同|参与|协助|会办)(?:负责|承担|落实|推进|实施|完成)?的?(?:重点|主要)?(?:任务|事项|工作|项目|责任)(?:（[^（）]*）)?$`)
	reDutyWord       = regexp.MustCompile(`^(?:责任|牵头|配合)单位[：:]`)
)

// roleHeading is the part that the unit above has in the items under the heading.
func (n *node) roleHeading() kind {
	text := strings.TrimRight(n.text(), "：:。 ")
	switch {
	case len(n.kids) == 0:
	case reLeadHeading.MatchString(text):
		return kindLead
	case reSupportHeading.MatchString(text):
		return kindSupport
	}
	return kindNone
}

// onlyHelpers reports whether the statements name nobody but supporting units.
func onlyHelpers(list []duty) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(d duty) bool {
		return !strings.HasPrefix(d.text, kindSupport.field()+"：") || strings.Contains(d.text, "牵头") || strings.Contains(d.text, "责任")
	})
}

// stated is the statement that the headings make for an item.
func (up above) stated() string {
	var out []string
	for _, l := range up.owners {
		out = append(out, up.role.field()+"："+reDutyWord.ReplaceAllString(l.text, ""))
	}
	return strings.Join(out, "；")
}

// A heading may say when the items under it are due: 2022年6月底前完成的任务.
var (
	reTimeHeading = regexp.MustCompile(`^(.{2,20}?(?:前|内|底|年))(?:必须|需要?|要|应|须)?(?:全面|全部)?(?:完成|办结|落实|整改)[^，。；]{0,12}$`)
	reStage       = regexp.MustCompile(`[（(]((?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?[^（()），。；]{0,6}?(?:至|到|[-—–~～])[^（()），。；]{2,16})[)）]$`)
	reTimeBracket = regexp.MustCompile(`[（(]([^（()）]{2,20}?(?:前|底|内))(?:全部|全面)?(?:完成|办结|整改到位|落实)?[)）]$`)
)

// timeHeading is the time that the heading sets for the items under it, or "".
func (n *node) timeHeading() string {
	if len(n.kids) == 0 || n.parent == nil || !n.isHeading() {
		return ""
	}
	return headTime(n.text())
}

// headTime is the time that a heading sets, or "".
func headTime(text string) string {
	text = strings.TrimRight(text, "。：: ")
	for _, re := range []*regexp.Regexp{reTimeHeading, reTimeBracket, reStage} {
		if m := re.FindStringSubmatch(text); m != nil && hasDigit(m[1]) && looksTime(m[1]) {
			return m[1]
		}
	}
	return timeAlone(text)
}

// scoped reports whether the units of a heading say that they answer for the items
// under it.
func (n *node) scoped() bool {
	for _, l := range n.labels {
		if l.kind == kindOwner && l.scope != nil {
			return true
		}
	}
	return false
}
