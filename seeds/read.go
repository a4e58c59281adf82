package seeds

import (
	"bytes"
	"strconv"

	"duban/internal/zh"
	"duban/internal/zh/secrecy"
	"duban/store/ledger"
)

// The limits on what strangers send.
const (
	maxFile     = 16 << 20 // bytes of the document
	maxUnpacked = 64 << 20 // bytes of an unpacked Office file
	maxEntries  = 2000     // parts of an Office file
	maxTasks    = 5000
	maxText     = 4 << 20 // bytes of plain text: a plan of 5,000 tasks has less
)

// Options says what the document itself may not.
type Options struct {
	Name   string      // file name; its ending decides the format where the content does not
	Issued ledger.Date // the issue date; zero = find it in the text

	Secrecy *secrecy.Gate // refuses what is marked as secret; nil = the list alone
}

// Read reads a plan document of any supported format. The error is a *FormatError
// when the document is refused; nothing of it counts then. Doubtful points do not
// refuse a document: they are the plan's problems.
func Read(b []byte, o Options) (*ledger.Plan, error) {
	doc, err := parse(b, o.Name)
	if err != nil {
		return nil, err
	}
	if marked(b, doc, o) || doc.whole != nil && marked(nil, doc.whole, o) {
		return nil, refuse(ReasonSecret, secrecy.Refusal, nil)
	}
	return read(doc, o)
}

// parse picks the reader by content, then by name.
func parse(b []byte, name string) (*document, error) {
	switch {
	case len(b) > maxFile:
		return nil, refuse(ReasonLarge, "文件超过16MB，请删去图片等附件，只保留方案正文和任务表后再导入", nil)
	case len(bytes.TrimSpace(b)) == 0:
		return nil, refuse(ReasonEmpty, "文件是空的，请检查后重新导入", nil)
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("PK\x05\x06")):
		return parseOffice(b)
	}
	if err := refusedFormat(b, name); err != nil {
		return nil, err
	}
	text, err := decode(b)
	if err != nil {
		return nil, err
	}
	if isHTML(text) {
		if doc, err := readHTML(text); err == nil { // what cannot be read so is text with signs in it
			return doc, nil
		}
	}
	return readText(text, name), nil
}

func read(doc *document, o Options) (*ledger.Plan, error) {
	doc.dropLinks()
	tables := findTables(doc)
	paras := doc.paragraphs()
	h := readHead(paras, o.Issued)
	p := &ledger.Plan{Title: h.title, Number: h.number, Issuer: h.issuer, Issued: h.issued, Ends: h.ends, Source: o.Name}
	b := &builder{plan: p, legend: legendOf(doc.blocks)}
	if p.Issued.IsZero() {
		b.problem("全文", "没有找到成文日期", "没有写年份的时限和按期任务的节点无法推算，请在文件中写明成文日期，或在后台用 --issued 指定日期后重新导入")
	}
	root := outline(newHeadings(), paras)
	r := b.choose(tables, root, paras)
	if len(r.drafts) == 0 && doc.whole != nil {
		return read(doc.whole, o)
	}
	p.Problems = append(append(p.Problems, doc.notes...), doc.hidden...)
	if len(r.drafts) == 0 {
		return nil, refuse(ReasonNoTask, "没有找到任务：请确认文件里有任务清单（序号、任务、责任单位、时限），或正文条目写明责任单位或时限", nil)
	}
	if len(r.drafts) > maxTasks {
		return nil, refuse(ReasonLarge, "任务超过5000项，请拆分成几个文件后再导入", nil)
	}
	b.lendTimes(r.drafts, findAllTimes(doc.blocks))
	b.build(r)
	if r.layout == "table" {
		p.Clauses = clauses(root, b.owners)
		tie(p)
	}
	for _, c := range p.Clauses {
		if zh.HasLoss(c.Heading + c.Text) {
			b.problem(c.ID, "条款“"+c.Heading+"”有缺字", "已标为"+zh.Lost+"，请对照原件补正")
		}
	}
	return p, nil
}

// choose takes the tables of tasks if there are any, else the numbered body, else
// paragraphs without numbers.
func (b *builder) choose(tables []*taskTable, root *node, paras []block) reading {
	r := reading{layout: "table"}
	for _, t := range tables {
		more := t.drafts()
		if repeats(r.drafts, more) {
			r.problems = append(r.problems, ledger.Problem{Row: "第" + strconv.Itoa(t.line) + "行", Text: "这张表与前面的任务表内容重复", Proposal: "已略过"})
			continue
		}
		r.drafts = append(r.drafts, more...)
		if t.guessed {
			r.problems = append(r.problems, ledger.Problem{Row: "第" + strconv.Itoa(t.line) + "行", Text: "任务表没有表头", Proposal: "已按各列内容认定序号、任务、责任单位和时限，请核对"})
		}
	}
	g := &gatherer{dated: b.dated, period: b.period, within: b.within, acts: b.acts, listing: make(map[siblings]bool)}
	if len(r.drafts) > 2 {
		return r
	}
	g.gather(root)
	if n := len(r.drafts); n > 0 && len(g.drafts) <= 3*n { // a tiny table inside a long list is an illustration
		return r
	}
	if len(g.drafts) > 0 {
		return reading{layout: "outline", drafts: g.drafts, problems: g.problems}
	}
	return b.loose(paras)
}

// repeats reports whether nearly every task of a table stood in one before, as on a
// second sheet that lists them by unit.
func repeats(have, more []draft) bool {
	known := make(map[string]bool, len(have))
	for _, d := range have {
		known[zh.Fold(d.title)] = true
	}
	n := 0
	for _, d := range more {
		if known[zh.Fold(d.title)] {
			n++
		}
	}
	return len(have) > 0 && n > 0 && n*10 >= len(more)*9
}
