package dingtalk

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
)

// The parts that most pushes share.
const (
	groupHead = `"msgId":"msgA==","conversationId":"cidG==","conversationType":"2","conversationTitle":"吴兴专班",
		"senderStaffId":"u1","senderNick":"沈建国","chatbotUserId":"$:LWCP_v1:$bot","isInAtList":true,"createAt":1700000000000,`
	directHead = `"msgId":"msgB==","conversationId":"cidD==","conversationType":"1","senderStaffId":"u1",
		"senderNick":"沈建国","chatbotUserId":"$:LWCP_v1:$bot","createAt":1700000000000,`
)

func inGroup(change func(*bot.Message)) bot.Message {
	m := bot.Message{
		ID: "msgA==", Kind: bot.KindText, Mentioned: true, At: time.UnixMilli(1700000000000),
		Conversation: bot.Conversation{ID: "cidG==", Group: true, Title: "吴兴专班"},
		Sender:       bot.Sender{ID: "u1", Nick: "沈建国"},
	}
	change(&m)
	return m
}

func oneToOne(change func(*bot.Message)) bot.Message {
	m := bot.Message{
		ID: "msgB==", Kind: bot.KindText, At: time.UnixMilli(1700000000000),
		Conversation: bot.Conversation{ID: "cidD=="}, Sender: bot.Sender{ID: "u1", Nick: "沈建国"},
	}
	change(&m)
	return m
}

type decodeCase struct {
	body string
	want bot.Message
}

