package redis

import (
	"context"
	"encoding/json"
	"fmt"

	goredis "github.com/redis/go-redis/v9"

	"duban/store/entry"
	"duban/store/ledger"
)

// stage writes a snapshot under staged keys, in pipelines of bounded size.
type stage struct {
	keys   keys
	client goredis.UniversalClient
	once   string
	pipe   goredis.Pipeliner
	used   map[string]bool // final keys that were staged
	order  []string
	number int
}

const stageBatch = 500

func (s *stage) fill(ctx context.Context, snap *entry.Snapshot) error {
	s.pipe = s.client.Pipeline()
	if snap.Rev > 0 {
		head := score(snap.Rev) + ":" + s.once
		s.pipe.HSet(ctx, s.key(ctx, s.keys.records), "@", head, fmt.Sprintf("@%d", snap.Rev%256), head)
	}
	for _, row := range snap.Rows {
		s.row(ctx, row)
		if s.pipe.Len() >= stageBatch {
			if err := s.flush(ctx); err != nil {
				return err
			}
		}
	}
	return s.flush(ctx)
}

func (s *stage) flush(ctx context.Context) error {
	if s.pipe.Len() == 0 {
		return nil
	}
	if _, err := s.pipe.Exec(ctx); err != nil {
		return fmt.Errorf("stage: %w", err)
	}
	return nil
}

// key is the staged form of a key; what an earlier, broken restore left under it goes.
func (s *stage) key(ctx context.Context, final string) string {
	staged := s.keys.staged(final)
	if !s.used[final] {
		s.used[final] = true
		s.order = append(s.order, final)
		s.pipe.Del(ctx, staged)
	}
	return staged
}

func (s *stage) row(ctx context.Context, r entry.Row) {
	k, at := s.keys, score(r.At)
	switch r.Sort {
	case entry.SortRecord:
		s.pipe.HSet(ctx, s.key(ctx, k.records), r.ID, at+"\n"+string(r.Body))
		s.pipe.ZAdd(ctx, s.key(ctx, k.changes), member(r.At, r.ID))
	case entry.SortMessage:
		s.pipe.HSet(ctx, s.key(ctx, k.messages), r.ID, at+" "+s.once+"\n"+string(r.Body))
	case entry.SortTalk:
		s.pipe.HSet(ctx, s.key(ctx, k.talks), r.ID, at+"\n"+string(r.Body))
	case entry.SortEvent:
		s.number++
		s.pipe.RPush(ctx, s.key(ctx, k.history(r.ID)), string(r.Body))
		s.pipe.ZAdd(ctx, s.key(ctx, k.events), member(r.At, fmt.Sprintf("%0*d%s", numbered, s.number, r.Body)))
	case entry.SortRef:
		s.pipe.HSet(ctx, s.key(ctx, k.refs), r.ID, at+"\nB"+string(r.Body))
	case entry.SortNotice:
		s.pipe.HSet(ctx, s.key(ctx, k.notices), r.ID, noticeValue(r.State, r.Fence, r.Attempts, r.At, r.Why, string(r.Body)))
		switch r.State {
		case entry.Waiting, entry.Leased:
			s.pipe.ZAdd(ctx, s.key(ctx, k.due), member(r.At, r.ID))
		case entry.Buried:
			s.pipe.ZAdd(ctx, s.key(ctx, k.dead), member(r.At, r.ID))
		}
	}
}

// clear removes what was staged.
func (s *stage) clear(ctx context.Context) error {
	for _, key := range s.order {
		s.pipe.Del(ctx, s.keys.staged(key))
	}
	return s.flush(ctx)
}

// keptBody is the body, as JSON, of a kept message.
func (r *reply) keptBody(kept string) string {
	if len(kept) > 0 && kept[0] == 'B' {
		return kept[1:]
	}
	b := r.quoted(kept)
	if b == nil {
		b = new(ledger.Body)
	}
	data, err := json.Marshal(b)
	r.fail(err)
	return string(data)
}
