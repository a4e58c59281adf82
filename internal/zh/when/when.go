// Package when reads Chinese expressions of time: the deadlines of plans and
// notices (2018年底前, 每季度首月10日前, 自印发之日起10个工作日内) and the dates of chat
// (延期到下周五, 三季度末). Text and the day it is read on come in, typed values go out;
// the package has no clock and reads no file. What is meant but cannot be computed is
// said to be so (review) and never guessed; what is no time at all is open.
//
// A text is folded and its blanks taken out (source), then scanned once from left to
// right (scan) into mentions; the entries below only differ in which mentions count
// and how a missing year is placed.
package when

import (
	"slices"
	"strconv"
	"strings"

	"duban/internal/zh"
	"duban/store/ledger"
)

// The longest texts that are read; what goes beyond is cut off.
const (
	maxCell  = 1200
	maxProse = 24 << 10
	maxParts = 60
)

// Deadline reads a deadline cell or phrase of a document issued on that day. The
// result keeps the cleaned source words in Text; Note says in Chinese why a person
// must look, or what was assumed. It never panics and takes bounded time.
func Deadline(text string, issued ledger.Date) ledger.Deadline {
	src := prepare(text, maxCell)
	c := scan{s: src.s, ref: issued, cell: true}
	d := c.decide()
	d.Text = zh.Clean(zh.CutBytes(text, maxCell))
	if src.mended && d.Kind != ledger.DeadlineOpen && d.Note == "" {
		d.Note = "原文疑似有笔误，请核对"
	}
	return d
}

// decide turns the mentions of a cell into one deadline.
func (c *scan) decide() ledger.Deadline {
	if d, ok := c.serial(); ok {
		return d
	}
	if reBlank.MatchString(c.s) {
		return ledger.Deadline{Kind: ledger.DeadlineReview, Note: blankNote}
	}
	all := c.collect()
	ms, done := c.pending(all)
	ms = c.merge(c.parts(c.current(ms)))
	if len(ms) == 0 {
		if done {
			return ledger.Deadline{Kind: ledger.DeadlineDone}
		}
		return c.undated()
	}
	return c.assemble(ms)
}

// serial reads a bare spreadsheet day number (44926), where it falls near the day of
// issue.
func (c *scan) serial() (ledger.Deadline, bool) {
	if len(c.s) != 5 || c.run(0) != 5 || !isDigit(c.s[0]) {
		return ledger.Deadline{}, false
	}
	n, _ := value(c.s)
	day := ledger.Date{Year: 1899, Month: 12, Day: 30}.AddDays(n)
	if day.Year < c.ref.Year-5 || day.Year > c.ref.Year+15 {
		return ledger.Deadline{}, false
	}
	return ledger.Deadline{Kind: ledger.DeadlineDue, End: day, Note: "按电子表格日期序号理解"}, true
}

// current drops what only looks back (报送上月情况) and the first of two feasts named
// together (元旦、春节期间).
func (c *scan) current(ms []mention) []mention {
	out := ms[:0:0]
	for i, m := range ms {
		back := m.bound == boundNone && m.cycle == "" && len(ms) > 1 && endsWith(c.s[:min(m.start+len("上"), len(c.s))], "上", "去", "昨") && m.p.to.Before(c.ref)
		paired := i+1 < len(ms) && m.p.isFeast && m.bound == boundNone && ms[i+1].p.isFeast && strings.Trim(c.s[m.end:ms[i+1].start], "、和及") == ""
		if !back && !paired {
			out = append(out, m)
		}
	}
	return out
}

// parts drops the manner in front of the parts it announces: 分季度推进：一季度500个，二季度
// 1200个.
func (c *scan) parts(ms []mention) []mention {
	if len(ms) < 3 || ms[0].cycle == "" || len(ms[0].anchors) > 0 || !c.followsAny(ms[0].start, "分", "按", "逐") {
		return ms
	}
	gap := strings.TrimRight(c.s[ms[0].end:max(ms[0].end, ms[1].start)], ":,;、")
	if gap != "" && !slices.Contains([]string{"推进", "实施", "开展", "完成", "落实", "安排", "建设", "进行", "组织", "组织实施", "有序推进", "推进落实", "投放", "发放", "建成"}, gap) ||
		slices.ContainsFunc(ms[1:], func(m mention) bool { return m.cycle != "" }) {
		return ms
	}
	return ms[1:]
}

