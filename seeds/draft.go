package seeds

import "duban/store/ledger"

// draft is a task as a layout reader found it: the words, not yet their meaning.
type draft struct {
	no      string // as printed, without decoration; empty when none is printed
	title   string
	detail  string
	project string
	owners  []duty
	leaders []duty // whom the heading over it names, where it names none itself
	time    string // an explicit time requirement: a cell or a label
	due     string // the time that the section sets for all its rows
	prose   string // where dates may stand when there is no explicit requirement
	parts   []part // what is to be done by each of several times
	hasTime bool   // the document has a place for the time requirement
	start   string // 开始时间, where it has a cell of its own
	steps   []step // what its periods want, where they have columns
	given   string // 交办日期, where it has a cell of its own
	line    int
	place   string // ID of the heading or section it stands under
	doubts  []ledger.Problem
	split   bool // it is one row of a project of several
}

// part is one of several rows of a task that have a time each.
type part struct{ what, time string }

// duty is one statement of who is responsible, and the heading or label it stood
// under.
type duty struct{ field, text string }

// prose is the field of a statement that carries its own label words.
const prose = "prose"

func (d *draft) doubt(text, proposal string) {
	d.doubts = append(d.doubts, ledger.Problem{Text: text, Proposal: proposal})
}

// reading is what one layout reader made of the document.
type reading struct {
	layout   string
	drafts   []draft
	problems []ledger.Problem
}

// take adds the units and times of labels that stood in prose.
func (d *draft) take(labels []label) {
	for _, l := range labels {
		switch l.kind {
		case kindOwner:
			d.owners = append(d.owners, duty{prose, l.text})
		case kindTime:
			d.addTime("", l.text)
		}
	}
}
