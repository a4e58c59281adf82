package redis

import "strings"

// keys makes every key of a tenant. All stand under one hash tag, so that a script
// may touch them together in a cluster.
type keys struct {
	prefix string

	records  string // hash: record name → "rev\nbody" (empty body: removed); "@" → head tag; "@n" → recent tags
	changes  string // zset: record name by revision of its last change
	messages string // hash: message id → "micros nonce\nanswer"
	talks    string // hash: talk key → "until\nbody"
	notices  string // hash: notice key → "state fence attempts micros\nwhy\nnotice"
	due      string // zset: notice key by the moment from which it can be claimed
	dead     string // zset: notice key by the moment it was buried
	refs     string // hash: platform handle → "micros\nB"+body or "micros\nN"+notice
	events   string // zset: 12-digit number + event, by moment
}

func newKeys(tenant string) keys {
	// A brace would end the hash tag early.
	tag := "{duban:" + strings.NewReplacer("%", "%25", "{", "%7B", "}", "%7D").Replace(tenant) + "}:"
	return keys{
		prefix: tag, records: tag + "records", changes: tag + "changes", messages: tag + "messages",
		talks: tag + "talks", notices: tag + "notices", due: tag + "due", dead: tag + "dead",
		refs: tag + "refs", events: tag + "events",
	}
}

// history is the list of one task's events in the order of writing.
func (k keys) history(task string) string { return k.prefix + "history:" + task }

// staged is where a restore builds the key before it is shown.
func (k keys) staged(key string) string {
	return k.prefix + "staged:" + strings.TrimPrefix(key, k.prefix)
}

// all lists the keys whose presence makes a tenant not empty.
func (k keys) all() []string {
	return []string{k.records, k.changes, k.messages, k.talks, k.notices, k.due, k.dead, k.refs, k.events}
}