// assemble makes one deadline of the mentions: the only one, the one all agree on,
// or several with labels.
func (c *scan) assemble(ms []mention) ledger.Deadline {
	bad := slices.IndexFunc(ms, func(m mention) bool { return m.p.bad != "" })
	reason := ""
	if bad >= 0 {
		reason = ms[bad].p.bad
		dated := slices.DeleteFunc(slices.Clone(ms), func(m mention) bool { return m.p.bad != "" })
		if len(dated) == 0 {
			return ledger.Deadline{Kind: ledger.DeadlineReview, Note: reason}
		}
		ms = dated
		reason = "另有时间需人工确认：" + reason
	}
	if len(ms) > maxParts {
		ms, reason = ms[:maxParts], "节点过多，仅取前"+strconv.Itoa(maxParts)+"个"
	}
	first := c.typed(ms[0])
	if same(c, ms) {
		if reason != "" {
			first.Note = reason
		}
		return first
	}
	out := ledger.Deadline{Kind: ledger.DeadlineMulti, Note: reason}
	for i, m := range ms {
		part := c.typed(m)
		part.Text = c.s[m.start:m.end]
		if out.Note == "" {
			out.Note = part.Note
		}
		label := c.label(ms, i)
		out.Parts = append(out.Parts, ledger.Part{Label: label, Text: c.work(ms, i, label), Deadline: part})
	}
	return out
}

func same(c *scan, ms []mention) bool {
	want := c.typed(ms[0]).Expected()
	for _, m := range ms[1:] {
		if c.typed(m).Expected() != want {
			return false
		}
	}
	return true
}

// typed is the deadline that one mention states.
func (c *scan) typed(m mention) ledger.Deadline {
	d := ledger.Deadline{Note: m.p.note}
	switch {
	case m.p.bad != "":
		return ledger.Deadline{Kind: ledger.DeadlineReview, Note: m.p.bad}
	case m.cycle != "":
		d.Kind, d.Cycle, d.Anchors = ledger.DeadlineEvery, m.cycle, m.anchors
		return d
	case m.bound == boundSince:
		d.Kind, d.Start = ledger.DeadlineRange, m.p.from
		if m.p.span {
			d.End = m.p.to
		}
	case m.bound == boundAfter:
		d.Kind, d.Start = ledger.DeadlineRange, m.p.to.AddDays(1)
	case m.p.span:
		d.Kind, d.Start, d.End = ledger.DeadlineRange, m.p.from, m.p.to
	default:
		d.Kind, d.End = ledger.DeadlineDue, m.p.to
	}
	if d.Note == "" && m.relative {
		at := d.Start
		if at.IsZero() {
			at = d.End
		}
		d.Note = "未写年份，按" + strconv.Itoa(at.Year) + "年理解"
	}
	return d
}

// opensNow reports whether the mention only says that the work begins today, before
// the sentence says when it ends: 即日起开展排查,7月15日前完成.
func (c *scan) opensNow(m, end mention) bool {
	return m.bound == boundSince && !m.p.span && m.p.from == c.ref && end.bound == boundBy && end.cycle == "" && end.p.bad == "" &&
		!strings.ContainsAny(c.s[m.end:max(m.end, end.start)], "。;\n、")
}

// merge drops a period that only frames the cycle behind it: 2018—2020年每年推进 is
// yearly.
func (c *scan) merge(ms []mention) []mention {
	out := ms[:0:0]
	for i, m := range ms {
		if n := len(out); n > 0 && c.absorbed(&out[n-1], m) {
			continue
		}
		if i+1 < len(ms) && c.opensNow(m, ms[i+1]) {
			continue
		}
		if i+1 < len(ms) && m.cycle == "" && ms[i+1].cycle != "" && m.p.bad == "" {
			gap := c.s[m.end:max(m.end, ms[i+1].start)]
			frames := m.p.span || m.bound == boundSince || m.bound == boundNone && m.p.prec == precYear && !m.p.point
			if gap == "" || frames && strings.Trim(gap, ",、的在内") == "" {
				continue
			}
		}
		out = append(out, m)
	}
	return out
}
