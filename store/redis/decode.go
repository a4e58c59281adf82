package redis

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/store/ledger"
)

// reply walks through a script's answer. The first thing that is not as the script
// documents it becomes the error; later steps give zero values.
type reply struct {
	err error
}

func (r *reply) list(v any, n int) []any {
	list, ok := v.([]any)
	if (!ok || len(list) < n) && r.err == nil {
		r.err = fmt.Errorf("script answered %T with too little in it", v)
	}
	if r.err != nil {
		return make([]any, n)
	}
	return list
}

// text reads a string; nil is "" and false.
func (r *reply) text(v any) (string, bool) {
	switch s := v.(type) {
	case string:
		return s, true
	case nil:
		return "", false
	}
	r.fail(fmt.Errorf("script answered %T for a text", v))
	return "", false
}

func (r *reply) number(v any) int64 {
	switch n := v.(type) {
	case int64:
		return n
	case string:
		i, err := strconv.ParseInt(n, 10, 64)
		r.fail(err)
		return i
	}
	r.fail(fmt.Errorf("script answered %T for a number", v))
	return 0
}

func (r *reply) json(v any, into any) {
	if s, _ := r.text(v); r.err == nil {
		r.fail(json.Unmarshal([]byte(s), into))
	}
}

func (r *reply) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// stamped cuts a stored value at its first line break.
func (r *reply) stamped(value string) (head, body string) {
	head, body, ok := strings.Cut(value, "\n")
	if !ok {
		r.fail(fmt.Errorf("stored value without its head"))
	}
	return head, body
}

func revOf(tag string) int64 {
	text, _, _ := strings.Cut(tag, ":")
	// Tags come from our own scripts only; anything else counts as no revision.
	rev, _ := strconv.ParseInt(text, 10, 64)
	return rev
}

// news reads what luaDelta answers.
func (r *reply) news(v any) news {
	part := r.list(v, 2)
	var n news
	n.tag, _ = r.text(part[0])
	n.mode, _ = r.text(part[1])
	switch n.mode {
	case "same", "own":
	case "full":
		flat := r.list(r.list(v, 3)[2], 0)
		for i := 0; i+1 < len(flat); i += 2 {
			if name, _ := r.text(flat[i]); !strings.HasPrefix(name, "@") {
				n.list = append(n.list, r.record(flat[i], flat[i+1]))
			}
		}
	default:
		part = r.list(v, 4)
		names := r.list(part[2], 0)
		values := r.list(part[3], len(names))
		for i := range names {
			n.list = append(n.list, r.record(names[i], values[i]))
		}
	}
	slices.SortFunc(n.list, func(a, b ledger.Record) int { return cmp.Compare(a.Rev, b.Rev) })
	return n
}

func (r *reply) record(name, value any) ledger.Record {
	n, _ := r.text(name)
	v, _ := r.text(value)
	kind, id, _ := strings.Cut(n, ":")
	rev, body := r.stamped(v)
	rec := ledger.Record{Kind: ledger.RecordKind(kind), ID: id, Rev: r.number(rev)}
	if body != "" {
		rec.Body = json.RawMessage(body)
	}
	return rec
}

func raw(s string) json.RawMessage {
	if s == "" {
		return nil
	}
	return json.RawMessage(s)
}
