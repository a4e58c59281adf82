package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Handler decides what a message means. When it returns nil, whatever the message
// changed is committed and every message owed for it is in the outbox: the platform
// may be told that it was received. An error means that nothing was changed and that
// the platform should send it again.
type Handler interface {
	Handle(ctx context.Context, m Message) (Outcome, error)
}

// Outcome is what remains to be done after the platform has been answered. At most
// one of Answer and Owed is set.
type Outcome struct {
	Answer *Outgoing // a query's answer, to be sent from behind; no state is lost if it is not
	// Later owes the answer by the outbox; for one that was certainly not delivered and
	// may be later. Nil where there is no outbox.
	Later   func(ctx context.Context) error
	Told    string                    // the answer's title: what a pressed card shows
	Changed bool                      // something was written, now or by an earlier press of the card: it is settled
	Owed    func(ctx context.Context) // sends what the commit holds for this process; the outbox has it too
}

// Platform sends messages. Send returns the platform's handle on the message
// ("" where it gives none). A Refusal says whether trying again can help; any other
// error means that the outcome is unknown.
type Platform interface {
	Send(ctx context.Context, out Outgoing) (ref string, err error)
}

// Refusal is the platform's no. The message was not delivered.
type Refusal struct {
	Op    string
	Code  string
	Msg   string
	Retry bool // the same message may succeed later
	// Blocked: not this message is refused but all like it, until an operator mends the
	// set-up or a new month begins. The same message may succeed then.
	Blocked bool
	After   time.Duration // not before, when the platform or its limits say so
}

// Error names the operation, the code and the platform's words.
func (r *Refusal) Error() string { return fmt.Sprintf("%s: refused with %s: %s", r.Op, r.Code, r.Msg) }

// Retryable reports whether the same message may succeed later.
func (r *Refusal) Retryable() bool { return r.Retry || r.Blocked }

// ErrAgain comes with an error of unknown outcome where the platform knows the message by
// its ID: sending it again makes no second one.
var ErrAgain = errors.New("bot: may be sent again")

// ErrFull: the intake has no free slot; nothing was looked at. The platform should
// be told to try again.
var ErrFull = errors.New("bot: intake full")

// ErrClosed: the intake is draining and takes nothing new.
var ErrClosed = errors.New("bot: intake closed")
