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
// of the facts that it tells, who published it when, and what the configuration gave to
// it. Nothing of it ever changes, so that it can be made again to the letter.
type Issue struct {
	Year   int        `json:"year,omitempty"` // whose numbers it counts; 0: numbered through the plan
	Number int        `json:"number"`
	From   Date       `json:"from"`
	To     Date       `json:"to"`
	AsOf   time.Time  `json:"as_of"`
	Rules  LightRules `json:"rules"` // the thresholds that the facts were seen in
	By     Actor      `json:"by"`
	At     time.Time  `json:"at"`

	// What the configuration said on that day. A record from before this was kept has no
	// Imprint: it is made again with the configuration of today.
	Imprint *Imprint         `json:"imprint,omitempty"`
	Note    string           `json:"note,omitempty"`  // the office's own line under figures
	Words   map[Level]string `json:"words,omitempty"` // its own words for the levels
	Alike   []Alike          `json:"alike,omitempty"` // its groups of comparable units
	Owing   map[string]Date  `json:"owing,omitempty"` // tasks whose report fell due in the period, each since when
}

// Imprint is what an office says about itself on its bulletins, none of which stems from
// the plan.
type Imprint struct {
	Organ        string   `json:"organ,omitempty"`        // 机关名称，如 湖州市人民政府
	Office       string   `json:"office,omitempty"`       // 编印和署名的机构
	Series       string   `json:"series,omitempty"`       // 刊名
	Addressees   string   `json:"addressees,omitempty"`   // 主送
	Basis        string   `json:"basis,omitempty"`        // 依据，如 湖政发〔2018〕20号文件要求
	Requirements []string `json:"requirements,omitempty"` // 下一步工作要求, one paragraph each
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
