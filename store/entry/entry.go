// Package entry holds what both engines keep besides the ledger's own types: the
// clock resolution and the times things are remembered, the dead letter, the checks
// on what may be written, and the engine-neutral backup.
//
// In go ledger values, out come rows that either engine can store. It knows no
// engine and decides nothing about tasks.
package entry

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"duban/store/ledger"
)

// How long things that are over stay known. Only Trim forgets; nothing depends on
// the moment at which it runs.
const (
	KeepMessages = 7 * 24 * time.Hour  // a platform repeats a message within minutes
	KeepSent     = 60 * 24 * time.Hour // quotes of the bot's messages; keys of settled and dead notices
)

// The states of a notice in the outbox.
const (
	Waiting = "w" // free; Claim takes it once its time has come
	Leased  = "l" // taken under a fence; Claim takes it again once its time has come
	Sent    = "s" // settled; only its key is kept, so that it is never written again
	Buried  = "d" // dead letter
)

// MaxFence bounds Hold.Fence, so that later fences of the same notice can be higher.
const MaxFence = math.MaxInt64 / 2

// Dead is a notice that was given up, with the reason.
type Dead struct {
	ledger.Notice
	At       time.Time
	Why      string
	Attempts int
}

// Micros is the form in which engines store and compare moments: microseconds since
// 1970. No time (the zero Time) is 0.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Moment is the reverse of Micros, in UTC.
func Moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// ErrInvalid marks a call that no engine accepts; nothing was written.
var ErrInvalid = errors.New("store: invalid call")

// CheckCommit refuses what the engines could not store alike.
func CheckCommit(c ledger.Commit) error {
	for _, r := range c.Puts {
		if r.Kind == "" || r.ID == "" {
			return fmt.Errorf("%w: record without kind or id", ErrInvalid)
		}
	}
	for _, e := range c.Events {
		if e.ID == "" || e.Task == "" {
			return fmt.Errorf("%w: event without id or task", ErrInvalid)
		}
	}
	for _, n := range c.Notices {
		if n.Key == "" {
			return fmt.Errorf("%w: notice without key", ErrInvalid)
		}
	}
	if c.Talk != nil && c.Talk.Key == "" {
		return fmt.Errorf("%w: talk without key", ErrInvalid)
	}
	if c.Hold.Fence < 0 || c.Hold.Fence > MaxFence {
		return fmt.Errorf("%w: fence %d is out of range", ErrInvalid, c.Hold.Fence)
	}
	return nil
}

// CheckClaim refuses a claim that would hold nothing or for no time.
func CheckClaim(lease time.Duration, most int) error {
	if lease < time.Millisecond || most <= 0 {
		return fmt.Errorf("%w: claim of %d for %v", ErrInvalid, most, lease)
	}
	return nil
}

// Line makes a reason one line, as engines keep it.
func Line(why string) string { return strings.ReplaceAll(why, "\n", " ") }

// HasBody reports whether a body says anything at all.
func HasBody(b ledger.Body) bool {
	return b.Title != "" || b.Text != "" || len(b.Buttons)+len(b.At)+len(b.Tasks) > 0
}

// Born is the state in which a commit writes a notice and the moment from which it
// can be claimed.
func Born(n ledger.Notice, h ledger.Hold) (state string, fence, at int64) {
	at = Micros(n.Due)
	if h.Until.IsZero() {
		return Waiting, 0, at
	}
	return Leased, h.Fence, max(at, Micros(h.Until))
}

// WantsEvents reports whether an arrival asks for events at all. With History and a
// period it means that task's events of that period.
func WantsEvents(a ledger.Arrival) bool {
	return a.History != "" || !a.From.IsZero() || !a.To.IsZero()
}

// Within reports whether the moment lies in the period; a zero bound is open.
func Within(at, from, to time.Time) bool {
	us := Micros(at)
	return (from.IsZero() || us >= Micros(from)) && (to.IsZero() || us < Micros(to))
}
