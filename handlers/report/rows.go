package report

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Row is one task with its state, for annexes and tables.
type Row struct {
	Task     *ledger.Task     // with the deadlines in force at that moment
	Progress *ledger.Progress // nil when nothing was ever reported
	Level    ledger.Level
	Points   []PointRow // every checkpoint, as the plan lists them
	now      int        // index of the current checkpoint, -1 without one
	today    ledger.Date
	lights   wording.Lights
}

// PointRow is one checkpoint with its state.
type PointRow struct {
	ledger.Point
	State ledger.PointState
	Level ledger.Level
}

func (c collector) rows() []Row {
	out := make([]Row, 0, len(c.tasks))
	for _, t := range c.tasks {
		p := c.progress(t.No)
		r := Row{Task: t, Progress: p, Level: c.level(t), now: -1, today: c.today, lights: c.q.Lights}
		at, open := ledger.CurrentPoint(t, p, c.today)
		for i, pt := range t.Points {
			s := p.Point(pt.ID)
			l := ledger.PointLevel(pt, s, c.today, c.q.Rules)
			if (r.Level == ledger.LevelPaused || r.Level == ledger.LevelCancelled) && l != ledger.LevelClosed {
				l = r.Level // a checkpoint of a task that was put aside is late for nobody
			}
			r.Points = append(r.Points, PointRow{pt, s, l})
			if open && pt.ID == at.ID {
				r.now = i
			}
		}
		out = append(out, r)
	}
	return out
}

// RowsOf returns the rows of one class, in plan order.
func RowsOf(f Facts, l ledger.Level) []Row {
	var out []Row
	for _, r := range f.Rows {
		if r.Level == l {
			out = append(out, r)
		}
	}
	return out
}

// Current is the checkpoint that the task is working on; false for a standing task and
// for one that is closed.
func (r Row) Current() (PointRow, bool) {
	if r.now < 0 {
		return PointRow{}, false
	}
	return r.Points[r.now], true
}

// State is the word of the task's level, with the days of an overdue one: 逾期12天.
func (r Row) State() string {
	if n := r.Late(); n > 0 {
		return r.lights.Word(r.Level) + fmt.Sprintf("%d天", n)
	}
	return r.lights.Word(r.Level)
}

// Late is by how many days the task is overdue, counted from the earliest checkpoint
// that is; 0 when it is not.
func (r Row) Late() int {
	if p, ok := r.overduePoint(); ok {
		return r.today.Sub(p.Due)
	}
	return 0
}

// Due is the deadline that the state speaks of: that of the overdue checkpoint, else of
// the current one.
func (r Row) Due() (PointRow, bool) {
	if p, ok := r.overduePoint(); ok {
		return p, true
	}
	return r.Current()
}

func (r Row) overduePoint() (PointRow, bool) {
	best := -1
	for i, p := range r.Points {
		if r.Level == ledger.LevelOverdue && p.Level == ledger.LevelOverdue && (best < 0 || p.Due.Before(r.Points[best].Due)) {
			best = i
		}
	}
	if best < 0 {
		return PointRow{}, false
	}
	return r.Points[best], true
}

// Label names the checkpoint where the task has more than one; else it is empty.
func (r Row) Label(p PointRow) string {
	if len(r.Points) < 2 {
		return ""
	}
	if p.Label == "" {
		return p.ID
	}
	return p.Label
}

// ref names a checkpoint by its task's number.
func (r Row) ref(p PointRow) string {
	if l := r.Label(p); l != "" {
		return r.Task.No + "（" + l + "）"
	}
	return r.Task.No
}

// Last is the newest report in force; nil when there is none.
func (r Row) Last() *ledger.Entry {
	if r.Progress == nil {
		return nil
	}
	return r.Progress.Last
}

// Said is the text of the newest report on one line, cut to n characters; empty when
// nothing was reported. It is people's text.
func (r Row) Said(n int) string {
	if r.Last() == nil {
		return ""
	}
	return wording.Short(sentenced(r.Last().Report.Text), n)
}

// sentenced puts people's text on one line with a semicolon where a line ended without
// punctuation.
func sentenced(s string) string {
	out := ""
	for _, line := range strings.FieldsFunc(s, func(x rune) bool { return strings.ContainsRune("\n\r\u2028\u2029\u0085", x) }) {
		if line = Plain(line); line == "" {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(out); out != "" && !strings.ContainsRune("，。；：、！？,.;:!?", last) {
			out += "；"
		}
		out += line
	}
	return out
}

// Need is what the task asks to have coordinated, on one line.
func (r Row) Need() string { return need(r.Progress) }

// Percent is the progress reported for the current checkpoint, or the empty string.
func (r Row) Percent() string {
	if p, ok := r.Current(); ok && p.State.Percent != nil {
		return wording.Percent(*p.State.Percent)
	}
	return ""
}

// TimeText is the time requirement as the plan prints it.
func (r Row) TimeText() string {
	if s := wording.TimeRequired(r.Task); s != "" {
		return s
	}
	return "—"
}

// Responsible lists the parties that answer for the task: leads first, then responsible
// ones, collective names included.
func (r Row) Responsible() []ledger.Owner {
	var out []ledger.Owner
	for _, role := range []ledger.Role{ledger.RoleLead, ledger.RoleResponsible} {
		for _, o := range r.Task.Owners {
			if o.Role == role {
				out = append(out, o)
			}
		}
	}
	return out
}

// Owners joins the names of the parties in the role.
func (r Row) Owners(role ledger.Role) string { return wording.Owners(r.Task, role) }

// Plain puts people's text on one line without control characters or hidden ones.
func Plain(s string) string {
	s = strings.Map(func(x rune) rune {
		switch {
		case x == '\n' || x == '\r' || x == '\t' || x == '\v' || x == '\f' || x == '\u2028' || x == '\u2029' || x == '\u0085':
			return ' '
		case x < ' ' || x >= 0x7f && x < 0xa0 || x == '\ufeff' || x == '\ufffd' || x == '\ufffe' || x == '\uffff' || x >= '\u200b' && x <= '\u200f' || x >= '\u202a' && x <= '\u202e' || x >= '\u2060' && x <= '\u2069':
			return -1
		}
		return x
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

const pictographs = `[\x{1f000}-\x{1faff}\x{2600}-\x{27bf}\x{2b00}-\x{2bff}\x{fe00}-\x{fe0f}\x{20e3}\x{e0000}-\x{10ffff}]`

var (
	pictograph  = regexp.MustCompile(pictographs)
	afterAPause = regexp.MustCompile(`([，。；：、！？（“])(?: *` + pictographs + `)+ *`)
)

// Sober is Plain without emoji and other pictographs, for paper and pictures. After a
// pause the spaces around one go with it.
func Sober(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x20e3 && r < 0x3000 || r >= 0xfe00 && r < 0xff00 || r >= 0x1f000 }) {
		return Plain(s) // none of its characters may be one: nearly every text, and many are drawn
	}
	return Plain(pictograph.ReplaceAllString(afterAPause.ReplaceAllString(s, "$1"), ""))
}
