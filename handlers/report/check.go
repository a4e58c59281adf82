package report

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"duban/store/ledger"
)

// ErrSums: the facts do not add up. Nothing may be written from them.
var ErrSums = errors.New("report: figures do not add up")

// Check recomputes every figure from the rows of the facts: the classes are disjoint,
// complete and add up, the shares make 100, the tables of units and 工程 lose no task,
// and each indicator is a part of its whole. Every file calls it before its first byte.
// The error is an ErrSums that names what is wrong.
func Check(f Facts) error {
	k := checker{f: f, level: map[string]ledger.Level{}}
	for _, r := range f.Rows {
		if _, twice := k.level[r.Task.No]; twice {
			k.wrong("任务%s出现两次", r.Task.No)
		}
		k.level[r.Task.No] = r.Level
	}
	k.equal("任务总数", f.Total, len(k.level))
	all := make(map[string]bool, len(k.level))
	for no := range k.level {
		all[no] = true
	}
	k.partition("总体情况", f.Classes, f.Total, all)
	k.shares("总体情况", f.Classes, f.Total)
	k.groups()
	k.rates()
	k.lists()
	return errors.Join(k.errs...)
}

type checker struct {
	f     Facts
	level map[string]ledger.Level
	errs  []error
}

func (k *checker) wrong(format string, args ...any) {
	k.errs = append(k.errs, fmt.Errorf("%w: %s", ErrSums, fmt.Sprintf(format, args...)))
}

func (k *checker) equal(what string, got, want int) {
	if got != want {
		k.wrong("%s为%d，按任务清单应为%d", what, got, want)
	}
}

// partition holds classes against the rows that belong to the whole.
func (k *checker) partition(what string, classes []Class, total int, in map[string]bool) {
	seen, sum := map[string]bool{}, 0
	for _, c := range classes {
		k.equal(what+c.Word, c.Count, len(c.Tasks))
		sum += c.Count
		for _, no := range c.Tasks {
			l, known := k.level[no]
			switch {
			case !known || !in[no]:
				k.wrong("%s%s含有范围以外的任务%s", what, c.Word, no)
			case seen[no]:
				k.wrong("%s中任务%s重复计数", what, no)
			case l != c.Level:
				k.wrong("%s中任务%s归类有误", what, no)
			}
			seen[no] = true
		}
	}
	k.equal(what+"各类合计", sum, total)
	for no := range in {
		if !seen[no] {
			k.wrong("%s漏计任务%s", what, no)
		}
	}
}

func (k *checker) shares(what string, classes []Class, total int) {
	tenths := 0
	for _, c := range classes {
		if total == 0 {
			if c.Percent != "—" {
				k.wrong("%s%s没有任务却有百分比", what, c.Word)
			}
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSuffix(c.Percent, "%"), 64)
		if err != nil {
			k.wrong("%s%s的百分比%q无法识别", what, c.Word, c.Percent)
			continue
		}
		n := int(v*10 + 0.5)
		if d := n*total - c.Count*1000; d >= total || d <= -total {
			k.wrong("%s%s的百分比%s与%d÷%d不符", what, c.Word, c.Percent, c.Count, total)
		}
		tenths += n
	}
	if total > 0 && len(classes) > 0 && tenths != 1000 {
		k.wrong("%s百分比合计不是100%%", what)
	}
}

func (k *checker) groups() {
	owned, project := sets{}, sets{}
	for _, r := range k.f.Rows {
		for _, o := range r.Responsible() {
			if k.f.about(o.Name) {
				owned.add(o.Name, r.Task.No)
			}
		}
		if len(r.Responsible()) == 0 && k.f.about(noUnit) {
			owned.add(noUnit, r.Task.No)
		}
		name := r.Task.Project
		if name == "" {
			name = NoProject
		}
		project.add(name, r.Task.No)
	}
	k.group("责任单位", k.f.Units, owned)
	k.group("工程", k.f.Projects, project)
	sum := 0
	for _, g := range k.f.Projects {
		sum += g.Total
	}
	k.equal("各工程合计", sum, k.f.Total)
}

