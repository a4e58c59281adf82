package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/config"
	"duban/internal/app"
	"duban/seeds"
	"duban/store/ledger"
)

// program runs "duban serve" itself, as main does, with replies that go out over HTTP
// to the sink. It checks the bench's own wiring against the real one.
func program(parent context.Context, o outside, s spec) error {
	file, err := settings(s)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	now := shifted(o.now, s.Shift)
	began := now()
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(s.Dir, "log.jsonl"))
	if err != nil {
		return err
	}
	done := make(chan int, 1)
	go func() {
		done <- app.Run(ctx, app.Env{Args: []string{"serve", "-c", file}, Stdin: strings.NewReader(""), Stdout: w, Stderr: log, Now: now, Wait: o.wait})
		w.Close() // ends the wait below when the start fails
	}()
	out := bufio.NewReader(r)
	line, err := out.ReadString('\n')
	if err != nil {
		return fmt.Errorf("the program did not start: %w", err)
	}
	go io.Copy(io.Discard, out) // the program's farewell must not block it
	_, addr, _ := strings.Cut(line, "http://")
	addr, _, _ = strings.Cut(addr, "，")
	ended := false
	end := func() error {
		if ended {
			return nil
		}
		ended = true
		cancel()
		if code := <-done; code != 0 {
			return fmt.Errorf("the program ended with %d", code)
		}
		return nil
	}
	err = obey(parent, os.Stdin, os.Stdout, addr, func(ctx context.Context, events bool) (tally, error) {
		var t tally
		if !events {
			return t, nil
		}
		// The store is looked at once the program has let go of it.
		if err := end(); err != nil {
			return t, err
		}
		t.Events, err = eventsOf(ctx, s, began, now())
		return t, err
	})
	return errors.Join(err, end(), r.Close(), log.Close())
}

func eventsOf(ctx context.Context, s spec, from, to time.Time) (int64, error) {
	engine, err := openStore(ctx, s)
	if err != nil {
		return 0, err
	}
	n, err := countEvents(ctx, engine, from, to)
	return n, errors.Join(err, engine.Close())
}

// settings writes the program's configuration. JSON is YAML, too.
func settings(s spec) (file string, err error) {
	p, err := seeds.Huzhou()
	if err != nil {
		return "", err
	}
	type person struct {
		ID    string   `json:"id"`
		Name  string   `json:"name"`
		Units []string `json:"units"`
		Roles []string `json:"roles"`
	}
	c := map[string]any{
		"listen": "127.0.0.1:0", "data_dir": s.Dir, "tenant": s.Tenant, "log_level": config.Default().LogLevel,
		"dingtalk": map[string]string{"mode": "http", "client_id": appKey, "client_secret": secret, "api_base": s.Sink, "oapi_base": s.Sink},
	}
	if s.Redis != "" {
		c["redis_url"] = "redis://" + s.Redis
	}
	var people []person
	for _, m := range members(p) {
		people = append(people, person{m.ID, m.Name, m.Units, []string{string(ledger.DutyContact)}})
	}
	c["members"] = people
	b, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	file = filepath.Join(s.Dir, "duban.yaml")
	return file, os.WriteFile(file, b, 0o600)
}
