package dingtalk

import (
	"encoding/json"
	"strings"
	"unicode"

	"duban/bot"
)

// maxParts bounds the parts of a rich text that are looked at.
const maxParts = 500

// said is what a push says, whatever its type.
type said struct {
	kind bot.Kind
	text string
	file *bot.File
}

// media is the content object of all types but text; each type uses some fields.
type media struct {
	Text                loose           `json:"text"`
	Content             loose           `json:"content"`
	DownloadCode        loose           `json:"downloadCode"`
	PictureDownloadCode loose           `json:"pictureDownloadCode"`
	Code                loose           `json:"code"`
	Recognition         loose           `json:"recognition"`
	FileName            loose           `json:"fileName"`
	VideoType           loose           `json:"videoType"`
	RichText            json.RawMessage `json:"richText"`
	IsReply             flag            `json:"isReplyMsg"`
	Replied             json.RawMessage `json:"repliedMsg"`
	Legacy              json.RawMessage `json:"quoteMessage"`
}

// richPart is one element of a rich text. Messages and quotes name the same things
// differently.
type richPart struct {
	Type                loose `json:"type"`
	MsgType             loose `json:"msgType"`
	Text                loose `json:"text"`
	Content             loose `json:"content"`
	DownloadCode        loose `json:"downloadCode"`
	PictureDownloadCode loose `json:"pictureDownloadCode"`
	Code                loose `json:"code"`
	AtName              loose `json:"atName"`
	AtUserID            loose `json:"atUserId"`
}

// content reads the push by its type. What cannot be read is unsupported, never an
// error: the person is told, and DingTalk need not send it again.
func (p *push) content(mentioned bool, botName string) said {
	c := object[media](p.Content)
	switch p.MsgType {
	case "text":
		return said{kind: bot.KindText, text: unmention(p.textContent(), botName)}
	case "picture":
		return said{kind: bot.KindPicture, file: file("", c.DownloadCode, c.PictureDownloadCode)}
	case "richText":
		return p.rich(c, mentioned, botName)
	case "audio":
		return said{kind: bot.KindVoice, text: trim(string(c.Recognition)), file: file("", c.DownloadCode)}
	case "file":
		return said{kind: bot.KindFile, file: file(c.FileName, c.DownloadCode)}
	case "video":
		name := loose("video")
		if c.VideoType != "" {
			name += "." + c.VideoType
		}
		return said{kind: bot.KindUnsupported, file: file(name, c.DownloadCode)}
	}
	return said{kind: bot.KindUnsupported}
}

// textContent is text.content, or the top-level content that one official page shows.
func (p *push) textContent() string {
	if t := object[media](p.Text); t.Content != "" {
		return string(t.Content)
	}
	return plainText(p.Content)
}

// plainText reads a text that stands as a string or inside an object.
func plainText(raw json.RawMessage) string {
	if len(raw) > 0 && raw[0] == '"' {
		var s loose
		if s.UnmarshalJSON(raw) == nil {
			return string(s)
		}
	}
	c := object[media](raw)
	if c.Content != "" {
		return string(c.Content)
	}
	return string(c.Text)
}

// rich joins the texts of a rich text and keeps its first picture.
func (p *push) rich(c media, mentioned bool, botName string) said {
	list := c.RichText
	if list == nil {
		list = p.RichText
	}
	var text strings.Builder
	var pic *bot.File
	first := mentioned // the bot's mention is kept as the first text: strip it once
	for _, part := range richParts(list) {
		if pic == nil {
			pic = file("", part.DownloadCode, part.PictureDownloadCode, part.Code)
		}
		words := part.words(p.ChatbotUserID)
		if first && trim(words) != "" {
			words, first = stripMention(words, botName), false
		}
		text.WriteString(words)
	}
	out := said{kind: bot.KindText, text: trim(text.String()), file: pic}
	if out.text == "" && pic != nil {
		out.kind = bot.KindPicture
	}
	return out
}

// words is the text of a part. A mention of the bot itself says nothing.
func (part richPart) words(self loose) string {
	switch {
	case part.AtUserID != "" && part.AtUserID == self:
		return ""
	case part.Text != "":
		return string(part.Text)
	case part.Type == "at" && part.AtName != "":
		return "@" + strings.TrimPrefix(string(part.AtName), "@") + " "
	case part.Type == "picture" || part.MsgType == "picture":
		return ""
	}
	return string(part.Content)
}

// stripMention takes the bot's mention off the first text. Without a known name the
// first word with an @ is taken for it: the push says that the bot was mentioned but
// not by which words.
func stripMention(s, botName string) string {
	if botName != "" {
		return unmention(s, botName)
	}
	t := trim(s)
	if !strings.HasPrefix(t, "@") {
		return s
	}
	if i := strings.IndexFunc(t, unicode.IsSpace); i >= 0 {
		return t[i:]
	}
	return ""
}

func richParts(raw json.RawMessage) []richPart {
	var list []json.RawMessage
	if len(raw) == 0 || raw[0] != '[' || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	parts := make([]richPart, 0, min(len(list), maxParts))
	for _, item := range list[:min(len(list), maxParts)] {
		parts = append(parts, object[richPart](item))
	}
	return parts
}

// file is nil when no code is given.
func file(name loose, codes ...loose) *bot.File {
	for _, code := range codes {
		if code != "" {
			return &bot.File{Name: cut(string(name), maxName), Code: string(code)}
		}
	}
	return nil
}
