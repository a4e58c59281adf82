package dingtalk

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestCallsAddUp: several processes that save what they counted, at any moments, in any
// order and with parts saved late, arrive at the number of calls that were made of the
// month and the day at hand.
func TestCallsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2018, 7, 28, 0, 0, 0, 0, beijing)
		var kept []byte // the store
		procs := []*budget{{}, {}, {}}
		days, months := map[string]int{}, map[string]int{}
		save := func(b *budget) {
			var total Calls
			if kept != nil && json.Unmarshal(kept, &total) != nil {
				t.Fatal("unreadable")
			}
			part := b.unsaved()
			if rapid.Bool().Draw(t, "a call or a new day meanwhile") {
				now = now.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "hours")) * time.Hour)
				b.count("a", now)
				days[now.Format(time.DateOnly)]++
				months[now.Format("2006-01")]++
			}
			total = total.Plus(part)
			b.saved(part, total)
			var err error
			if kept, err = json.Marshal(total); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			b := procs[rapid.IntRange(0, 2).Draw(t, "process")]
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				save(b)
			case 1:
				now = now.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "hours")) * time.Hour)
			default:
				b.count(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "api"), now)
				days[now.Format(time.DateOnly)]++
				months[now.Format("2006-01")]++
			}
		}
		for range 2 { // the second time only to learn of the others
			for _, b := range procs {
				part := b.unsaved()
				var total Calls
				if kept != nil && json.Unmarshal(kept, &total) != nil {
					t.Fatal("unreadable")
				}
				total = total.Plus(part)
				b.saved(part, total)
				var err error
				if kept, err = json.Marshal(total); err != nil {
					t.Fatal(err)
				}
			}
		}
		for i, b := range procs {
			u, sum := b.show(now), 0
			for _, n := range u.ByAPI {
				sum += n
			}
			if u.Month != months[now.Format("2006-01")] || u.Day != days[now.Format(time.DateOnly)] || sum != u.Month {
				t.Fatalf("process %d: %+v, made %d this month and %d today", i, u, months[now.Format("2006-01")], days[now.Format(time.DateOnly)])
			}
		}
	})
}
