package seeds

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"duban/internal/zh"
	"duban/internal/zh/when"
	"duban/store/ledger"
)

// sheet is a task as any layout can print it: units by role, one time.
type sheet struct{ title, lead, support, time string }

// sheets are the tasks of a plan that every layout can print: with units that no mark
// parts, a title without one and a time that is one deadline. split says that they have
// leading units.
func sheets(p *ledger.Plan) (out []sheet, want []string, split bool) {
	for _, x := range p.Tasks {
		kind := when.Deadline(x.TimeText, p.Issued).Kind
		if n := utf8.RuneCountInString(x.Title); n < 5 || n > 60 || strings.ContainsAny(x.Title, "。|\t\n；（）()：《》“\",") || zh.HasLoss(x.Title) ||
			utf8.RuneCountInString(x.TimeText) > 16 || strings.ContainsAny(x.TimeText, "；，。、. \t（\"") || !looksTime(x.TimeText) || when.InProse(x.Title, p.Issued).Kind != ledger.DeadlineOpen ||
			kind == ledger.DeadlineMulti || kind == ledger.DeadlineReview || kind == ledger.DeadlineDone {
			continue
		}
		var lead, support []string
		whole := len(x.Owners) > 0
		for _, o := range x.Owners {
			switch name := strings.NewReplacer("(", "（", ")", "）").Replace(o.Name); {
			case o.Role == ledger.RoleSupport:
				support = append(support, name)
			case o.Role == ledger.RoleLead || o.Role == ledger.RoleResponsible:
				lead, split = append(lead, name), split || o.Role == ledger.RoleLead
			default:
				whole = false
			}
			whole = whole && !strings.ContainsAny(o.Name, "、") && o.Name != "等" && reUnitToken.MatchString(o.Name)
		}
		if whole && len(lead) > 0 {
			out = append(out, sheet{x.Title, strings.Join(lead, "、"), strings.Join(support, "、"), x.TimeText})
			want = append(want, plainForm(x.Title)+" | "+ledger.Owners(x.Owners)+" | "+bareDeadline(when.Deadline(x.TimeText, p.Issued).Expected()))
		}
	}
	return out, want, split
}

// labels are the units and the time with their labels.
func (s sheet) labels(split bool) []string {
	first := "责任单位："
	if split {
		first = "牵头单位："
	}
	out := []string{first + s.lead}
	if s.support != "" {
		out = append(out, "配合单位："+s.support)
	}
	return append(out, "完成时限："+s.time)
}

// layout prints the n-th task; head stands over them all.
type layout struct {
	head  string
	print func(n int, s sheet, split bool) string
}

func tableLayouts() map[string]layout {
	out := make(map[string]layout)
	for name, sep := range map[string]string{"bars": " | ", "drawn bars": "│", "tabs": "\t", "gaps": "    ", "wide gaps": "　　", "spaces": " ", "lines": "\n", "lines apart": "\n\n"} {
		table := func(kind string, head []string, row func(no string, s sheet) []string) {
			out[name+", "+kind] = layout{strings.Join(head, sep) + "\n", func(n int, s sheet, _ bool) string { return strings.Join(row(fmt.Sprint(n), s), sep) }}
		}
		table("lead and support", []string{"序号", "工作任务", "牵头单位", "配合单位", "完成时限"}, func(no string, s sheet) []string {
			if s.support == "" {
				s.support = "/"
			}
			return []string{no, s.title, s.lead, s.support, s.time}
		})
		table("category", []string{"序号", "类别", "工作任务", "责任单位", "完成时限"}, func(no string, s sheet) []string { return []string{no, "民生保障", s.title, s.lead, s.time} })
		table("units first", []string{"序号", "责任单位", "工作内容", "时间要求"}, func(no string, s sheet) []string { return []string{no, s.lead, s.title, s.time} })
		table("time first", []string{"序号", "完成时间", "重点任务", "责任部门"}, func(no string, s sheet) []string { return []string{no, s.time, s.title, s.lead} })
		table("without numbers", []string{"工作任务", "责任单位", "完成时限"}, func(_ string, s sheet) []string { return []string{s.title, s.lead, s.time} })
	}
	return out
}

// wrapAt breaks the lines of a text at so many columns; a closing mark stays in its line.
func wrapAt(text string, width int) string {
	var b strings.Builder
	room := width
	for _, r := range text {
		cost := columnsOf(string(r))
		if room < cost && r != '\n' && !strings.ContainsRune("，。；：、）", r) {
			b.WriteByte('\n')
			room = width
		}
		b.WriteRune(r)
		if room -= cost; r == '\n' {
			room = width
		}
	}
	return b.String()
}

