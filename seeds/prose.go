package seeds

import (
	"regexp"
	"slices"
	"strings"

	"duban/internal/zh"
	"duban/internal/zh/units"
	"duban/store/ledger"
)

// reSubject finds the collective name that is the subject after a date: 到2022年底
// 前，各县（区）在运营的…
var reSubject = regexp.MustCompile(`(?:年|月|日|底|前|季度|起|内)[，,](各[\p{Han}、]{1,10}?(?:\([\p{Han}、]{1,6}\)|县区|市县|部门|单位|区|街道|镇|乡|科室))`)

// The other ways in which a sentence names who must act: 市应急局牵头，市住建局参加;
// 市水务局应当…; 请各区于每月25日前….
var (
	reLeads   = regexp.MustCompile(`(?:^|[。;,\n:])(?:由|请)?([^。;,:\n]{2,40}?牵头)(?:,([^。;\n]{2,60}?(?:配合|参加|参与|协助|协同|具体实施|组织实施|具体负责|负责实施|承建|承办)(?:,[省市县区州镇各国][^。;,\n]{1,40}?(?:配合|参加|参与|协助|协同|具体实施|组织实施|承建|承办))*))?`)
	reWorks   = regexp.MustCompile(`由([^,。;:\n\d]{2,20}?)(?:(?:根据|按照|按|结合|尽快|抓紧|统筹|具体)[^。;]{0,40}?|(?:会同|商|联合)([^,。;:\n\d]{2,30}?)(?:(?:根据|按照|尽快|抓紧|,)[^。;]{0,40}?)?)(?:实施|落实|办理|组织|制定|推进|完成|研究|提出)`)
	reWith    = regexp.MustCompile(`(?:^|由|请|[。;\n,])([省市县区][^,。;:\n\d]{2,20}?(?:会同|联合|商)[^,。;:\n\d]{2,40}?)(?:办理|研究|制定|提出|开展|组织|编制|落实|完成|尽快|抓紧|于|在|对|[,。;\n]|$)`)
	reJoined  = regexp.MustCompile(`(?:负责|牵头),(?:会同|联合|商)([^,。;:\n\d]{2,40}?)(?:办理|研究|制定|提出|开展|组织|编制|修订|落实|完成|尽快|抓紧|按|于|在|对|[\d,。;\n]|$)`)
	reNamedAs = regexp.MustCompile(`(责任|牵头|配合|主办|协办)(?:单位|部门)(?:为|是)([^,。;:\n\d]{2,60})`)
	reAsked   = regexp.MustCompile(`请((?:[省市县区]|各)[^,。;:\n\d]{1,30}?(?:局|委|办|中心|公司|支队|大队|政府|街道|镇|乡|单位|部门)(?:、[^,。;:\n\d]{2,20}?(?:局|委|办|中心|公司|支队|大队|政府|街道|镇|乡))*)(?:抓紧|尽快|加快|倒排|立即|认真|切实|按|进一步|牵头|负责|督促)`)
	reAllOf   = regexp.MustCompile(`^各[\p{Han}、()]{0,8}?(?:单位|部门|科室|处室|街道\)?|镇|乡|县\(市、区\)|区县|县区)`)
	reOffices = regexp.MustCompile(`(?:^|[。;\n])((?:\p{Han}{2,8}(?:局|委|办|中心|公司|支队|大队|部|站|所|政府|街道),?、?){1,6})(?:(?:具体|共同|分别)?负责(?:,|[^人制,])|[要须应][^求点素素闻闻急对]|牵头)`)
	reOthers  = regexp.MustCompile(`[,;]((?:各|[省市县区])[^,。;:\n\d]{1,24}?)(?:负责|做好|抓好|承担|落实|要|应|须)`)
	reActors  = regexp.MustCompile(`(?:^|[。;\n])(?:请)?((?:各|[省市县区])[^,。;:\n\d]{1,24}?)(?:应当|应在|应于|要在|要于|于|须|负责|要|每[年月季周半日天]|20\d\d年|\d{1,2}月|年底前|年内|[上下]半年|[一二三四]季度)`)
)

