package bottest

import (
	"strings"
	"time"
)

// push is the body of a callback; callers hold f.mu. Fields that DingTalk leaves out
// are left out.
func (f *Fake) push(s Saying, u *User, g *Group, id string) map[string]any {
	now := f.opt.Now()
	key := strings.TrimLeft(f.id("%032d"), " ")
	f.sessions[key] = session{group: s.Group, user: s.User, until: now.Add(SessionLife)}
	p := map[string]any{
		"msgId": id, "msgtype": or(s.Type, "text"), "createAt": now.UnixMilli(),
		"conversationType": "1", "conversationId": directID(u.ID),
		"senderId": dingtalkID(u.ID), "senderNick": u.Name, "senderCorpId": f.opt.CorpID,
		"senderPlatform": "Mac", "isAdmin": u.Admin,
		"chatbotUserId": f.botID(), "chatbotCorpId": f.opt.CorpID, "robotCode": f.opt.RobotCode,
		"sessionWebhook":            f.URL() + "/robot/sendBySession?session=" + key,
		"sessionWebhookExpiredTime": now.Add(SessionLife).UnixMilli(),
	}
	if u.External {
		delete(p, "senderCorpId")
	} else {
		p["senderStaffId"], p["senderUnionId"] = u.ID, "u"+u.ID
	}
	if g != nil {
		p["conversationType"], p["conversationId"], p["conversationTitle"] = "2", g.ID, g.Title
		p["isInAtList"] = s.At
		p["atUsers"] = []any{map[string]any{"dingtalkId": f.botID(), "staffId": "", "unionId": ""}}
	}
	f.say(p, s, g != nil, now)
	return p
}

func (f *Fake) botID() string { return dingtalkID("bot " + f.opt.RobotCode) }

func directID(user string) string { return "cidDirect" + user + "==" }

// say puts in the words, by type; quotes stand inside text.
func (f *Fake) say(p map[string]any, s Saying, group bool, now time.Time) {
	code := f.id("dlFake%04d==")
	f.files[code] = file{data: s.Data, until: now.Add(CodeLife)}
	switch or(s.Type, "text") {
	case "text":
		text := map[string]any{"content": s.Text}
		if group && s.At {
			text["content"] = " " + s.Text // the mention is cut out, its space is not
		}
		if s.Quote != nil {
			f.quote(p, text, *s.Quote, now)
		}
		p["text"] = text
	case "picture":
		p["content"] = map[string]any{"downloadCode": code, "pictureDownloadCode": "p" + code}
	case "richText":
		parts := []any{map[string]any{"text": s.Text},
			map[string]any{"type": "picture", "downloadCode": code, "pictureDownloadCode": "p" + code}}
		if group && s.At {
			parts = append([]any{map[string]any{"text": "@" + f.opt.BotName}}, parts...)
		}
		p["content"] = map[string]any{"richText": parts}
	case "audio":
		p["content"] = map[string]any{"duration": 4000, "downloadCode": code, "recognition": s.Text}
	case "video":
		p["content"] = map[string]any{"duration": "4000", "downloadCode": code, "videoType": "mp4"}
	case "file":
		p["content"] = map[string]any{"downloadCode": code, "fileName": s.Text, "spaceId": "900001", "fileId": "800001"}
	case "unknownMsgType":
		p["content"] = map[string]any{"unknownMsgType": "用户发送了一条消息，机器人暂不支持接收。"}
	}
}

// QuoteForm is one of the ways in which a quote comes.
type QuoteForm int

// The forms of a quote.
const (
	QuoteFull   QuoteForm = iota // isReplyMsg and repliedMsg with its text
	QuoteCard                    // one of the bot's own: no text, but the key of its sending
	QuoteBare                    // isReplyMsg and originalMsgId only
	QuoteLegacy                  // the quoteMessage of older clients
)

// Quote is the message that a Saying replies to.
type Quote struct {
	Form  QuoteForm
	MsgID string
	From  string // person who said it; empty is the bot
	Text  string
	Ref   string // processQueryKey, for QuoteCard
}

// QuoteOf quotes what the bot sent: DingTalk gives the key of the sending and not
// the text; for webhooks there is not even a key.
func QuoteOf(n Note) *Quote {
	return &Quote{Form: QuoteCard, MsgID: n.ID, Ref: n.Ref}
}

func (f *Fake) quote(p, text map[string]any, q Quote, now time.Time) {
	sender, nick := f.botID(), f.opt.BotName
	if u := f.users[q.From]; u != nil {
		sender, nick = dingtalkID(u.ID), u.Name
	}
	id := or(q.MsgID, "msgFakeQuoted==")
	replied := map[string]any{"msgId": id, "senderId": sender, "createdAt": now.Add(-time.Minute).UnixMilli()}
	if q.Form != QuoteLegacy {
		text["isReplyMsg"] = true
	}
	switch q.Form {
	case QuoteFull:
		replied["msgType"], replied["content"] = "text", map[string]any{"text": q.Text}
		text["repliedMsg"] = replied
	case QuoteCard:
		replied["msgType"] = "interactiveCard"
		text["repliedMsg"] = replied
		if q.Ref != "" {
			p["originalProcessQueryKey"] = q.Ref
		}
		p["originalMsgId"] = id
	case QuoteBare:
		p["originalMsgId"] = id
	case QuoteLegacy:
		text["quoteMessage"] = map[string]any{"msgId": id, "msgtype": "text", "senderId": sender, "senderNick": nick,
			"text": map[string]any{"content": q.Text}}
	}
}
