package zhengding_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/zhengding"
	"duban/bot/zhengding/zhengtest"
)

const (
	roomA       = "cidRoomA=="
	shen, wang  = "1001", "1002"
	robotSecret = "SECdemoRobot"
)

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// syncBuffer is a log that may be written from several goroutines.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// rig is a fake gateway and a client, on one clock.
type rig struct {
	*zhengtest.Fake
	clock   *clock
	client  *zhengding.Client
	log     *syncBuffer
	webhook string
}

func newRig(t *testing.T, fake zhengtest.Options, change func(*zhengding.Options)) *rig {
	t.Helper()
	r := &rig{log: &syncBuffer{}, clock: &clock{now: time.Date(2018, 7, 2, 1, 0, 0, 0, time.UTC)}} // 9:00 in Beijing
	fake.Now = r.clock.Now
	var err error
	if r.Fake, err = zhengtest.New(fake); err != nil {
		t.Fatal(err)
	}
	r.AddPerson(zhengtest.Person{AccountID: shen, Employee: "GE_shen", Mobile: "13800000001", Name: "沈建国"})
	r.AddPerson(zhengtest.Person{AccountID: wang, Employee: "GE_wang", Mobile: "13800000002", Name: "王芳"})
	r.AddGroup(roomA, "吴兴专班", shen, wang)
	r.webhook = r.AddRobot(roomA, robotSecret)
	var n atomic.Int64
	o := zhengding.Options{
		Gateway: r.URL() + "/", AppKey: r.AppKey(), AppSecret: r.AppSecret(), TenantID: r.TenantID(), Now: r.clock.Now,
		Nonce: func() string { return fmt.Sprintf("%d%04d", r.clock.Now().UnixMilli(), n.Add(1)) },
		Log:   r.logger(),
		RoomWebhook: func(room string) (string, string, bool) {
			return r.webhook, robotSecret, room == roomA
		},
	}
	if change != nil {
		change(&o)
	}
	if r.client, err = zhengding.NewClient(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.client.Close()
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		for _, secret := range []string{r.AppSecret(), robotSecret, "access_token="} {
			if strings.Contains(r.log.String(), secret) {
				t.Errorf("the log tells %q:\n%s", secret, r.log)
			}
		}
	})
	return r
}

func (r *rig) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// send sends and wants it accepted.
func (r *rig) send(t *testing.T, out bot.Outgoing) string {
	t.Helper()
	ref, err := r.client.Send(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func (r *rig) try(ctx context.Context, out bot.Outgoing) error {
	_, err := r.client.Send(ctx, out)
	return err
}

func refusal(t *testing.T, err error) *bot.Refusal {
	t.Helper()
	var no *bot.Refusal
	if !errors.As(err, &no) {
		t.Fatalf("%v is no refusal", err)
	}
	return no
}

// unknown wants an error that is no refusal: the outcome cannot be known.
func unknown(t *testing.T, err error) {
	t.Helper()
	var no *bot.Refusal
	if err == nil || errors.As(err, &no) {
		t.Fatalf("got %v, want an unknown outcome", err)
	}
}
