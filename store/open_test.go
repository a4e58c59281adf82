package store_test

import (
	"context"
	"os"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"duban/store"
	"duban/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, c store.Config) store.Engine {
	t.Helper()
	e, err := store.Open(t.Context(), c)
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

func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]store.Config{
		"nothing":   {Tenant: "t"},
		"no tenant": {DataDir: t.TempDir()},
		"bad url":   {Tenant: "t", RedisURL: "ftp://h"},
		"nobody":    {Tenant: "t", RedisURL: "redis://127.0.0.1:1"},
	} {
		if e, err := store.Open(t.Context(), c); err == nil || e != nil {
			t.Errorf("%s: %v, %v", name, e, err)
		}
	}
}

// TestMove: a backup of either engine is restored into the other and is the same.
func TestMove(t *testing.T) {
	address := os.Getenv("TEST_REDIS_ADDR")
	if address == "" {
		t.Skip("TEST_REDIS_ADDR is not set: set it to the address of a Redis that tests may write to")
	}
	tenant := "move-" + time.Now().Format(time.RFC3339Nano)
	t.Cleanup(func() {
		c := goredis.NewClient(&goredis.Options{Addr: address})
		defer c.Close()
		for _, name := range []string{tenant, tenant + "2"} {
			keys, err := c.Keys(context.Background(), "{duban:"+name+"}:*").Result()
			if err == nil && len(keys) > 0 {
				err = c.Del(context.Background(), keys...).Err()
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	small := open(t, store.Config{DataDir: t.TempDir(), Tenant: tenant})
	storetest.Fill(t, small)
	large := open(t, store.Config{RedisURL: "redis://" + address, Tenant: tenant})
	storetest.Restored(t, large, storetest.Backup(t, small))

	large2 := open(t, store.Config{RedisURL: "redis://" + address, Tenant: tenant + "2"})
	storetest.Fill(t, large2)
	if a, b := storetest.Backup(t, large2), func() []byte {
		e := open(t, store.Config{DataDir: t.TempDir(), Tenant: tenant})
		storetest.Fill(t, e)
		return storetest.Backup(t, e)
	}(); string(a) != string(b) {
		t.Errorf("the same tenant in both engines:\n%s\n%s", a, b)
	}
	storetest.Restored(t, open(t, store.Config{DataDir: t.TempDir(), Tenant: "moved"}), storetest.Backup(t, large2))
}
