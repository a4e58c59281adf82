package faults_test

import (
	"net/http/httptest"
	"testing"

	"duban/bot/faults"
)

// TestBoard: faults come in the order they were set and as often as was said; a held
// call waits for its own release and no other's.
func TestBoard(t *testing.T) {
	t.Parallel()
	b := faults.New()
	b.Fail(faults.Fault{Path: "/a", Status: 500, Times: 2})
	b.Fail(faults.Fault{Path: "/a", Status: 403})
	if b.Next("/b") != nil {
		t.Error("a fault of another path")
	}
	for i, want := range []int{500, 500, 403} {
		if f := b.Next("/a"); f == nil || f.Status != want {
			t.Errorf("call %d meets %+v, want %d", i+1, f, want)
		}
	}
	if f := b.Next("/a"); f != nil {
		t.Errorf("one too many: %+v", f)
	}
	for _, hold := range []string{"/a", ""} {
		release, through := b.Hold(hold), make(chan struct{})
		go func() { b.Linger(httptest.NewRequest("GET", "/a", nil)); close(through) }()
		select {
		case <-through:
			t.Errorf("hold %q lets the call through", hold)
		default:
		}
		release()
		release() // twice is fine
		<-through
	}
	b.Hold("/a")
	b.Close()
	b.Linger(httptest.NewRequest("GET", "/a", nil))
}
