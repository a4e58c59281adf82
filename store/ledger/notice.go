package ledger

import "time"

// NoticeKind says how the words of a notice are made when it is sent.
type NoticeKind string

// The kinds of notice.
const (
	NoticeReply  NoticeKind = "reply"  // a receipt or answer; Body holds its words
	NoticeNudge  NoticeKind = "nudge"  // deadline nudge; worded at sending, from Items still owed
	NoticeDigest NoticeKind = "digest" // a summary worded by a model; Ask says of what
	// NoticeSuggest is a model's guess at a command; Ask is what was said.
	NoticeSuggest  NoticeKind = "suggest"
	NoticeImport   NoticeKind = "import"   // a plan file to be read; Ask is its name and its code
	NoticeFile     NoticeKind = "file"     // a file made at sending; Ask is its form and of what
	NoticeBulletin NoticeKind = "bulletin" // the draft of a bulletin, by the clock; Ask is its period
	NoticeTodo     NoticeKind = "todo"     // a change to a person's own to-do list; no message
	NoticeDing     NoticeKind = "ding"     // a DING, by a person's command only; Ask is to whom and its words, To who commanded it

	NoticeReaders NoticeKind = "readers" // who has read what the bot sent; Ask is what, To who asked
	NoticeRecall  NoticeKind = "recall"  // takes back what the bot sent; Ask is what, To who ordered it
	NoticeSettle  NoticeKind = "settle"  // shows the outcome on cards that were not pressed; Ask is on which, and what; no message
)

// Notice is one message owed to one room or person. It is written in the same
// commit as the change that causes it, under the Key that its duty always has, so
// that writing it twice is writing it once.
type Notice struct {
	Key     string     `json:"key"`
	Kind    NoticeKind `json:"kind"`
	To      Target     `json:"to"`
	Body    Body       `json:"body,omitzero"`
	Items   []Item     `json:"items,omitempty"`  // nudge: what it speaks of
	Ask     string     `json:"ask,omitempty"`    // digest: the question in the command's own words
	By      string     `json:"by,omitempty"`     // staff id it was caused by
	Formal  bool       `json:"formal,omitempty"` // a word of the office: in working hours only, and By is told when it is given up
	Made    time.Time  `json:"made"`
	Due     time.Time  `json:"due"`              // not to be sent before
	Expires time.Time  `json:"expires,omitzero"` // after this it is of no use and is buried
}

// Target is where a message goes. Exactly one of Room and Member is set. Webhook is
// a reply address that lives until WebhookUntil and goes first while it lives.
type Target struct {
	Room         string    `json:"room,omitempty"`   // conversation id of a group
	Member       string    `json:"member,omitempty"` // staff id, one-to-one
	Webhook      string    `json:"webhook,omitempty"`
	WebhookUntil time.Time `json:"webhook_until,omitzero"`
}

// Key names the receiver: room:ID or member:ID.
func (t Target) Key() string {
	if t.Room != "" {
		return "room:" + t.Room
	}
	return "member:" + t.Member
}

// Body is a message in the platform-neutral form: a title for lists and
// notifications, Markdown of DingTalk's subset, buttons, people to mention.
type Body struct {
	Title   string   `json:"title,omitempty"`
	Text    string   `json:"text,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
	At      []string `json:"at,omitempty"`    // staff ids
	Tasks   []string `json:"tasks,omitempty"` // IDs of the tasks it speaks of, for quotes
	Files   []File   `json:"-"`               // made when it is sent, and kept nowhere
}

// File goes out with a message. A Picture is to be shown, not to be opened.
type File struct {
	Name    string // with its extension
	Data    []byte
	Picture bool
}

// Button sends its Say as the pressing person's own words.
type Button struct {
	Label string `json:"label"`
	Say   string `json:"say"`
}

// Item is one duty inside a nudge: which stage of which rule for which checkpoint.
// Its Key is the duty's own, the same at every planning.
type Item struct {
	Key   string `json:"key"`
	Rule  string `json:"rule"` // ladder, overdue
	Task  string `json:"task"` // its ID
	Point string `json:"point"`
	Due   Date   `json:"due"`
	Stage int    `json:"stage"` // -7 is seven days before the deadline, 3 the third working day after it
}

// Claimed is a notice taken for sending under a lease. Fence must be given back to
// settle, defer or bury; a lost lease makes that an ErrLease.
type Claimed struct {
	Notice
	Fence    int64
	Attempts int // tries before this one
}

// Sent is what the platform answered. Ref is its handle on the message (empty where
// it gives none), used to find the tasks again when somebody quotes the message.
type Sent struct {
	At  time.Time `json:"at"`
	Ref string    `json:"ref,omitempty"`
}