// ownersInProse finds who a paragraph without labels makes responsible: 由…牵头,
// …负责, a unit that a sentence starts with, or a collective name as the subject
// after a date.
func (b *builder) ownersInProse(s string) []ledger.Owner {
	text := strings.ReplaceAll(zh.Fold(s), " ", "")
	var out []ledger.Owner
	for _, m := range reBy.FindAllStringSubmatch(text, 4) {
		out = mergeOwner(out, b.named(m[1], prose))
	}
	for _, m := range reJoined.FindAllStringSubmatch(text, 4) {
		if len(out) > 0 {
			out = mergeOwner(out, helpers(b.named(m[1], prose)))
		}
	}
	for _, m := range reLeads.FindAllStringSubmatch(text, 4) {
		if i := strings.LastIndex(m[1], "由"); i >= 0 { // 该项由水利站牵头
			m[1] = m[1][i+len("由"):]
		}
		if lead := b.named(m[1], prose); lead != nil {
			out = mergeOwner(mergeOwner(out, lead), helpers(b.named(m[2], prose)))
		}
	}
	for _, m := range reNamedAs.FindAllStringSubmatch(text, 4) {
		out = mergeOwner(out, b.named(m[2], m[1]+"单位"))
	}
	for _, m := range reWith.FindAllStringSubmatch(text, 2) {
		out = mergeOwner(out, b.named(m[1], prose))
	}
	for _, m := range reWorks.FindAllStringSubmatch(text, 4) {
		if len(out) == 0 {
			field := kindOwner.field()
			if m[2] != "" {
				field = kindLead.field()
			}
			out = mergeOwner(b.named(m[1], field), b.named(m[2], kindSupport.field()))
		}
	}
	if len(out) > 0 {
		return out
	}
	return b.actors(text)
}

// actors finds who a sentence begins with, or asks, where it names nobody by a duty.
func (b *builder) actors(text string) []ledger.Owner {
	var out []ledger.Owner
	for _, m := range reActors.FindAllStringSubmatch(text, 2) {
		if all := reAllOf.FindString(m[1]); all != "" && !reUnitEnd.MatchString(m[1]) { // 各单位值班表
			m[1] = all
		}
		if strings.HasPrefix(m[1], "各") || allUnitTokens(m[1]) {
			out = mergeOwner(out, units.Parse(m[1], units.Context{Field: kindOwner.field(), Issuer: b.plan.Issuer}))
		}
	}
	if len(out) > 0 {
		for _, m := range reOthers.FindAllStringSubmatch(text, 4) {
			if allUnitTokens(m[1]) {
				out = mergeOwner(out, units.Parse(m[1], units.Context{Field: kindOwner.field(), Issuer: b.plan.Issuer}))
			}
		}
		return out
	}
	for _, m := range reAsked.FindAllStringSubmatch(text, 4) {
		if len(out) == 0 && !strings.HasPrefix(m[1], "各") {
			out = b.named(m[1], kindOwner.field())
		}
	}
	for _, m := range reOffices.FindAllStringSubmatch(text, 4) {
		if !startsVerb(m[1]) {
			out = mergeOwner(out, b.named(m[1], kindOwner.field()))
		}
	}
	if m := reSubject.FindStringSubmatch(text); m != nil && len(out) == 0 {
		out = units.Parse(m[1], units.Context{Field: kindOwner.field(), Issuer: b.plan.Issuer})
	}
	return out
}

// acts reports whether a sentence names a unit that must act; 各单位要高度重视 names none.
func (b *builder) acts(text string) bool {
	return slices.ContainsFunc(b.ownersInProse(text), func(o ledger.Owner) bool { return !o.Group })
}

// helpers makes those who stand behind a lead, and are not said to lead too, its support.
func helpers(list []ledger.Owner) []ledger.Owner {
	for i := range list {
		if list[i].Role == ledger.RoleResponsible {
			list[i].Role = ledger.RoleSupport
		}
	}
	return list
}

// named reads a clause with its duty words, if it names a unit at all.
func (b *builder) named(clause, field string) []ledger.Owner {
	bare := strings.NewReplacer("牵头", "", "共同", "", "分别", "", "具体", "", "负责", "", "主办", "", "承办", "", "配合", "", "参加", "", "参与", "", "协助", "", "协同", "", "组织实施", "", "实施", "", "承建", "", "办理", "", "会同", "、", "联合", "、").Replace(clause)
	if clause == "" || !hasUnitToken(bare) && !looksUnits(bare) {
		return nil
	}
	return units.Parse(strings.Replace(clause, "参加", "配合", 1), units.Context{Field: field, Issuer: b.plan.Issuer})
}
