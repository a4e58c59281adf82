package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"duban/bot"
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
	engine, err := openStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer closeStore(engine, log)
	l, err := listen(cfg.Listen)
	if err != nil {
		return err
	}
	to, err := platformOf(cfg, l, e.Now, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	o, err := openOffice(ctx, e, cfg, parts{engine, to, bot.DefaultLimits(), e.Now, log})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if err := errors.Join(o.withDing(ctx, to.ding), o.withZheng(ctx, to.zheng)); err != nil {
		return errors.Join(err, l.Close())
	}
	mux := http.NewServeMux()
	o.health(mux)
	o.feed(mux)
	stream, err := o.doors(mux, to)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if stream != nil {
		o.extra = append(o.extra, stream)
	}
	o.start(ctx)
	o.registerCards(ctx)
	fmt.Fprintf(e.Stdout, "督办已启动：http://%s，%s。按 Ctrl-C 停止。\n", l.Addr(), arrival(cfg))
	served := serveHTTP(ctx, l, mux)
	if err := o.stop(ctx); err != nil {
		log.Warn("stopped before everything was sent; the outbox has the rest", "err", err)
	}
	if err := to.close(); err != nil {
		log.Warn("platform not closed cleanly", "err", err)
	}
	if served == nil {
		fmt.Fprintln(e.Stdout, "督办已停止。")
	}
	return served
}

// arrival says how messages reach the bot.
func arrival(cfg config.Config) string {
	switch {
	case cfg.Zheng.Inbound != "":
		return "政务钉钉机器人消息接收地址的路径为 /zhengding/robot"
	case cfg.Zheng.AppKey != "":
		return "通过政务钉钉发送提醒，不接收消息"
	case cfg.DingTalk.Mode == "stream":
		return "通过钉钉 Stream 接收消息，无需公网地址"
	case cfg.DingTalk.Mode == "http":
		return "钉钉消息接收地址的路径为 /dingtalk/robot"
	}
	return "请在本机浏览器打开 /console/"
}

func robotCode(c config.Config) string {
	if c.DingTalk.RobotCode != "" {
		return c.DingTalk.RobotCode
	}
	return c.DingTalk.ClientID
}

// ready refuses to serve what could not work.
func ready(cfg config.Config) error {
	if cfg.DingTalk.Mode != "off" && cfg.Zheng.AppKey == "" && (cfg.DingTalk.ClientID == "" || cfg.DingTalk.ClientSecret == "") {
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
