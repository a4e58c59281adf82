package docx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// mostNamed is how many tasks a section of the body names; the annexes name all.
const mostNamed = 10

// requirements are the closing words where the office has not written its own.
var requirements = []string{
	"各责任单位要对照方案逐项核对进展，倒排工期、压实责任，确保各项任务按时限要求完成。",
	"对逾期未办结的事项，责任单位要说明原因，明确完成时间并尽快办结；确因客观原因不能按期完成的，应在时限届满前申请延期。",
	"对需要协调解决的问题，牵头单位要主动协调，重大问题及时报告。工作完成后，应及时申请办结并提供佐证材料。",
}

const (
	documentHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` + "\n"
	documentTail = `</w:body></w:document>`
)

func document(f report.Facts, m Masthead) []byte {
	x := &writer{}
	x.raw(documentHead)
	masthead(x, m)
	x.para("Body", opening(f, m))
	x.para("Heading1", "一、总体情况")
	x.para("Body", overall(f))
	x.para("Body", rates(f))
	x.para("Body", period(f))
	forward(x, f)
	late(x, f)
	needs(x, f)
	x.para("Heading1", "五、下一步工作要求")
	last := len(m.Requirements) - 1
	for _, s := range m.Requirements[:last] {
		x.para("Body", s)
	}
	x.para("BodyLast", m.Requirements[last]) // the signature never stands on a page without text
	x.para("AnnexFirst", "附件：1."+annexTitles[0])
	x.para("AnnexNext", "2."+annexTitles[1])
	x.para("AnnexNext", "3."+annexTitles[2])
	x.para("Signature", m.Office)
	a := annexesOf(f)
	a.signed(x, m.Date.Chinese())
	a.write(x, f)
	x.raw(documentTail)
	return x.b.Bytes()
}

func masthead(x *writer, m Masthead) {
	x.para("Series", m.Series)
	issue := "第____期"
	if m.Issue > 0 {
		issue = "第" + strconv.Itoa(m.Issue) + "期"
	}
	x.para("Issue", issue)
	x.para("Imprint", m.Office+"\t"+m.Date.Chinese())
	x.para("Title", balance(m.Title))
	x.para("Salutation", m.Addressees+"：")
}

func opening(f report.Facts, m Masthead) string {
	about := "《" + planName(f.Plan) + "》"
	if f.Number != "" {
		about += "（" + f.Number + "）"
	}
	what := "的落实情况"
	if f.Scope != "全部任务" {
		what = "中“" + f.Scope + "”有关任务的落实情况"
	}
	return fmt.Sprintf("按照%s，%s对%s%s进行了督查，数据截至%s。现通报如下。", m.Basis, m.Office, about, what, f.AsOf)
}

// overallWords are the classes as a sentence names them.
var overallWords = map[ledger.Level]string{
	ledger.LevelClosed: "已办结", ledger.LevelPending: "申请办结待审核", ledger.LevelOverdue: "逾期未办结", ledger.LevelBehind: "进度滞后",
	ledger.LevelNear: "临近时限", ledger.LevelNormal: "正常推进", ledger.LevelStanding: "长期坚持", ledger.LevelPaused: "批准暂缓", ledger.LevelCancelled: "批准撤销",
}

func overall(f report.Facts) string {
	if f.Total == 0 {
		return "本次督查范围内没有任务。"
	}
	var list []string
	for _, c := range f.Classes {
		word := f.Lights.Own(c.Level, overallWords[c.Level])
		if c.Count == 0 {
			list = append(list, word+"0项")
			continue
		}
		list = append(list, fmt.Sprintf("%s%d项，占%s", word, c.Count, c.Percent))
	}
	return fmt.Sprintf("本次督查的任务共%d项。其中，%s（口径见附件1注）。", f.Total, strings.Join(list, "；"))
}

func rates(f report.Facts) string {
	var list []string
	for _, name := range []string{report.RateClosed, report.RateOnTime} {
		r := f.Rate(name)
		s := name + "为" + r.Text()
		if r.Whole.Count > 0 {
			s += fmt.Sprintf("（%d÷%d%s）", r.Part.Count, r.Whole.Count, r.Unit)
		} else {
			s += "（没有可计算的任务）"
		}
		list = append(list, s)
	}
	return strings.Join(list, "，") + "。"
}

func period(f report.Facts) string {
	s := fmt.Sprintf("本期（%s至%s）新办结%d项；批准延期%d次；%d项任务有新进展", f.From, f.To, f.Fresh.Count, f.Extended.Count, f.MovedAll)
	if r := f.Rate(report.RateReturned); r.Whole.Count > 0 {
		s += fmt.Sprintf("；申请办结%d次，退回%d次，退回率%s", r.Whole.Count, r.Part.Count, r.Text())
	}
	if r := f.Rate(report.RateReported); r.Whole.Count > 0 {
		s += fmt.Sprintf("；应报送%d项，已报送%d项，报送率%s", r.Whole.Count, r.Part.Count, r.Text())
	}
	return s + "。"
}

// forward names what was closed in the period and what moved without being late.
func forward(x *writer, f report.Facts) {
	var fresh, moved []report.Row
	for _, r := range f.Rows {
		last := r.Last()
		switch {
		case slices.Contains(f.Fresh.Refs, r.Task.No):
			fresh = append(fresh, r)
		case last == nil || report.Day(last.At).Before(f.Since) || report.Day(last.At).After(f.Until) || r.Said(1) == "":
		case r.Level == ledger.LevelNormal || r.Level == ledger.LevelNear || r.Level == ledger.LevelPending || r.Level == ledger.LevelStanding:
			moved = append(moved, r)
		}
	}
	x.para("Heading1", "二、进展较好的事项")
	if len(fresh)+len(moved) == 0 {
		x.para("Body", "本期没有新办结的事项，也没有新的进展反馈。")
		return
	}
	sub := levels{x: x}
	sub.list("本期新办结", fresh, "附件1", func(r report.Row) string { return head(r) + r.ClosedLate() + "。" })
	sub.list("本期有新进展且没有滞后", moved, "附件1", func(r report.Row) string { return head(r) + "。反馈：" + sentence(r, 60) })
}

func late(x *writer, f report.Facts) {
	x.para("Heading1", "三、进展滞后的事项")
	over, behind := report.RowsOf(f, ledger.LevelOverdue), report.RowsOf(f, ledger.LevelBehind)
	if len(over)+len(behind) == 0 {
		x.para("Body", "截至"+f.AsOf+"，没有逾期未办结和进度滞后的事项。")
		return
	}
	sub := levels{x: x}
	line := func(r report.Row) string {
		s := head(r)
		if p, ok := r.Due(); ok {
			if l := r.Label(p); l != "" {
				s += "，" + l + "节点"
			} else {
				s += "，"
			}
			s += "时限为" + dueText(p)
			if r.Late() > 0 {
				s += "，" + r.State()
			}
		}
		if r.Last() == nil {
			return s + "。至今没有反馈。"
		}
		return s + "。最近反馈：" + sentence(r, 60)
	}
	slices.SortStableFunc(over, func(a, b report.Row) int { return b.Late() - a.Late() }) // the worst are named, not the first
	sub.list("逾期未办结", over, "附件2", line)
	sub.list("进度滞后", behind, "附件1", line)
}

// dueText is a deadline; where it was moved, with the one that the plan had set.
func dueText(p report.PointRow) string {
	s := p.Due.Chinese()
	if !p.Planned.IsZero() {
		s += fmt.Sprintf("（原时限%s，已延期%d次）", p.Planned.Chinese(), p.State.Extended)
	}
	return s
}

func needs(x *writer, f report.Facts) {
	x.para("Heading1", "四、需协调解决的问题")
	n := 0
	for _, r := range f.Rows {
		if r.Need() == "" || r.Level == ledger.LevelClosed || r.Level == ledger.LevelCancelled {
			continue
		}
		n++
		x.para("Body", strconv.Itoa(n)+"."+head(r)+"："+ended(wording.Short(r.Need(), 100)))
	}
	if n == 0 {
		x.para("Body", "各单位没有提出需要协调解决的问题。")
	}
}

// levels numbers the （一） headings of one section.
type levels struct {
	x *writer
	n int
}

func (l *levels) list(name string, rows []report.Row, annex string, line func(report.Row) string) {
	if len(rows) == 0 {
		return
	}
	l.n++
	l.x.para("Heading2", fmt.Sprintf("（%s）%s（%d项）", []string{"一", "二", "三"}[l.n-1], name, len(rows)))
	for i, r := range rows {
		if i == mostNamed {
			l.x.para("Body", fmt.Sprintf("其余%d项见%s。", len(rows)-i, annex))
			return
		}
		l.x.para("Body", strconv.Itoa(i+1)+"."+line(r))
	}
}

// What the body tells of one task at most: the annexes have the rest.
const (
	mostUnits  = 5
	titleRunes = 80
)

// head names a task: 任务20（市大数据中心）推进政务数据共享.
func head(r report.Row) string {
	units := wording.Units(strings.Split(wording.Responsible(r.Task), "、"), mostUnits)
	if units == "" {
		units = "未明确责任单位"
	}
	return fmt.Sprintf("任务%s（%s）%s", r.Task.No, units, strings.TrimRight(wording.Short(report.Plain(r.Task.Title), titleRunes), "。；，"))
}

// sentence is the newest report with its day.
func sentence(r report.Row, n int) string {
	return strings.TrimRight(report.Sober(r.Said(n)), "。") + "〔" + wording.Day(r.Last().At) + "〕。"
}

func ended(s string) string { return strings.TrimRight(s, "。；，") + "。" }
