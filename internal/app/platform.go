package app

import (
	"context"
	"crypto/rand"
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
	"duban/bot/zhengding"
	"duban/config"
	"duban/store/ledger"
)

// platform is where messages come from and go to.
type platform struct {
	bot.Platform
	page  *console.Console  // the browser, when that is the platform
	ding  *dingtalk.Client  // DingTalk, when that is the platform
	zheng *zhengding.Client // 政务钉钉, when that is the platform
	todo  string            // address that to-dos lead to

	tenant string // whose to-dos they are
}

// platformOf makes the one platform that is configured.
func platformOf(cfg config.Config, l net.Listener, now func() time.Time, log *slog.Logger) (*platform, error) {
	switch {
	case cfg.Zheng.AppKey != "":
		c, err := zhengClient(cfg, now, log)
		return &platform{Platform: c, zheng: c}, err
	case cfg.DingTalk.Mode != "off":
		c, err := dingClient(cfg, now, log)
		return &platform{Platform: c, ding: c, todo: cfg.DingTalk.TodoURL, tenant: cfg.Tenant}, err
	case !loopback(l):
		return nil, fmt.Errorf("网页对话不验证身份，只能在本机打开：listen 请使用 127.0.0.1")
	}
	o := console.Options{Bot: cfg.Bot, Clock: wallClock{now}, Journal: filepath.Join(cfg.DataDir, "console.jsonl"), Log: log, Secret: secrecyOf(cfg).Marked}
	for _, m := range cfg.Members {
		o.People = append(o.People, console.Person{ID: m.ID, Name: m.Name, Note: strings.Join(m.Units, "、")})
	}
	for _, r := range cfg.Rooms {
		o.Rooms = append(o.Rooms, console.Room{ID: r.ID, Title: r.Title})
	}
	page, err := console.New(o)
	return &platform{Platform: page, page: page}, err
}

// Download fetches a file sent in chat; only DingTalk has them.
func (p *platform) Download(ctx context.Context, code string, max int64) ([]byte, error) {
	if p.ding == nil {
		return nil, errors.New("app: this platform has no files")
	}
	return p.ding.Download(ctx, code, max)
}

// close lets idle connections go.
func (p *platform) close() error {
	switch {
	case p.ding != nil:
		p.ding.Close()
	case p.zheng != nil:
		p.zheng.Close()
	case p.page != nil:
		return p.page.Close()
	}
	return nil
}

// dingClient is the sender to DingTalk with the configured group robots.
func dingClient(cfg config.Config, now func() time.Time, log *slog.Logger) (*dingtalk.Client, error) {
	return dingtalk.NewClient(dingtalk.ClientOptions{
		ClientID: cfg.DingTalk.ClientID, Secret: cfg.DingTalk.ClientSecret.Reveal(), RobotCode: robotCode(cfg),
		APIBase: cfg.DingTalk.APIBase, OAPIBase: cfg.DingTalk.OAPIBase, Now: now, Log: log, RoomWebhook: roomWebhook(cfg),
		CardTemplate: cfg.DingTalk.CardTemplate, CardRoute: cfg.DingTalk.CardRoute, MonthlyCalls: cfg.DingTalk.MonthlyCalls,
	})
}

func zhengClient(cfg config.Config, now func() time.Time, log *slog.Logger) (*zhengding.Client, error) {
	z := cfg.Zheng
	return zhengding.NewClient(zhengding.Options{
		Gateway: z.Gateway, AppKey: z.AppKey, AppSecret: z.AppSecret.Reveal(), TenantID: z.TenantID, RobotBase: z.RobotBase,
		Now: now, Log: log, RoomWebhook: roomWebhook(cfg), MinGap: z.MinGap, Inbound: z.Inbound,
	})
}

// roomWebhook finds a group's own robot in the configuration.
func roomWebhook(cfg config.Config) func(string) (string, string, bool) {
	hooks := map[string][2]string{}
	for _, r := range cfg.Rooms {
		if r.Webhook != "" {
			hooks[r.ID] = [2]string{r.Webhook.Reveal(), r.Secret.Reveal()}
		}
	}
	return func(id string) (string, string, bool) {
		h, ok := hooks[id]
		return h[0], h[1], ok
	}
}

