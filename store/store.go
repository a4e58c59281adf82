// Package store keeps the ledger: one interface of domain operations, each one
// atomic call, with two engines behind it that a single suite (storetest) holds to
// the same meaning.
//
// In go decided changes (ledger.Commit) and questions (ledger.Arrival); out come
// records, events and notices. The rules stay in store/ledger: an engine applies a
// change under a precondition and says conflict otherwise. It writes no sentence for
// a user.
package store

import (
	"context"
	"io"
	"time"

	"duban/store/entry"
	"duban/store/ledger"
)

// Dead is a notice that was given up, with the reason.
type Dead = entry.Dead

// Arriver answers, in one round trip, all that a message needs before it is decided.
type Arriver interface {
	// Arrive looks the message up and, when the arrival is final, claims it and
	// clears its talk. A repeat carries the first answer and the delta, nothing else.
	Arrive(ctx context.Context, a ledger.Arrival) (ledger.Arrived, error)
}

// Committer applies decided changes.
type Committer interface {
	// Commit applies the change whole or not at all. On ledger.ErrConflict nothing was
	// written and the outcome's Delta is filled. On any other error it is not known
	// whether the change was written; the same call again is safe, given a Message.
	Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error)
}

// Reader brings a book up to date and reads histories.
type Reader interface {
	// Sync returns what changed after the revision.
	Sync(ctx context.Context, since int64) (ledger.Delta, error)
	// Events returns the task's events in the order of writing, or with an empty task
	// all events in the order of time; from ≤ At < to, where a zero bound is open.
	Events(ctx context.Context, task string, from, to time.Time) ([]ledger.Event, error)
}

// Outbox is the queue of notices. Whoever claims one must settle, defer or bury it
// with the fence of the claim; doing so twice with one fence is harmless.
type Outbox interface {
	// Claim takes at most max notices that are due and under no lease, earliest first.
	Claim(ctx context.Context, now time.Time, lease time.Duration, max int) ([]ledger.Claimed, error)
	// Settle marks the notice as sent and remembers the message for quotes. The body is
	// what was really sent; an empty one stands for the notice's own. ledger.ErrLease:
	// somebody else holds the notice now. ledger.ErrNotFound: there is none.
	Settle(ctx context.Context, key string, fence int64, sent ledger.Sent, body ledger.Body) error
	// Defer gives the notice back for another try at until and counts the attempt.
	Defer(ctx context.Context, key string, fence int64, until time.Time, why string) error
	// Bury gives the notice up.
	Bury(ctx context.Context, key string, fence int64, at time.Time, why string) error
	// NextDue is the earliest moment, not before now, at which a claim can find
	// something; false when nothing waits.
	NextDue(ctx context.Context, now time.Time) (time.Time, bool, error)
	// Dead returns the newest dead letters.
	Dead(ctx context.Context, max int) ([]Dead, error)
	// Depth counts the notices that are owed (leased ones too) and the dead letters.
	Depth(ctx context.Context) (waiting, dead int64, err error)
}

// Keeper is the engine as its operator sees it.
type Keeper interface {
	// Ping reports whether the engine answers.
	Ping(ctx context.Context) error
	// Persistence says in English what the engine promises about a crash.
	Persistence(ctx context.Context) (string, error)
	// Backup writes the whole tenant at one moment.
	Backup(ctx context.Context, w io.Writer) error
	// Restore fills an empty tenant. A tenant that is not empty is entry.ErrNotEmpty, a
	// damaged file entry.ErrBackup; either changes nothing.
	Restore(ctx context.Context, r io.Reader) error
	// Trim forgets what is over: see entry.KeepMessages and entry.KeepSent.
	Trim(ctx context.Context, now time.Time) error
	// Close waits for what is under way and releases everything.
	Close() error
}

// Engine is everything; consumers ask for the part that they need.
type Engine interface {
	Arriver
	Committer
	Reader
	Outbox
	Keeper
}
