package dingtalk

import (
	"fmt"
	"log/slog"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// receiver turns the bodies of pushes into messages. Every door uses one, so that no
// session webhook comes in unchecked.
type receiver struct {
	botName   string
	robotCode string
	hosts     hosts
	log       *slog.Logger
	noise     wire.Window // of log lines about what anybody in a chat can send
}

// newReceiver leaves out and logs session hosts that are no addresses.
func newReceiver(botName, robotCode string, sessionHosts []string, log *slog.Logger) *receiver {
	rc := &receiver{botName: botName, robotCode: robotCode, hosts: hosts{}, log: log, noise: wire.Window{Max: strangersLogged, Span: time.Minute}}
	for _, base := range append([]string{DefaultOAPIBase}, sessionHosts...) {
		h, err := newHosts(base)
		if err != nil {
			log.Error("session host left out", "err", err)
			continue
		}
		for origin := range h {
			rc.hosts[origin] = true
		}
	}
	return rc
}

// message reads a body and drops a webhook that points elsewhere.
func (rc *receiver) message(body string, now time.Time) (bot.Message, error) {
	p, err := readPush(body)
	if err != nil {
		return bot.Message{}, fmt.Errorf("dingtalk: push: %w", err)
	}
	m, err := p.message(rc.botName, now)
	if err != nil {
		return bot.Message{}, err
	}
	if m.Webhook != "" {
		if _, err := rc.hosts.check(m.Webhook); err != nil {
			rc.log.Warn("session webhook dropped", "message", m.ID, "err", err)
			m.Webhook, m.WebhookUntil = "", time.Time{}
		}
	}
	if code := string(p.RobotCode); rc.robotCode != "" && code != "" && code != rc.robotCode {
		rc.log.Warn("push names another robot", "message", m.ID, "robot", cut(code, maxName))
	}
	if p.ErrorCode != "" || p.ErrCode != "" {
		rc.log.Warn("push reports an error", "message", m.ID, "code", pick(p.ErrorCode, p.ErrCode))
	}
	rc.odd(m, string(p.MsgType), now)
	return m, nil
}

// odd logs what is answered but cannot be acted on: from whom or of what kind it came, and
// nothing of what was said.
func (rc *receiver) odd(m bot.Message, kind string, now time.Time) {
	why := ""
	switch {
	case m.Sender.ID == "":
		why = "push without a staff id"
	case m.Kind == bot.KindUnsupported:
		why = "push of a kind that is not read"
	case m.Kind == bot.KindText && m.Text == "":
		why = "push without words"
	}
	if why != "" && rc.noise.Take(now, 1) == 0 {
		rc.log.Info(why, "message", m.ID, "type", cut(kind, maxName))
	}
}
