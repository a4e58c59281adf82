package reminders

import (
	"errors"
	"time"

	"duban/bot"
)

// Retry says how long to try. A refusal that may pass (limits, a platform that is down)
// means that nothing was delivered, so it is tried long; after an unknown outcome the
// message may have arrived, so it is tried a few times only.
type Retry struct {
	Base    time.Duration // first pause; doubles with each try
	Most    time.Duration // longest pause
	Refused int           // tries in all where the platform refuses for now
	Unknown int           // tries in all where the outcome is unknown
}

// DefaultRetry spreads twenty tries over about four hours.
func DefaultRetry() Retry {
	return Retry{Base: 5 * time.Second, Most: 15 * time.Minute, Refused: 20, Unknown: 6}
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
	after time.Duration
}

// judge decides on an error of Platform.Send after the given number of tries.
func (r Retry) judge(err error, tries int, jitter float64) verdict {
	limit := r.Unknown
	after := r.Pause(tries, jitter)
	if no, ok := errors.AsType[*bot.Refusal](err); ok {
		if !no.Retryable() {
			return verdict{bury: true}
		}
		limit, after = r.Refused, max(after, no.After)
	}
	return verdict{bury: tries >= limit, after: after}
}
