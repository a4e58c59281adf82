package dingtalk

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"duban/bot/wire"
)

// halves remembers how far messages of several parts have come, so that another try of
// the same message goes on where the last one stopped and repeats nothing. It is bounded
// and lost with the process: then the parts that went out are sent once more.
type halves struct {
	mu    sync.Mutex
	done  map[[sha256.Size]byte]int // parts delivered
	order [][sha256.Size]byte       // oldest first
}

const keptHalves = 256

func newHalves() *halves { return &halves{done: map[[sha256.Size]byte]int{}} }

func (h *halves) get(sum [sha256.Size]byte) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.done[sum]
}

// put keeps how far the message has come; a whole one is forgotten.
func (h *halves) put(sum [sha256.Size]byte, done int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, known := h.done[sum]; known {
		h.order = slices.DeleteFunc(h.order, func(s [sha256.Size]byte) bool { return s == sum })
	}
	delete(h.done, sum)
	if done == 0 {
		return
	}
	h.done[sum], h.order = done, append(h.order, sum)
	if len(h.order) > keptHalves {
		delete(h.done, h.order[0])
		h.order = h.order[1:]
	}
}

// partSum names a message by its id, its way and all its parts: what is worded anew
// begins anew.
func partSum(id, op string, parts ...string) (sum [sha256.Size]byte) {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q", id, op, parts)
	h.Sum(sum[:0])
	return sum
}

// pages sends one part after the other, from where an earlier try of the message has
// stopped. An error keeps its meaning even after the first part: another try goes on
// with the part that failed. Without an id no later try can be recognised; what fails
// after its first part is then no refusal any more.
func (c *Client) pages(id string, sum [sha256.Size]byte, n int, send func(i int) (string, error)) (ref string, err error) {
	begin := 0
	if id != "" && n > 1 {
		begin = min(c.halves.get(sum), n-1)
	}
	for i := begin; i < n; i++ {
		got, err := send(i)
		if err != nil && i > 0 && id == "" {
			// %v hides the refusal inside on purpose: a second try would repeat parts.
			return ref, fmt.Errorf("%w: %d of %d parts delivered: %v", wire.ErrUnknown, i, n, err)
		}
		if err != nil {
			if id != "" && i > 0 {
				c.halves.put(sum, i)
			}
			return ref, err
		}
		ref = got
	}
	if begin > 0 {
		c.halves.put(sum, 0)
	}
	return ref, nil
}
