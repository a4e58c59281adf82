package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
	"duban/config"
	"duban/store"
)

// rehearsalPatience bounds what a rehearsal waits for: nobody else waits, and a slow
// machine must not change what it shows.
const rehearsalPatience = time.Minute

// unhurried are the intake's limits without a platform that gives up.
func unhurried() bot.Limits {
	l := bot.DefaultLimits()
	l.Decide, l.Send = rehearsalPatience, rehearsalPatience
	return l
}

// open starts the fake and the bot; stop ends both and removes what they kept.
func (r *rehearsal) open(ctx context.Context, cfg config.Config) (stop func() error, err error) {
	dir, err := os.MkdirTemp("", "duban-rehearse-*")
	if err != nil {
		return nil, fmt.Errorf("无法建立临时目录：%w", err)
	}
	steps := []func() error{func() error { return os.RemoveAll(dir) }}
	stop = func() error {
		var all error
		for i := len(steps) - 1; i >= 0; i-- {
			all = errors.Join(all, steps[i]())
		}
		return all
	}
	fail := func(err error) (func() error, error) { return nil, errors.Join(err, stop()) }
	if cfg, err = r.imitate(cfg); err != nil {
		return fail(err)
	}
	steps = append(steps, r.fake.Close)
	cfg.DataDir, cfg.RedisURL, cfg.LogLevel = dir, "", "error"
	log := logger(r.env, cfg.LogLevel)
	engine, err := store.Open(ctx, store.Config{DataDir: dir, Tenant: "rehearsal"})
	if err != nil {
		return fail(err)
	}
	steps = append(steps, engine.Close)
	client, err := dingClient(cfg, r.clock.Now, log)
	if err != nil {
		return fail(err)
	}
	to := &platform{Platform: client, ding: client, todo: cfg.DingTalk.TodoURL, tenant: cfg.Tenant}
	steps = append(steps, to.close)
	if r.office, err = openOffice(ctx, r.env, cfg, parts{engine, to, unhurried(), r.clock.Now, log}); err != nil {
		return fail(err)
	}
	end, err := r.serve(ctx, to)
	if err != nil {
		return fail(err)
	}
	steps = append(steps, end)
	if cfg.DingTalk.Mode == "stream" {
		err = r.connected(ctx)
	}
	if err != nil {
		return fail(err)
	}
	return stop, nil
}

// imitate makes a fake DingTalk with the configured people and groups, by which messages
// come in the configured way, and gives the configuration its address.
func (r *rehearsal) imitate(cfg config.Config) (config.Config, error) {
	const secret = "rehearsal-secret"
	o := bottest.Options{Now: r.clock.Now, AppSecret: secret, BotName: cfg.Bot, Timeout: 2 * rehearsalPatience, Stream: bottest.StreamOptions{Queue: true}}
	d := config.DingTalk{Mode: "http", ClientSecret: secret, Directory: "off", CardTemplate: cfg.DingTalk.CardTemplate, Todo: cfg.DingTalk.Todo, TodoURL: cfg.DingTalk.TodoURL}
	way := "HTTP（由钉钉回调督办的地址）"
	if cfg.DingTalk.Mode == "stream" {
		o.Mode, d.Mode, way = bottest.ByStream, "stream", "Stream（由督办主动连接钉钉，无需公网地址）"
	}
	if d.CardTemplate != "" && d.Mode == "http" {
		d.CardRoute, d.CardSecret = "rehearsal", secret
	}
	var err error
	if r.fake, err = bottest.New(o); err != nil {
		return cfg, err
	}
	fmt.Fprintf(r.out, "演练的接入方式：%s。%s\n", way, extras(d))
	d.ClientID, d.APIBase, d.OAPIBase = r.fake.AppKey(), r.fake.URL(), r.fake.URL()
	cfg.DingTalk = d
	r.people(cfg)
	return cfg, nil
}

// extras says in words what else of the configuration takes part.
func extras(d config.DingTalk) string {
	text := ""
	if d.CardTemplate != "" {
		text += "提醒以互动卡片发出。"
	}
	if d.Todo {
		text += "催办同步到钉钉待办。"
	}
	return text
}

// serve opens the bot's doors to the fake, and starts its loops.
func (r *rehearsal) serve(ctx context.Context, to *platform) (end func() error, err error) {
	if err := r.office.withDing(ctx, to.ding); err != nil {
		return nil, err
	}
	l, err := listen("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	stream, err := r.office.doors(mux, to)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if stream != nil {
		r.office.extra = append(r.office.extra, stream)
	}
	serving, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- serveHTTP(serving, l, mux) }()
	r.office.cfg.Report.BaseURL = "http://" + l.Addr().String() // where presses of cards come in
	r.office.registerCards(ctx)
	r.office.start(ctx)
	r.fake.SetBot("http://" + l.Addr().String() + "/dingtalk/robot")
	return func() error { cancel(); return errors.Join(<-served, r.office.stop(ctx)) }, nil
}

// connected waits until the bot's Stream connections are up.
func (r *rehearsal) connected(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, rehearsalPatience)
	defer cancel()
	_, err := r.fake.WaitLinks(ctx, func(up []*bottest.Link) bool { return len(up) >= dingtalk.DefaultConnections })
	return err
}
