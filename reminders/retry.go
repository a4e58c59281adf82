package reminders

import (
	"errors"
	"time"

	"duban/bot"
	"duban/store/ledger"
)

// Retry says how long to try. A refusal that may pass (limits, a platform that is down)
// means that nothing was delivered, so it is tried as long as the notice is of use.
// After an unknown outcome the message may have arrived every time: see unsent.
type Retry struct {
	Base     time.Duration // first pause; doubles with each try
	Most     time.Duration // longest pause
	Patience time.Duration // how long a notice that never expires is of use
	Formal   time.Duration // the same of a formal word, from when it was due
	Blocked  time.Duration // the same of any that does not expire, where the platform refuses all until it is mended
	Unknown  int           // tries in all where what went wrong may go wrong for ever
	// Unsure are the pauses after tries that may have arrived, of what is repeated then;
	// after the last it is given up.
	Unsure []time.Duration
}

// DefaultRetry tries five times in five hours where the outcome is unknown, which bridges
// the maintenance of a network without turning a broken answer into a flood. A formal word
// waits for a platform that is away over a weekend and a long holiday. What is refused
// because the calls of the month are used up waits for the next month.
func DefaultRetry() Retry {
	return Retry{Base: 5 * time.Second, Most: time.Hour, Patience: 72 * time.Hour, Formal: 10 * 24 * time.Hour, Blocked: 40 * 24 * time.Hour, Unknown: 16,
		Unsure: []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 4 * time.Hour}}
}

// Pause is the time to wait after the given number of failed tries (1 for the first):
// doubling from Base up to Most, then moved by up to a fifth either way. jitter is in
// [0, 1); it keeps replicas and rooms from coming back in step.
func (r Retry) Pause(failed int, jitter float64) time.Duration {
	d := r.Base
	for i := 1; i < failed && d < r.Most; i++ {
		d *= 2
	}
	d = min(d, r.Most)
	return d + time.Duration((jitter-0.5)*0.4*float64(d))
}

// verdict is what becomes of a notice after a failed try.
type verdict struct {
	bury  bool
	until time.Time
}

// judge decides on an error of wording or sending a notice that was just tried once more.
func (r Retry) judge(err error, c ledger.Claimed, now time.Time, jitter float64) verdict {
	tries := c.Attempts + 1
	after := r.Pause(tries, jitter)
	if no, ok := errors.AsType[*bot.Refusal](err); ok {
		if !no.Retryable() {
			return verdict{bury: true}
		}
		after = max(after, no.After)
	} else if tries >= r.Unknown {
		return verdict{bury: true}
	}
	until := now.Add(after)
	return verdict{bury: until.After(r.end(err, c)), until: until}
}

// end is when a notice that was refused with err is given up.
func (r Retry) end(err error, c ledger.Claimed) time.Time {
	no, ok := errors.AsType[*bot.Refusal](err)
	switch {
	case !c.Expires.IsZero():
		return c.Expires
	case ok && no.Blocked:
		return c.Made.Add(r.Blocked)
	case c.Formal:
		return c.Due.Add(r.Formal)
	}
	return c.Made.Add(r.Patience)
}
