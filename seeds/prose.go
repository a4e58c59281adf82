package seeds

import (
	"regexp"
	"strings"

	"duban/internal/zh"
	"duban/internal/zh/units"
	"duban/store/ledger"
)

// reSubject finds the collective name that is the subject after a date: 到2022年底
// 前，各县（区）在运营的…
var reSubject = regexp.MustCompile(`(?:年|月|日|底|前|季度|起|内)[，,](各[\p{Han}、]{1,10}?(?:\([\p{Han}、]{1,6}\)|县区|市县|部门|单位|区|街道|镇|乡|科室))`)

// ownersInProse finds who a paragraph without labels makes responsible: 由…牵头,
// …负责, or a collective name as the subject after a date.
func (b *builder) ownersInProse(s string) []ledger.Owner {
	text := zh.Fold(s)
	var out []ledger.Owner
	for _, m := range reBy.FindAllStringSubmatch(text, 4) {
		if hasUnitToken(strings.NewReplacer("牵头", "", "负责", "", "主办", "", "承办", "").Replace(m[1])) {
			out = mergeOwner(out, units.Parse(m[1], units.Context{Field: prose, Issuer: b.plan.Issuer}))
		}
	}
	if len(out) > 0 {
		return out
	}
	if m := reSubject.FindStringSubmatch(strings.ReplaceAll(text, " ", "")); m != nil {
		out = units.Parse(m[1], units.Context{Field: "责任单位", Issuer: b.plan.Issuer})
	}
	return out
}
