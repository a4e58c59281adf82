package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"duban/store"
	"duban/store/ledger"
)

const crowd = 16

// each runs the function in a crowd of goroutines and waits.
func each(n int, run func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { run(i) })
	}
	wg.Wait()
}

// testDuplicates: one message delivered many times at once is one change, and all
// callers hear the same answer.
func testDuplicates(t *testing.T, open Open) {
	e := fresh(t, open)
	var mu sync.Mutex
	firsts, answers := 0, map[string]int{}
	each(crowd, func(i int) {
		out, err := e.Commit(t.Context(), ledger.Commit{
			Message: "m", Answer: json.RawMessage(strconv.Itoa(i)), Now: start,
			Puts:    []ledger.Record{setting("by", strconv.Itoa(i))},
			Events:  []ledger.Event{{ID: fmt.Sprint("e", i), Task: "1", At: start}},
			Notices: []ledger.Notice{{Key: fmt.Sprint("n", i), Due: start}},
		})
		if err != nil {
			t.Error(err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if !out.Repeat {
			firsts++
		}
		answers[string(out.Answer)]++
	})
	if firsts != 1 || len(answers) != 1 {
		t.Fatalf("%d calls were the first, answers %v", firsts, answers)
	}
	if list := must[[]ledger.Event](t)(e.Events(t.Context(), "1", time.Time{}, time.Time{})); len(list) != 1 {
		t.Fatalf("%d events", len(list))
	}
	if waiting, _, err := e.Depth(t.Context()); waiting != 1 || err != nil {
		t.Fatalf("%d notices, %v", waiting, err)
	}
	if d := must[ledger.Delta](t)(e.Sync(t.Context(), 0)); d.Rev != 1 {
		t.Fatalf("revision %d", d.Rev)
	}
}

// testNoLostUpdate: many writers count one record up by read, decide, commit, over as
// many handles as the engine allows; each keeps a book that ends as everybody's.
func testNoLostUpdate(t *testing.T, open Open) {
	e := fresh(t, open)
	countUp(t, func(int) store.Engine { return e })
}

// Shared holds two handles of one tenant, as two processes have them, to the same
// promise. Engines that refuse a second handle are not given to it.
func Shared(t *testing.T, open Open) {
	name := tenant()
	handles := [2]store.Engine{open(t, name), open(t, name)}
	defer closing(t, handles[0])
	defer closing(t, handles[1])
	countUp(t, func(i int) store.Engine { return handles[i%2] })
	d := must[ledger.Delta](t)(handles[0].Sync(t.Context(), 0))
	equal(t, "the other handle", must[ledger.Delta](t)(handles[1].Sync(t.Context(), 0)), d)
	claimAll(t, func(i int) store.Engine { return handles[i%2] })
}

func countUp(t *testing.T, handle func(i int) store.Engine) {
	const rounds = 10
	books := make([]*ledger.Book, crowd)
	each(crowd, func(i int) {
		book := ledger.NewBook()
		for n := 0; n < rounds; {
			count, _ := strconv.Atoi(string(book.Settings["count"])) // absent is 0
			own := setting("of"+strconv.Itoa(i), strconv.Itoa(n+1))
			out, err := handle(i).Commit(t.Context(), ledger.Commit{
				Message: fmt.Sprint(i, "-", n, "-", book.Rev), Since: book.Rev, Now: start,
				Expects: []ledger.Expect{book.Expect(ledger.RecordSetting, "count")},
				Puts:    []ledger.Record{setting("count", strconv.Itoa(count+1)), own},
				Events:  []ledger.Event{{ID: fmt.Sprint(i, n), Task: "1", At: start}},
			})
			if err != nil && !errors.Is(err, ledger.ErrConflict) {
				t.Error(err)
				return
			}
			if err == nil {
				n++
			}
			if book, err = book.Apply(out.Delta); err != nil {
				t.Error(err)
				return
			}
		}
		books[i] = book
	})
	if t.Failed() {
		return
	}
	d := must[ledger.Delta](t)(handle(0).Sync(t.Context(), 0))
	whole := must[*ledger.Book](t)(ledger.NewBook().Apply(d))
	if got := string(whole.Settings["count"]); got != strconv.Itoa(crowd*rounds) || d.Rev != crowd*rounds {
		t.Fatalf("counted to %s at revision %d", got, d.Rev)
	}
	for i, book := range books {
		last := must[ledger.Delta](t)(handle(i).Sync(t.Context(), book.Rev))
		equal(t, "book", must[*ledger.Book](t)(book.Apply(last)).Settings, whole.Settings)
	}
	if list := must[[]ledger.Event](t)(handle(0).Events(t.Context(), "1", time.Time{}, time.Time{})); len(list) != crowd*rounds {
		t.Fatalf("%d events", len(list))
	}
}

// testClaims: each notice goes to exactly one of many claimers.
func testClaims(t *testing.T, open Open) {
	e := fresh(t, open)
	claimAll(t, func(int) store.Engine { return e })
}

func claimAll(t *testing.T, handle func(i int) store.Engine) {
	const notices = 100
	for i := range notices {
		commit(t, handle(i), ledger.Commit{Notices: []ledger.Notice{{Key: fmt.Sprint("claim", i), Due: start}}})
	}
	var mu sync.Mutex
	taken := map[string]int{}
	each(crowd, func(i int) {
		for {
			list, err := handle(i).Claim(t.Context(), start, time.Minute, 7)
			if err != nil {
				t.Error(err)
			}
			if len(list) == 0 {
				return
			}
			for _, c := range list {
				mu.Lock()
				taken[c.Key]++
				mu.Unlock()
				if err := handle(i).Settle(t.Context(), c.Key, c.Fence, ledger.Sent{At: start}, ledger.Body{}); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for key, n := range taken {
		if n != 1 {
			t.Errorf("%s was claimed %d times", key, n)
		}
	}
	if len(taken) != notices {
		t.Errorf("%d of %d notices were claimed", len(taken), notices)
	}
}

// testLarge: one commit may carry a whole plan, and who is far behind gets it all.
func testLarge(t *testing.T, open Open) {
	e := fresh(t, open)
	c := ledger.Commit{Now: start}
	for i := range 3000 {
		c.Puts = append(c.Puts, setting(fmt.Sprint("s", i), `"一项工作"`))
	}
	c.Puts = append(c.Puts, setting("s0", `"last"`))
	commit(t, e, ledger.Commit{Puts: []ledger.Record{setting("before", "1")}})
	out := commit(t, e, c)
	if out.Delta.Rev != 2 || len(out.Delta.Records) != 3001 {
		t.Fatalf("revision %d with %d records", out.Delta.Rev, len(out.Delta.Records))
	}
	for _, since := range []int64{0, 1} {
		book := ledger.NewBook()
		if since == 1 {
			book = must[*ledger.Book](t)(book.Apply(ledger.Delta{Rev: 1, Full: true}))
		}
		book = must[*ledger.Book](t)(book.Apply(must[ledger.Delta](t)(e.Sync(t.Context(), since))))
		if len(book.Settings) < 3000 || string(book.Settings["s0"]) != `"last"` {
			t.Fatalf("book has %d settings, s0 %s", len(book.Settings), book.Settings["s0"])
		}
	}
	for i := range 400 { // longer than any list of recent revisions
		commit(t, e, ledger.Commit{Since: int64(i + 2), Puts: []ledger.Record{setting("x", strconv.Itoa(i))}})
	}
	book := must[*ledger.Book](t)(ledger.NewBook().Apply(out.Delta))
	book = must[*ledger.Book](t)(book.Apply(must[ledger.Delta](t)(e.Sync(t.Context(), 2))))
	equal(t, "far behind", string(book.Settings["x"]), "399")
}
