// Package wording puts facts into short Chinese lines: dates, days left, lights,
// units, task lines; and makes people's own text safe to show in Markdown.
//
// In go values of the ledger, out come strings for a chat. It decides nothing, reads
// nothing and knows no platform; reminders and handlers share it so that one fact
// reads the same everywhere.
package wording

import (
	"fmt"
	"strconv"
	"strings"

	"duban/store/ledger"
)

// FormatDate is the form of a date shown to people, 2018年12月31日; 时限未定 for none.
func FormatDate(d ledger.Date) string {
	if d.IsZero() {
		return "时限未定"
	}
	return d.Chinese()
}

// Days says how far a deadline is from today: 还剩3天, 今天到期, 逾期2天.
func Days(due, today ledger.Date) string {
	switch n := due.Sub(today); {
	case n > 0:
		return fmt.Sprintf("还剩%d天", n)
	case n == 0:
		return "今天到期"
	default:
		return fmt.Sprintf("逾期%d天", -n)
	}
}

// Percent writes a percentage with at most one decimal place: 60%, 50.5%.
func Percent(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0") + "%"
}

// Numbers joins task numbers: 20、28.
func Numbers(nos []string) string { return strings.Join(nos, "、") }

// Units joins unit names; beyond max names it says how many there are:
// 市财政局、市审计局等5家. max 0 means all.
func Units(names []string, max int) string {
	if max <= 0 || len(names) <= max {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s等%d家", strings.Join(names[:max], "、"), len(names))
}

// Owners joins the parties of a role in the order of the text, collective names
// included.
func Owners(t *ledger.Task, role ledger.Role) string {
	var names []string
	for _, o := range t.Owners {
		if o.Role == role {
			names = append(names, o.Name)
		}
	}
	return Units(names, 0)
}

// Role is a unit's role as it stands behind its name; empty for one that is responsible,
// which goes without saying.
func Role(r ledger.Role) string {
	return map[ledger.Role]string{
		ledger.RoleLead: "牵头", ledger.RoleSupport: "配合", ledger.RoleVerify: "督导", ledger.RolePerson: "责任人",
	}[r]
}

// Party is a unit's name with its role behind it.
func Party(name string, r ledger.Role) string {
	if word := Role(r); word != "" {
		return name + "（" + word + "）"
	}
	return name
}

// Responsible names who answers for the task: the leads, else the responsible
// parties, collective names included; empty when the plan names nobody.
func Responsible(t *ledger.Task) string {
	if s := Owners(t, ledger.RoleLead); s != "" {
		return s
	}
	return Owners(t, ledger.RoleResponsible)
}

// TitleRunes is the length at which a title is cut in a list.
const TitleRunes = 24

// TaskLine is one checkpoint of a task in one line, without a list mark:
// 🟡 临期 任务28 建设政务云平台（全面应用），时限2018年9月30日，还剩7天. The plan's own words
// are escaped. A zero point (a standing task) shows no time.
func (t Lights) TaskLine(x *ledger.Task, p ledger.Point, l ledger.Level, today ledger.Date) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s 任务%s %s", t.Of(l), Escape(x.No), Escape(Short(x.Title, TitleRunes)))
	if step := Step(p); step != "" {
		fmt.Fprintf(&b, "（%s）", step)
	}
	if p.Due.IsZero() {
		return b.String()
	}
	fmt.Fprintf(&b, "，时限%s", FormatDate(p.Due))
	if l != ledger.LevelClosed && l != ledger.LevelPending {
		fmt.Fprintf(&b, "，%s", Days(p.Due, today))
	}
	return b.String()
}

// Step names a checkpoint in a line, escaped: its label, with what is to be done where
// the label is no more than a period (一季度：完成选址). It is empty where the day says all.
func Step(p ledger.Point) string {
	if p.Label == "" || p.Label == p.Due.Chinese() {
		return ""
	}
	if strings.HasPrefix(p.Text, p.Label) {
		return Escape(Short(p.Label, TitleRunes))
	}
	return Escape(Short(p.Work(), TitleRunes))
}

// Reporting says how a task is reported on: 每季度最后一个月25日报送; 不要求定期报送.
func Reporting(r ledger.Reporting) string {
	when := ""
	switch r.Every {
	case ledger.RhythmMonth:
		when = "每月"
	case ledger.RhythmQuarter:
		when = "每季度最后一个月"
	case ledger.RhythmHalf:
		when = "每半年最后一个月"
	case ledger.RhythmNone:
	}
	switch {
	case when == "":
		return "不要求定期报送"
	case r.Day >= ledger.MonthEnd:
		return when + "月末报送"
	}
	return fmt.Sprintf("%s%d日报送", when, r.Day)
}
