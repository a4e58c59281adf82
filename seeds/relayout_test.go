package seeds

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"duban/internal/zh"
	"duban/internal/zh/when"
	"duban/store/ledger"
)

// sheet is a task as any layout can print it: units by role, one time.
type sheet struct{ title, lead, support, time string }

// sheets are the tasks of a plan that every layout can print: with units that no mark
// parts, the leading ones first, a title without one and a time that is one deadline. split
// says that they have leading units.
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
			whole = whole && !(o.Role == ledger.RoleLead && len(support) > 0) && !strings.ContainsAny(o.Name, "、") && o.Name != "等" && reUnitToken.MatchString(o.Name)
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

// relaid is a plan whose tasks every layout can print.
type relaid struct {
	file   string
	issued ledger.Date
	tasks  []sheet
	want   []string
	split  bool // tells leading from supporting units
}

// plainPlans are the plans with three such tasks or more: those that tell leading from
// supporting units, and those that do not.
func plainPlans(t *testing.T) (split, whole []relaid) {
	var lock sync.Mutex
	t.Run("plans", func(t *testing.T) {
		planFiles(t, func(t *testing.T, file string, b []byte, issued ledger.Date) {
			from, err := Read(b, Options{Name: file, Issued: issued})
			if err != nil {
				t.Fatal(err)
			}
			tasks, want, roles := sheets(from)
			sort := "R:"
			if !roles {
				sort = "S:"
			}
			if len(tasks) < 3 || slices.ContainsFunc(want, func(w string) bool { return strings.Contains(w, sort) }) {
				return // too few, or of both sorts
			}
			lock.Lock()
			defer lock.Unlock()
			if p := (relaid{file, from.Issued, tasks, want, roles}); roles {
				split = append(split, p)
			} else {
				whole = append(whole, p)
			}
		})
	})
	for _, list := range [][]relaid{split, whole} {
		slices.SortFunc(list, func(a, b relaid) int { return strings.Compare(a.file, b.file) })
	}
	return split, whole
}

// TestRelayout prints the tasks of every plan in layouts in which they never stood, and
// demands the same titles, units and deadlines. The plans take turns, so that every layout
// is read with many of them.
func TestRelayout(t *testing.T) {
	often := 12
	if raced {
		often = 3
	}
	layouts := tableLayouts()
	for name, l := range listLayouts() {
		layouts[name] = l
	}
	split, whole := plainPlans(t)
	turn := 0
	for _, name := range slices.Sorted(maps.Keys(layouts)) {
		from := slices.Concat(split, whole)
		if roles := strings.HasSuffix(name, "lead and support"); strings.Contains(name, ", ") && roles {
			from = split
		} else if strings.Contains(name, ", ") {
			from = whole
		}
		if len(from) < often {
			t.Errorf("%s: only %d plans", name, len(from))
		}
		for n := range min(often, len(from)) {
			p := from[(turn+n*len(from)/often)%len(from)]
			t.Run(name+", "+filepath.Base(p.file), func(t *testing.T) {
				t.Parallel()
				p.printAs(t, layouts[name])
			})
		}
		turn++
	}
}

// printAs reads the tasks back from a layout.
func (r relaid) printAs(t *testing.T, l layout) {
	text := "青岚市2023年重点工作任务分解方案\n\n" + l.head
	for n, s := range r.tasks {
		text += l.print(n+1, s, r.split) + "\n"
	}
	p, err := Read([]byte(text), Options{Name: "x.txt", Issued: r.issued})
	if err != nil {
		t.Fatalf("%v\n%s", err, zh.CutBytes(text, 400))
	}
	for _, w := range sameLines(r.want, unnumbered(p)) {
		t.Error(w)
	}
}

// unnumbered is taskLines without the numbers, which the layouts print in their own way.
func unnumbered(p *ledger.Plan) []string {
	var out []string
	for _, x := range p.Tasks {
		out = append(out, plainForm(x.Title)+" | "+ledger.Owners(x.Owners)+" | "+bareDeadline(x.Deadline.Expected()))
	}
	return out
}
