package handlers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"duban/handlers/report"
	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// maxFile is how large a file a platform takes, in bytes.
const maxFile = 20 << 20

// The forms of file that can be asked for.
const (
	FormLedger   = "xlsx"     // 台账
	FormBulletin = "docx"     // 通报
	FormPicture  = "png"      // 进度图: the units on one screen
	FormTimeline = "timeline" // 时间轴: the tasks on a line of time, in pages
)

// FileWriter makes the files of one form: one, or the pages of a picture.
type FileWriter func(f report.Facts, p Paper) ([][]byte, error)

// Paper is what a file needs beside the facts.
type Paper struct {
	Events []ledger.Event // all of the tenant, oldest first
	Date   ledger.Date    // 成文日期; zero: the day of the facts
	Issue  int            // number of a bulletin; 0: none yet

	Imprint   ledger.Imprint // of today, or of the day of publishing
	Published bool           // the bulletin is no draft any more
}

// Of is the paper of a published issue: with its day and number, and what the office said
// about itself then.
func (p Paper) Of(i ledger.Issue, loc *time.Location) Paper {
	p.Date, p.Issue, p.Published = ledger.DateOf(i.At.In(loc)), i.Number, true
	if i.Imprint != nil {
		p.Imprint = *i.Imprint
	}
	return p
}

// formWord says what people call a form, what its files are called, the words that ask for
// it, and the extension, which is also the option of duban report.
type formWord struct{ word, file, ask, ext string }

var formWords = map[string]formWord{
	FormLedger: {"台账", "督办台账", "导出台账", "xlsx"}, FormBulletin: {"通报", "督查通报（草稿）", "生成通报", "docx"},
	FormPicture: {"进度图", "督办进度图", "进度图", "png"}, FormTimeline: {"时间轴", "督办时间轴", "时间轴", "png"},
}

// order is a file that is owed: in which form, of which unit, over which period; or which
// published issue, by its name.
type order struct{ form, unit, period, issue string }

// String and parseOrder are how an order stands in its notice.
func (o order) String() string {
	s := o.form + "\n" + o.period + "\n" + o.unit
	if o.issue != "" {
		s += "\n" + o.issue
	}
	return s
}

func parseOrder(s string) order {
	p := append(strings.Split(s, "\n"), "", "", "")
	return order{form: p[0], period: p[1], unit: p[2], issue: p[3]}
}

// formOf is the form that was asked for. An export without a word on it is the ledger.
func (t *turn) formOf() string {
	words := strings.ToLower(t.m.Text)
	has := func(list ...string) bool {
		for _, w := range list {
			if strings.Contains(words, w) {
				return true
			}
		}
		return false
	}
	switch {
	case t.mean.Intent == understand.Bulletin:
		return FormBulletin
	case t.mean.Intent == understand.Picture:
		return FormPicture
	case t.mean.Intent == understand.Timeline:
		return FormTimeline
	case has("台账", "excel", "xls", "表"):
		return FormLedger
	case has("通报", "word", "doc"):
		return FormBulletin
	case has("进度图", "图片", "png"):
		return FormPicture
	}
	return FormLedger
}

// runFile owes the file that was asked for; making it takes too long for an answer.
func runFile(t *turn) (act, error) {
	if strings.Contains(t.m.Text, "日历") {
		return runFeed(t)
	}
	form := t.formOf()
	word := formWords[form].word
	if !may(t.me, seeAll) {
		if form != FormLedger || len(t.me.Units) == 0 || t.mean.Unit != "" && !t.me.In(t.mean.Unit) {
			return say("没有权限", "您可以导出本单位的台账：私聊我发送“导出本单位台账”。其他材料请联系督查室。"), nil
		}
		if t.mean.Unit == "" {
			t.mean.Unit = t.me.Units[0]
		}
	}
	switch {
	case t.m.Conversation.Group:
		return say("请私聊我", fmt.Sprintf("%s含全部单位的情况，不在群里发送。请私聊我。", word)), nil
	case t.desk.o.Writers[form] == nil:
		return say("请在后台导出", fmt.Sprintf("这里不能发送文件，%s请在后台用 duban report --%s 文件名 生成。", word, formWords[form].ext)), nil
	case t.book.Plan == nil:
		return say("还没有方案", "还没有导入方案，没有可以统计的任务。"), nil
	case t.mean.Unit != "" && !knownUnit(t.book, t.mean.Unit):
		return say("没有找到单位", fmt.Sprintf("方案中没有“%s”这个责任单位。请核对单位名称。", wording.Escape(t.mean.Unit))), nil
	}
	t.meant()
	o := order{form: form, unit: t.mean.Unit}
	if !t.mean.From.IsZero() {
		o.period = t.mean.From.String() + ".." + t.mean.To.String()
		if t.mean.To.IsZero() {
			o.period = t.mean.From.String() + ".." + t.today.String()
		}
	}
	if _, _, err := report.Period(o.period, t.today); err != nil {
		return notBegun(), nil
	}
	a := say("正在生成", fmt.Sprintf("正在生成%s，稍后发送。", word))
	a.notices = append(a.notices, ledger.Notice{
		Key: "file/" + t.m.ID, Kind: ledger.NoticeFile, To: target(t.m), Ask: o.String(),
		By: t.m.Sender.ID, Made: t.now, Due: t.now, Expires: t.now.Add(24 * time.Hour),
	})
	a.slow = true
	return a, nil
}

