package console

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"duban/bot"
)

// Person is a sample person whose part can be played. Note stands under the name, such
// as "市大数据中心 联络员".
type Person struct{ ID, Name, Note string }

// Room is a group. People are the ids of those who can speak in it; empty means all.
type Room struct {
	ID, Title string
	People    []string
}

// Taker takes what people say; bot.Intake is one. An error means that the message was
// not received and may be sent again under the same id.
type Taker interface {
	Take(ctx context.Context, m bot.Message) error
}

// Clock is the demo's time. MoveTo only goes forward and steps through everything that
// falls due on the way; what it causes to be sent may arrive before it returns. NextNudge
// is the next moment at which something will be sent, false when there is none.
type Clock interface {
	Now() time.Time
	MoveTo(ctx context.Context, t time.Time) error
	NextNudge(ctx context.Context) (time.Time, bool, error)
}

// Options make a console. Only Clock and at least one of People are required.
type Options struct {
	People    []Person
	Rooms     []Room
	Bot       string // the bot's name; default 督办助手
	Clock     Clock
	Journal   string                 // file of the transcript, made with its folder when missing; "" keeps it in memory
	Log       *slog.Logger           // default: discards
	Secret    func(text string) bool // words of people that the transcript must not keep; default: none
	Intro     []string               // lines of the welcome strip; default: what to try first
	Suggest   []string               // words offered as buttons to a newcomer; default 我的任务 逾期 汇总 帮助
	AllowHost []string               // host names beside loopback ones under which the page may be opened
}

// withheld stands in the transcript for words that it must not keep.
const withheld = "（内容带有密级标志，没有保存）"

// ErrClosed: the console has been closed; nothing was done.
var ErrClosed = errors.New("console: closed")

// The bounds, each with what happens when it is hit.
const (
	maxKept     = 5000             // messages in memory and in the journal after a start; older ones are dropped
	maxPage     = 200              // messages per answer; older ones are asked for page by page
	maxBody     = 64 << 10         // bytes of a request; 413
	maxText     = 4000             // characters of a message; 400 with a sentence
	maxOut      = 20000            // bytes of what the bot sends, DingTalk's own limit; a Refusal
	maxFiles    = 20 << 20         // bytes of files in memory; the oldest expire
	maxClients  = 64               // open pages; 503
	maxBacklog  = 1024             // events kept for pages that come back; further behind they start over
	maxQueue    = 256              // events waiting for one page; it is cut off and comes back
	maxLeap     = 366 * day        // one move of the clock; a sentence
	takeTime    = 10 * time.Second // for taking one message; then it counts as not delivered
	moveTime    = 5 * time.Minute  // for one move of the clock
	day         = 24 * time.Hour
	compactOver = 4 * maxKept // journal lines at a start; more are rewritten to what is kept
)

func (o Options) withDefaults() Options {
	if o.Bot == "" {
		o.Bot = "督办助手"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Secret == nil {
		o.Secret = func(string) bool { return false }
	}
	if o.Suggest == nil {
		o.Suggest = []string{"我的任务", "逾期", "汇总", "帮助"}
	}
	if o.Intro == nil {
		o.Intro = []string{
			"先在左边选一个人，问一句“我的任务”。",
			"把上方的时间调到“下一次提醒”，再引用收到的提醒，回复进度。",
			"然后换成领导，问一句“汇总”。",
		}
	}
	return o
}
