package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"duban/config"
	"duban/handlers"
	"duban/handlers/report"
	"duban/handlers/report/calendar"
	"duban/handlers/report/docx"
	"duban/handlers/report/picture"
	"duban/handlers/report/xlsx"
	"duban/internal/zh/units"
	"duban/store/ledger"
)

type reportCmd struct {
	Period  string `placeholder:"期间" help:"2018、2018Q3、2018H2、2018-07、2018-07-01..2018-07-25；默认为近一个月"`
	At      string `placeholder:"日期" help:"截至哪一天，如 2018-09-30；默认为期间的最后一天，不晚于现在"`
	Unit    string `placeholder:"单位" help:"只含该单位的任务"`
	Project string `placeholder:"工程" help:"只含该工程的任务"`
	Issue   int    `placeholder:"期号" help:"通报第几期；已发布的，按发布时的期间和数据重出；未发布的，只把期号写入草稿"`
	Docx    string `placeholder:"文件" help:"写出通报（Word）"`
	Xlsx    string `placeholder:"文件" help:"写出台账（Excel），改后可再导入"`
	PNG     string `name:"png" placeholder:"文件" help:"写出进度图；任务时间轴写在旁边，文件名加“-时间轴”，多页的再加页码"`
	ICS     string `name:"ics" placeholder:"文件" help:"写出时限日历"`
	Config  string `short:"c" default:"duban.yaml" placeholder:"文件" help:"配置文件"`
}

// Run computes the facts of a day once and writes them in every form that is asked for;
// without a file it prints them.
func (c *reportCmd) Run(ctx context.Context, e Env) error {
	cfg, err := load(e, c.Config)
	if err != nil {
		return err
	}
	if err := checkLights(cfg); err != nil {
		return err
	}
	q, err := c.query(e.Now(), cfg.Report.Note)
	if err != nil {
		return err
	}
	log := logger(e, cfg.LogLevel)
	engine, err := openKept(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer closeStore(engine, log)
	desk, err := handlers.NewDesk(ctx, handlers.Options{Ledger: engine, Now: e.Now, Log: log})
	if err != nil {
		return err
	}
	book, err := desk.Fresh(ctx)
	if err != nil {
		return err
	}
	if book.Plan == nil {
		return fmt.Errorf("库中还没有方案，请先用 duban import 导入")
	}
	if q.Unit, err = unitNamed(book, c.Unit); err != nil {
		return err
	}
	q.Rules, q.Lights = lightRules(cfg, book), lightsOf(cfg)
	cal, err := holidays(cfg.Holidays)
	if err != nil {
		return err
	}
	q.Reporting, q.IsWorkday = ledger.Reporting{Every: ledger.Rhythm(cfg.Remind.Report), Day: cfg.Remind.ReportDay}, cal.IsWorkday
	events, err := engine.Events(ctx, "", time.Time{}, time.Time{})
	if err != nil {
		return fmt.Errorf("办理记录无法读取：%w", err)
	}
	paper := handlers.Paper{Events: events, Issue: c.Issue, Imprint: imprint(cfg)}
	if i, ok := c.published(book); ok {
		q, paper = q.Published(i), paper.Of(i, q.Now.Location())
	}
	f := report.AsOf(book, events, q)
	if err := report.Check(f); err != nil {
		return fmt.Errorf("统计结果不平，没有写出文件，请联系管理员：%w", err)
	}
	return c.write(e, cfg.Tenant, f, paper)
}

// published is the newest issue with the number that is asked for, unless a period, a day
// or a part of the plan is asked for as well.
func (c *reportCmd) published(b *ledger.Book) (found ledger.Issue, ok bool) {
	if c.Issue == 0 || c.Period+c.At+c.Unit+c.Project != "" {
		return found, false
	}
	for _, i := range b.Issues() {
		if i.Number == c.Issue {
			found, ok = i, true
		}
	}
	return found, ok
}

func (c *reportCmd) query(now time.Time, note string) (report.Query, error) {
	q := report.Query{Note: note, Unit: c.Unit, Project: c.Project, Now: now, Soon: 30, Silent: 14}
	if c.At != "" {
		day, err := date("at", c.At)
		if err != nil {
			return q, err
		}
		if end := report.EndOf(day, now.Location()); end.Before(now) {
			q.Now = end
		}
	}
	var err error
	if q.From, q.To, err = report.Period(c.Period, ledger.DateOf(q.Now)); err != nil {
		return q, fmt.Errorf("%w: --period 应写成 2018、2018Q3、2018-07 或 2018-07-01..2018-07-25，现为“%s”", errMisuse, c.Period)
	}
	if c.At == "" {
		q.Now = report.Until(q.To, now)
	}
	return q, nil
}

// unitNamed is the one unit of the plan that a name or short name means; no name is none.
// An error names the units that it may mean.
func unitNamed(b *ledger.Book, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	var all []string
	for _, t := range b.Tasks {
		for _, o := range t.Owners {
			if o.Role != ledger.RolePerson && !slices.Contains(all, o.Name) {
				all = append(all, o.Name)
			}
		}
	}
	found := units.NewDirectory(all, b.Aliases).Resolve(name)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		slices.Sort(all)
		return "", fmt.Errorf("方案中没有“%s”这个责任单位，没有写出报告。可用的单位：%s", name, strings.Join(all, "、"))
	}
	return "", fmt.Errorf("“%s”可能指：%s，请写全称", name, strings.Join(found, "、"))
}

