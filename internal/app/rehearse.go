package app

import (
	"bufio"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"duban/bot/bottest"
	"duban/config"
	"duban/store/ledger"
)

//go:embed rehearse.txt
var rehearsals embed.FS

type rehearseCmd struct {
	Script string `arg:"" optional:"" placeholder:"脚本" help:"要演练的脚本文件；不写则演练自带的主要流程"`
	Config string `short:"c" default:"duban.yaml" placeholder:"文件" help:"配置文件：人员、群和方案取自这里；没有时用示例"`
	Mode   string `enum:",http,stream" default:"" placeholder:"方式" help:"消息怎样到达：http 或 stream；默认与配置的 dingtalk.mode 相同"`
	Start  string `placeholder:"日期" help:"演练开始的日期，如 2018-07-02；默认为方案成文后的第一个工作日"`
}

// rehearsal is a bot and a fake DingTalk on loopback that share one clock, and a script
// that is played on them. Nothing of it is kept.
type rehearsal struct {
	env    Env
	clock  *bottest.Clock
	fake   *bottest.Fake
	office *office
	names  map[string]string // person or group, by name → id
	shown  int               // notes printed so far
	dings  int               // DINGs printed so far
	todos  map[string]string // to-dos as they were printed, by id
	out    io.Writer
}

// Run plays a script against the bot's own serve and a fake DingTalk, offline.
func (c *rehearseCmd) Run(ctx context.Context, e Env) (err error) {
	lines, err := c.script()
	if err != nil {
		return err
	}
	cfg, err := c.config(e)
	if err != nil {
		return err
	}
	if c.Mode != "" {
		cfg.DingTalk.Mode = c.Mode
	}
	began, err := c.began(e, cfg)
	if err != nil {
		return err
	}
	r := &rehearsal{env: e, clock: bottest.NewClock(began), names: map[string]string{}, out: e.Stdout}
	stop, err := r.open(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	for i, line := range lines {
		if err := r.play(ctx, line); err != nil {
			return fmt.Errorf("脚本第%d行“%s”：%w", i+1, line, err)
		}
	}
	fmt.Fprintln(r.out, "演练结束，没有写入任何正式数据。")
	return nil
}

// began is when the rehearsal begins: nine o'clock of the day that is given, else of the
// first working day after the plan was issued; of today, where it does not say when.
func (c *rehearseCmd) began(e Env, cfg config.Config) (time.Time, error) {
	now := e.Now()
	if c.Start != "" {
		day, err := date("start", c.Start)
		return day.In(now.Location(), 9, 0), err
	}
	p, err := firstPlan(cfg)
	if err != nil {
		return now, err
	}
	cal, err := holidays(cfg.Holidays)
	if err != nil {
		return now, err
	}
	day := ledger.DateOf(now)
	if !p.Issued.IsZero() {
		day = p.Issued.AddDays(1)
	}
	return cal.Next(day.AddDays(-1)).In(now.Location(), 9, 0), nil
}

func (c *rehearseCmd) script() ([]string, error) {
	var text []byte
	var err error
	if c.Script == "" {
		text, err = rehearsals.ReadFile("rehearse.txt")
	} else {
		text, err = os.ReadFile(c.Script)
	}
	if err != nil {
		return nil, fmt.Errorf("脚本 %s 无法读取：%w", c.Script, config.FileFault(err))
	}
	var out []string
	for s := bufio.NewScanner(strings.NewReader(string(text))); s.Scan(); {
		out = append(out, strings.TrimSpace(s.Text()))
	}
	return out, nil
}

// config takes everything from the configuration; the people and groups of a
// configuration without people, and all where there is none, from the demo.
func (c *rehearseCmd) config(e Env) (config.Config, error) {
	cfg, err := load(e, c.Config)
	demo := demoConfig("")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		demo.DingTalk = cfg.DingTalk
		return demo, nil
	case err != nil || len(cfg.Members) > 0:
		return cfg, err
	}
	cfg.Members, cfg.Rooms, cfg.Office = demo.Members, demo.Rooms, cmp.Or(cfg.Office, demo.Office)
	return cfg, nil
}

// people fills the fake with the configured people and groups; everybody is in every
// group that a unit of theirs is bound to, the office and leaders in all.
func (r *rehearsal) people(cfg config.Config) {
	for _, m := range cfg.Members {
		r.fake.AddUser(bottest.User{ID: m.ID, Name: m.Name})
		r.names[m.Name] = m.ID
	}
	for _, p := range demoPeople() { // people of the demo who are not bound yet
		if _, known := r.names[p.Name]; !known && len(cfg.Members) > 0 && cfg.Members[0].ID == demoPeople()[0].ID {
			r.fake.AddUser(bottest.User{ID: p.ID, Name: p.Name})
			r.names[p.Name] = p.ID
		}
	}
	for _, g := range cfg.Rooms {
		var in []string
		for _, m := range cfg.Members {
			in = append(in, m.ID)
		}
		r.fake.AddGroup(bottest.Group{ID: g.ID, Title: g.Title, Members: in})
		r.names[g.Title] = g.ID
	}
}
