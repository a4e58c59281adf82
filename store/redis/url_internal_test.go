package redis

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	type parsed struct {
		Network, Addr, User, Password string
		DB, Pool, Wait                int
		TLS, Cluster, Pipeline        bool
		Hosts                         []string
		Master, Watch                 string
		Read                          time.Duration
	}
	for raw, want := range map[string]parsed{
		"redis://127.0.0.1": {Network: "tcp", Addr: "127.0.0.1:6379", Pool: 64, Pipeline: true},
		"rediss://u:p%40ss@h:7000/3?pool_size=5&autopipeline=off&wait=2&read_timeout=4s": {
			Network: "tcp", Addr: "h:7000", User: "u", Password: "p@ss", DB: 3, Pool: 5, Wait: 2, TLS: true, Read: 4 * time.Second},
		"unix:///run/redis.sock?db=2": {Network: "unix", Addr: "/run/redis.sock", DB: 2, Pool: 64, Pipeline: true},
		"redis+sentinel://:pw@h1:26380,h2/mymaster/4?sentinel_password=w": {
			Network: "tcp", Addr: "h1:26380", Password: "pw", DB: 4, Pool: 64, Pipeline: true,
			Hosts: []string{"h1:26380", "h2:26379"}, Master: "mymaster", Watch: "w"},
		"redis+cluster://h1,[::1],[::2]:7001?pool_size=9": {
			Network: "tcp", Addr: "h1:6379", Pool: 9, Pipeline: true, Cluster: true, Hosts: []string{"h1:6379", "[::1]:6379", "[::2]:7001"}},
		"rediss+cluster://u:a,b@h1/": {
			Network: "tcp", Addr: "h1:6379", User: "u", Password: "a,b", Pool: 64, Pipeline: true, Cluster: true, TLS: true, Hosts: []string{"h1:6379"}},
	} {
		a, err := parse(raw)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		o := a.options
		got := parsed{o.Network, o.Addr, o.Username, o.Password, o.DB, o.PoolSize, a.wait, o.TLSConfig != nil, a.cluster, a.pipeline,
			a.hosts, a.master, a.watch.Get("sentinel_password"), o.ReadTimeout}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", raw, d)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, raw := range []string{
		"", "127.0.0.1:6379", "http://h", "redis+other://h", "unix+cluster://h", "redis+sentinel://h", "redis+sentinel://h1,,h2/m",
		"redis+cluster://", "redis://h?wait=x", "redis://h?wait=-1", "redis://h?unknown_option=1", "redis://:secret@h:port/0", "redis://:secret@h/x",
		"redis://:secret@h?%zz",
	} {
		_, err := parse(raw)
		if err == nil {
			t.Errorf("%q is taken", raw)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error tells the password: %v", raw, err)
		}
	}
	if _, err := parse("ftp://h"); !errors.Is(err, ErrAddress) {
		t.Errorf("another scheme: %v", err)
	}
}

func TestKeysShareTheTag(t *testing.T) {
	for tenant, tag := range map[string]string{"default": "{duban:default}:", "湖州}{": "{duban:湖州%7D%7B}:", "a%7D": "{duban:a%257D}:"} {
		k := newKeys(tenant)
		for _, key := range append(k.all(), k.history("20}"), k.staged(k.history("1"))) {
			if !strings.HasPrefix(key, tag) {
				t.Errorf("tenant %s: key %s is not under %s", tenant, key, tag)
			}
		}
	}
}

func TestPersistenceWords(t *testing.T) {
	for _, c := range []struct {
		only, sync, save string
		warning          bool
		words            string
	}{
		{"yes", "always", "", false, "loses nothing"},
		{"yes", "everysec", "3600 1", false, "about a second"},
		{"yes", "no", "", true, "half a minute"},
		{"no", "everysec", "3600 1", true, "save 3600 1"},
		{"no", "everysec", "", true, "loses everything"},
	} {
		got := persistence(map[string]string{"appendonly": c.only, "appendfsync": c.sync, "save": c.save})
		if strings.HasPrefix(got, "warning") != c.warning || !strings.Contains(got, c.words) {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
