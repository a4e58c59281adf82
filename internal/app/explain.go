package app

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"duban/handlers/understand"
	"duban/internal/zh/units"
	"duban/internal/zh/when"
	"duban/seeds"
	"duban/store/ledger"
)

type explainCmd struct {
	What    string   `arg:"" placeholder:"种类" enum:"deadline,owners,message" help:"deadline 时限、owners 责任单位 或 message 消息"`
	Text    []string `arg:"" optional:"" placeholder:"文字" help:"要说明的文字；不写则从标准输入逐行读取"`
	Issued  string   `placeholder:"日期" help:"deadline：发文日期，如 2018-06-30"`
	At      string   `placeholder:"日期" help:"message：当天日期，如 2018-10-17"`
	Context string   `placeholder:"情境" help:"owners、message：情境，写法同示例"`
	JSON    bool     `name:"json" help:"输出 JSON，每行一条"`
}

// maxLine bounds one line of standard input.
const maxLine = 1 << 20

// answer is one explained text. Fields that do not apply are left out.
type answer struct {
	Text     string `json:"text"`
	Issued   string `json:"issued,omitempty"`
	Expected string `json:"expected"`
	Matched  string `json:"matched,omitempty"`
	Note     string `json:"note,omitempty"`
	Reason   string `json:"reason,omitempty"`
}

// Run explains the texts given, or each line of standard input.
func (c *explainCmd) Run(e Env) error {
	explain, err := c.explainer()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(e.Stdout, 64<<10)
	print := c.printer(out)
	if len(c.Text) > 0 {
		a, err := explain(strings.Join(c.Text, " "), "")
		if err == nil {
			err = print(a)
		}
		if err != nil {
			return err
		}
		return out.Flush()
	}
	if err := batches(e.Stdin, func(lines []string) error { return each(lines, explain, print) }); err != nil {
		return err
	}
	return out.Flush()
}

func (c *explainCmd) printer(w io.Writer) func(answer) error {
	if c.JSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(a answer) error { return enc.Encode(a) }
	}
	return func(a answer) error {
		_, err := fmt.Fprintf(w, "%s\t%s", a.Text, a.Expected)
		for _, more := range []string{a.Note, a.Reason} {
			if more != "" && err == nil {
				_, err = fmt.Fprintf(w, "\t%s", more)
			}
		}
		if err == nil {
			_, err = fmt.Fprintln(w)
		}
		return err
	}
}

// explainer returns what explains one text with its side column.
func (c *explainCmd) explainer() (func(text, side string) (answer, error), error) {
	switch c.What {
	case "deadline":
		return c.deadline()
	case "owners":
		return c.owners, nil
	}
	return c.message()
}

func (c *explainCmd) deadline() (func(text, side string) (answer, error), error) {
	p, err := seeds.Huzhou()
	if err != nil {
		return nil, err
	}
	standard := p.Issued
	if c.Issued != "" {
		if standard, err = date("issued", c.Issued); err != nil {
			return nil, err
		}
	}
	return func(text, side string) (answer, error) {
		issued, err := standard, error(nil)
		if side != "" {
			if issued, err = date("发文日期", side); err != nil {
				return answer{}, err
			}
		}
		d := when.Deadline(unescape(text), issued)
		return answer{Text: text, Issued: issued.String(), Expected: d.Expected(), Matched: d.Text, Note: d.Note}, nil
	}, nil
}

func (c *explainCmd) owners(text, side string) (answer, error) {
	if side == "" {
		side = c.Context
	}
	var ctx units.Context
	for _, kv := range strings.Split(side, ";") {
		switch k, v, _ := strings.Cut(strings.TrimSpace(kv), "="); k {
		case "field":
			ctx.Field = v
		case "issuer":
			ctx.Issuer = v
		}
	}
	return answer{Text: text, Expected: ledger.Owners(units.Parse(unescape(text), ctx))}, nil
}

func (c *explainCmd) message() (func(text, side string) (answer, error), error) {
	p, err := seeds.Huzhou()
	if err != nil {
		return nil, err
	}
	today := ledger.NewDate(2018, 10, 17)
	if c.At != "" {
		if today, err = date("at", c.At); err != nil {
			return nil, err
		}
	}
	tasks := make([]*ledger.Task, len(p.Tasks))
	seen, projects := map[string]bool{}, []string(nil)
	for i := range p.Tasks {
		tasks[i] = &p.Tasks[i]
		if name := p.Tasks[i].Project; name != "" && !seen[name] {
			seen[name] = true
			projects = append(projects, name)
		}
	}
	lex := understand.NewLexicon(tasks, projects, nil)
	return func(text, side string) (answer, error) {
		if side == "" {
			side = c.Context
		}
		ctx, err := understand.ParseContext(side, today)
		if err != nil {
			return answer{}, fmt.Errorf("%w: 情境“%s”有误：%w", errMisuse, side, err)
		}
		m := lex.Reckoned(lex.Parse(unescape(text), ctx), today)
		return answer{Text: text, Expected: m.Expected(), Reason: m.Why}, nil
	}, nil
}

func date(name, s string) (ledger.Date, error) {
	d, err := ledger.ParseDate(strings.TrimSpace(s))
	if err != nil {
		return d, fmt.Errorf("%w: --%s 应写成 2018-06-30 的形式，现为“%s”", errMisuse, name, s)
	}
	return d, nil
}

// unescape turns the two escapes of the line form into what they stand for.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(s)
}
