package redis_test

import (
	"strings"
	"sync"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"duban/store/redis"
	"duban/store/storetest"
)

// TestFailover takes the master away from under sixteen writers. The address must be
// of a cluster with replicas that may lose a node: it is not started again.
func TestFailover(t *testing.T) {
	hosts := env(t, "TEST_REDIS_FAILOVER")
	const tenant, reports = "test-failover", 3000
	e, err := redis.Open(t.Context(), "redis+cluster://"+hosts, tenant)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	c := goredis.NewClusterClient(&goredis.ClusterOptions{Addrs: strings.Split(hosts, ",")})
	defer c.Close()
	var once sync.Once
	var mu sync.Mutex
	var acknowledged []int64
	err = storetest.Write(t.Context(), e, 0, reports, func(i int64) {
		mu.Lock()
		acknowledged = append(acknowledged, i)
		half := len(acknowledged) > reports/2
		mu.Unlock()
		if half {
			once.Do(func() {
				master, err := c.MasterForKey(t.Context(), "{duban:"+tenant+"}:records")
				if err != nil {
					t.Error(err)
					return
				}
				// The answer is that the connection breaks.
				_ = master.ShutdownNoSave(t.Context()).Err()
			})
		}
	})
	if err != nil {
		t.Fatalf("a write failed after %d: %v", len(acknowledged), err)
	}
	storetest.Survived(t, e, acknowledged)
}
