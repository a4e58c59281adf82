package wire_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/bot/wire"
)

func TestWindow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := &wire.Window{Max: 5, Span: 1000}
		now := time.Unix(1_530_000_000, 0)
		var taken []int64
		for range 60 {
			now = now.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "step")))
			n := rapid.IntRange(1, 3).Draw(t, "n")
			wait := w.Take(now, n)
			if wait > 0 {
				if w.Take(now.Add(wait-1), n) == 0 {
					t.Fatal("a shorter wait would do")
				}
				if now = now.Add(wait); w.Take(now, n) != 0 {
					t.Fatal("the wait is too short")
				}
			}
			for range n {
				taken = append(taken, now.UnixNano())
			}
		}
		for i := range len(taken) - 5 {
			if taken[i+5]-taken[i] < 1000 {
				t.Fatal("six in one span")
			}
		}
	})
}
