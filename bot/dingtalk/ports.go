package dingtalk

import (
	"context"

	"duban/bot"
)

// Taker takes one decoded message; bot.Intake is one. It must return within a
// second: nil when DingTalk may be told that the message was received.
type Taker interface {
	Take(ctx context.Context, m bot.Message) error
}