// numberings are the ways in which a list prints its n-th number.
var numberings = map[string]func(n int) string{
	"1.": func(n int) string { return fmt.Sprintf("%d.", n) }, "1、": func(n int) string { return fmt.Sprintf("%d、", n) }, "（1）": func(n int) string { return fmt.Sprintf("（%d）", n) },
	"1)": func(n int) string { return fmt.Sprintf("%d)", n) }, "①": func(n int) string { return string(rune('①' + (n-1)%20)) }, "⒈": func(n int) string { return string(rune('⒈' + (n-1)%20)) },
	"一、": func(n int) string { return hanNumber(n) + "、" }, "（一）": func(n int) string { return "（" + hanNumber(n) + "）" }, "第一条": func(n int) string { return "第" + hanNumber(n) + "条 " },
	"任务一": func(n int) string { return "任务" + hanNumber(n) + "：" }, "【1】": func(n int) string { return fmt.Sprintf("【%d】", n) }, "#1": func(n int) string { return fmt.Sprintf("#%d ", n) },
	"1.1": func(n int) string { return fmt.Sprintf("1.%d ", n) }, "●": func(int) string { return "●" }, "- ": func(int) string { return "- " }, "none": func(int) string { return "" },
}

func listLayouts() map[string]layout {
	const body = "加强组织领导，细化工作举措，明确工作要求。"
	boxed := regexp.MustCompile(`(?m)^(\p{Han}+)：`)
	out := make(map[string]layout)
	for mark, number := range numberings {
		add := func(kind string, print func(s sheet, labels []string) string) {
			out[mark+" "+kind] = layout{"", func(n int, s sheet, split bool) string { return number(n) + print(s, s.labels(split)) }}
		}
		add("brackets", func(s sheet, l []string) string {
			return s.title + "。" + body + "（" + strings.Join(l, "；") + "）"
		})
		add("brackets below", func(s sheet, l []string) string { return s.title + "\n（" + strings.Join(l, "；") + "）" })
		add("label lines", func(s sheet, l []string) string { return s.title + "\n" + strings.Join(l, "\n") + "\n" })
		add("labels in one line", func(s sheet, l []string) string { return s.title + "\n" + strings.Join(l, "；") })
		add("labels behind", func(s sheet, l []string) string { return s.title + "。" + strings.Join(l, "；") + "。" })
		add("boxes", func(s sheet, l []string) string {
			return s.title + "\n" + boxed.ReplaceAllString(strings.Join(l, "\n"), "【$1】")
		})
		add("dashes", func(s sheet, l []string) string { return s.title + "\n- " + strings.Join(l, "\n- ") })
		add("a body between", func(s sheet, l []string) string { return s.title + "\n" + body + "\n" + strings.Join(l, "\n") })
		add("time before", func(s sheet, l []string) string {
			return s.title + "\n" + l[len(l)-1] + "\n" + strings.Join(l[:len(l)-1], "\n")
		})
		if mark != "none" && mark != "- " && mark != "●" {
			add("broken at 60", func(s sheet, l []string) string {
				return wrapAt(s.title+"。"+body+"（"+strings.Join(l, "；")+"）", 60-columnsOf(number(9)))
			})
		}
	}
	return out
}

// TestRelayout prints the tasks of every plan in layouts in which they never stood, and
// demands the same titles, units and deadlines. Each plan takes its share of the layouts,
// so that every layout is read many times.
func TestRelayout(t *testing.T) {
	const share = 4
	layouts := tableLayouts()
	for name, l := range listLayouts() {
		layouts[name] = l
	}
	var names []string
	for name := range layouts {
		names = append(names, name)
	}
	slices.Sort(names)
	planFiles(t, func(t *testing.T, file string, b []byte, issued ledger.Date) {
		from, err := Read(b, Options{Name: file, Issued: issued})
		if err != nil {
			t.Fatal(err)
		}
		tasks, want, split := sheets(from)
		sort := "R:"
		if !split {
			sort = "S:"
		}
		if len(tasks) < 3 || slices.ContainsFunc(want, func(w string) bool { return strings.Contains(w, sort) }) {
			return // too few, or of both sorts
		}
		for i, name := range names {
			if (i+len(file)+len(b))%share != 0 || strings.Contains(name, ", ") && !strings.HasSuffix(name, "lead and support") == split {
				continue
			}
			l := layouts[name]
			text := "青岚市2023年重点工作任务分解方案\n\n" + l.head
			for n, s := range tasks {
				text += l.print(n+1, s, split) + "\n"
			}
			p, err := Read([]byte(text), Options{Name: "x.txt", Issued: from.Issued})
			if err != nil {
				t.Errorf("%s: %v\n%s", name, err, zh.CutBytes(text, 400))
				continue
			}
			for _, w := range sameLines(want, unnumbered(p)) {
				t.Errorf("%s: %s", name, w)
			}
		}
	})
}

// unnumbered is taskLines without the numbers, which the layouts print in their own way.
func unnumbered(p *ledger.Plan) []string {
	var out []string
	for _, x := range p.Tasks {
		out = append(out, plainForm(x.Title)+" | "+ledger.Owners(x.Owners)+" | "+bareDeadline(x.Deadline.Expected()))
	}
	return out
}
