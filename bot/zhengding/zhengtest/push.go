package zhengtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Saying is what a person writes to the bot.
type Saying struct {
	Person string // account id
	Group  string // empty: to the bot alone
	Text   string
	Rich   []string // sent as rich text instead
	Type   string   // another msgtype, without words
	NoID   bool     // no msgId in the push
	Secret string   // of the robot
	Shift  time.Duration
}

// Push delivers a saying to the bot's door at url, signed as the public DingTalk signs,
// and returns the status. That this platform pushes so is not verified; the fields are
// those that one published channel has seen.
func (f *Fake) Push(ctx context.Context, url string, s Saying) (int, error) {
	f.mu.Lock()
	now := f.opt.Now()
	body := map[string]any{
		"msgtype": "text", "msgId": f.id("msgZd%010d"), "createAt": now.UnixMilli(),
		"senderId": number(s.Person), "senderNick": f.people[s.Person].Name,
		"conversationId": "single-" + s.Person, "conversationType": "1",
		"sessionWebhook": "http://127.0.0.1:9/robot/sendBySession?session=none",
	}
	if s.Group != "" {
		body["conversationId"], body["conversationType"] = s.Group, "2"
		body["conversationTitle"] = f.groups[s.Group].title
	}
	f.mu.Unlock()
	switch {
	case s.Type != "":
		body["msgtype"] = s.Type
	case s.Rich != nil:
		list := []any{}
		for _, piece := range s.Rich {
			list = append(list, map[string]any{"text": piece})
		}
		body["msgtype"], body["richText"] = "richText", map[string]any{"richTextList": list}
	default:
		body["text"] = map[string]any{"content": s.Text}
	}
	if s.NoID {
		delete(body, "msgId")
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, fmt.Errorf("zhengtest: push: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(raw))
	if err != nil {
		return 0, fmt.Errorf("zhengtest: push: %w", err)
	}
	stamp := strconv.FormatInt(now.Add(s.Shift).UnixMilli(), 10)
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("timestamp", stamp)
	req.Header.Set("sign", hash(s.Secret, stamp+"\n"+s.Secret))
	resp, err := f.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("zhengtest: push: %w", err)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close() // the status is in hand
	return resp.StatusCode, err
}
