package dingtalk

import (
	"errors"
	"maps"
	"strings"
	"sync"
	"time"

	"duban/bot"
)

// DefaultMonthlyCalls is what the standard edition grants an organisation a month.
// All apps of the organisation draw on it, so our own count is a lower bound.
const DefaultMonthlyCalls = 5000

// Budget is how many server API calls this process has made. Token, people and
// department calls are free and not among them; webhooks are no calls of the server
// API. The counts live in memory: after a restart they begin anew, at Since.
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
// used up. Such a refusal is not retryable: only a new month or a purchase helps.
func OutOfCalls(err error) bool {
	var no *bot.Refusal
	return errors.As(err, &no) && (strings.HasSuffix(no.Code, "ApiCountLimitForOrg") || no.Code == "90020")
}

// Budget shows the calls made so far.
func (c *Client) Budget() Budget { return c.budget.show(c.opt.Now()) }

// budget counts calls by Beijing's days and months, which are DingTalk's.
type budget struct {
	limit int

	mu    sync.Mutex
	since time.Time
	date  string // of day
	month string // of the rest
	day   int
	all   int
	by    map[string]int
	out   bool
}

func newBudget(limit int) *budget {
	if limit == 0 {
		limit = DefaultMonthlyCalls
	}
	return &budget{limit: max(limit, 0), by: map[string]int{}}
}

// beijing has had no other offset since 1991, so that no time zone file is needed.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// turn begins anew with each day and month; callers hold b.mu.
func (b *budget) turn(now time.Time) {
	if b.since.IsZero() {
		b.since = now
	}
	date := now.In(beijing).Format(time.DateOnly)
	if b.date != date {
		b.date, b.day = date, 0
	}
	if month := date[:len("2018-12")]; b.month != month {
		b.month, b.all, b.out = month, 0, false
		clear(b.by)
	}
}

func (b *budget) count(api string, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	b.day++
	b.all++
	b.by[api]++
}

// heard takes note of what DingTalk said of the budget.
func (b *budget) heard(err error, now time.Time) {
	if err != nil && !OutOfCalls(err) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	b.out = err != nil
}

func (b *budget) show(now time.Time) Budget {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn(now)
	return Budget{Day: b.day, Month: b.all, Limit: b.limit, ByAPI: maps.Clone(b.by), Since: b.since, Exhausted: b.out}
}
