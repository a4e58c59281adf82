package understand

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"duban/internal/maxent"
)

// A text is read twice: by the rules, which pick out who, which task and when, and by a
// model that was learned from the tables of utterances and knows nothing but what sort of
// intent such words mostly carry. Where the model all but rules out what the rules found,
// the bot asks instead of writing, or shows what the model is sure of. The model decides
// nothing else: the slots come from the rules, and what they lack is asked for.

// learned is the model: go test ./handlers/understand -run TestSecond -update makes it anew.
//
//go:embed second.model
var learned []byte

// second decodes the model once; without one nothing is weighed.
var second = sync.OnceValue(func() *maxent.Model {
	m, err := maxent.Decode(learned)
	if err != nil {
		panic(fmt.Sprintf("understand: second.model: %v", err)) // built in: only a broken build has no model
	}
	return m
})

// sort is what carrying an intent out comes to.
type sort uint8

const (
	sortOther sort = iota // no intent of the tables; it is left to the rules
	sortNone              // asks back, declines or is polite
	sortShow              // shows something
	sortSaid              // keeps what is said of a task
	sortOrder             // changes something else
)

var sorts = map[Intent]sort{
	Clarify: sortNone, Unknown: sortNone, Chitchat: sortNone,
	Help: sortShow, MyTasks: sortShow, UnitTasks: sortShow, AllTasks: sortShow, TaskDetail: sortShow, WhoOwns: sortShow, DueIn: sortShow,
	Overdue: sortShow, Search: sortShow, History: sortShow, Summary: sortShow, Ranking: sortShow, Export: sortShow,
	Report: sortSaid, Done: sortSaid,
	BindUnit: sortOrder, Unbind: sortOrder, Reopen: sortOrder, Postpone: sortOrder, Mute: sortOrder, Snooze: sortOrder, Unmute: sortOrder,
	RemindSet: sortOrder, Urge: sortOrder, Assign: sortOrder, Import: sortOrder, Confirm: sortOrder, Cancel: sortOrder,
}

// How improbable the rules' intent must be, and how probable another one, before the other
// counts; by cross-validation on the tables and on sets that nobody had seen.
const (
	saidDoubt   = 0.4  // that something is said of a task at all
	doneDoubt   = 0.1  // that a task is said to be finished
	orderDoubt  = 0.1  // an order
	showDoubt   = 0.2  // an answer, or none
	openDoubt   = 0.05 // a question that the rules put because nothing fits
	likelyShow  = 0.5  // enough to show it
	likelyNone  = 0.75 // enough for a polite no where something would have been shown
	likelyOrder = 0.8  // enough to obey where a report would have been kept
	likelyLoud  = 0.97 // enough to tell others, without a verb that the rules know
	likelyWrite = 0.9  // enough to write where something would have been shown
	likelyMust  = 0.95 // enough to write where a question would have been put
)

// estimate is what the model thinks of a text: the intent that it holds most probable, and
// how probable intents are.
type estimate struct {
	best  Intent
	p     float64
	model *maxent.Model
	all   []float64
}

func (o *estimate) of(i Intent) float64 {
	if c := o.model.Class(string(i)); c >= 0 {
		return o.all[c]
	}
	return 0
}

// estimate asks the model.
func (u *utterance) estimate() estimate {
	m := second()
	o := estimate{model: m, all: m.Probabilities(u.traits())}
	c := slices.Index(o.all, slices.Max(o.all))
	o.best, o.p = Intent(m.Name(c)), o.all[c]
	return o
}

