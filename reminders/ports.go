package reminders

import (
	"context"
	"time"

	"duban/store/ledger"
)

// Calendar knows the working days, public holidays and make-up days (调休) included.
type Calendar interface {
	IsWorkday(d ledger.Date) bool
}

// Books gives the state as it is now.
type Books interface {
	Fresh(ctx context.Context) (*ledger.Book, error)
}

// Committer writes one decided change whole or not at all; ledger.ErrConflict means
// that a precondition no longer held and nothing was written.
type Committer interface {
	Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error)
}

// Outbox is the part of the store that the dispatcher needs. Settle, Defer and Bury
// return ledger.ErrLease when the fence is no longer the notice's own.
type Outbox interface {
	// Claim leases up to max notices that are due and free; nobody else gets them
	// until the lease is over.
	Claim(ctx context.Context, now time.Time, lease time.Duration, max int) ([]ledger.Claimed, error)
	// Settle ends a notice: the platform has it, or nothing was left to say (no body).
	Settle(ctx context.Context, key string, fence int64, sent ledger.Sent, body ledger.Body) error
	// Defer gives the lease back; the notice is due again at until.
	Defer(ctx context.Context, key string, fence int64, until time.Time, why string) error
	// Bury ends a notice that will never be sent and keeps why.
	Bury(ctx context.Context, key string, fence int64, at time.Time, why string) error
	// NextDue is when the next notice is to be claimed; false when none is waiting.
	NextDue(ctx context.Context, now time.Time) (time.Time, bool, error)
}

// Wait pauses for d or until ctx ends; it reports whether the whole of d went by.
// main hands in a timer, tests a clock of their own.
type Wait func(ctx context.Context, d time.Duration) bool
