package ledger

import (
	"fmt"
	"strings"
	"time"
)

// DeadlineKind says what sort of time requirement a plan states.
type DeadlineKind string

// The kinds of deadline. Review means that a time is meant but cannot be computed
// from the words and the issue date: it is shown to a person, never guessed.
const (
	DeadlineOpen   DeadlineKind = "open"   // no date, and none to be invented
	DeadlineDue    DeadlineKind = "due"    // one last day that is still in time
	DeadlineRange  DeadlineKind = "range"  // a working period, both days included
	DeadlineEvery  DeadlineKind = "every"  // recurring
	DeadlineMulti  DeadlineKind = "multi"  // several deadlines with labels
	DeadlineReview DeadlineKind = "review" // meant, but not computable
	DeadlineDone   DeadlineKind = "done"   // the text says that it is finished
)

// Cycle is the unit of a recurring deadline.
type Cycle string

// The cycles, in the words of the explain language.
const (
	CycleDay       Cycle = "day"
	CycleWeek      Cycle = "week"
	CycleFortnight Cycle = "2week"
	CycleMonth     Cycle = "month"
	CycleQuarter   Cycle = "quarter"
	CycleHalfYear  Cycle = "halfyear"
	CycleYear      Cycle = "year"
	CycleTwoYears  Cycle = "2year"
)

// Anchor is the day within a cycle on which a recurring duty falls. Weekday 1..7
// (Monday 1) is used by week cycles; Month is the month of the year (year cycles)
// or the month within the period (quarter, halfyear: 1..3, 1..6); Day 0 means the
// month's last day.
type Anchor struct {
	Weekday int        `json:"weekday,omitempty"`
	Month   time.Month `json:"month,omitempty"`
	Day     int        `json:"day,omitempty"`
}

// Deadline is a typed time requirement with its source words.
type Deadline struct {
	Kind    DeadlineKind `json:"kind"`
	Start   Date         `json:"start,omitzero"` // range only; zero = from the beginning
	End     Date         `json:"end,omitzero"`   // due, range; zero = without end
	Cycle   Cycle        `json:"cycle,omitempty"`
	Anchors []Anchor     `json:"anchors,omitempty"`
	Parts   []Part       `json:"parts,omitempty"` // multi
	Text    string       `json:"text,omitempty"`  // the source words, cleaned
	Note    string       `json:"note,omitempty"`  // Chinese: how it was read, or why a person must look
}

// Part is one of several deadlines of a task.
type Part struct {
	Label    string   `json:"label"`
	Text     string   `json:"text,omitempty"` // what is to be done, where the label is too short for it
	Deadline Deadline `json:"deadline"`
}

// Expected writes the deadline in the small language that people and tests read:
// due=2018-12-31, range=A..B, every=year@06-30+12-31, multi=LABEL:X;LABEL:X, open,
// review, done.
func (d Deadline) Expected() string {
	switch d.Kind {
	case DeadlineDue:
		return "due=" + d.End.String()
	case DeadlineRange:
		return "range=" + d.Start.String() + ".." + d.End.String()
	case DeadlineEvery:
		return "every=" + string(d.Cycle) + d.anchors()
	case DeadlineMulti:
		parts := make([]string, len(d.Parts))
		for i, p := range d.Parts {
			parts[i] = p.Label + ":" + strings.TrimPrefix(p.Deadline.Expected(), "due=")
		}
		return "multi=" + strings.Join(parts, ";")
	case "":
		return string(DeadlineOpen)
	default:
		return string(d.Kind)
	}
}

func (d Deadline) anchors() string {
	if len(d.Anchors) == 0 {
		return ""
	}
	out := make([]string, len(d.Anchors))
	for i, a := range d.Anchors {
		out[i] = a.in(d.Cycle)
	}
	return "@" + strings.Join(out, "+")
}

func (a Anchor) in(c Cycle) string {
	day := "end"
	if a.Day > 0 {
		day = fmt.Sprint(a.Day)
	}
	switch c {
	case CycleWeek, CycleFortnight:
		return fmt.Sprint(a.Weekday)
	case CycleMonth:
		return day
	case CycleQuarter, CycleHalfYear:
		return fmt.Sprintf("m%dd%s", int(a.Month), day)
	}
	if a.Day == 0 {
		return fmt.Sprintf("%02d-%s", int(a.Month), day)
	}
	return fmt.Sprintf("%02d-%02d", int(a.Month), a.Day)
}
