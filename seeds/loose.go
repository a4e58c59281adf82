package seeds

import "strings"

// loose takes paragraphs without numbers that name units. Brackets on a line of their own
// belong to the paragraph before.
func (b *builder) loose(paras []block) reading {
	h := newHeadings()
	r := reading{layout: "loose"}
	for i := 0; i < len(paras); i++ {
		p := paras[i]
		if i+1 < len(paras) && strings.HasPrefix(paras[i+1].text, "（") {
			if rest, labels := h.statements(paras[i+1].text); rest == "" && len(labels) > 0 && !h.namesUnits(p.text) {
				p.text += paras[i+1].text
				i++
			}
		}
		if list := timedList(p); list != nil {
			r.drafts = append(r.drafts, list...)
		} else if d, ok := b.looseDraft(h, p); ok {
			r.drafts = append(r.drafts, d)
		}
	}
	return r
}

// looseDraft makes a task of the paragraph if it names units, or asks somebody for
// something by a day.
func (b *builder) looseDraft(h headings, p block) (draft, bool) {
	rest, labels := h.statements(p.text)
	d := draft{line: p.line, title: cutTitle(heading(rest)), prose: rest, detail: rest}
	if units, work := frontUnits(p.text); len(labels) == 0 && b.dated(work) && units != "" { // 市城管局：清理雨水口，6月18日前完成。
		d.owners, d.title, d.prose, d.detail = []duty{{prose, units}}, cutTitle(heading(work)), work, work
	}
	for _, l := range labels {
		switch l.kind {
		case kindOwner:
			d.owners = append(d.owners, duty{prose, l.text})
			if !reColon.MatchString(l.text) { // …牵头，…配合，12月底前完成
				d.prose += "\n" + l.text
			}
		case kindTime:
			d.time = l.text
		}
	}
	asks := strings.Contains(rest, "。") && (strings.HasPrefix(rest, "请") || len(b.ownersInProse(rest)) > 0) && b.dated(rest)
	return d, d.title != "" && (len(d.owners) > 0 || asks)
}