// sets are task numbers by name.
type sets map[string]map[string]bool

func (s sets) add(name, no string) {
	if s[name] == nil {
		s[name] = map[string]bool{}
	}
	s[name][no] = true
}

func (k *checker) group(what string, list []Group, want sets) {
	seen := map[string]bool{}
	for _, g := range list {
		if seen[g.Name] {
			k.wrong("%s“%s”出现两次", what, g.Name)
		}
		seen[g.Name] = true
		k.partition("“"+g.Name+"”", g.Classes, g.Total, want[g.Name])
		k.shares("“"+g.Name+"”", g.Classes, g.Total)
		k.rate(g.Closed)
		k.rate(g.OnTime)
		k.equal("“"+g.Name+"”可办结任务", g.Closed.Whole.Count, g.Total-uncountedIn(g.CountOf))
		k.equal("“"+g.Name+"”已办结", g.Closed.Part.Count, g.CountOf(ledger.LevelClosed))
	}
	for name := range want {
		if !seen[name] {
			k.wrong("%s统计漏了“%s”", what, name)
		}
	}
}

func uncountedIn(count func(ledger.Level) int) int {
	n := 0
	for _, l := range order {
		if uncounted(l) {
			n += count(l)
		}
	}
	return n
}

func (k *checker) rate(r Rate) {
	k.equal(r.Name+"的分子", r.Part.Count, len(r.Part.Refs))
	k.equal(r.Name+"的分母", r.Whole.Count, len(r.Whole.Refs))
	left := map[string]int{}
	for _, ref := range r.Whole.Refs {
		left[ref]++
	}
	for _, ref := range r.Part.Refs {
		if left[ref]--; left[ref] < 0 {
			k.wrong("%s的分子%s不在分母中", r.Name, ref)
		}
	}
}

func (k *checker) rates() {
	for _, r := range k.f.Rates {
		k.rate(r)
	}
	if r := k.f.Rate(RateClosed); len(k.f.Rates) > 0 {
		k.equal("办结率的分母", r.Whole.Count, k.f.Total-uncountedIn(k.f.CountOf))
		k.equal("办结率的分子", r.Part.Count, k.f.CountOf(ledger.LevelClosed))
	}
}

func (k *checker) lists() {
	k.equal("本期新办结", k.f.Fresh.Count, len(k.f.Fresh.Refs))
	for _, no := range k.f.Fresh.Refs {
		if k.level[no] != ledger.LevelClosed {
			k.wrong("任务%s计入新办结但未办结", no)
		}
	}
	for _, l := range k.f.Overdue {
		if k.level[l.Task] != ledger.LevelOverdue {
			k.wrong("任务%s列入逾期但未逾期", l.Task)
		}
	}
	k.listed("有进展", k.f.MovedAll, k.f.MovedOf, k.f.Moved)
	k.listed("即将到期", k.f.SoonAll, k.f.SoonOf, k.f.Soon)
	k.listed("需要关注", k.f.AttentionAll, k.f.AttentionOf, k.f.Attention)
}

// listed holds a list that may be cut short against all that it stands for.
func (k *checker) listed(what string, count int, all []string, shown []Line) {
	k.equal(what+"的任务", count, len(all))
	seen := map[string]bool{}
	for _, no := range all {
		if _, known := k.level[no]; !known || seen[no] {
			k.wrong("%s中的任务%s不在范围内或重复", what, no)
		}
		seen[no] = true
	}
	if len(shown) > len(all) {
		k.wrong("%s的清单多于总数", what)
		return
	}
	for i, l := range shown {
		if l.Task != all[i] {
			k.wrong("%s的清单与任务编号不符：任务%s", what, l.Task)
		}
	}
}
