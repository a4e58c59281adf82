package console

import (
	"time"
	"unicode/utf8"

	"duban/bot"
)

// The states of a message that a person sent. Only sent ones have reached the bot (or,
// in a group without a mention, were never meant to).
const (
	stateSent    = ""
	stateSending = "sending"
	stateFailed  = "failed"
)

// entry is one message of the transcript; its JSON is what the journal keeps.
type entry struct {
	N       int64        `json:"n"` // rises by one with every message
	Ref     string       `json:"ref"`
	Chat    string       `json:"chat"`
	From    string       `json:"from,omitempty"` // person id; "" is the bot
	At      time.Time    `json:"at"`
	Text    string       `json:"text"` // withheld where the words must not be kept
	Title   string       `json:"title,omitempty"`
	Buttons []bot.Button `json:"buttons,omitempty"`
	Mention []string     `json:"mention,omitempty"` // people the bot mentions
	ToBot   bool         `json:"to_bot,omitempty"`  // said to the bot: handed to the Taker
	Quote   *quoted      `json:"quote,omitempty"`
	Out     string       `json:"out,omitempty"` // bot.Outgoing's id
	State   string       `json:"state,omitempty"`
	Files   []shown      `json:"files,omitempty"`

	said    string // withheld words, until the page ends
	v       int64  // event number of the last change
	html    string // rendered Text of the bot's messages
	preview string // one short line
}

// quoted is the message that a message replies to, as it was then.
type quoted struct {
	Ref  string `json:"ref"`
	From string `json:"from,omitempty"`
	Text string `json:"text"`           // one line of it, for the page
	Full string `json:"full,omitempty"` // all of it, for the bot
}

// chat is one conversation: a person's private chat with the bot, or a group.
type chat struct {
	id, title, note string
	group           bool
	people          []string // who can speak here
	entries         []*entry
	read            int64 // the last entry that was seen
}

// unread counts what the bot said since the chat was last looked at, and names whom it
// mentioned there.
func (ch *chat) unread() (n int, mentioned []string) {
	seen := map[string]bool{}
	for i := len(ch.entries) - 1; i >= 0 && ch.entries[i].N > ch.read; i-- {
		e := ch.entries[i]
		if e.From != "" {
			continue
		}
		n++
		for _, id := range e.Mention {
			if !seen[id] {
				seen[id] = true
				mentioned = append(mentioned, id)
			}
		}
	}
	return n, mentioned
}

// page is the last maxPage entries before number before (0: the newest), and whether
// there are older ones.
func (ch *chat) page(before int64) ([]*entry, bool) {
	end := len(ch.entries)
	for before > 0 && end > 0 && ch.entries[end-1].N >= before {
		end--
	}
	start := max(0, end-maxPage)
	return ch.entries[start:end], start > 0
}

// dress fills what is computed from an entry and not kept.
func (e *entry) dress() {
	if e.From != "" {
		e.preview = clip(oneLine(e.Text), 60)
		return
	}
	e.html = render(e.Text)
	e.preview = clip(e.Title, 60)
	if e.preview == "" {
		e.preview = clip(plain(e.Text), 60)
	}
	if e.preview == "" && len(e.Files) > 0 {
		e.preview = clip("〔文件〕"+e.Files[0].Name, 60)
	}
}

// gist is the one line under which an entry is quoted.
func (e *entry) gist() string {
	if e.From != "" {
		return clip(oneLine(e.Text), 120)
	}
	return clip(plain(e.Text), 120)
}

func oneLine(s string) string { return spaces.ReplaceAllString(s, " ") }

// clip cuts s to n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}
