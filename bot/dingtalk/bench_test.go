package dingtalk

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"duban/bot"
)

// benchBody is a group text message with all the fields that DingTalk sends.
const benchBody = `{"conversationId":"cidDemoGroup0000000001==","atUsers":[{"dingtalkId":"$:LWCP_v1:$botDemo0001","staffId":"","unionId":""}],
"chatbotCorpId":"dingdemocorp01","chatbotUserId":"$:LWCP_v1:$botDemo0001","msgId":"msgDemo0000000000009==","senderNick":"沈建国","isAdmin":false,
"senderStaffId":"user0009","senderUnionId":"uDemo0009","sessionWebhookExpiredTime":1700005400000,"createAt":1700000000000,"senderCorpId":"dingdemocorp01",
"conversationType":"2","senderId":"$:LWCP_v1:$userDemo0009","conversationTitle":"吴兴专班","isInAtList":true,
"sessionWebhook":"https://oapi.dingtalk.com/robot/sendBySession?session=fedcba9876543210fedcba9876543210","robotCode":"dingdemoappkey01",
"senderPlatform":"Mac","msgtype":"text","text":{"content":" 20号任务已完成招标，进度60%，下周进场施工"}}`

type nothing struct{}

func (nothing) Take(context.Context, bot.Message) error { return nil }

func TestBenchBodyIsPlain(t *testing.T) {
	t.Parallel()
	if _, ok := readPlain(benchBody); !ok {
		t.Error("the common message goes the long way")
	}
}

// BenchmarkVerifyDecode is what the door does beyond HTTP itself.
func BenchmarkVerifyDecode(b *testing.B) {
	v := newVerifier(testSecret)
	b.ReportAllocs()
	for b.Loop() {
		if !v.verify(testStamp, testSign, testNow) {
			b.Fatal("refused")
		}
		if _, err := Decode(benchBody, "督办助手", testNow); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeLong(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var p push
		if err := json.Unmarshal([]byte(benchBody), &p); err != nil {
			b.Fatal(err)
		}
	}
}

func benchHandler(b *testing.B, h http.Handler) {
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, pushRequest(strings.NewReader(benchBody), testStamp, testSign))
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}

func BenchmarkDoor(b *testing.B) {
	benchHandler(b, NewDoor(DoorOptions{
		Secret: testSecret, Taker: nothing{}, Now: func() time.Time { return testNow }, Log: slog.New(slog.DiscardHandler),
	}))
}

// BenchmarkBare is the floor: a handler that reads and answers, and nothing else.
func BenchmarkBare(b *testing.B) {
	benchHandler(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			b.Error(err)
		}
		if _, err := w.Write(emptyReply); err != nil {
			b.Error(err)
		}
	}))
}