// write makes the files that are asked for, each whole or not at all.
func (c *reportCmd) write(e Env, tenant string, f report.Facts, paper handlers.Paper) error {
	if c.Docx+c.Xlsx+c.PNG+c.ICS == "" {
		text := strings.ReplaceAll(f.Chat()+"\n"+f.Basis(), "**", "") // marks of Markdown mean nothing here
		_, err := fmt.Fprintln(e.Stdout, text)
		return err
	}
	writers := fileWriters()
	of := func(form string) func() ([][]byte, error) {
		return func() ([][]byte, error) { return writers[form](f, paper) }
	}
	for _, x := range []struct {
		name, word string
		make       func() ([][]byte, error)
		paged      bool // as many files as it has pages
	}{
		{c.Docx, "通报", of(handlers.FormBulletin), false},
		{c.Xlsx, "台账", of(handlers.FormLedger), false},
		{c.PNG, "进度图", of(handlers.FormPicture), false},
		{beside(c.PNG, "-时间轴"), "时间轴", of(handlers.FormTimeline), true},
		{c.ICS, "时限日历", func() ([][]byte, error) {
			return document(func(w io.Writer) error {
				return calendar.Write(w, calendar.Feed{Name: "督办时限（" + f.Scope + "）", Tenant: tenant, Now: e.Now(), Items: calendar.Items(f)})
			})
		}, false},
	} {
		if x.name == "" {
			continue
		}
		files, err := x.make()
		if err != nil {
			return fmt.Errorf("%s未能写出：%w", x.word, err)
		}
		written := make([]string, len(files))
		for i, data := range files {
			name := x.name
			if len(files) > 1 {
				name = beside(name, strconv.Itoa(i+1))
			}
			if err := whole(name, data); err != nil {
				return fmt.Errorf("%s未能写出：%w", x.word, err)
			}
			written[i] = name
			fmt.Fprintf(e.Stdout, "已写出%s：%s\n", x.word, name)
		}
		if x.paged {
			if err := dropPages(e.Stdout, x.name, written); err != nil {
				return fmt.Errorf("%s的旧页未能删除，请手工删除：%w", x.word, err)
			}
		}
	}
	return nil
}

// fileWriters are the files that the command line and the chat both give out.
func fileWriters() map[string]handlers.FileWriter {
	return map[string]handlers.FileWriter{
		handlers.FormBulletin: func(f report.Facts, p handlers.Paper) ([][]byte, error) {
			return document(func(w io.Writer) error {
				return docx.Bulletin(w, f, docx.Masthead{Imprint: p.Imprint, Issue: p.Issue, Published: p.Published, Date: p.Date})
			})
		},
		handlers.FormLedger: func(f report.Facts, p handlers.Paper) ([][]byte, error) {
			return document(func(w io.Writer) error { return xlsx.Ledger(w, f, p.Events) })
		},
		handlers.FormPicture: func(f report.Facts, _ handlers.Paper) ([][]byte, error) {
			one, err := picture.Units(f, picture.Options{})
			return [][]byte{one}, err
		},
		handlers.FormTimeline: func(f report.Facts, _ handlers.Paper) ([][]byte, error) {
			return picture.Timeline(f, picture.Options{})
		},
	}
}

// imprint is what the office is configured to say about itself, whole: where a published
// issue keeps it, a later default must not get in.
func imprint(cfg config.Config) ledger.Imprint {
	r := cfg.Report
	return docx.Imprinted(ledger.Imprint{Organ: r.Organ, Office: cfg.Office, Series: r.Series, Addressees: r.Addressees, Basis: r.Basis, Requirements: r.Requirements})
}
