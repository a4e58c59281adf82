package platformtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"duban/bot"
)

// unknown: nobody there is a no for good.
func (s *suite) unknown() {
	strangers := append([]string{"nobody-here"}, s.lim.Strangers...)
	for _, id := range strangers {
		s.refused(s.send(s.Context(), bot.Outgoing{ID: "to-" + id, Member: id, Title: "提醒", Markdown: "请反馈。"}), false)
	}
	s.refused(s.send(s.Context(), bot.Outgoing{ID: "to-room", Room: "cid-of-no-room==", Title: "提醒", Markdown: "请反馈。"}), false)
	if list := s.h.Seen(); len(list) != 0 {
		s.Errorf("saw %+v", list)
	}
}

// nonsense: a message for nobody, for two, or without words is a no for good.
func (s *suite) nonsense() {
	member, room := s.h.KnownMember(), s.h.KnownRoom()
	for _, out := range []bot.Outgoing{
		{ID: "nobody", Title: "提醒", Markdown: "请反馈。"},
		{ID: "both", Member: member, Room: room, Title: "提醒", Markdown: "请反馈。"},
		{ID: "empty", Member: member},
		{ID: "empty-room", Room: room},
	} {
		s.refused(s.send(s.Context(), out), false)
	}
	if list := s.h.Seen(); len(list) != 0 {
		s.Errorf("saw %+v", list)
	}
}

// burst: the platform's rate is kept by refusing, and the refusal says until when.
func (s *suite) burst() {
	if s.lim.Burst == 0 {
		return // no limit to hold
	}
	send := func(i int) error {
		return s.send(s.Context(), bot.Outgoing{ID: fmt.Sprint("burst-", i), Room: s.h.KnownRoom(), Title: "提醒", Markdown: fmt.Sprintf("第%d条", i)})
	}
	for i := range s.lim.Burst {
		if err := send(i); err != nil {
			s.Fatalf("message %d: %v", i+1, err)
		}
	}
	no := s.refused(send(s.lim.Burst), true)
	if no.After <= 0 || no.After > time.Hour {
		s.Errorf("come back after %v", no.After)
	}
	if n := len(s.h.Seen()); n != s.lim.Burst {
		s.Errorf("saw %d, want %d", n, s.lim.Burst)
	}
}

// ended wants an error that lets the same message be tried again: a retryable refusal,
// or an unknown outcome.
func (s *suite) ended(err error) {
	s.Helper()
	if err == nil {
		s.Fatal("sent in spite of the end")
	}
	var no *bot.Refusal
	if errors.As(err, &no) && !no.Retryable() {
		s.Errorf("an end of the ctx is no refusal for good: %v", err)
	}
	if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		s.Errorf("%v hides its cause", err)
	}
}

// cancelled: a ctx that has ended sends nothing.
func (s *suite) cancelled() {
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	for _, to := range s.targets() {
		s.ended(s.send(ctx, to.to(bot.Outgoing{ID: "cancelled-" + to.name, Title: "提醒", Markdown: "请反馈。"})))
	}
	if list := s.h.Seen(); len(list) != 0 {
		s.Errorf("saw %+v", list)
	}
}

// stalled: a platform that does not answer holds nobody beyond the ctx, also those who
// wait for their turn.
func (s *suite) stalled() {
	staller, ok := s.h.(Staller)
	if !ok {
		return // it answers at once, there is nothing to wait for
	}
	release := staller.Stall()
	defer release()
	ctx, cancel := context.WithTimeout(s.Context(), 50*time.Millisecond)
	defer cancel()
	errs := make(chan error, 4)
	for i := range 2 {
		for _, to := range s.targets() {
			go func() {
				errs <- s.send(ctx, to.to(bot.Outgoing{ID: fmt.Sprint("stalled-", to.name, i), Title: "提醒", Markdown: "请反馈。"}))
			}()
		}
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	for range cap(errs) {
		select {
		case err := <-errs:
			s.ended(err)
		case <-late.C:
			s.Fatalf("still sending after %v", patience)
		}
	}
}

// once: where the platform promises it, a message that is sent again is not shown again.
func (s *suite) once() {
	for _, to := range s.targets() {
		if !to.once {
			continue
		}
		out := to.to(bot.Outgoing{ID: "once-" + to.name, Title: "提醒", Markdown: "请反馈。"})
		before := len(s.h.Seen())
		for range 3 {
			s.must(out)
		}
		if n := len(s.since(before, to)); n != 1 {
			s.Errorf("%s: shown %d times", to.name, n)
		}
	}
}

// distinct: the same words under another id are another message.
func (s *suite) distinct() {
	for _, to := range s.targets() {
		before := len(s.h.Seen())
		for i := range 3 {
			s.must(to.to(bot.Outgoing{ID: fmt.Sprint("distinct-", to.name, i), Title: "我的任务", Markdown: "您有3项任务。"}))
		}
		if n := len(s.since(before, to)); n != 3 {
			s.Errorf("%s: shown %d times, want 3", to.name, n)
		}
	}
}

// concurrent: many senders at once lose nothing and double nothing. The race detector
// watches.
func (s *suite) concurrent() {
	const senders = 6
	var wg sync.WaitGroup
	for i := range senders {
		for _, to := range s.targets() {
			wg.Go(func() {
				if err := s.send(s.Context(), to.to(bot.Outgoing{ID: fmt.Sprint("at-once-", to.name, i), Title: "提醒", Markdown: fmt.Sprintf("任务%d", i)})); err != nil {
					s.Errorf("%s %d: %v", to.name, i, err)
				}
			})
		}
	}
	wg.Wait()
	list := s.h.Seen()
	if len(list) != 2*senders {
		s.Errorf("saw %d messages, want %d", len(list), 2*senders)
	}
	for i := range senders {
		n := 0
		for _, shown := range list {
			if says([]Shown{shown}, fmt.Sprintf("任务%d", i)) {
				n++
			}
		}
		if n != 2 {
			s.Errorf("message %d was shown %d times, want 2", i, n)
		}
	}
}