func decodeCases() map[string]decodeCase {
	return map[string]decodeCase{
		"text in a group": {`{` + groupHead + `"msgtype":"text","text":{"content":" 我的任务 "}}`,
			inGroup(func(m *bot.Message) { m.Text = "我的任务" })},
		"text one-to-one": {`{` + directHead + `"msgtype":"text","text":{"content":"第一行\n\"第二\"\t行"}}`,
			oneToOne(func(m *bot.Message) { m.Text = "第一行\n\"第二\"\t行" })},
		"unicode escapes": {`{` + directHead + `"msgtype":"text","text":{"content":"\u4efb\u52a1\ud83d\ude00"}}`,
			oneToOne(func(m *bot.Message) { m.Text = "任务😀" })},
		"webhook": {`{` + directHead + `"msgtype":"text","sessionWebhook":"https://oapi.dingtalk.com/robot/sendBySession?session=ab",
			"sessionWebhookExpiredTime":1700005400000,"text":{"content":"好"}}`,
			oneToOne(func(m *bot.Message) {
				m.Text, m.Webhook = "好", "https://oapi.dingtalk.com/robot/sendBySession?session=ab"
				m.WebhookUntil = time.UnixMilli(1700005400000)
			})},
		"times as strings": {`{"msgId":"msgB==","conversationId":"cidD==","conversationType":"1","senderStaffId":"u1","senderNick":"沈建国",
			"createAt":"1700000000000","sessionWebhookExpiredTime":"1700005400000","msgtype":"text","text":{"content":"好"}}`,
			oneToOne(func(m *bot.Message) { m.Text, m.WebhookUntil = "好", time.UnixMilli(1700005400000) })},
		"no time": {`{"msgId":"msgB==","conversationId":"cidD==","conversationType":"1","senderStaffId":"u1","senderNick":"沈建国",
			"createAt":null,"msgtype":"text","text":{"content":"好"}}`,
			oneToOne(func(m *bot.Message) { m.Text, m.At = "好", testNow })},
		"outsider": {`{"msgId":"msgB==","conversationId":"cidD==","conversationType":"1","senderNick":"路人","createAt":1700000000000,
			"msgtype":"text","text":{"content":"你好"}}`,
			oneToOne(func(m *bot.Message) { m.Text, m.Sender = "你好", bot.Sender{Nick: "路人"} })},
		"numbers for strings": {`{"msgId":77,"conversationId":"cidD==","conversationType":1,"senderStaffId":1001,"senderNick":"甲","isAdmin":"x",
			"createAt":1700000000000,"msgtype":"text","text":{"content":5}}`,
			oneToOne(func(m *bot.Message) { m.ID, m.Text, m.Sender = "77", "5", bot.Sender{ID: "1001", Nick: "甲"} })},
		"not mentioned": {`{` + strings.Replace(groupHead, `"isInAtList":true`, `"isInAtList":false`, 1) + `"msgtype":"text","text":{"content":"聊天"}}`,
			inGroup(func(m *bot.Message) { m.Text, m.Mentioned = "聊天", false })},
		"mention left in": {`{` + groupHead + `"msgtype":"text","text":{"content":"@督办助手 汇总"}}`,
			inGroup(func(m *bot.Message) { m.Text = "汇总" })},
		"other mention stays": {`{` + groupHead + `"msgtype":"text","text":{"content":" @督办助手小王 请看"}}`,
			inGroup(func(m *bot.Message) { m.Text = "@督办助手小王 请看" })},
		"top-level content": {`{` + directHead + `"msgtype":"text","content":"我的任务"}`,
			oneToOne(func(m *bot.Message) { m.Text = "我的任务" })},
		"top-level content object": {`{` + directHead + `"msgtype":"text","content":{"content":"我的任务"}}`,
			oneToOne(func(m *bot.Message) { m.Text = "我的任务" })},
		"picture": {`{` + directHead + `"msgtype":"picture","content":{"downloadCode":"dl1==","pictureDownloadCode":"pdl1"}}`,
			oneToOne(func(m *bot.Message) { m.Kind, m.File = bot.KindPicture, &bot.File{Code: "dl1=="} })},
		"rich text": {`{` + groupHead + `"msgtype":"richText","content":{"richText":[{"text":"@督办助手"},{"text":" 已完成招标\n"},
			{"type":"picture","downloadCode":"dl2==","pictureDownloadCode":"pdl2"},{"text":"进度60%"}]}}`,
			inGroup(func(m *bot.Message) { m.Text, m.File = "已完成招标\n进度60%", &bot.File{Code: "dl2=="} })},
		"rich text of a picture": {`{` + groupHead + `"msgtype":"richText","content":{"richText":[{"text":"@督办助手 "},{"type":"picture","pictureDownloadCode":"pdl2"}]}}`,
			inGroup(func(m *bot.Message) { m.Kind, m.File = bot.KindPicture, &bot.File{Code: "pdl2"} })},
		"rich text with mentions": {`{` + groupHead + `"msgtype":"richText","content":{"richText":[{"type":"at","atName":"督办助手","atUserId":"$:LWCP_v1:$bot"},
			{"text":"请"},{"type":"at","atName":"王芳","atUserId":"u2"},{"text":"看一下"},7,null]}}`,
			inGroup(func(m *bot.Message) { m.Text = "请@王芳 看一下" })},
		"audio": {`{` + directHead + `"msgtype":"audio","content":{"duration":"4000","downloadCode":"dl3==","recognition":"我的任务。"}}`,
			oneToOne(func(m *bot.Message) {
				m.Kind, m.Text, m.File = bot.KindVoice, "我的任务。", &bot.File{Code: "dl3=="}
			})},
		"video": {`{` + directHead + `"msgtype":"video","content":{"duration":4000,"downloadCode":"dl4==","videoType":"mp4"}}`,
			oneToOne(func(m *bot.Message) {
				m.Kind, m.File = bot.KindUnsupported, &bot.File{Name: "video.mp4", Code: "dl4=="}
			})},
		"file": {`{` + directHead + `"msgtype":"file","content":{"downloadCode":"dl5==","fileName":"方案.docx","spaceId":"9","fileId":"8"}}`,
			oneToOne(func(m *bot.Message) { m.Kind, m.File = bot.KindFile, &bot.File{Name: "方案.docx", Code: "dl5=="} })},
		"unknown": {`{` + directHead + `"msgtype":"unknownMsgType","content":{"unknownMsgType":"暂不支持"}}`,
			oneToOne(func(m *bot.Message) { m.Kind = bot.KindUnsupported })},
		"chat record": {`{` + directHead + `"msgtype":"chatRecord","content":{"chatRecord":"[]","summary":"x"}}`,
			oneToOne(func(m *bot.Message) { m.Kind = bot.KindUnsupported })},
		"no type at all": {`{` + directHead + `"x":[1,{"y":null}]}`,
			oneToOne(func(m *bot.Message) { m.Kind = bot.KindUnsupported })},
		"quota used up": {`{` + directHead + `"msgtype":"text","errorCode":20001,"errorMessage":"quota"}`,
			oneToOne(func(m *bot.Message) { m.Kind = bot.KindUnsupported })},
	}
}

