package bottest

import "strings"

// message is what webhooks take.
type message struct {
	MsgType string `json:"msgtype"`
	Text    *struct {
		Content string `json:"content"`
	} `json:"text"`
	Markdown *struct {
		Title string `json:"title"`
		Text  string `json:"text"`
	} `json:"markdown"`
	Link *struct {
		Title      string `json:"title"`
		Text       string `json:"text"`
		MessageURL string `json:"messageUrl"`
	} `json:"link"`
	ActionCard *struct {
		Title       string `json:"title"`
		Text        string `json:"text"`
		SingleTitle string `json:"singleTitle"`
		SingleURL   string `json:"singleURL"`
		Btns        []struct {
			Title     string `json:"title"`
			ActionURL string `json:"actionURL"`
		} `json:"btns"`
	} `json:"actionCard"`
	FeedCard *struct {
		Links []struct {
			Title      string `json:"title"`
			MessageURL string `json:"messageURL"`
		} `json:"links"`
	} `json:"feedCard"`
	At struct {
		UserIDs []string `json:"atUserIds"`
		All     bool     `json:"isAtAll"`
	} `json:"at"`
	UUID string `json:"msgUuid"`
}

// check reports what DingTalk would refuse; the zero oapiError is a yes.
func (m message) check() oapiError {
	missing := oapiError{40035, "缺少参数 json"}
	switch m.MsgType {
	case "empty":
		return oapiError{}
	case "text":
		if m.Text == nil || m.Text.Content == "" {
			return missing
		}
	case "markdown":
		if m.Markdown == nil || m.Markdown.Title == "" || m.Markdown.Text == "" {
			return missing
		}
	case "link":
		if m.Link == nil || m.Link.Title == "" || m.Link.MessageURL == "" {
			return missing
		}
	case "actionCard":
		c := m.ActionCard
		if c == nil || c.Title == "" || c.Text == "" || c.SingleURL == "" && len(c.Btns) == 0 {
			return missing
		}
	case "feedCard":
		if m.FeedCard == nil || len(m.FeedCard.Links) == 0 {
			return missing
		}
	case "":
		return missing
	default:
		return oapiError{400105, "不支持的消息类型"}
	}
	return oapiError{}
}

// fill writes what a person would see of m into n.
func (m message) fill(n *Note) {
	n.Type = m.MsgType
	switch m.MsgType {
	case "text":
		n.Raw = m.Text.Content
		n.Text = n.Raw
	case "markdown":
		n.Title, n.Raw = m.Markdown.Title, m.Markdown.Text
	case "link":
		n.Title, n.Raw = m.Link.Title, m.Link.Text
		n.Buttons = []Button{{Label: m.Link.Title, URL: m.Link.MessageURL}}
	case "actionCard":
		n.Title, n.Raw = m.ActionCard.Title, m.ActionCard.Text
		if m.ActionCard.SingleURL != "" {
			n.Buttons = []Button{{Label: m.ActionCard.SingleTitle, URL: m.ActionCard.SingleURL}}
			break
		}
		for _, b := range m.ActionCard.Btns {
			n.Buttons = append(n.Buttons, Button{Label: b.Title, URL: b.ActionURL})
		}
	case "feedCard":
		for _, l := range m.FeedCard.Links {
			n.Buttons = append(n.Buttons, Button{Label: l.Title, URL: l.MessageURL})
		}
	}
	if n.Text == "" {
		n.Text = render(n.Raw)
	}
}

// render joins the lines that DingTalk joins: a single line break is a space unless
// two spaces stand before it or a block begins after it.
func render(markdown string) string {
	lines := strings.Split(markdown, "\n")
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(strings.TrimRight(line, " "))
		if i == len(lines)-1 {
			break
		}
		next := strings.TrimLeft(lines[i+1], " ")
		if line == "" || next == "" || strings.HasSuffix(line, "  ") || block(next) || strings.HasPrefix(line, "#") {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// block reports whether a line begins a heading, a quote or a list item.
func block(line string) bool {
	for _, mark := range []string{"#", "> ", "- "} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	digits := strings.TrimLeft(line, "0123456789")
	return digits != line && strings.HasPrefix(digits, ". ")
}
