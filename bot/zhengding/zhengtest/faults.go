package zhengtest

import "net/http"

// Fault is one thing to go wrong.
type Fault struct {
	Path   string // of the call, exact
	Status int    // what to answer; 0 closes the connection instead
	Body   any    // JSON value, or a string taken as it is
	Stored bool   // do what was asked all the same, as a gateway's timeout does
	Times  int    // how often; 0 means once
}

// Fail sets a fault. Faults of one path happen in the order they were set.
func (f *Fake) Fail(fault Fault) {
	fault.Times = max(fault.Times, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, &fault)
}

func (f *Fake) fault(path string) *Fault {
	for _, fault := range f.faults {
		if fault.Path == path && fault.Times > 0 {
			fault.Times--
			return fault
		}
	}
	return nil
}

// Hold keeps calls to a path waiting until release is called, the caller hangs up or
// the fake is closed. An empty path holds them all.
func (f *Fake) Hold(path string) (release func()) {
	gate := make(chan struct{})
	f.mu.Lock()
	defer f.mu.Unlock()
	f.holds[path] = gate
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.holds[path] == gate {
			delete(f.holds, path)
			close(gate)
		}
	}
}

// linger waits for a hold on the path to be released.
func (f *Fake) linger(r *http.Request) {
	f.mu.Lock()
	gate := f.holds[r.URL.Path]
	if gate == nil {
		gate = f.holds[""]
	}
	f.mu.Unlock()
	if gate == nil {
		return
	}
	select {
	case <-gate:
	case <-r.Context().Done():
	case <-f.closed:
	}
}
