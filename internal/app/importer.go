package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"duban/config"
	"duban/handlers"
	"duban/handlers/report/xlsx"
	"duban/internal/wording"
	"duban/internal/zh/secrecy"
	"duban/seeds"
	"duban/store/ledger"
)

type importCmd struct {
	File   string `arg:"" placeholder:"文件" help:"方案文件"`
	Issued string `placeholder:"日期" help:"发文日期，如 2018-06-30；文中没有时须给出"`
	DryRun bool   `help:"只看结果，不写入"`
	JSON   bool   `name:"json" help:"输出 JSON"`
	Yes    bool   `short:"y" help:"方案有改动时不再询问，直接确认"`
	Config string `short:"c" default:"duban.yaml" placeholder:"文件" help:"配置文件"`
}

// Run reads the document, shows what was found, and writes it where it is new or the
// change is confirmed.
func (c *importCmd) Run(ctx context.Context, e Env) error {
	var issued ledger.Date
	if c.Issued != "" {
		var err error
		if issued, err = date("issued", c.Issued); err != nil {
			return err
		}
	}
	cfg, faults := load(e, c.Config) // what is only shown needs no complete configuration
	p, err := readPlan(c.File, issued, secrecyOf(cfg))
	if err != nil {
		return err
	}
	if c.JSON {
		b, err := seeds.JSON(p)
		if err != nil {
			return err
		}
		if _, err := e.Stdout.Write(append(b, '\n')); err != nil {
			return err
		}
	} else {
		show(e.Stdout, p)
	}
	if c.DryRun {
		if !c.JSON {
			fmt.Fprintln(e.Stdout, "\n以上只是预览，没有写入。核对无误后，去掉 --dry-run 再运行一次即写入。")
		}
		return nil
	}
	if faults != nil {
		return faults
	}
	return c.write(ctx, e, cfg, p)
}

// write puts the plan into the store: at once when there is none, after a yes when it
// differs from what is there.
func (c *importCmd) write(ctx context.Context, e Env, cfg config.Config, p *ledger.Plan) error {
	log := logger(e, cfg.LogLevel)
	engine, err := openStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer closeStore(engine, log)
	desk, err := handlers.NewDesk(ctx, handlers.Options{Ledger: engine, Now: e.Now, Log: log})
	if err != nil {
		return err
	}
	say := e.Stdout
	if c.JSON { // standard output holds the JSON alone
		say = e.Stderr
	}
	asked, done := false, "与库中方案一致，没有改动。"
	err = change(ctx, desk.Fresh, engine, e.Now, func(b *ledger.Book) (ledger.Commit, error) {
		if old := b.Whole(); old != nil {
			xlsx.Complete(old, p) // an edited ledger holds no clauses
		}
		r, err := handlers.Revise(b, p, handlers.Order{By: ledger.Actor{Name: "命令行"}, At: e.Now()})
		if err != nil || r.Empty() {
			return ledger.Commit{}, err
		}
		if !r.First && !asked && !c.Yes {
			fmt.Fprintln(say, r.Text(1000))
			switch answer := confirmed(e, say); answer {
			case "":
				return ledger.Commit{}, errors.New("没有得到确认，没有写入。请在终端中运行并输入“是”，或核对后加 --yes 运行")
			case "否":
				done = "未确认，没有写入。"
				return ledger.Commit{}, nil
			}
			asked = true
		}
		done = "已写入" + r.Done(p)
		setup := handlers.SetupEvent(e.Now(), ledger.Actor{Name: "命令行"}, "import", 0, r.Audit(p))
		return ledger.Commit{Puts: r.Records, Expects: r.Expects, Events: append(r.Events, setup), Notices: r.ChangeLists(b, p, e.Now(), e.Now(), "")}, nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(say, done)
	return nil
}

// confirmed asks once: 是 for a clear yes, 否 for any other answer, "" where nobody answers.
func confirmed(e Env, w io.Writer) string {
	fmt.Fprint(w, "确认按以上改动更新方案？输入“是”确认：")
	s := bufio.NewScanner(e.Stdin)
	if !s.Scan() {
		fmt.Fprintln(w)
		return ""
	}
	switch strings.ToLower(strings.TrimSpace(s.Text())) {
	case "是", "确认", "y", "yes":
		return "是"
	}
	return "否"
}

// show prints what was found, for a person.
func show(w io.Writer, p *ledger.Plan) {
	if p.Title == "" {
		fmt.Fprintf(w, "（没有找到方案标题，以文件名“%s”为名）", handlers.PlanTitle(p))
	} else {
		fmt.Fprintf(w, "《%s》", p.Title)
	}
	if p.Number != "" {
		fmt.Fprintf(w, "（%s）", p.Number)
	}
	if !p.Issued.IsZero() {
		fmt.Fprintf(w, "，%s印发", p.Issued.Chinese())
	}
	fmt.Fprintf(w, "\n条款%d条，任务%d项（本系统%s）\n\n", len(p.Clauses), len(p.Tasks), secrecy.Notice)
	for _, t := range p.Tasks {
		fmt.Fprintf(w, "%s\t%s\n\t责任单位：%s\n\t时限：%s\n", t.No, t.Title, names(t.Owners), timeWords(t))
		if t.Clause != "" {
			fmt.Fprintf(w, "\t依据：%s\n", t.Clause)
		}
	}
	if len(p.Problems) == 0 {
		fmt.Fprintln(w, "\n没有需要核对的问题。")
		return
	}
	fmt.Fprintf(w, "\n需要核对的问题%d个：\n", len(p.Problems))
	for _, x := range p.Problems {
		fmt.Fprintf(w, "- %s：%s", x.Row, x.Text)
		if x.Proposal != "" {
			fmt.Fprintf(w, "（%s）", x.Proposal)
		}
		fmt.Fprintln(w)
	}
}

func names(list []ledger.Owner) string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = wording.Party(o.Name, o.Role)
	}
	return orDash(strings.Join(out, "、"))
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// timeWords says the time requirement as printed, and how it was read.
func timeWords(t ledger.Task) string {
	if t.TimeText == "" {
		return meaning(t)
	}
	return t.TimeText + "（" + meaning(t) + "）"
}

// meaning says how the time requirement was read.
func meaning(t ledger.Task) string {
	switch {
	case t.Deadline.Kind == ledger.DeadlineReview:
		return "需人工核定：" + t.Deadline.Note
	case len(t.Points) == 0 && t.Deadline.Kind == ledger.DeadlineEvery && t.Deadline.Cycle != ledger.CycleDay:
		return "按期办理，但没有排出节点"
	case t.Deadline.Kind == ledger.DeadlineDone:
		return "已完成，不设节点"
	case len(t.Points) == 0:
		return "长期，不设节点"
	case t.Recurring():
		return fmt.Sprintf("按期%d个节点，首个%s，末个%s", len(t.Points), t.Points[0].Due.Chinese(), t.Points[len(t.Points)-1].Due.Chinese())
	}
	out := make([]string, len(t.Points))
	for i, p := range t.Points {
		out[i] = p.Due.Chinese()
		if work := p.Work(); work != out[i] {
			out[i] = work + " " + out[i]
		}
	}
	return strings.Join(out, "；")
}
