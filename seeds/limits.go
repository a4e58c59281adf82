package seeds

import (
	"regexp"
	"strings"

	"duban/internal/zh"
	"duban/internal/zh/when"
	"duban/store/ledger"
)

// dated reports whether prose states a time that can be kept: a bounded date in a
// sentence, or one in the brackets of the first.
func (b *builder) dated(text string) bool {
	dl := when.InProse(text, b.plan.Issued)
	if dl.Kind == ledger.DeadlineOpen {
		dl = when.InTitle(heading(text), dl, b.plan.Issued)
	}
	switch dl.Kind {
	case ledger.DeadlineDue, ledger.DeadlineRange, ledger.DeadlineEvery, ledger.DeadlineMulti, ledger.DeadlineDone:
		return true
	}
	return false
}

// period reports whether a heading ends with a period in brackets: 值班值守（全年）.
func (b *builder) period(heading string) bool {
	return when.InBrackets(heading, b.plan.Issued).Kind != ledger.DeadlineOpen
}

// within reports whether an item keeps to the time of the heading over it: its prose
// states none, or only how often something is done until then.
func (b *builder) within(heading, item string) bool {
	if !b.dated(item) {
		return true
	}
	end := when.Deadline(heading, b.plan.Issued)
	return when.InProse(item, b.plan.Issued).Kind == ledger.DeadlineEvery && (end.Kind == ledger.DeadlineDue || end.Kind == ledger.DeadlineRange)
}

// deadline reads the time requirement: the cell or label, with dates that the title
// adds to it; without one the dates of the prose.
func (b *builder) deadline(d *draft) ledger.Deadline {
	cell := d.time
	if d.start != "" && cell != "" && !strings.Contains(cell, "至") && when.Deadline(cell, b.plan.Issued).Kind == ledger.DeadlineDue {
		cell = strings.TrimSuffix(d.start, "前") + "至" + cell
	}
	if cell == "" {
		dl := when.InProse(d.prose, b.plan.Issued)
		if dl.Kind == ledger.DeadlineOpen {
			dl = when.InTitle(d.title, dl, b.plan.Issued)
		}
		if dl.Kind == ledger.DeadlineOpen {
			dl = when.InBrackets(d.title, b.plan.Issued)
		}
		if d.hasTime && dl.Kind != ledger.DeadlineOpen {
			d.doubt("时限一栏为空，正文中有时间要求", "按正文认定为"+describe(dl)+"，请核对")
		}
		return dl
	}
	dl := when.Deadline(b.handedOut(d, cell), b.from(d))
	dl.Text = when.Deadline(cell, b.from(d)).Text
	return when.InTitle(d.title, d.named(dl), b.plan.Issued)
}

// reHandedOut is the day on which a task was handed out, as a limit counts from it.
var reHandedOut = regexp.MustCompile(`(交办|转办|派发|下达|派单|批示|受理|收到|立项|登记|交办单下发)(?:之日|当日|之时)`)

// reHandsOut is what a document does that hands its tasks out on the day of its issue.
var reHandsOut = regexp.MustCompile(`^(?:交办|转办|派发|下达)`)

// handedOut lets a limit count from the day on which the document hands its tasks out: the
// one in the row, or that of a document which says in its title that it does so.
func (b *builder) handedOut(d *draft, cell string) string {
	m := reHandedOut.FindStringSubmatchIndex(cell)
	if m == nil {
		return cell
	}
	if word := cell[m[2]:m[3]]; d.given == "" && (!reHandsOut.MatchString(word) || !strings.Contains(b.plan.Title, strings.TrimSuffix(word, "单下发"))) {
		return cell
	} else if d.given == "" {
		d.doubt("时限“"+cell+"”从"+word+"之日起算", "按成文日期推算，请核对")
	}
	return cell[:m[2]] + "印发" + cell[m[3]:]
}

// from is the day from which the row's periods count: the one on which it was handed
// out, else that of issue.
func (b *builder) from(d *draft) ledger.Date {
	if d.given != "" {
		if dl := when.Deadline(d.given, b.plan.Issued); dl.Kind == ledger.DeadlineDue {
			return dl.End
		}
	}
	return b.plan.Issued
}

// named gives the times of a task of several rows the words of their rows.
func (d *draft) named(dl ledger.Deadline) ledger.Deadline {
	if len(dl.Parts) < 2 || len(dl.Parts) != len(d.parts) {
		return dl
	}
	for i, p := range d.parts {
		if p.what != "" {
			dl.Parts[i].Label, dl.Parts[i].Text = zh.CutWords(p.what, when.MaxLabel), p.what
			if dl.Parts[i].Label == p.what {
				dl.Parts[i].Text = ""
			}
		}
	}
	return dl
}
