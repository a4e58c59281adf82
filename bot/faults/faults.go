// Package faults is the switchboard on which tests set what goes wrong at a fake
// platform: answers to fail and calls to hold. In go faults by path; a fake asks for
// them at each call. It knows nothing of any platform's protocol.
package faults

import (
	"net/http"
	"sync"
)

// Fault is one thing to go wrong.
type Fault struct {
	Path   string // of the call, exact
	Status int    // what to answer; 0 closes the connection instead
	Body   any    // JSON value, or a string taken as it is
	Stored bool   // do what was asked all the same, as a gateway's timeout does
	Times  int    // how often; 0 means once
}

// Board holds the faults and the held calls of one fake. Make it with New.
type Board struct {
	mu     sync.Mutex
	set    []*Fault
	holds  map[string]chan struct{}
	closed chan struct{}
}

// New makes a board without faults.
func New() *Board { return &Board{holds: map[string]chan struct{}{}, closed: make(chan struct{})} }

// Fail sets a fault. Faults of one path happen in the order they were set.
func (b *Board) Fail(fault Fault) {
	fault.Times = max(fault.Times, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set = append(b.set, &fault)
}

// Next takes the fault that a call to the path is to meet; nil when there is none.
func (b *Board) Next(path string) *Fault {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, fault := range b.set {
		if fault.Path == path && fault.Times > 0 {
			fault.Times--
			return fault
		}
	}
	return nil
}

// Hold keeps calls to a path waiting until release is called, the caller hangs up or
// the board is closed; an empty path holds them all. It stands in for slow answers
// without anyone sleeping.
func (b *Board) Hold(path string) (release func()) {
	gate := make(chan struct{})
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holds[path] = gate
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.holds[path] == gate {
			delete(b.holds, path)
			close(gate)
		}
	}
}

// Linger waits for a hold on the request's path to be released.
func (b *Board) Linger(r *http.Request) {
	b.mu.Lock()
	gate := b.holds[r.URL.Path]
	if gate == nil {
		gate = b.holds[""]
	}
	b.mu.Unlock()
	if gate == nil {
		return
	}
	select {
	case <-gate:
	case <-r.Context().Done():
	case <-b.closed:
	}
}

// Close lets all held calls go, once and for all. It is called once.
func (b *Board) Close() { close(b.closed) }
