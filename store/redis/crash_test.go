package redis_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"duban/store/redis"
	"duban/store/storetest"
)

// server is a redis-server of the test's own, on a socket, that syncs every write.
type server struct {
	t       *testing.T
	dir     string
	process *exec.Cmd
}

func startServer(t *testing.T) *server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed")
	}
	// A socket's path must be short; the usual temporary folders of tests are not.
	dir, err := os.MkdirTemp("", "duban")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, dir: dir}
	s.start()
	t.Cleanup(func() {
		s.kill()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *server) socket() string { return filepath.Join(s.dir, "s") }

func (s *server) start() {
	s.process = exec.Command("redis-server", "--port", "0", "--unixsocket", s.socket(), "--dir", s.dir,
		"--appendonly", "yes", "--appendfsync", "always", "--save", "", "--loglevel", "warning")
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	c := goredis.NewClient(&goredis.Options{Network: "unix", Addr: s.socket(), MaxRetries: 50})
	defer c.Close()
	if err := c.Ping(s.t.Context()).Err(); err != nil && s.t.Context().Err() == nil {
		s.t.Fatal(err)
	}
}

func (s *server) kill() {
	if err := s.process.Process.Kill(); err != nil {
		s.t.Error(err)
	}
	// The error says that it was killed, which is known.
	_ = s.process.Wait()
}

// TestKill kills the server under load and starts it again, three times, while the
// writers go on: none of them fails, nothing acknowledged is lost, nothing is twice.
func TestKill(t *testing.T) {
	for name, options := range map[string]string{"piped": "", "direct": "?autopipeline=off"} {
		t.Run(name, func(t *testing.T) {
			s := startServer(t)
			e, err := redis.Open(t.Context(), "unix://"+s.socket()+options, "crash")
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			var mu sync.Mutex
			var acknowledged []int64
			kill := make(chan struct{}, 1)
			const rounds, each = 3, 1000
			moment := 1 + rand.IntN(each)
			done := make(chan error, 1)
			go func() {
				done <- storetest.Write(t.Context(), e, 0, (rounds+1)*each, func(i int64) {
					mu.Lock()
					defer mu.Unlock()
					acknowledged = append(acknowledged, i)
					if n := len(acknowledged); n%each == moment%each && n < rounds*each {
						kill <- struct{}{}
					}
				})
			}()
			for range rounds {
				<-kill
				s.kill()
				s.start()
			}
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			storetest.Survived(t, e, acknowledged)
		})
	}
}