func quoteCases() map[string]decodeCase {
	done := func(q bot.Quote) bot.Message {
		return inGroup(func(m *bot.Message) { m.Text, m.Quote = "已完成", &q })
	}
	head := `{` + groupHead + `"msgtype":"text",`
	return map[string]decodeCase{
		"text quoted": {head + `"text":{"content":" 已完成","isReplyMsg":true,"repliedMsg":{"msgId":"q1","msgType":"text","senderId":"$:LWCP_v1:$x",
			"createdAt":1699999900000,"content":{"text":" 请报进度 "}}}}`, done(bot.Quote{Ref: "q1", Text: "请报进度"})},
		"the bot's text quoted": {head + `"text":{"content":"已完成","isReplyMsg":true,"repliedMsg":{"msgId":"q1","msgType":"text",
			"senderId":"$:LWCP_v1:$bot","content":{"text":"【20】"}}}}`, done(bot.Quote{Ref: "q1", Text: "【20】", FromBot: true})},
		"the bot's card quoted": {head + `"originalMsgId":"q2","originalProcessQueryKey":"pqk1=","text":{"content":"已完成","isReplyMsg":true,
			"repliedMsg":{"msgId":"q2","msgType":"interactiveCard","senderId":"$:LWCP_v1:$bot"}}}`, done(bot.Quote{Ref: "pqk1=", FromBot: true})},
		"no original":   {head + `"originalMsgId":"q3","text":{"content":"已完成","isReplyMsg":true}}`, done(bot.Quote{Ref: "q3"})},
		"nothing known": {head + `"text":{"content":"已完成","isReplyMsg":true}}`, done(bot.Quote{})},
		"rich text quoted": {head + `"text":{"content":"已完成","isReplyMsg":true,"repliedMsg":{"msgId":"q4","msgType":"richText",
			"content":{"richText":[{"msgType":"text","content":"看图"},{"msgType":"picture","code":"c"},{"content":"尽快"}]}}}}`,
			done(bot.Quote{Ref: "q4", Text: "看图尽快"})},
		"picture quoted": {head + `"text":{"content":"已完成","isReplyMsg":true,"repliedMsg":{"msgId":"q5","msgType":"picture","content":{"downloadCode":"c"}}}}`,
			done(bot.Quote{Ref: "q5"})},
		"file quoted": {head + `"text":{"content":"已完成","isReplyMsg":true,"repliedMsg":{"msgId":"q6","msgType":"file","content":{"fileName":"方案.docx"}}}}`,
			done(bot.Quote{Ref: "q6", Text: "方案.docx"})},
		"unreadable quoted": {head + `"text":{"content":"已完成","isReplyMsg":"true","repliedMsg":{"msgId":"q7","msgType":"unknownMsgType"}}}`,
			done(bot.Quote{Ref: "q7"})},
		"replied is no object": {head + `"text":{"content":"已完成","isReplyMsg":true,"repliedMsg":"x"}}`, done(bot.Quote{})},
		"older clients": {head + `"text":{"content":"已完成","quoteMessage":{"msgId":"q8","msgtype":"text","senderNick":"王","senderId":"x","text":{"content":"进度?"}}}}`,
			done(bot.Quote{Ref: "q8", Text: "进度?"})},
		"older clients, at the top": {head + `"quoteMessage":{"msgId":"q9","text":{"content":"进度?"},"senderId":"$:LWCP_v1:$bot"},"text":{"content":"已完成"}}`,
			done(bot.Quote{Ref: "q9", Text: "进度?", FromBot: true})},
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, table := range []map[string]decodeCase{decodeCases(), quoteCases()} {
		for name, tt := range table {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				got, err := Decode(tt.body, "督办助手", testNow)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		}
	}
}

func TestDecodeWithoutBotName(t *testing.T) {
	t.Parallel()
	rich := func(parts string) string {
		return `{` + groupHead + `"msgtype":"richText","content":{"richText":[` + parts + `]}}`
	}
	for body, want := range map[string]string{
		rich(`{"text":"@小助手"},{"text":"已办结"}`):                       "已办结",
		rich(`{"text":"@小助手 已办结"}`):                                  "已办结",
		rich(`{"text":"\n"},{"text":"@小助手\n已办结"},{"text":"@王芳 知悉"}`): "已办结@王芳 知悉",
		rich(`{"text":"已办结"}`):                                       "已办结",
	} {
		m, err := Decode(body, "", testNow)
		if err != nil || m.Text != want {
			t.Errorf("%s: %q, %v; want %q", body, m.Text, err, want)
		}
	}
}

func TestDecodeBounds(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("督", maxText)
	m, err := Decode(`{`+directHead+`"msgtype":"text","text":{"content":"`+long+`","isReplyMsg":true,"repliedMsg":{"content":{"text":"`+long+`"}}}}`, "", testNow)
	if err != nil {
		t.Fatal(err)
	}
	for what, s := range map[string]string{"text": m.Text, "quote": m.Quote.Text} {
		if len(s) > maxText || len(s) < maxText-3 || strings.Trim(s, "督") != "" {
			t.Errorf("%s has %d bytes", what, len(s))
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]error{
		`{"msgtype":"text","text":{"content":"x"}}`:                 errNoID,
		`{"msgId":"","msgtype":"text","text":{"content":"x"}}`:      errNoID,
		`{"msgId":null,"msgtype":"text","text":{"content":"x"}}`:    errNoID,
		`{"msgId":{"a":1},"msgtype":"text"}`:                        errNoID,
		`null`:                                                      errNoID,
		fmt.Sprintf(`{"msgId":%q}`, strings.Repeat("m", maxName+1)): errLong,
		fmt.Sprintf(`{"msgId":"m","senderStaffId":"%0600d"}`, 1):    errLong,
		fmt.Sprintf(`{"msgId":"m","conversationId":"%0600d"}`, 1):   errLong,
	} {
		if _, err := Decode(body, "", testNow); !errors.Is(err, want) {
			t.Errorf("%.60s: %v, want %v", body, err, want)
		}
	}
	for _, body := range []string{"", "{", "[]", `"x"`, "{}x", `{"msgId":"a"}{}`, "\xff", `{"msgId":"a",}`} {
		if m, err := Decode(body, "", testNow); err == nil {
			t.Errorf("%q decoded: %+v", body, m)
		}
	}
}

// FuzzDecode holds the short way against encoding/json: what it reads, it reads alike.
func FuzzDecode(f *testing.F) {
	for _, table := range []map[string]decodeCase{decodeCases(), quoteCases()} {
		for _, tt := range table {
			f.Add(tt.body)
		}
	}
	for _, s := range []string{
		`{"msgId":"a","msgtype":"text","text":{"content":"x"},"MSGID":"b"}`,
		`{"msgId":"a","msgId":"b","msgtype":"text","text":{"content":"x"}}`,
		`{"msgId":"a","msgtype":"text","text":{"content":"x","content":"y"}}`,
		`{"m\u0073gId":"a","msgtype":"text","text":{"content":"x"}}`,
		`{"msgId":"a","msgtype":"text","text":{"content":"x"},"n":[-1,1.5e3,{"k":[[]]}]} `,
		`{"msgId":"a","msgtype":"text","text":{"content":"x"},"textſ":1,"createAt":01}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		p, ok := readPlain(body)
		if !ok {
			if _, err := Decode(body, "bot", testNow); err == nil && !json.Valid([]byte(body)) {
				t.Fatalf("decoded what is no JSON: %q", body)
			}
			return
		}
		var slow push
		if err := json.Unmarshal([]byte(body), &slow); err != nil {
			t.Fatalf("short way took %q: %v", body, err)
		}
		got, err := p.message("bot", testNow)
		want, err2 := slow.message("bot", testNow)
		if (err == nil) != (err2 == nil) || err == nil && !cmp.Equal(got, want) {
			t.Fatalf("%q\nshort %+v %v\nlong  %+v %v", body, got, err, want, err2)
		}
	})
}
