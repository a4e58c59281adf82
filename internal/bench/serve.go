package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/pprof"
	"time"

	"duban/bot/dingtalk"
)

// server is what a role puts behind the socket.
type server struct {
	handler http.Handler
	plain   bool // without the program's timeouts: the floor must not pay for them
	tally   func(ctx context.Context, events bool) (tally, error)
	close   func(ctx context.Context) error
}

// serve plays a server role until standard input ends. Each line is a command: "now"
// answers the tally, "events" the tally with the events counted.
func serve(ctx context.Context, o outside, s spec) (err error) {
	stopProfile, err := profile(s.Profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stopProfile()) }()
	if s.Role == "program" {
		return program(ctx, o, s)
	}
	v, err := open(ctx, o, s)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(err, v.close(ctx))
	}
	h := &http.Server{Handler: v.handler}
	if !v.plain { // as the program sets them
		h.ReadHeaderTimeout, h.ReadTimeout, h.IdleTimeout, h.MaxHeaderBytes = 5*time.Second, 10*time.Second, 2*time.Minute, 64<<10
	}
	done := make(chan error, 1)
	go func() { done <- h.Serve(l) }()
	err = obey(ctx, os.Stdin, os.Stdout, l.Addr().String(), v.tally)
	err = errors.Join(err, h.Close())
	if end := <-done; !errors.Is(end, http.ErrServerClosed) {
		err = errors.Join(err, end)
	}
	return errors.Join(err, v.close(ctx))
}

// obey tells the address, then answers commands until there are no more.
func obey(ctx context.Context, in io.Reader, out io.Writer, addr string, count func(context.Context, bool) (tally, error)) error {
	tell := json.NewEncoder(out)
	if err := tell.Encode(addr); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		t, err := count(ctx, lines.Text() == "events")
		if err != nil {
			return err
		}
		if t.CPU, err = cpuMicros(); err != nil {
			return err
		}
		if err := tell.Encode(t); err != nil {
			return err
		}
	}
	return lines.Err()
}

// profile writes a CPU profile to the file until it is stopped.
func profile(file string) (stop func() error, err error) {
	if file == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

// open builds the role.
func open(ctx context.Context, o outside, s spec) (*server, error) {
	nothing := &server{
		tally: func(context.Context, bool) (tally, error) { return tally{}, nil },
		close: func(context.Context) error { return nil },
	}
	switch s.Role {
	case "bare":
		nothing.handler, nothing.plain = fixed(`{"msgtype":"empty"}`), true
		return nothing, nil
	case "sink":
		nothing.handler, nothing.plain = fixed(`{"errcode":0,"errmsg":"ok"}`), true
		return nothing, nil
	case "door":
		nothing.handler = door(shifted(o.now, s.Shift), s.Sink, taker(takeNothing))
		return nothing, nil
	case "reference":
		return reference(ctx, o, s)
	case "bot":
		return openBot(ctx, o, s)
	}
	return nil, fmt.Errorf("role %q is not known", s.Role)
}

// fixed is the bare handler: what the standard library's server can do at most.
func fixed(answer string) http.Handler {
	body := []byte(answer)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		// the generator counts the answers that it gets
		_, _ = w.Write(body)
	})
}

// door is the program's own, in front of anything that takes messages.
func door(now func() time.Time, sink string, t dingtalk.Taker) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/dingtalk/robot", dingtalk.NewDoor(dingtalk.DoorOptions{
		Secret: secret, RobotCode: appKey, BotName: "督办助手", Taker: t, Now: now, Log: slog.New(slog.DiscardHandler), SessionHosts: []string{sink},
	}))
	return mux
}