// secondly holds a meaning that the rules found against the model.
func (u *utterance) secondly(m Meaning) Meaning {
	kind := sorts[m.Intent]
	if kind == sortOther || u.s == "" {
		return m
	}
	o := u.estimate()
	if o.best == m.Intent || sorts[o.best] == sortOther {
		return m
	}
	why := fmt.Sprintf("%s %.2f by the model, %s %.2f", o.best, o.p, m.Intent, o.of(m.Intent))
	other, own := sorts[o.best], o.of(m.Intent)
	try := false
	switch kind {
	case sortSaid:
		if !u.doubted(m, o) {
			return m
		}
		if n, ok := u.as(o, why); ok && o.p >= likelyOrder && o.best != Urge {
			return n
		}
		m = clarify(m, why, u.askSaid(m))
		m.Toward = "" // whatever it is, it is not known to be on the way to a report
		return m
	case sortOrder:
		switch {
		case own >= orderDoubt, m.Intent == Cancel:
		case m.Intent == Confirm:
			try = o.p >= likelyWrite
		case other == sortNone && !u.named():
			return clarify(m, why, halfUnderstood)
		}
	case sortNone:
		try = other == sortShow && own < showDoubt && o.p >= likelyShow ||
			u.open && own < openDoubt && o.p >= likelyMust && (other == sortOrder || other == sortSaid && u.ctx.Asked == "")
	case sortShow:
		if (o.best == Unknown || o.best == Chitchat) && own < orderDoubt && o.p >= likelyNone && u.size() > 4 {
			return Meaning{Intent: o.best, Score: o.p, Margin: o.p - own, Why: why}
		}
		try = other == sortShow && own < showDoubt && o.p >= likelyShow || (other == sortSaid || other == sortOrder) && own < orderDoubt && o.p >= likelyWrite
	}
	if !try {
		return m
	}
	n, ok := u.as(o, why)
	switch {
	case ok:
		return n
	case m.Intent == Unknown && n.Task == "" && n.Query == "" && (o.best == TaskDetail || o.best == WhoOwns || o.best == History):
		return clarify(n, why, "请问是哪一项任务？请带上任务编号，例如“任务20”。")
	}
	return m
}

// doubted reports whether the model all but rules out that the words say something of a
// task. Who names the task by its number means it, and is doubted only for an order.
func (u *utterance) doubted(m Meaning, o estimate) bool {
	said := o.of(Report) + o.of(Done)
	if u.ctx.Asked != "" {
		said += o.of(Confirm) // 完成了 answers 完成了吗 as well
	}
	if said >= saidDoubt || m.Intent == Done && said >= doneDoubt {
		return false
	}
	switch {
	case !u.verb(o.best):
		return false
	case sorts[o.best] == sortNone:
		return len(u.quoted) > 0 && !u.named() && u.percent == nil
	}
	return !u.named() && u.percent == nil || o.p >= likelyOrder
}

// askSaid asks whether words are the report on a task for which they were taken.
func (u *utterance) askSaid(m Meaning) string {
	if m.Task == "" {
		return halfUnderstood
	}
	return "这句话没有记为任务" + m.Task + "的进展。是进展的，请发“任务" + m.Task + " 进展：……”；要办别的，请直接说，例如“任务" + m.Task + "延期到11月30日”。"
}

// as reads the text as the intent that the model holds most probable; false when it lacks
// what that needs.
func (u *utterance) as(o estimate, why string) (Meaning, bool) {
	m := Meaning{Intent: o.best, Score: o.p, Margin: minMargin, Why: why}
	if (o.best == Confirm || o.best == Cancel) && u.ctx.Asked == "" {
		return m, false
	}
	for i := range rows {
		if rows[i].intent != o.best {
			continue
		}
		if rows[i].fill != nil {
			rows[i].fill(u, &m)
		}
		break
	}
	fault, _ := u.fault(m)
	return m, m.Intent == o.best && fault == "" && u.bears(m) && (u.verb(o.best) || u.leads() && o.p >= likelyLoud)
}

// verb reports whether the rules see the verb of an order of which others will hear.
func (u *utterance) verb(i Intent) bool {
	switch i {
	case Urge:
		return u.has(cueUrge)
	case Assign:
		return u.assignAt() >= 0 || containsAny(u.ctx.Asked, "转给", "交给", "转办")
	}
	return true
}

// bears reports whether the words have what the intent cannot do without.
func (u *utterance) bears(m Meaning) bool {
	switch m.Intent {
	case Report:
		bare := slices.ContainsFunc(u.nums, func(n number) bool { return n.kind == numBare })
		return !u.asks && !u.ends && (m.Percent != nil || !u.rates() && !bare) // a number that the rules left out has its reason
	case Done, Reopen:
		return !u.asks && !u.ends
	case History:
		return m.Task != ""
	case TaskDetail, WhoOwns, Search:
		return m.Task != "" || runeLen(m.Query) > 1 && !strings.ContainsAny(m.Query, "0123456789")
	}
	return true
}
