package dingtalk

import (
	"fmt"
	"log/slog"
	"time"

	"duban/bot"
)

// receiver turns the bodies of pushes into messages. Every door uses one, so that no
// session webhook comes in unchecked.
type receiver struct {
	botName   string
	robotCode string
	hosts     hosts
	log       *slog.Logger
}

// newReceiver leaves out and logs session hosts that are no addresses.
func newReceiver(botName, robotCode string, sessionHosts []string, log *slog.Logger) *receiver {
	rc := &receiver{botName: botName, robotCode: robotCode, hosts: hosts{}, log: log}
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
	return m, nil
}
