package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/console"
	"duban/bot/dingtalk"
	"duban/config"
	"duban/store"
)

type serveCmd struct {
	Config string `short:"c" default:"duban.yaml" placeholder:"文件" help:"配置文件，默认 duban.yaml；没有时只用环境变量"`
}

// Run serves DingTalk until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, e Env) error {
	cfg, err := load(e, c.Config)
	if err != nil {
		return err
	}
	log := logger(e, cfg.LogLevel)
	if err := ready(cfg); err != nil {
		return err
	}
	engine, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer closeStore(engine, log)
	l, err := listen(cfg.Listen)
	if err != nil {
		return err
	}
	platform, page, err := platformOf(cfg, l, e.Now, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	o, err := openOffice(ctx, e, cfg, log, engine, platform, e.Now)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	mux := o.routes()
	if page != nil {
		page.Bind(o.intake)
		mux.Handle("/console/", page.Handler())
	}
	o.start(ctx)
	fmt.Fprintf(e.Stdout, "督办已启动：http://%s，钉钉消息接收地址的路径为 /dingtalk/robot。按 Ctrl-C 停止。\n", l.Addr())
	served := serveHTTP(ctx, l, mux)
	if err := o.stop(ctx); err != nil {
		log.Warn("stopped before everything was sent; the outbox has the rest", "err", err)
	}
	if served == nil {
		fmt.Fprintln(e.Stdout, "督办已停止。")
	}
	return served
}

// routes are the pages of a real office.
func (o *office) routes() *http.ServeMux {
	mux := http.NewServeMux()
	o.health(mux)
	if o.cfg.DingTalk.Mode == "http" {
		mux.Handle("/dingtalk/robot", dingtalk.NewDoor(dingtalk.DoorOptions{
			Secret: o.cfg.DingTalk.ClientSecret.Reveal(), RobotCode: robotCode(o.cfg), BotName: o.cfg.Bot, Taker: o.intake,
			Now: o.now, Log: o.log, SessionHosts: []string{o.cfg.DingTalk.OAPIBase}, Observe: o.meter.push,
		}))
	}
	return mux
}

func robotCode(c config.Config) string {
	if c.DingTalk.RobotCode != "" {
		return c.DingTalk.RobotCode
	}
	return c.DingTalk.ClientID
}

// platformOf is where messages go: DingTalk, or the console with the configured people
// and groups when DingTalk is off.
func platformOf(cfg config.Config, l net.Listener, now func() time.Time, log *slog.Logger) (bot.Platform, *console.Console, error) {
	if cfg.DingTalk.Mode == "http" {
		client, err := dingClient(cfg, now, log)
		return client, nil, err
	}
	if !loopback(l) {
		return nil, nil, fmt.Errorf("网页对话不验证身份，只能在本机打开：listen 请使用 127.0.0.1")
	}
	o := console.Options{Bot: cfg.Bot, Clock: wallClock{now}, Journal: filepath.Join(cfg.DataDir, "console.jsonl"), Log: log}
	for _, m := range cfg.Members {
		o.People = append(o.People, console.Person{ID: m.ID, Name: m.Name, Note: strings.Join(m.Units, "、")})
	}
	for _, r := range cfg.Rooms {
		o.Rooms = append(o.Rooms, console.Room{ID: r.ID, Title: r.Title})
	}
	page, err := console.New(o)
	return page, page, err
}

// dingClient is the sender to DingTalk with the configured group robots.
func dingClient(cfg config.Config, now func() time.Time, log *slog.Logger) (bot.Platform, error) {
	hooks := map[string][2]string{}
	for _, r := range cfg.Rooms {
		if r.Webhook != "" {
			hooks[r.ID] = [2]string{r.Webhook.Reveal(), r.Secret.Reveal()}
		}
	}
	return dingtalk.NewClient(dingtalk.ClientOptions{
		ClientID: cfg.DingTalk.ClientID, Secret: cfg.DingTalk.ClientSecret.Reveal(), RobotCode: robotCode(cfg),
		APIBase: cfg.DingTalk.APIBase, OAPIBase: cfg.DingTalk.OAPIBase, Now: now, Log: log,
		RoomWebhook: func(id string) (string, string, bool) {
			h, ok := hooks[id]
			return h[0], h[1], ok
		},
	})
}

// ready refuses to serve what could not work.
func ready(cfg config.Config) error {
	if cfg.DingTalk.Mode == "http" && (cfg.DingTalk.ClientID == "" || cfg.DingTalk.ClientSecret == "") {
		return fmt.Errorf("缺少钉钉应用凭证：请设置 dingtalk.client_id 和 dingtalk.client_secret（或环境变量 DUBAN_DINGTALK_CLIENT_ID、DUBAN_DINGTALK_CLIENT_SECRET）。只想试用请运行 duban demo")
	}
	return nil
}

func load(e Env, file string) (config.Config, error) {
	return config.Load(config.FromOS(file, file == "duban.yaml", e.Environ))
}

func logger(e Env, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(e.Stderr, &slog.HandlerOptions{Level: l}))
}

func openStore(ctx context.Context, cfg config.Config) (store.Engine, error) {
	s, err := store.Open(ctx, store.Config{RedisURL: cfg.RedisURL.Reveal(), DataDir: cfg.DataDir, Tenant: cfg.Tenant})
	if err != nil {
		return nil, fmt.Errorf("数据存储无法打开，请检查 redis_url 或 data_dir：%w", err)
	}
	return s, nil
}

func closeStore(s store.Engine, log *slog.Logger) {
	if err := s.Close(); err != nil {
		log.Error("store not closed cleanly", "err", err)
	}
}

// loopback reports whether the listener can be reached from this machine only.
func loopback(l net.Listener) bool {
	a, ok := l.Addr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

// quiet is a log that nobody reads: a check-up says itself what it found.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