// ComposeFile makes an owed file when it is sent: of the state of that moment, of the end
// of a period that is over, or of a published issue; and only for whom it may be shown then.
// What cannot be made is a sentence to the asker.
func (d *Desk) ComposeFile(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	b, err := d.Fresh(ctx)
	if err != nil {
		return ledger.Body{}, false, err
	}
	o, by := parseOrder(n.Ask), b.Members[n.By]
	own := o.form == FormLedger && may(by, seeUnit) && by.In(o.unit)
	if n.To.Room != "" || !may(by, seeAll) && !own || b.Plan == nil {
		return ledger.Body{}, false, nil
	}
	return d.make(ctx, n.Key, b, o)
}

// make makes the file that was ordered.
func (d *Desk) make(ctx context.Context, key string, b *ledger.Book, o order) (ledger.Body, bool, error) {
	word, write := formWords[o.form].word, d.o.Writers[o.form]
	fault := func(text string) (ledger.Body, bool, error) {
		return ledger.Body{Title: "没有生成" + word, Text: text}, true, nil
	}
	if write == nil {
		return fault("这里不能发送文件，请在后台用 duban report 生成。")
	}
	f, paper, err := d.fileFacts(ctx, b, o)
	if err != nil {
		return ledger.Body{}, false, fmt.Errorf("handlers: file %s: %w", key, err)
	}
	if err := report.Check(f); err != nil {
		d.o.Log.Error("facts do not add up, no file made", "notice", key, "err", err)
		return fault("统计结果不平，没有生成" + word + "，请联系管理员。")
	}
	files, err := write(f, paper)
	if err != nil {
		d.o.Log.Error("file not made", "notice", key, "form", o.form, "err", err)
		return fault(word + "没有生成，请稍后再试；仍不行请联系管理员。")
	}
	for _, data := range files {
		if len(data) > maxFile {
			return fault(word + "超过20MB，不能发送。请缩小范围，或在后台用 duban report 生成。")
		}
	}
	return d.fileBody(o, f, files), true, nil
}

// fileFacts computes what an ordered file is about.
func (d *Desk) fileFacts(ctx context.Context, b *ledger.Book, o order) (report.Facts, Paper, error) {
	now := d.o.Now()
	q := report.Query{Unit: o.unit, Rules: d.lights(b), Lights: d.o.Lights, Note: d.o.Note, Alike: d.comparison(b).Groups, Soon: 30, Silent: 14, Reporting: d.o.Rhythm.Plan, IsWorkday: d.workday}
	paper := Paper{Date: ledger.DateOf(now), Imprint: d.o.Imprint}
	var err error
	if i, published := b.Issue(o.issue); published {
		q, paper = q.Published(i), paper.Of(i, now.Location())
	} else if q.From, q.To, err = report.Period(o.period, paper.Date); err != nil {
		return report.Facts{}, paper, err
	} else {
		q.Now = report.Until(q.To, now)
	}
	if paper.Events, err = d.o.Ledger.Events(ctx, "", time.Time{}, time.Time{}); err != nil {
		return report.Facts{}, paper, fmt.Errorf("all events: %w", err)
	}
	return report.AsOf(b, paper.Events, q), paper, nil
}

// fileBody is the message that carries the files and says what they are.
func (d *Desk) fileBody(o order, f report.Facts, files [][]byte) ledger.Body {
	form := formWords[o.form]
	name := form.file
	if o.unit != "" {
		name = strings.Map(fileRune, o.unit) + name
	}
	name += f.AsOf
	b := ledger.Body{Title: form.word, Text: fmt.Sprintf("%s已生成：%s，截至%s。", form.word, wording.Escape(f.Scope), f.AsOf)}
	switch {
	case o.issue != "":
		name = "督查通报" + o.issue
		b.Text = fmt.Sprintf("%s通报：期间为%s至%s，数据截至%s。", o.issue, f.From, f.To, f.AsOf)
	case o.form == FormBulletin:
		b.Text += fmt.Sprintf("通报期间为%s至%s，是草稿，请核对后使用。", f.From, f.To)
	case o.form == FormPicture && d.o.Writers[FormTimeline] != nil:
		ask := o.unit + "时间轴"
		b.Text += "各项任务的时限请回复“" + wording.Escape(ask) + "”查看。"
		b.Buttons = []ledger.Button{{Label: "时间轴", Say: ask}}
	case len(files) > 1:
		b.Text += fmt.Sprintf("共%d张。", len(files))
	}
	picture := o.form == FormPicture || o.form == FormTimeline
	for i, data := range files {
		n := name
		if len(files) > 1 {
			n += fmt.Sprintf("-%d", i+1)
		}
		b.Files = append(b.Files, ledger.File{Name: n + "." + form.ext, Data: data, Picture: picture})
	}
	return b
}

// fileRune keeps out of a file's name what some system does not take.
func fileRune(r rune) rune {
	if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
		return '_'
	}
	return r
}

// FileGivenUp words what the asker is told of a file that was made and never arrived.
func (d *Desk) FileGivenUp(n ledger.Notice, why error) ledger.Body {
	form := formWords[parseOrder(n.Ask).form]
	return ledger.Body{Title: "没有发出" + form.word, Text: fmt.Sprintf(
		"%s没有发出：%s。\n\n可稍后回复“%s”再试；仍不行的，请联系管理员处理，或由管理员在后台用 duban report --%s 文件名 生成。", form.word, d.refusal(why, "平台没有接收这个文件"), form.ask, form.ext)}
}

// refusal says why the platform did not take something, in its own hint or plainly.
func (d *Desk) refusal(why error, plainly string) string {
	if d.o.Hint != nil {
		if hint := d.o.Hint(why); hint != "" {
			return hint
		}
	}
	return plainly
}
