package console

import (
	"fmt"
	"time"
)

// beijing is the only zone the page shows; China has had no summer time since 1991.
var beijing = time.FixedZone("CST", 8*60*60)

// stamp is a time as the page shows it, so that the page needs no calendar.
type stamp struct {
	Date string `json:"date"` // 2018-07-02
	Day  string `json:"day"`  // 7月2日
	Time string `json:"time"` // 09:00
	Full string `json:"full"` // 2018年7月2日 星期一 09:00
}

func stampOf(t time.Time) stamp {
	t = t.In(beijing)
	week := []rune("日一二三四五六")[t.Weekday()]
	return stamp{
		Date: t.Format("2006-01-02"), Day: t.Format("1月2日"), Time: t.Format("15:04"),
		Full: fmt.Sprintf("%s 星期%c %s", t.Format("2006年1月2日"), week, t.Format("15:04")),
	}
}

// bubble is an entry as the page gets it. HTML is set for the bot's messages only and
// is safe to insert; everything else is text.
type bubble struct {
	N       int64    `json:"n"`
	V       int64    `json:"v"` // the higher one is newer
	Ref     string   `json:"ref"`
	Chat    string   `json:"chat"`
	From    string   `json:"from"`
	At      stamp    `json:"at"`
	Text    string   `json:"text,omitempty"`
	HTML    string   `json:"html,omitempty"`
	Gist    string   `json:"gist"`
	Buttons []string `json:"buttons,omitempty"`
	Mention []string `json:"mention,omitempty"`
	ToBot   bool     `json:"toBot,omitempty"`
	Quote   *quoted  `json:"quote,omitempty"`
	State   string   `json:"state,omitempty"`

	Files []fileView `json:"files,omitempty"`
}

func (c *Console) bubble(e *entry, v int64) *bubble {
	b := &bubble{
		N: e.N, V: v, Ref: e.Ref, Chat: e.Chat, From: e.From, At: stampOf(e.At), HTML: e.html, Gist: e.gist(),
		Mention: e.Mention, ToBot: e.ToBot, State: e.State, Files: c.files(e),
	}
	if e.From != "" {
		b.Text = e.Text
	}
	if q := e.Quote; q != nil {
		b.Quote = &quoted{Ref: q.Ref, From: q.From, Text: q.Text}
	}
	for _, button := range e.Buttons {
		b.Buttons = append(b.Buttons, button.Label)
	}
	return b
}

// summary is a conversation's row in the list.
type summary struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Note      string   `json:"note,omitempty"`
	Group     bool     `json:"group,omitempty"`
	People    []string `json:"people"`
	Unread    int      `json:"unread"`
	Mentioned []string `json:"mentioned,omitempty"` // whom the unread ones mention
	Last      *last    `json:"last,omitempty"`
}

// last is the newest message of a conversation, in short.
type last struct {
	N       int64  `json:"n"`
	From    string `json:"from"`
	Preview string `json:"preview"`
	At      stamp  `json:"at"`
	State   string `json:"state,omitempty"`
}

func (c *Console) summary(ch *chat) *summary {
	s := &summary{ID: ch.id, Title: ch.title, Note: ch.note, Group: ch.group, People: ch.people}
	s.Unread, s.Mentioned = ch.unread()
	if n := len(ch.entries); n > 0 {
		e := ch.entries[n-1]
		s.Last = &last{N: e.N, From: e.From, Preview: e.preview, At: stampOf(e.At), State: e.State}
	}
	return s
}

// clockView is the clock panel's content.
type clockView struct {
	stamp
	Moving bool `json:"moving"`
}

func (c *Console) clockView(t time.Time) *clockView {
	return &clockView{stamp: stampOf(t), Moving: c.moving}
}

// person is a sample person as the page gets it.
type person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Note string `json:"note"`
}

// state is everything a page needs to start.
type state struct {
	Epoch   string     `json:"epoch"`
	Seq     int64      `json:"seq"`
	Bot     string     `json:"bot"`
	People  []person   `json:"people"`
	Chats   []*summary `json:"chats"`
	Clock   *clockView `json:"clock"`
	Intro   []string   `json:"intro"`
	Suggest []string   `json:"suggest"`
	MaxText int        `json:"maxText"`
}

// pageOf is a stretch of a conversation.
type pageOf struct {
	Messages []*bubble `json:"messages"`
	More     bool      `json:"more"` // there are older ones
}
