package redis

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"duban/store/entry"
)

// Backup is one run of luaSnapshot, written in the engine-neutral form.
func (e *Engine) Backup(ctx context.Context, w io.Writer) error {
	k := e.keys
	v, err := e.call(ctx, e.scripts.snapshot,
		[]string{k.records, k.messages, k.talks, k.notices, k.due, k.refs, k.events})
	if err != nil {
		return fmt.Errorf("store/redis: backup: %w", err)
	}
	s, err := snapshot(v)
	if err != nil {
		return fmt.Errorf("store/redis: backup: %w", err)
	}
	return entry.Write(w, s)
}

func snapshot(v any) (*entry.Snapshot, error) {
	var r reply
	part := r.list(v, 7)
	s := &entry.Snapshot{}
	r.rows(part[0], func(name, value string) {
		if name == "@" {
			s.Rev = revOf(value)
		}
		if strings.HasPrefix(name, "@") {
			return
		}
		rev, body := r.stamped(value)
		s.Rows = append(s.Rows, entry.Row{Sort: entry.SortRecord, ID: name, At: r.number(rev), Body: entry.Blob(body)})
	})
	r.rows(part[1], func(id, value string) {
		if strings.HasPrefix(id, "@") {
			return // a call's own mark: no other process can repeat it
		}
		head, body := r.stamped(value)
		at, _, _ := strings.Cut(head, " ")
		s.Rows = append(s.Rows, entry.Row{Sort: entry.SortMessage, ID: id, At: r.number(at), Body: entry.Blob(body)})
	})
	r.rows(part[2], func(key, value string) {
		until, body := r.stamped(value)
		s.Rows = append(s.Rows, entry.Row{Sort: entry.SortTalk, ID: key, At: r.number(until), Body: entry.Blob(body)})
	})
	s.Rows = append(s.Rows, r.noticeRows(part[3], part[4])...)
	r.rows(part[5], func(ref, value string) {
		at, kept := r.stamped(value)
		s.Rows = append(s.Rows, entry.Row{Sort: entry.SortRef, ID: ref, At: r.number(at), Body: entry.Blob(r.keptBody(kept))})
	})
	s.Rows = append(s.Rows, r.eventRows(part[6])...)
	return s, r.err
}

// rows walks through the fields of a hash in the order of their names.
func (r *reply) rows(v any, row func(field, value string)) {
	flat := r.list(v, 0)
	type pair struct{ field, value string }
	pairs := make([]pair, 0, len(flat)/2)
	for i := 0; i+1 < len(flat); i += 2 {
		f, _ := r.text(flat[i])
		v, _ := r.text(flat[i+1])
		pairs = append(pairs, pair{f, v})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.field, b.field) })
	for _, p := range pairs {
		row(p.field, p.value)
	}
}

func (r *reply) noticeRows(v, due any) []entry.Row {
	next := map[string]int64{}
	r.rows(due, func(key, score string) { next[key] = r.number(score) })
	var out []entry.Row
	r.rows(v, func(key, value string) {
		head, rest := r.stamped(value)
		why, body := r.stamped(rest)
		word := strings.Fields(head)
		if len(word) != 4 {
			r.fail(fmt.Errorf("notice %q is stored as %q", key, head))
			return
		}
		row := entry.Row{
			Sort: entry.SortNotice, ID: key, State: word[0], Fence: r.number(word[1]),
			Attempts: int(r.number(word[2])), At: r.number(word[3]), Why: why, Body: entry.Blob(body),
		}
		if at, ok := next[key]; ok {
			row.At = at
		}
		out = append(out, row)
	})
	return out
}

func (r *reply) eventRows(v any) []entry.Row {
	flat := r.list(v, 0)
	type numberedRow struct {
		number string
		row    entry.Row
	}
	var list []numberedRow
	for i := 0; i+1 < len(flat); i += 2 {
		text, _ := r.text(flat[i])
		if len(text) < numbered {
			r.fail(fmt.Errorf("event %q is stored without its number", text))
			break
		}
		var e struct{ Task string }
		r.json(text[numbered:], &e)
		list = append(list, numberedRow{text[:numbered], entry.Row{
			Sort: entry.SortEvent, ID: e.Task, At: r.number(flat[i+1]), Body: entry.Blob(text[numbered:]),
		}})
	}
	slices.SortFunc(list, func(a, b numberedRow) int { return cmp.Compare(a.number, b.number) })
	out := make([]entry.Row, len(list))
	for i, n := range list {
		out[i] = n.row
	}
	return out
}

// Restore builds the tenant under staged keys and shows it by luaInstall.
func (e *Engine) Restore(ctx context.Context, in io.Reader) error {
	s, err := entry.Read(in)
	if err != nil {
		return fmt.Errorf("store/redis: restore: %w", err)
	}
	st := &stage{keys: e.keys, client: e.client, once: e.once(), used: map[string]bool{}}
	if err := st.fill(ctx, s); err != nil {
		return fmt.Errorf("store/redis: restore: %w", verdict(ctx, err))
	}
	all := e.keys.all()
	keys := slices.Clone(all)
	for _, key := range st.order {
		keys = append(keys, e.keys.staged(key), key)
	}
	v, err := e.call(ctx, e.scripts.install, keys, len(all))
	if err != nil {
		return fmt.Errorf("store/redis: restore: %w", err)
	}
	var r reply
	if done := r.number(v); done != 1 || r.err != nil {
		err := entry.ErrNotEmpty
		if r.err != nil {
			err = r.err
		}
		return fmt.Errorf("store/redis: restore: %w", join(err, st.clear(ctx)))
	}
	return nil
}

func score(us int64) string { return strconv.FormatInt(us, 10) }

func member(at int64, name string) goredis.Z { return goredis.Z{Score: float64(at), Member: name} }
