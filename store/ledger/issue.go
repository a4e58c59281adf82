package ledger

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Issue is a bulletin (通报) that was published under a number: the period and the moment
// of the facts that it tells, and who published it when. Nothing of it ever changes, so
// that it can be made again with the same facts.
type Issue struct {
	Year   int        `json:"year,omitempty"` // whose numbers it counts; 0: numbered through the plan
	Number int        `json:"number"`
	From   Date       `json:"from"`
	To     Date       `json:"to"`
	AsOf   time.Time  `json:"as_of"`
	Rules  LightRules `json:"rules"` // the thresholds that the facts were seen in
	By     Actor      `json:"by"`
	At     time.Time  `json:"at"`
}

const issuePrefix = "issue/"

// ID is the ID of the setting that holds the issue.
func (i Issue) ID() string { return fmt.Sprintf("%s%d/%d", issuePrefix, i.Year, i.Number) }

// Name is what the issue is called: 2018年第3期, or 第3期 when numbered through the plan.
func (i Issue) Name() string {
	if i.Year == 0 {
		return fmt.Sprintf("第%d期", i.Number)
	}
	return fmt.Sprintf("%d年第%d期", i.Year, i.Number)
}

// Issues returns what was published, in the order of publishing. A setting that cannot be
// read counts as none; its number is still taken, since its record is there.
func (b *Book) Issues() []Issue {
	var out []Issue
	for id, raw := range b.Settings {
		var i Issue
		if strings.HasPrefix(id, issuePrefix) && json.Unmarshal(raw, &i) == nil {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(x, y Issue) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Number, y.Number)) })
	return out
}

// Issue returns the published issue with the name.
func (b *Book) Issue(name string) (Issue, bool) {
	for _, i := range b.Issues() {
		if i.Name() == name {
			return i, true
		}
	}
	return Issue{}, false
}

// NextIssue is the number that follows the last one of the year (0: of the plan).
func (b *Book) NextIssue(year int) int {
	n := 1
	for b.Settings[Issue{Year: year, Number: n}.ID()] != nil {
		n++
	}
	return n
}
