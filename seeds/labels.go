package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// label is one statement with a name: 责任单位：…, 完成时限：…, 整改措施：….
// Neighbouring owner statements stay one, because their words explain each other.
type label struct {
	kind kind
	text string // for owners with label words of the owner language, so that roles can be read
	own  bool   // it had a line of its own

	above bool // the line speaks of the items over it

	scope *scope // the items that it answers for, where it says so
}

var (
	reColon     = regexp.MustCompile(`[:：]`)
	reDutyEnd   = regexp.MustCompile(`(?:牵头|负责|配合|落实|参与|协同|协助|承办|主办|按职责分工|具体负责|责任单位)(?:[，,、；;].*)?[。；]?$`)
	reUnitToken = regexp.MustCompile(`^(?:[省市县区州旗镇乡]|各|国网|团[省市县区])?[^，。；：、]{1,18}(?:局|委|办|厅|部|院|中心|公司|政府|部门|单位|处|科|科室|[^控持参入]股|办公室|委员会|管委会|街道|总队|支队|大队|银行|集团|妇联|残联|总工会|团[省市县区]委)(?:（[^（）]*）)?(?:等|牵头|负责|配合)?$`)
	reBy        = regexp.MustCompile(`由([^，。；：由]{2,60}?(?:牵头|负责|主办|承办|具体实施|组织实施)(?:(?:负责)?[，,][^，。；]{2,40}(?:配合|参与|协助|协同))?)`)
)

// reDutyFrom is a statement of units from its first duty on.
var reDutyFrom = regexp.MustCompile(`(?:按各?自?职责分工|共同|分别)?(?:牵头|负责|主办|承办).*$`)

// maxParagraph bounds the paragraphs that are searched for labels: 20 kB is ten
// pages, and no duty hides in there.
const maxParagraph = 20 << 10

// statements takes labels out of a paragraph. What remains is the paragraph's text.
func (h headings) statements(s string) (rest string, labels []label) {
	if len(s) > maxParagraph {
		return s, nil
	}
	s = h.openBoxes(s)
	rest = s
	for _, g := range bracketGroups(s) {
		inner := s[g.open+g.width : g.end-g.width]
		if segs := h.segments(s[:g.open], true); len(segs) > 0 && len(h.segments(inner, false)) == 0 {
			continue // part of a name in an open label: 责任单位：市编办（市审改办）
		}
		last := strings.TrimRight(s[g.end:], " 。；;") == ""
		if found := h.bracket(inner, last, last && strings.HasSuffix(s[:g.open], "。")); found != nil {
			labels = append(labels, found...)
			rest = strings.Replace(rest, s[g.open:g.end], "", 1)
		}
	}
	if tidy(rest) == "" {
		for i := range labels { // brackets alone on their line
			labels[i].own = true
		}
	}
	if m := reAbove.FindStringSubmatch(rest); m != nil && (hasUnitToken(m[1]) || looksUnits(m[1])) {
		return "", append(labels, label{kind: kindOwner, text: m[1], own: true, above: true})
	}
	if i := dashUnits(rest); i > 0 {
		labels = append(labels, label{kind: kindOwner, text: strings.TrimLeft(rest[i:], dashes)})
		rest = rest[:i]
	}
	rest, open := h.openLabels(rest)
	if labels = append(labels, open...); len(labels) == 0 {
		return strings.TrimSpace(rest), nil // a comma at its end goes on in the next line
	}
	return tidy(rest), labels
}

// reAbove is the line that says who answers for the items over it.
var reAbove = regexp.MustCompile(`^(?:以上|上述)[^，。；：由]{0,16}?(?:由|责任单位[为是：:]|牵头单位[为是：:])(.+?)。?$`)

// bracket reads the inside of a pair of brackets as labels, or returns nil. last
// says that the brackets end the paragraph, where units may stand without a label;
// after says that they follow a full stop, where short names of sections may too.
func (h headings) bracket(s string, last, after bool) []label {
	segs := h.segments(s, false)
	if len(segs) > 0 {
		if lead := strings.Trim(s[:segs[0].at], " ，,；;。"); lead != "" && segs[0].at > 0 {
			if !looksUnits(lead) && !looksTime(lead) {
				return nil
			}
			segs = append([]segment{{kind: bareKind(lead), end: segs[0].at}}, segs...)
		}
		return mergeOwners(s, segs)
	}
	if utf8.RuneCountInString(s) > 2 && reDutyEnd.MatchString(s) && (hasUnitToken(s) || last && (looksUnits(s) || looksUnits(reDutyFrom.ReplaceAllString(s, "")))) {
		return []label{{kind: kindOwner, text: s}}
	}
	if !last {
		return nil
	}
	if both := unitsAndTime(s); both != nil {
		return both
	}
	if allUnitTokens(s) || after && looksUnits(s) {
		return []label{{kind: kindOwner, text: s}}
	}
	return nil
}

func bareKind(s string) kind {
	if looksUnits(s) {
		return kindOwner
	}
	return kindTime
}

func hasUnitToken(s string) bool {
	for _, p := range reListSep.Split(s, -1) {
		if reUnitToken.MatchString(p) {
			return true
		}
	}
	return false
}

// reAllPlaces are collective names without the ending of a unit.
var reAllPlaces = regexp.MustCompile(`^各(?:乡镇|镇街|街道|镇|乡|村|社区|县区|区县|县|区|县市区)(?:[、（][乡镇街道村社区）、]{1,8})?$`)

var rePlaceToken = regexp.MustCompile(`^\p{Han}{1,6}(?:镇|乡|街道|社区)$`)

