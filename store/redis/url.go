package redis

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// address is a parsed redis_url.
type address struct {
	options  *goredis.Options // credentials, database, TLS, timeouts; address of a single server
	hosts    []string         // Sentinel or Cluster nodes
	master   string           // Sentinel only
	cluster  bool
	watch    url.Values // Sentinel's own credentials
	pipeline bool
	wait     int
}

// ErrAddress: the redis_url cannot be meant. It never carries the address, which may
// hold a password.
var ErrAddress = errors.New("redis_url must be redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://")

func parse(raw string) (address, error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return address{}, ErrAddress
	}
	rest, query, _ := strings.Cut(rest, "?")
	q, err := url.ParseQuery(query)
	if err != nil {
		return address{}, fmt.Errorf("%w: its options cannot be read", ErrAddress)
	}
	a := address{watch: url.Values{}}
	if err := a.own(q); err != nil {
		return address{}, err
	}
	scheme, kind, _ := strings.Cut(scheme, "+")
	switch kind {
	case "":
	case "sentinel", "cluster":
		if scheme != "redis" && scheme != "rediss" {
			return address{}, ErrAddress
		}
		if rest, err = a.nodes(kind, rest); err != nil {
			return address{}, err
		}
	default:
		return address{}, ErrAddress
	}
	a.options, err = goredis.ParseURL(scheme + "://" + rest + "?" + q.Encode())
	if err != nil {
		return address{}, fmt.Errorf("%w, and its parts in order", ErrAddress)
	}
	a.defaults(q)
	return a, nil
}

// own takes our options out of the query.
func (a *address) own(q url.Values) error {
	a.pipeline = q.Get("autopipeline") != "off"
	if w := q.Get("wait"); w != "" {
		n, err := strconv.Atoi(w)
		if err != nil || n < 0 {
			return fmt.Errorf("%w: wait=%q is not a number of replicas", ErrAddress, w)
		}
		a.wait = n
	}
	for _, name := range []string{"sentinel_username", "sentinel_password"} {
		a.watch.Set(name, q.Get(name))
		q.Del(name)
	}
	q.Del("autopipeline")
	q.Del("wait")
	return nil
}

// nodes takes the host list out of what stands between scheme and options and leaves
// the address of a single server, for the rest of the parsing.
func (a *address) nodes(kind, rest string) (string, error) {
	authority, path, _ := strings.Cut(rest, "/")
	user := ""
	if i := strings.LastIndex(authority, "@"); i >= 0 {
		user, authority = authority[:i+1], authority[i+1:]
	}
	port := "6379"
	if kind == "sentinel" {
		port = "26379"
		a.master, path, _ = strings.Cut(path, "/")
		if a.master == "" {
			return "", fmt.Errorf("%w: redis+sentinel://host1,host2/MASTER/db needs the master's name", ErrAddress)
		}
	} else {
		a.cluster = true
	}
	for host := range strings.SplitSeq(authority, ",") {
		if host == "" {
			return "", fmt.Errorf("%w: a host of the list is empty", ErrAddress)
		}
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(strings.Trim(host, "[]"), port)
		}
		a.hosts = append(a.hosts, host)
	}
	return user + a.hosts[0] + "/" + path, nil
}

// defaults bounds what go-redis leaves open or sets for other uses.
func (a *address) defaults(q url.Values) {
	o := a.options
	if !q.Has("pool_size") {
		o.PoolSize = 64
	}
	if !q.Has("dial_timeout") {
		o.DialTimeout = 2 * time.Second
	}
	if !q.Has("protocol") {
		o.Protocol = 2 // scripts answer the same in both; servers before 6 know only this
	}
	if !q.Has("max_retries") {
		o.MaxRetries = 1 // the engine retries by itself, and looks for a new master meanwhile
	}
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

func (a *address) connect() (goredis.UniversalClient, runner, error) {
	o := a.options
	if len(a.hosts) == 0 {
		c := goredis.NewClient(o)
		return withRunner(c, c, a.pipeline)
	}
	u := &goredis.UniversalOptions{
		Addrs: a.hosts, MasterName: a.master, IsClusterMode: a.cluster, DB: o.DB,
		Username: o.Username, Password: o.Password,
		SentinelUsername: a.watch.Get("sentinel_username"), SentinelPassword: a.watch.Get("sentinel_password"),
		Protocol: o.Protocol, PoolSize: o.PoolSize, PoolTimeout: o.PoolTimeout, MinIdleConns: o.MinIdleConns,
		MaxIdleConns: o.MaxIdleConns, MaxActiveConns: o.MaxActiveConns,
		ConnMaxIdleTime: o.ConnMaxIdleTime, ConnMaxLifetime: o.ConnMaxLifetime,
		MaxRetries: o.MaxRetries, MinRetryBackoff: o.MinRetryBackoff, MaxRetryBackoff: o.MaxRetryBackoff,
		DialTimeout: o.DialTimeout, DialerRetries: o.DialerRetries, ReadTimeout: o.ReadTimeout, WriteTimeout: o.WriteTimeout,
		ContextTimeoutEnabled: true, DisableIdentity: true, TLSConfig: o.TLSConfig,
		MaintNotificationsConfig: o.MaintNotificationsConfig,
	}
	if u.TLSConfig != nil && len(a.hosts) > 1 {
		u.TLSConfig.ServerName = "" // each node is checked under its own name
	}
	if a.cluster {
		c := goredis.NewClusterClient(u.Cluster())
		return withRunner(c, c, a.pipeline)
	}
	c := goredis.NewFailoverClient(u.Failover())
	return withRunner(c, c, a.pipeline)
}
