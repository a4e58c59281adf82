package redis_test

import (
	"context"
	"os"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"duban/store"
	"duban/store/redis"
	"duban/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// openAt opens tenants on the server and removes their keys after the test.
func openAt(server string) storetest.Open {
	return func(tb testing.TB, tenant string) store.Engine {
		tb.Helper()
		e, err := redis.Open(tb.Context(), server, tenant)
		if err != nil {
			tb.Fatal(err)
		}
		return e
	}
}

func env(t testing.TB, name string) string {
	t.Helper()
	v := os.Getenv(name)
	if v == "" {
		t.Skipf("%s is not set: set it to the address of a Redis that tests may write to", name)
	}
	return v
}

// sweep removes what the tests of this run left on a single server.
func sweep(t testing.TB, address string) {
	t.Cleanup(func() {
		c := goredis.NewClient(&goredis.Options{Addr: address})
		defer c.Close()
		ctx := context.Background()
		keys := c.Scan(ctx, 0, "{duban:test-*", 1000).Iterator()
		for keys.Next(ctx) {
			if err := c.Del(ctx, keys.Val()).Err(); err != nil {
				t.Error(err)
			}
		}
		if err := keys.Err(); err != nil {
			t.Error(err)
		}
	})
}

func TestEngine(t *testing.T) {
	address := env(t, "TEST_REDIS_ADDR")
	sweep(t, address)
	storetest.Run(t, openAt("redis://"+address))
	t.Run("Shared", func(t *testing.T) { storetest.Shared(t, openAt("redis://"+address)) })
}

func TestEngineWithoutPipeline(t *testing.T) {
	address := env(t, "TEST_REDIS_ADDR")
	sweep(t, address)
	storetest.Run(t, openAt("redis://"+address+"/1?autopipeline=off&pool_size=8"))
}

func TestCluster(t *testing.T) {
	storetest.Run(t, openAt("redis+cluster://"+strings.ReplaceAll(env(t, "TEST_REDIS_CLUSTER"), " ", "")))
}

func TestSentinel(t *testing.T) {
	storetest.Run(t, openAt(env(t, "TEST_REDIS_SENTINEL")))
}

func BenchmarkEngine(b *testing.B) {
	address := env(b, "TEST_REDIS_ADDR")
	sweep(b, address)
	storetest.Benchmark(b, openAt("redis://"+address))
}

func BenchmarkEngineWithoutPipeline(b *testing.B) {
	address := env(b, "TEST_REDIS_ADDR")
	sweep(b, address)
	storetest.Benchmark(b, openAt("redis://"+address+"?autopipeline=off"))
}
