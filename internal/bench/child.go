package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// spec tells a child process what it is to be.
type spec struct {
	Role    string // bare, door, reference, bot, program, sink; load
	Redis   string // address; empty: the embedded engine
	Dir     string // the child's own folder
	Tenant  string
	Sink    string // base URL that replies go to
	Profile string // file for a CPU profile, or empty
	Shift   time.Duration

	Addr    string // load: whom to ask
	Kind    string // load: what to ask
	Conns   int
	Seconds float64
	First   int64 // load: number of the first message
}

// tally is what a server has counted since it began.
type tally struct {
	CPU     int64 // µs of user and system time
	Before  int64 // store calls before the answer
	Behind  int64 // store calls from behind
	Sent    int64 // messages that the platform took
	Dropped int64 // sendings that found the queue full
	Events  int64 // events in the store; only when asked for
}

// child plays the role.
func child(ctx context.Context, o outside, s spec) error {
	if s.Role == "load" {
		got, err := load(ctx, o, s)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(got)
	}
	return serve(ctx, o, s)
}

// process is a running child server. It answers one command line with one line.
type process struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	addr string
}

func start(ctx context.Context, s spec) (*process, error) {
	cmd, err := command(ctx, s)
	if err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	if p.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if err := p.read(&p.addr); err != nil {
		return nil, errors.Join(fmt.Errorf("%s did not start: %w", s.Role, err), p.stop())
	}
	return p, nil
}

func command(ctx context.Context, s spec) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	arg, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "child", string(arg))
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// ask sends a command and reads its answer.
func (p *process) ask(word string) (tally, error) {
	var t tally
	if _, err := fmt.Fprintln(p.in, word); err != nil {
		return t, err
	}
	return t, p.read(&t)
}

func (p *process) read(v any) error {
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		return err
	}
	return json.Unmarshal(line, v)
}

// stop lets the child finish and waits for it.
func (p *process) stop() error {
	return errors.Join(p.in.Close(), p.cmd.Wait())
}

// loadOnce runs one load child to its end.
func loadOnce(ctx context.Context, s spec) (loaded, error) {
	var got loaded
	cmd, err := command(ctx, s)
	if err != nil {
		return got, err
	}
	// One thread, like the usual generators: the server is to have the rest.
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	out, err := cmd.Output()
	if err != nil {
		return got, fmt.Errorf("load: %w", err)
	}
	return got, json.Unmarshal(out, &got)
}
