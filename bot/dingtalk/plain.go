package dingtalk

import (
	"strings"
	"unicode/utf8"
)

// maxPlain bounds the short way: its strings share the body's memory, which is fine
// for a few kilobytes and not for a megabyte.
const maxPlain = 16 << 10

// knownKeys are the keys that push has. encoding/json matches them without regard to
// case, so the short way leaves bodies with other spellings to it.
var knownKeys = [...]string{
	"msgId", "msgtype", "conversationId", "conversationType", "conversationTitle",
	"senderStaffId", "senderNick", "chatbotUserId", "robotCode", "sessionWebhook",
	"sessionWebhookExpiredTime", "createAt", "isInAtList", "originalMsgId",
	"originalProcessQueryKey", "errorCode", "errCode", "text", "content", "repliedMsg",
	"quoteMessage", "isReplyMsg", "richText",
}

// readPlain reads the common text message without reflection. It gives up (ok false)
// on whatever is not plain; what it does read equals what encoding/json would.
func readPlain(body string) (p push, ok bool) {
	if len(body) > maxPlain || !utf8.ValidString(body) {
		return push{}, false
	}
	c := cursor{s: body}
	var seen uint32
	c.object(func(key string) {
		bit := keyBit(key)
		if bit == 0 {
			c.check(!resembles(key))
			c.skip(0)
			return
		}
		c.check(seen&bit == 0) // repeated keys: the last one wins, but not here
		seen |= bit
		c.field(&p, key)
	})
	c.space()
	if c.bad || c.i != len(body) || p.MsgType != "text" || !p.plain {
		return push{}, false
	}
	return p, true
}

func keyBit(key string) uint32 {
	for i, k := range knownKeys {
		if k == key {
			return 1 << i
		}
	}
	return 0
}

func resembles(key string) bool {
	for i := range len(key) {
		if key[i] >= utf8.RuneSelf {
			return true // Unicode folding can make one of ours of it
		}
	}
	for _, k := range knownKeys {
		if len(k) == len(key) && strings.EqualFold(k, key) {
			return true
		}
	}
	return false
}

// field reads the value of a known key. Keys of quotes and of other message types
// end the short way.
func (c *cursor) field(p *push, key string) {
	switch key {
	case "msgId":
		p.MsgID = loose(c.str())
	case "msgtype":
		p.MsgType = loose(c.str())
	case "conversationId":
		p.ConversationID = loose(c.str())
	case "conversationType":
		p.ConversationType = loose(c.str())
	case "conversationTitle":
		p.ConversationTitle = loose(c.str())
	case "senderStaffId":
		p.SenderStaffID = loose(c.str())
	case "senderNick":
		p.SenderNick = loose(c.str())
	case "chatbotUserId":
		p.ChatbotUserID = loose(c.str())
	case "robotCode":
		p.RobotCode = loose(c.str())
	case "sessionWebhook":
		p.Webhook = loose(c.str())
	case "sessionWebhookExpiredTime":
		p.WebhookUntil = millis(c.integer())
	case "createAt":
		p.CreateAt = millis(c.integer())
	case "isInAtList":
		p.IsInAtList = c.truth()
	case "text":
		c.object(func(key string) {
			c.check(key == "content" && !p.plain)
			p.said, p.plain = c.str(), true
		})
	default:
		c.bad = true
	}
}
