package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

// redisServer is the Redis under measurement.
type redisServer struct {
	addr   string
	client *goredis.Client
	cmd    *exec.Cmd // nil when it is somebody else's
}

// openRedis connects to the address, or starts a server with its append-only file in
// the folder. No server to start is no fault: nil.
func openRedis(ctx context.Context, o outside, address, dir string) (*redisServer, error) {
	r := &redisServer{addr: address}
	if address == "spawn" {
		file, err := exec.LookPath("redis-server")
		if err != nil {
			return nil, nil
		}
		if r.addr, err = freePort(); err != nil {
			return nil, err
		}
		_, port, err := net.SplitHostPort(r.addr)
		if err != nil {
			return nil, err
		}
		r.cmd = exec.Command(file, "--bind", "127.0.0.1", "--port", port, "--dir", dir, "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--loglevel", "warning")
		if err := r.cmd.Start(); err != nil {
			return nil, err
		}
	}
	r.client = goredis.NewClient(&goredis.Options{Addr: r.addr, Protocol: 2, DisableIdentity: true})
	var err error
	for range 100 {
		if err = r.client.Ping(ctx).Err(); err == nil || !o.wait(ctx, wakeUp) {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("redis %s: %w", r.addr, err), r.close())
	}
	return r, nil
}

// freePort asks the system for a port that nobody has.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// usage is what the server has spent: µs of CPU, and scripts run.
func (r *redisServer) usage(ctx context.Context) (cpu, scripts int64, err error) {
	if r == nil {
		return 0, 0, nil
	}
	text, err := r.client.Info(ctx, "cpu", "commandstats").Result()
	if err != nil {
		return 0, 0, fmt.Errorf("redis: info: %w", err)
	}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch name {
		case "used_cpu_user", "used_cpu_sys":
			s, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return 0, 0, err
			}
			cpu += int64(s * 1e6)
		case "cmdstat_evalsha", "cmdstat_eval":
			calls, _, _ := strings.Cut(strings.TrimPrefix(value, "calls="), ",")
			n, err := strconv.ParseInt(calls, 10, 64)
			if err != nil {
				return 0, 0, err
			}
			scripts += n
		}
	}
	return cpu, scripts, nil
}

// version names the server for the table.
func (r *redisServer) version(ctx context.Context) (string, error) {
	text, err := r.client.Info(ctx, "server").Result()
	if err != nil {
		return "", err
	}
	_, text, _ = strings.Cut(text, "redis_version:")
	text, _, _ = strings.Cut(text, "\r\n")
	return text, nil
}

// forget removes the keys of this run from a server that goes on.
func (r *redisServer) forget(ctx context.Context, tag string) error {
	if r == nil || r.cmd != nil {
		return nil
	}
	it := r.client.Scan(ctx, 0, "*"+tag+"*", 1000).Iterator()
	for it.Next(ctx) {
		if err := r.client.Unlink(ctx, it.Val()).Err(); err != nil {
			return err
		}
	}
	return it.Err()
}

// close ends the connection, and the server when it is ours.
func (r *redisServer) close() error {
	if r == nil {
		return nil
	}
	err := r.client.Close()
	if r.cmd == nil {
		return err
	}
	// The folder is thrown away: nothing has to be saved. Being killed is its normal end.
	err = errors.Join(err, r.cmd.Process.Kill())
	_ = r.cmd.Wait()
	return err
}
