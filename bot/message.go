package bot

import "time"

// Kind is what sort of thing a person sent.
type Kind string

// The kinds of inbound message. Voice carries the platform's own transcript as
// text. Unsupported is everything that cannot be read; it is answered politely.
const (
	KindText        Kind = "text"
	KindVoice       Kind = "voice"
	KindPicture     Kind = "picture"
	KindFile        Kind = "file"
	KindUnsupported Kind = "unsupported"
)

// Message is one inbound message of any platform.
type Message struct {
	ID           string // platform message id: the once-only key
	Kind         Kind
	Text         string // trimmed, the bot's own mention removed
	Conversation Conversation
	Sender       Sender
	Mentioned    bool // in a group: the bot was addressed
	Quote        *Quote
	Webhook      string    // reply address of this conversation, where the platform gives one
	WebhookUntil time.Time // end of the reply address's life
	At           time.Time // when it was sent, by the platform's clock
	File         *File
	Card         string // the card whose button said it, by the platform's handle; "" when a person wrote it
}

// Conversation is where a message was said.
type Conversation struct {
	ID    string
	Group bool
	Title string // groups only
}

// Sender is who said it. ID is the platform's staff id and the only identity; it is
// empty for outsiders, who may be answered but never let in.
type Sender struct {
	ID   string
	Nick string
}

// Quote is the message that a message replies to. Ref is the platform's handle on
// it when the bot sent it; Text is its text where the platform gives one.
type Quote struct {
	Ref     string
	Text    string
	FromBot bool
}

// File is something sent along, to be fetched by the platform with Code.
type File struct {
	Name string
	Code string
}

// Outgoing is one message to send. ID is the same at every try of the same message.
type Outgoing struct {
	ID           string
	Room         string // conversation id of a group, or
	Member       string // staff id for one-to-one; exactly one is set
	Webhook      string
	WebhookUntil time.Time
	Title        string
	Markdown     string // DingTalk's subset
	Buttons      []Button
	At           []string // staff ids to mention; the platform writes them into the text
	Attachments  []Attachment
}

// Attachment is a file or a picture that goes out with a message, after its words. A
// platform without files leaves it out.
type Attachment struct {
	Name    string // with its extension, which says what it is
	Data    []byte
	Picture bool // to be shown, not to be opened
}

// Button sends Say as the pressing person's own words.
type Button struct {
	Label string
	Say   string
}
