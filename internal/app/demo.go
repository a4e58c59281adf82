package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/console"
	"duban/config"
	"duban/store"
	"duban/store/ledger"
)

type demoCmd struct {
	Listen string `default:"127.0.0.1:8421" placeholder:"地址" help:"监听地址，只能是本机"`
	Data   string `default:"data-demo" placeholder:"目录" help:"数据目录"`
	Fresh  bool   `help:"清除上次的数据，重新开始"`
}

// demoStart is when the demo begins: the first working day after the plan was issued.
func demoStart(loc *time.Location) time.Time {
	return ledger.NewDate(2018, time.July, 2).In(loc, 9, 0)
}

// demoConfig binds sample people and groups beforehand, so that every part can be
// played: two units with a contact each, the supervision office, a leader, and one
// person who still has to bind a unit.
func demoConfig(data string) config.Config {
	c := config.Default()
	c.DataDir, c.DingTalk.Mode, c.Office, c.LogLevel = data, "off", "市政府督查室", "warn"
	c.Bulletin.Every = "month"
	c.Members = []config.Member{
		{ID: "zhangmin", Name: "张敏", Units: []string{"市大数据中心"}, Roles: []string{"contact"}},
		{ID: "lijun", Name: "李军", Units: []string{"市政府法制办"}, Roles: []string{"contact"}},
		{ID: "wanghui", Name: "王慧", Units: nil, Roles: []string{"supervisor"}},
		{ID: "chenguang", Name: "陈光", Units: nil, Roles: []string{"leader"}},
	}
	c.Rooms = []config.Room{
		{ID: "room-data", Title: "数字化转型工作群", Units: []string{"市大数据中心", "市政务办"}},
		{ID: "room-law", Title: "依法行政工作群", Units: []string{"市政府法制办", "市司法局", "市编委办"}},
	}
	return c
}

// demoPeople are the parts to play.
func demoPeople() []console.Person {
	return []console.Person{
		{ID: "zhangmin", Name: "张敏", Note: "市大数据中心 联络员"},
		{ID: "lijun", Name: "李军", Note: "市政府法制办 联络员"},
		{ID: "wanghui", Name: "王慧", Note: "市政府督查室"},
		{ID: "chenguang", Name: "陈光", Note: "市领导"},
		{ID: "zhaolei", Name: "赵蕾", Note: "市财政局 新同事"},
	}
}

func demoRooms() []console.Room {
	return []console.Room{
		{ID: "room-data", Title: "数字化转型工作群", People: []string{"zhangmin", "wanghui", "chenguang"}},
		{ID: "room-law", Title: "依法行政工作群", People: []string{"lijun", "wanghui", "chenguang"}},
	}
}

// Run serves the demo until it is told to stop.
func (c *demoCmd) Run(ctx context.Context, e Env) error {
	cfg := demoConfig(c.Data)
	log := logger(e, cfg.LogLevel)
	l, err := listen(c.Listen)
	if err != nil {
		return err
	}
	if !loopback(l) {
		return errors.Join(fmt.Errorf("试用页面只能在本机打开，请使用 127.0.0.1 加端口"), l.Close())
	}
	engine, err := c.open(ctx)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer closeStore(engine, log)
	clock := &demoClock{real: e.Now}
	clock.set(demoStart(e.Now().Location()))
	page, err := console.New(console.Options{
		People: demoPeople(), Rooms: demoRooms(), Bot: cfg.Bot, Clock: clock, Journal: filepath.Join(c.Data, "console.jsonl"), Log: log, Secret: secrecyOf(cfg).Marked,
		Intro: []string{
			"选张敏，问一句“我的任务”；再点上方的“到下一次提醒”（手机上先点“调时间”），看“数字化转型工作群”收到提醒。",
			"在群里引用这条提醒，回复“已完成招标，进度60%”。办完后写“任务28已完成”，由王慧回复“通过 任务28”。",
			"选陈光，问一句“汇总”，再问“依据”。",
		},
	})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	clock.record = page.RecordClock
	if last, ok := page.LastClock(); ok {
		clock.set(last)
	}
	o, err := openOffice(ctx, e, cfg, parts{engine, page, bot.DefaultLimits(), clock.Now, log})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	clock.office = o
	page.Bind(o.intake)
	o.start(ctx)
	fmt.Fprintf(e.Stdout, "督办试用已就绪，请在浏览器打开：http://%s/console/\n演示时间：%s。按 Ctrl-C 停止，数据保存在 %s。\n", l.Addr(), clock.Now().Format("2006年1月2日 15:04"), c.Data)
	served := serveHTTP(ctx, l, o.demoRoutes(page))
	stopped := errors.Join(page.RecordClock(clock.Now()), o.stop(ctx), page.Close())
	if err := errors.Join(served, stopped); err != nil {
		return err
	}
	fmt.Fprintln(e.Stdout, "试用已结束，数据已保存。再次运行可继续，加 --fresh 重新开始。")
	return nil
}

func (o *office) demoRoutes(page *console.Console) http.Handler {
	mux := http.NewServeMux()
	o.health(mux)
	mux.Handle("/console/", page.Handler())
	mux.Handle("GET /{$}", http.RedirectHandler("/console/", http.StatusFound))
	return mux
}

// open opens the demo's store, emptied before where that is asked for: the store is opened
// first, so that the data of a demo that runs stays.
func (c *demoCmd) open(ctx context.Context) (store.Engine, error) {
	where := store.Config{DataDir: c.Data, Tenant: "demo"}
	s, err := store.Open(ctx, where)
	if err == nil && c.Fresh {
		if err := errors.Join(s.Close(), forget(c.Data)); err != nil {
			return nil, err
		}
		s, err = store.Open(ctx, where)
	}
	if err != nil {
		return nil, storeFault(where, err)
	}
	return s, nil
}

// forget removes the demo's own files, and nothing else that may stand beside them.
func forget(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("数据目录 %s 无法读取：%w", dir, config.FileFault(err))
	}
	for _, x := range entries {
		if name := x.Name(); !x.IsDir() && ours(name) {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				return fmt.Errorf("旧数据 %s 无法删除：%w", name, err)
			}
		}
	}
	return nil
}

func ours(name string) bool {
	return strings.HasPrefix(name, "duban-demo.db") || strings.HasPrefix(name, "console.jsonl")
}