// allUnitTokens is the strict test for units without any label.
func allUnitTokens(s string) bool {
	marked := false
	if reAllPlaces.MatchString(s) {
		return true
	}
	for _, p := range reListSep.Split(strings.TrimSpace(s), -1) {
		if rePlaceToken.MatchString(p) {
			continue // beside units with their level: 县水利局、城关镇
		}
		if !reUnitToken.MatchString(p) || startsVerb(p) {
			return false
		}
		marked = marked || strings.ContainsAny(string(firstRune(p)), "省市县区州旗镇各团国")
	}
	return marked
}

// segment is one label and its value inside a text: the word from at, the value
// from from to end.
type segment struct {
	kind          kind
	at, from, end int
}

// segments finds the label words before colons. lead also accepts labels that name
// no unit and no time (整改措施：), which is right only for the start of a line.
func (h headings) segments(s string, lead bool) []segment {
	var out []segment
	for _, m := range reColon.FindAllStringIndex(s, -1) {
		at := wordStart(s, m[0])
		if n := len(out); n > 0 {
			at = max(at, out[n-1].from) // brackets may lead a word back over a colon
		}
		word := s[at:m[0]]
		k := h.labelKind(word, lead && strings.TrimSpace(s[:at]) == "")
		if k == kindNone {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].end = at
		}
		out = append(out, segment{kind: k, at: at, from: m[1], end: len(s)})
	}
	return out
}

// wordStart goes back from a colon to the start of the word before it.
func wordStart(s string, colon int) int {
	at, depth := colon, 0
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		switch {
		case r == '）' || r == ')':
			depth++
		case depth > 0 && (r == '（' || r == '('):
			depth--
		case depth == 0 && strings.ContainsRune("。；;，,、（(【[〔：:！？” \n\t】]—", r):
			return at
		}
		at -= n
		if utf8.RuneCountInString(s[at:colon]) > 16 {
			return at
		}
	}
	return at
}

func (h headings) labelKind(word string, lead bool) kind {
	w := squeeze(strings.TrimLeft(word, "*·•-—●◆■★▲"))
	if n := utf8.RuneCountInString(w); n < 2 || n > 14 || strings.HasPrefix(w, "各") { // 各责任单位： is an address
		return kindNone
	}
	k := h.exact(w)
	if k == kindNone {
		k = h.of(w)
		if !k.isOwner() && k != kindTime {
			k = kindNone
		}
	}
	switch {
	case k.isOwner() && w != "单位" && w != "部门", k == kindTime && w != "时间" && w != "节点", k == kindStart:
		return k
	case lead && k != kindPeriod:
		return k
	}
	return kindNone
}

// openLabels reads labels outside brackets: at the start of the line, or after a
// full stop. Owner values end with their sentence; the rest is text again.
func (h headings) openLabels(s string) (string, []label) {
	segs := h.segments(s, true)
	for len(segs) > 0 && segs[0].at > 0 && !endsSentence(s[:segs[0].at]) && !h.apart(s, segs[0]) {
		segs = segs[1:]
	}
	if len(segs) == 0 {
		return s, nil
	}
	rest := s[:segs[0].at]
	for i := range segs {
		sg := &segs[i]
		if sg.kind.isOwner() || sg.kind == kindTime {
			if j := strings.Index(s[sg.from:sg.end], "。"); j >= 0 && strings.TrimSpace(s[sg.from+j+len("。"):sg.end]) != "" && !strings.HasPrefix(s[sg.from+j:], "。以") {
				rest += s[sg.from+j+len("。") : sg.end]
				sg.end = sg.from + j
			}
		}
	}
	labels := mergeOwners(s, segs)
	if segs[0].at == 0 {
		for i := range labels {
			labels[i].own = true
		}
	}
	return rest, labels
}

// apart reports whether a blank stands before a label of units or of a time, as where
// all that belongs to an item stands in one line.
func (h headings) apart(s string, sg segment) bool {
	return s[sg.at-1] == ' ' && (sg.kind.isOwner() || sg.kind == kindTime) && h.exact(squeeze(s[sg.at:sg.from])) == sg.kind
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \t")
	return s == "" || strings.ContainsRune("。；;！）】)，,—", lastRune(s))
}

// mergeOwners makes labels of segments, neighbouring owners together.
func mergeOwners(s string, segs []segment) []label {
	var out []label
	for _, sg := range segs {
		if sg.kind.isOwner() {
			text := strings.TrimSpace(s[sg.from:sg.end])
			if sg.from > sg.at { // the label in the owner language, whatever word the document has
				text = sg.kind.field() + "：" + text
			}
			if n := len(out); n > 0 && out[n-1].kind == kindOwner {
				out[n-1].text += "；" + text
				out[n-1].text = strings.ReplaceAll(out[n-1].text, "；；", "；")
				continue
			}
			out = append(out, label{kind: kindOwner, text: strings.TrimRight(text, "；;，, ")})
			continue
		}
		out = append(out, label{kind: sg.kind, text: strings.Trim(s[sg.from:sg.end], " ；;，,\t")})
	}
	for i := range out {
		out[i].text = strings.TrimRight(out[i].text, "；;，, ")
	}
	return out
}

// tidy mends the seam where a label was taken out.
func tidy(s string) string {
	s = strings.TrimSpace(s)
	for _, p := range []string{"。。", "。。"} {
		s = strings.ReplaceAll(s, p, "。")
	}
	return strings.TrimSpace(strings.TrimRight(s, "；;，,—"))
}
