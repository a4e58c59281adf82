package dingtalk

import (
	"errors"
	"strings"
	"sync"
	"time"

	"duban/bot"
)

// DefaultMonthlyCalls is what the standard edition grants an organisation a month.
// All apps of the organisation draw on it, so our own count is a lower bound.
const DefaultMonthlyCalls = 5000

// Budget is how many server API calls are known to have been made: by this process, and
// by all others whose counts Saved has told it of. Token, people and department calls
// are free and not among them; webhooks are no calls of the server API.
type Budget struct {
	Day       int            // today, by Beijing's calendar
	Month     int            // this month, by Beijing's calendar
	Limit     int            // a month; 0 means that nothing is known
	ByAPI     map[string]int // this month, by path
	Since     time.Time      // beginning of the count: the first call, or the first look
	Exhausted bool           // DingTalk said this month that the calls are used up
}

// Left is how many calls of the limit this process knows to be left.
func (b Budget) Left() int {
	if b.Exhausted {
		return 0
	}
	return max(b.Limit-b.Month, 0)
}

// OutOfCalls reports whether err says that the organisation's calls of the month are
// used up: only a new month or a purchase helps.
func OutOfCalls(err error) bool {
	var no *bot.Refusal
	return errors.As(err, &no) && (strings.HasSuffix(no.Code, "ApiCountLimitForOrg") || no.Code == "90020")
}

// Budget shows the calls made so far.
func (c *Client) Budget() Budget { return c.budget.show(c.opt.Now()) }

// Unsaved is what this process has counted beyond what was saved.
func (c *Client) Unsaved() Calls { return c.budget.unsaved() }

// Saved says that part, as Unsaved gave it, stands in total now, which is what all
// processes together have saved. An empty part only tells the total.
func (c *Client) Saved(part, total Calls) { c.budget.saved(part, total) }

// budget counts calls by Beijing's days and months, which are DingTalk's.
type budget struct {
	limit int // as ClientOptions has it

	mu    sync.Mutex
	total Calls // saved, by whichever process
	fresh Calls // our own, not saved yet
}

func (b *budget) count(api string, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fresh = b.fresh.at(now)
	b.fresh.Day++
	b.fresh.Month++
	if b.fresh.ByAPI == nil {
		b.fresh.ByAPI = map[string]int{}
	}
	b.fresh.ByAPI[api]++
}

// heard takes note of what DingTalk said of the budget.
func (b *budget) heard(err error, now time.Time) {
	if err != nil && !OutOfCalls(err) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fresh = b.fresh.at(now)
	if b.total.Plus(b.fresh).Out == (err != nil) {
		return
	}
	b.fresh.Out, b.fresh.Heard = err != nil, now
}

func (b *budget) show(now time.Time) Budget {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fresh = b.fresh.at(now)
	return b.total.Plus(b.fresh).Budget(b.limit, now)
}

func (b *budget) unsaved() Calls {
	b.mu.Lock()
	defer b.mu.Unlock()
	return Calls{}.Plus(b.fresh)
}

func (b *budget) saved(part, total Calls) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fresh, b.total = b.fresh.minus(part), total
}
