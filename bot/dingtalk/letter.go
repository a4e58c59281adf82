package dingtalk

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"duban/bot"
)

// Limits of what one message can hold.
const (
	maxWebhookBody = 20000 // bytes of a webhook's body
	maxMsgParam    = 15000 // bytes of the server API's msgParam
	maxTitle       = 120   // bytes; it is shown in lists and notifications only
	maxButtons     = 5
	maxAt          = 50
)

const defaultTitle = "督办提醒"

// letter is a message made ready for DingTalk's Markdown, before it is cut to size.
type letter struct {
	title   string
	text    string
	buttons []bot.Button // of the last page; only in one-to-one chats
	at      []string
}

// compose makes a letter. Mentions are written into the text, because DingTalk
// highlights only those that stand in both places; the server API knows none.
func compose(out bot.Outgoing, mentions bool) letter {
	l := letter{title: title(out), text: breakLines(out.Markdown)}
	if l.text == "" {
		l.text = l.title
	}
	switch direct := out.Member != "" && out.Room == ""; {
	case len(out.Buttons) == 0:
	case direct && len(out.Buttons) <= maxButtons:
		l.buttons = out.Buttons
	default:
		l.text += "\n\n" + spoken(out.Buttons)
	}
	if mentions && out.Room != "" {
		l.at = slices.Clone(out.At[:min(len(out.At), maxAt)])
		if len(l.at) > 0 {
			l.text += "\n\n@" + strings.Join(l.at, " @")
		}
	}
	return l
}

func title(out bot.Outgoing) string {
	t, _, _ := strings.Cut(strings.TrimSpace(out.Title), "\n")
	if t == "" {
		t, _, _ = strings.Cut(strings.TrimLeft(out.Markdown, "#> *\n"), "\n")
		t = strings.ReplaceAll(t, "**", "") // a title is shown as it stands
	}
	if t = cut(strings.TrimSpace(t), maxTitle); t == "" {
		return defaultTitle
	}
	return t
}

// spoken tells what to reply instead of pressing: in a group a pressed button might
// not reach the bot.
func spoken(buttons []bot.Button) string {
	words := make([]string, len(buttons))
	for i, b := range buttons {
		words[i] = "「" + b.Say + "」"
	}
	return "可回复：" + strings.Join(words, "")
}

// sayLink makes the client send words as the pressing person's own. Its host must be
// lower case, and a space must be %20: "+" may arrive as it stands.
func sayLink(words string) string {
	return "dtmd://dingtalkclient/sendMessage?content=" + strings.ReplaceAll(url.QueryEscape(words), "+", "%20")
}

// breakLines turns single line breaks into the two spaces and a break that DingTalk
// wants; empty lines stay as they are.
func breakLines(s string) string {
	s = strings.Trim(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	lines := strings.Split(s, "\n")
	var b strings.Builder
	b.Grow(len(s) + 3*len(lines))
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		b.WriteString(line)
		if i == len(lines)-1 {
			break
		}
		if line != "" && strings.TrimSpace(lines[i+1]) != "" {
			b.WriteString("  ")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// encode is json.Marshal without the escapes for web pages, which would make three
// bytes of every < and &.
func encode(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}