// doors mounts what the platform's messages come in by, and returns the loop of the
// Stream connection where there is one.
func (o *office) doors(mux *http.ServeMux, p *platform) (func(context.Context) error, error) {
	switch {
	case p.page != nil:
		p.page.Bind(o.intake)
		mux.Handle("/console/", p.page.Handler())
		return nil, nil
	case p.zheng != nil:
		return nil, o.zhengDoor(mux)
	}
	if err := o.eventDoor(mux); err != nil {
		return nil, err
	}
	presses := dingtalk.NewPresses(dingtalk.PressOptions{Secret: o.cfg.DingTalk.ClientSecret.Reveal(), Decide: o.press, Now: o.now, Log: o.log})
	if o.cfg.DingTalk.CardRoute != "" {
		mux.Handle("/dingtalk/card", dingtalk.NewCardDoor(dingtalk.CardDoorOptions{
			Secret: o.cfg.DingTalk.CardSecret.Reveal(), Handle: presses.Handle, Now: o.now, Log: o.log, Observe: o.meter.push,
		}))
	}
	hosts := []string{o.cfg.DingTalk.OAPIBase}
	if o.cfg.DingTalk.Mode == "http" {
		mux.Handle("/dingtalk/robot", dingtalk.NewDoor(dingtalk.DoorOptions{
			Secret: o.cfg.DingTalk.ClientSecret.Reveal(), RobotCode: robotCode(o.cfg), BotName: o.cfg.Bot, Taker: o.intake,
			Now: o.now, Log: o.log, SessionHosts: hosts, Observe: o.meter.push,
		}))
		return nil, nil
	}
	s, err := dingtalk.NewStream(dingtalk.StreamOptions{
		ClientID: o.cfg.DingTalk.ClientID, Secret: o.cfg.DingTalk.ClientSecret.Reveal(), APIBase: o.cfg.DingTalk.APIBase, RobotCode: robotCode(o.cfg),
		BotName: o.cfg.Bot, SessionHosts: hosts, Taker: o.intake, OnCard: presses.Handle, OnEvent: o.happen, Now: o.now, Steady: o.env.Steady, Wait: o.env.Wait,
		Observe: o.meter.push, Log: o.log,
	})
	if err != nil {
		return nil, err
	}
	o.stream = s
	o.meter.gauge("duban_stream_connected", "Stream connections that are up.", func() float64 { return float64(s.Connected()) })
	o.meter.gauge("duban_stream_frame_age_seconds", "Age of the newest Stream frame.", func() float64 { return o.frameAge().Seconds() })
	return s.Run, nil
}

func (o *office) zhengDoor(mux *http.ServeMux) error {
	if o.cfg.Zheng.Inbound == "" {
		return nil
	}
	d, err := zhengding.NewDoor(zhengding.DoorOptions{
		Inbound: o.cfg.Zheng.Inbound, Secret: o.cfg.Zheng.AppSecret.Reveal(), BotName: o.cfg.Bot, Taker: o.intake, Now: o.now, Log: o.log, Observe: o.meter.push,
	})
	if err == nil {
		mux.Handle("/zhengding/robot", d)
	}
	return err
}

func (o *office) eventDoor(mux *http.ServeMux) error {
	if o.cfg.DingTalk.EventToken == "" {
		return nil
	}
	keys, err := dingtalk.NewEventKeys(o.cfg.DingTalk.EventToken.Reveal(), o.cfg.DingTalk.EventAESKey.Reveal(), o.cfg.DingTalk.ClientID)
	if err != nil {
		return fmt.Errorf("钉钉事件订阅的 event_token 或 event_aes_key 有误：%w", err)
	}
	mux.Handle("/dingtalk/event", dingtalk.NewEventDoor(dingtalk.EventDoorOptions{Keys: keys, Handle: o.happen, Random: rand.Reader, Now: o.now, Log: o.log, Observe: o.meter.push}))
	return nil
}

// press decides a pressed button as the person's own words; what changed something
// settles the card.
func (o *office) press(ctx context.Context, m bot.Message) (dingtalk.PressOutcome, error) {
	out, err := o.intake.Decide(ctx, m)
	if err != nil {
		return dingtalk.PressOutcome{}, err
	}
	return dingtalk.PressOutcome{Status: out.Told, Settled: out.Changed}, nil
}

// happen keeps the titles of bound groups up to date and ends what the directory gave
// those who leave; other events are only logged.
func (o *office) happen(ctx context.Context, e dingtalk.Event) error {
	data, err := e.Detail()
	if err != nil {
		o.log.Warn("event unreadable", "event", e.ID, "type", e.Type)
		return nil // it would not read better the next time
	}
	o.log.Info("event", "event", e.ID, "type", e.Type, "room", data.Conversation)
	if e.Type == dingtalk.EventLeave {
		return o.desk.TakeLeaving(ctx, e.ID, data.Users)
	}
	if e.Type != dingtalk.EventTitle || data.Title == "" {
		return nil
	}
	return change(ctx, o.desk.Fresh, o.engine, o.now, func(b *ledger.Book) (ledger.Commit, error) {
		old := b.Rooms[data.Conversation]
		if old == nil || old.Title == data.Title {
			return ledger.Commit{}, nil
		}
		next := *old
		next.Title = data.Title
		rec, err := ledger.Put(ledger.RecordRoom, next.ID, next)
		return ledger.Commit{Puts: []ledger.Record{rec}, Expects: []ledger.Expect{b.Expect(ledger.RecordRoom, next.ID)}}, err
	})
}

// registerCards tells DingTalk where presses of cards go, when they come by HTTP. A
// failure leaves the cards without buttons that work and is logged; the rest works.
func (o *office) registerCards(ctx context.Context) {
	d, base := o.cfg.DingTalk, o.cfg.Report.BaseURL
	if o.ding == nil || d.CardRoute == "" || base == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, drainFor)
	defer cancel()
	if err := o.ding.RegisterCallback(ctx, d.CardRoute, strings.TrimRight(base, "/")+"/dingtalk/card", d.CardSecret.Reveal()); err != nil {
		o.log.Error("card callback not registered", "err", err)
	}
}
