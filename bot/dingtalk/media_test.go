package dingtalk_test

import (
	"bytes"
	"testing"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

const pathUpload = "/media/upload"

func TestUpload(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	id, err := r.client.Upload(t.Context(), dingtalk.MediaFile, `C:\报表\七月.xlsx`, []byte("PK"))
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := r.Media(id); !ok || m.Kind != "file" || m.Name != "七月.xlsx" || string(m.Data) != "PK" {
		t.Errorf("%+v", m)
	}
	if again, err := r.client.Upload(t.Context(), dingtalk.MediaFile, "七月.xlsx", []byte("PK")); err != nil || again != id {
		t.Error(again, err)
	}
	if n := len(r.Requests(pathUpload)); n != 1 {
		t.Errorf("%d uploads of the same", n)
	}
	if other, err := r.client.Upload(t.Context(), dingtalk.MediaFile, "八月.xlsx", []byte("PK")); err != nil || other == id {
		t.Error(other, err)
	}
}

func TestUploadRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, tt := range []struct {
		kind, name string
		data       []byte
		code       string
	}{
		{"voice", "a.mp3", []byte("x"), dingtalk.CodeMediaType},
		{dingtalk.MediaImage, "a.png", nil, dingtalk.CodeMediaEmpty},
		{dingtalk.MediaImage, "a.png", []byte("no picture"), dingtalk.CodeMediaType},
		{dingtalk.MediaImage, "a.svg", png(), dingtalk.CodeMediaType},
		{dingtalk.MediaFile, "a.exe", []byte("MZ"), dingtalk.CodeMediaType},
		{dingtalk.MediaFile, "xlsx", []byte("PK"), dingtalk.CodeMediaType},
		{dingtalk.MediaFile, "a.pdf", make([]byte, dingtalk.MaxMedia+1), dingtalk.CodeMediaSize},
	} {
		_, err := r.client.Upload(t.Context(), tt.kind, tt.name, tt.data)
		if no := refusal(t, err); no.Code != tt.code || no.Retry {
			t.Errorf("%s: %+v", tt.name, no)
		}
	}
	if n := len(r.Requests("")); n != 0 {
		t.Errorf("%d calls", n)
	}
	whole := bytes.Repeat([]byte("x"), dingtalk.MaxMedia)
	if _, err := r.client.Upload(t.Context(), dingtalk.MediaFile, "a.pdf", whole); err != nil {
		t.Error(err)
	}
}

func report() bot.Attachment { return bot.Attachment{Name: "进度表.xlsx", Data: []byte("PK")} }
func chart() bot.Attachment  { return bot.Attachment{Name: "进度.PNG", Data: png(), Picture: true} }

func TestSendAttachments(t *testing.T) {
	t.Parallel()
	for name, words := range map[string]string{"with words": "七月进度", "without": ""} {
		for _, group := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, nil)
				out := bot.Outgoing{ID: "1", Member: "u1", Markdown: words, Attachments: []bot.Attachment{chart(), report()}}
				if group {
					out.Member, out.Room = "", roomA
				}
				ref, err := r.client.Send(t.Context(), out)
				if err != nil || ref == "" {
					t.Fatal(ref, err)
				}
				seen := r.All()
				if words != "" {
					if seen[0].Text != words || seen[0].Ref != ref {
						t.Errorf("%+v", seen[0])
					}
					seen = seen[1:]
				}
				if len(seen) != 2 || seen[0].Type != "sampleImageMsg" || seen[1].Type != "sampleFile" || seen[1].File != "进度表.xlsx" {
					t.Fatalf("%+v", seen)
				}
				for i, want := range out.Attachments {
					if m, ok := r.Media(seen[i].Media); !ok || !bytes.Equal(m.Data, want.Data) || (seen[i].Group == roomA) != group {
						t.Errorf("%+v", seen[i])
					}
				}
			})
		}
	}
}

// A reply by session webhook is followed by its files by the server API.
func TestReplyWithAttachment(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	out := reply(r.say(t, bottest.Saying{User: "u1", Group: roomA, At: true, Text: "报表"}), "见附件")
	out.Attachments = []bot.Attachment{report()}
	ref, err := r.client.Send(t.Context(), out)
	seen := r.Seen(roomA)
	if err != nil || len(seen) != 2 || seen[0].Via != "session" || seen[1].Via != "group" || seen[1].Ref != ref {
		t.Fatal(ref, err, seen)
	}
}

func TestAttachmentsRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for code, list := range map[string][]bot.Attachment{
		dingtalk.CodeMediaType:  {report(), {Name: "a.pptx", Data: []byte("PK")}}, // may be uploaded, not sent
		dingtalk.CodeMediaEmpty: {report(), {Name: "a.pdf"}},
		dingtalk.CodeMediaSize:  {{Name: "a.pdf", Data: make([]byte, dingtalk.MaxMedia+1)}},
		"bad.message":           make([]bot.Attachment, 11),
	} {
		out := bot.Outgoing{ID: "1", Room: roomA, Markdown: "见附件", Attachments: list}
		if _, err := r.client.Send(t.Context(), out); refusal(t, err).Code != code || refusal(t, err).Retry {
			t.Error(code, err)
		}
	}
	r.Fail(bottest.Fault{Path: pathUpload, Status: 504, Body: ""})
	out := bot.Outgoing{ID: "1", Room: roomA, Markdown: "见附件", Attachments: []bot.Attachment{report()}}
	if _, err := r.client.Send(t.Context(), out); !refusal(t, err).Retry {
		t.Error("nothing went out, so it may be tried again:", err)
	}
	if len(r.All()) != 0 {
		t.Errorf("%+v", r.All())
	}
	hookOnly := newRig(t, func(o *dingtalk.ClientOptions) { o.ClientID = "" })
	if _, err := hookOnly.client.Send(t.Context(), out); refusal(t, err).Code != "no.route" {
		t.Error(err)
	}
}

// What fails after the words went out is no refusal; a media id that DingTalk does not
// take any more is uploaded anew at the next try.
func TestAttachmentLost(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	out := bot.Outgoing{ID: "1", Room: roomA, Attachments: []bot.Attachment{report()}}
	r.Fail(bottest.Fault{Path: "/v1.0/robot/groupMessages/send", Status: 400, Body: map[string]any{"code": "invalidParameter.msgParam.invalid"}})
	if _, err := r.client.Send(t.Context(), out); refusal(t, err).Retry {
		t.Error(err)
	}
	if _, err := r.client.Send(t.Context(), out); err != nil || len(r.Requests(pathUpload)) != 2 {
		t.Error(err, len(r.Requests(pathUpload)))
	}
	// the id of an earlier upload: replaced at once
	r.Fail(bottest.Fault{Path: "/v1.0/robot/groupMessages/send", Status: 400, Body: map[string]any{"code": "invalidParameter.msgParam.invalid"}})
	if _, err := r.client.Send(t.Context(), out); err != nil || len(r.Requests(pathUpload)) != 3 || len(r.Seen(roomA)) != 2 {
		t.Error(err, len(r.Requests(pathUpload)), len(r.Seen(roomA)))
	}
	out.Markdown = "见附件"
	r.AddGroup(bottest.Group{ID: "cidGone", NoBot: true})
	out.Room = "cidGone"
	r.room["cidGone"] = [2]string{r.AddRobot("cidGone", bottest.Robot{}), ""}
	_, err := r.client.Send(t.Context(), out)
	unknown(t, err)
}
