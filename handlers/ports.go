package handlers

import (
	"context"
	"time"

	"duban/store/ledger"
)

// Ledger is the part of the store that the desk needs.
type Ledger interface {
	Arrive(ctx context.Context, a ledger.Arrival) (ledger.Arrived, error)
	Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error)
	Sync(ctx context.Context, since int64) (ledger.Delta, error)
	Events(ctx context.Context, task string, from, to time.Time) ([]ledger.Event, error)
}

// Post sends notices that a commit holds for this process. What it cannot send stays
// in the outbox.
type Post interface {
	SendHeld(ctx context.Context, notices []ledger.Notice, fence int64)
	Wake() // something due was put into the outbox
}

// Hours says when a message that a person did not ask for may go out: at now, or at
// the next moment inside working hours.
type Hours interface {
	Next(now time.Time) time.Time
}

// Worder words a summary with a model. It returns an error when the words cannot be
// trusted or did not come in time; the caller then sends its own.
type Worder interface {
	Word(ctx context.Context, facts any, plain string) (string, error)
}

// Rules are the reminder rules, with the stages that the office has set in chat.
type Rules interface {
	Describe(l ledger.Ladder) string // whole, in Chinese lines
	Stages(l ledger.Ladder) string   // the lines about the stages alone
	Check(l ledger.Ladder) error     // what is wrong with the stages, in Chinese
}
