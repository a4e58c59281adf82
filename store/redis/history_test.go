package redis_test

import (
	"fmt"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"duban/store/ledger"
	"duban/store/redis"
)

// TestLostHistory: a server that comes back without its newest writes counts the same
// revisions again. Whoever saw the lost ones must get the whole state, not a delta.
func TestLostHistory(t *testing.T) {
	address := env(t, "TEST_REDIS_ADDR")
	sweep(t, address)
	ctx := t.Context()
	tenant := fmt.Sprintf("test-lost-%d", time.Now().UnixNano())
	open := func() *redis.Engine {
		e, err := redis.Open(ctx, "redis://"+address, tenant)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := e.Close(); err != nil {
				t.Error(err)
			}
		})
		return e
	}
	put := func(e *redis.Engine, id string, rev int64) { putSetting(t, e, id, rev) }
	raw := goredis.NewClient(&goredis.Options{Addr: address})
	defer raw.Close()
	keys := []string{"records", "changes"}
	turn := func(from, to string) {
		t.Helper()
		for _, key := range keys {
			key = "{duban:" + tenant + "}:" + key
			if err := raw.Copy(ctx, key+from, key+to, 0, true).Err(); err != nil {
				t.Fatal(err)
			}
		}
	}
	witness, reader, other := open(), open(), open()
	put(witness, "a", 1)
	put(witness, "b", 2)
	turn("", ":saved")
	put(witness, "lost3", 3)
	put(witness, "lost4", 4)
	d, err := reader.Sync(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	book, err := ledger.NewBook().Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	turn(":saved", "")
	put(other, "new3", 3)
	put(other, "new4", 4)
	put(other, "new5", 5)
	for _, e := range []*redis.Engine{witness, reader} {
		d, err := e.Sync(ctx, 4)
		if err != nil {
			t.Fatal(err)
		}
		if !d.Full || d.Rev != 5 {
			t.Fatalf("who saw the lost writes got %+v", d)
		}
		next, err := book.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		if len(next.Settings) != 5 || next.Settings["lost4"] != nil {
			t.Fatalf("book after the loss: %v", next.Settings)
		}
	}
	put(witness, "c", 6)
	if d, err := witness.Sync(ctx, 5); err != nil || d.Full || len(d.Records) != 1 {
		t.Fatalf("afterwards: %+v, %v", d, err)
	}
}

// putSetting writes a setting and checks the revision that it gets.
func putSetting(t *testing.T, e *redis.Engine, id string, rev int64) {
	t.Helper()
	out, err := e.Commit(t.Context(), ledger.Commit{
		Puts: []ledger.Record{{Kind: ledger.RecordSetting, ID: id, Body: []byte(`1`)}}, Since: rev - 1, Now: time.Unix(1, 0),
	})
	if err != nil || out.Delta.Rev != rev {
		t.Fatalf("put %s: revision %d, want %d, %v", id, out.Delta.Rev, rev, err)
	}
}
