package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// loaded is what one load run saw.
type loaded struct {
	OK      int64 // answers with status 200
	Bad     map[string]int64
	Seconds float64
	P50     float64 // µs
	P99     float64
	CPU     int64 // µs of the generator itself
}

// load asks over the connections until the time is over, each connection one message
// after the other, and waits for the last answers.
func load(ctx context.Context, o outside, s spec) (loaded, error) {
	texts, err := sayings(s.Kind)
	if err != nil {
		return loaded{}, err
	}
	clock := shifted(o.now, s.Shift)
	l := &generator{spec: s, now: o.now, bad: map[string]int64{}}
	for _, x := range texts {
		l.requests = append(l.requests, request(x, s.Sink, clock()))
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(s.Seconds*float64(time.Second))+30*time.Second)
	defer cancel()
	conns := make([]net.Conn, s.Conns)
	for i := range conns {
		if conns[i], err = new(net.Dialer).DialContext(ctx, "tcp", s.Addr); err != nil {
			return loaded{}, err
		}
		deadline, _ := ctx.Deadline()
		if err := conns[i].SetDeadline(deadline); err != nil {
			return loaded{}, err
		}
	}
	began := o.now()
	l.until = began.Add(time.Duration(s.Seconds * float64(time.Second)))
	var wg sync.WaitGroup
	errs := make([]error, s.Conns)
	for i, c := range conns {
		wg.Go(func() { errs[i] = errors.Join(l.talk(c), c.Close()) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return loaded{}, err
	}
	return l.result(o.now().Sub(began))
}

// generator is what the connections share.
type generator struct {
	spec     spec
	now      func() time.Time
	until    time.Time
	requests []template
	next     atomic.Int64

	mu   sync.Mutex
	took []uint32 // µs of each good answer
	bad  map[string]int64
}

// template is a request with a place for the message's number.
type template struct {
	bytes []byte
	at    int
}

// talk keeps one connection busy.
func (l *generator) talk(c net.Conn) error {
	in := bufio.NewReaderSize(c, 4096)
	took := make([]uint32, 0, 8192)
	bad := map[string]int64{}
	var buf []byte
	for at := l.now(); at.Before(l.until); {
		n := l.next.Add(1)
		r := l.requests[int(n)%len(l.requests)]
		buf = append(buf[:0], r.bytes...)
		number(buf[r.at:r.at+idLen], l.spec.First+n)
		if _, err := c.Write(buf); err != nil {
			return fmt.Errorf("send: %w", err)
		}
		status, err := answer(in)
		if err != nil {
			return fmt.Errorf("answer: %w", err)
		}
		end := l.now()
		if status == "200" {
			took = append(took, uint32(end.Sub(at).Microseconds()))
		} else {
			bad[status]++
		}
		at = end
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.took = append(l.took, took...)
	for status, n := range bad {
		l.bad[status] += n
	}
	return nil
}

// idLen is how many digits a message's number has.
const idLen = 18

func number(to []byte, n int64) {
	for i := len(to) - 1; i >= 0; i-- {
		to[i] = byte('0' + n%10)
		n /= 10
	}
}

// answer reads one response with a stated length and returns its status.
func answer(in *bufio.Reader) (status string, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return "", err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return "", fmt.Errorf("no HTTP: %q", line)
	}
	status = "200"
	if s := line[9:12]; string(s) != status {
		status = string(s)
	}
	length := -1
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			return "", err
		}
		if len(line) <= 2 {
			break
		}
		if v, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(strings.TrimSpace(string(v))); err != nil {
				return "", err
			}
		}
	}
	if length < 0 {
		return "", errors.New("a response without a length")
	}
	_, err = in.Discard(length)
	return status, err
}

func (l *generator) result(took time.Duration) (loaded, error) {
	cpu, err := cpuMicros()
	if err != nil {
		return loaded{}, err
	}
	slices.Sort(l.took)
	at := func(q float64) float64 {
		if len(l.took) == 0 {
			return 0
		}
		return float64(l.took[int(q*float64(len(l.took)-1))])
	}
	return loaded{OK: int64(len(l.took)), Bad: l.bad, Seconds: took.Seconds(), P50: at(0.5), P99: at(0.99), CPU: cpu}, nil
}
