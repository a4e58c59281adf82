package dingtalk_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

const press = `{"outTrackId":"t1","userId":"u1","content":"{\"cardPrivateData\":{\"actionIds\":[\"ok\"],\"params\":{}}}"}`

// Messages, card callbacks and events all come by the connection, and are answered by it.
func TestStreamTakes(t *testing.T) {
	t.Parallel()
	var took []bot.Message
	var events []dingtalk.Event
	var pressed []dingtalk.CardPress
	change := func(o *dingtalk.StreamOptions) {
		o.Taker = takes(func(m bot.Message) error { took = append(took, m); return nil })
		o.OnCard = func(_ context.Context, p dingtalk.CardPress) (dingtalk.CardAnswer, error) {
			pressed = append(pressed, p)
			switch len(pressed) {
			case 1:
				return dingtalk.CardAnswer{Params: map[string]string{"done": "<是>"}}, nil
			case 2:
				return dingtalk.CardAnswer{}, nil
			case 3:
				return dingtalk.CardAnswer{}, errors.New("no")
			case 4:
				return dingtalk.CardAnswer{}, dingtalk.ErrPress
			}
			panic("oh")
		}
		o.OnEvent = func(_ context.Context, e dingtalk.Event) error { events = append(events, e); return nil }
	}
	simulate(t, bottest.Options{}, change, func(t *testing.T, s *sim) {
		s.up()
		d := s.say("我的任务")
		if d.Status != http.StatusOK || string(d.Reply) != `{"response":null}` {
			t.Errorf("answered %d %s", d.Status, d.Reply)
		}
		if m := took[0]; m.ID != d.MsgID || m.Text != "我的任务" || m.Sender.ID != "u1" || m.Webhook == "" || !m.Mentioned {
			t.Errorf("took %+v", m)
		}
		for i, want := range []struct {
			code int
			data string
		}{
			{200, `{"response":{"cardData":{"cardParamMap":{"done":"<是>"}},"cardUpdateOptions":{"updateCardDataByKey":true,"updatePrivateDataByKey":true}}}`},
			{200, `{"response":{}}`}, {500, `{"response":{}}`}, {400, `{"response":{}}`}, {500, `{"response":{}}`},
		} {
			r, err := s.Callback(t.Context(), bottest.TopicCard, []byte(press))
			if err != nil || r.Code != want.code || string(r.Data) != want.data || pressed[i].OutTrackID != "t1" || pressed[i].Actions[0] != "ok" {
				t.Errorf("press %d: %d %s, %v", i, r.Code, r.Data, err)
			}
		}
		if r, err := s.Callback(t.Context(), bottest.TopicCard, []byte(`{"outTrackId":"t1"}`)); err != nil || r.Code != 400 || len(pressed) != 5 {
			t.Errorf("a press by nobody: %d, %v", r.Code, err)
		}
		born := time.Now().Truncate(time.Millisecond)
		r, err := s.Event(t.Context(), "chat_update_title", []byte(`{"title":"新专班"}`))
		if err != nil || r.Code != 200 || string(r.Data) != `{"status":"SUCCESS","message":"ok"}` {
			t.Errorf("event: %d %s, %v", r.Code, r.Data, err)
		}
		if e := events[0]; e.ID == "" || e.Type != "chat_update_title" || e.Corp != "dingdemocorp01" || !e.At.Equal(born) || string(e.Data) != `{"title":"新专班"}` {
			t.Errorf("event %+v", e)
		}
		s.pass(10 * time.Minute)
		if st := s.stream.State(); st.Opened != 2 || time.Since(st.LastFrame) > bottest.PingEvery {
			t.Errorf("pings must be answered: %+v", st)
		}
	})
}

// What nobody handles is not subscribed to, and bad bodies are refused for good.
func TestStreamRefuses(t *testing.T) {
	t.Parallel()
	simulate(t, bottest.Options{Timeout: time.Second}, nil, func(t *testing.T, s *sim) {
		s.up()
		if _, err := s.Callback(t.Context(), bottest.TopicCard, []byte(`{}`)); !errors.Is(err, bottest.ErrNoLink) {
			t.Error("card callbacks were subscribed to:", err)
		}
		if _, err := s.Event(t.Context(), "chat_quit", []byte(`{}`)); !errors.Is(err, bottest.ErrNoLink) {
			t.Error("events were subscribed to:", err)
		}
		for body, code := range map[string]int{`no JSON`: 400, `{"msgtype":"text"}`: 400, `{"msgId":"m1","msgtype":"text"}`: 200} {
			if r, err := s.Callback(t.Context(), bottest.TopicRobot, []byte(body)); err != nil || r.Code != code {
				t.Errorf("%s: %d, %v", body, r.Code, err)
			}
		}
		if _, err := s.Callback(t.Context(), bottest.TopicRobot, []byte(strings.Repeat("x", 2<<20))); err == nil {
			t.Error("a frame of 2 MB was answered")
		}
		s.up()
		if st := s.stream.State(); st.Broken != 1 || st.Opened != 3 {
			t.Errorf("an oversized frame ends the link: %+v", st)
		}
	})
}

// A message that is not taken stays unanswered and comes again; an event comes again
// until it is taken.
func TestStreamLeavesUnanswered(t *testing.T) {
	t.Parallel()
	var calls, events int
	change := func(o *dingtalk.StreamOptions) {
		o.Taker = takes(func(bot.Message) error {
			switch calls++; calls {
			case 1:
				return bot.ErrFull
			case 2:
				panic("oh")
			}
			return nil
		})
		o.OnEvent = func(context.Context, dingtalk.Event) error {
			if events++; events < 3 {
				return errors.New("not now")
			}
			return nil
		}
	}
	simulate(t, bottest.Options{Timeout: time.Second}, change, func(t *testing.T, s *sim) {
		s.up()
		if d := s.say("已完成"); d.Status != 0 || !d.Delivered {
			t.Errorf("answered %+v", d)
		}
		if r, err := s.Event(t.Context(), "chat_quit", nil); err != nil || !strings.Contains(string(r.Data), `"LATER"`) {
			t.Errorf("event: %s, %v", r.Data, err)
		}
		s.pass(55 * time.Second)
		if calls != 1 {
			t.Errorf("%d calls", calls)
		}
		s.pass(2 * time.Minute)
		if calls != 3 || events != 3 || s.Unanswered() != 0 {
			t.Errorf("%d calls, %d events, %d unanswered", calls, events, s.Unanswered())
		}
	})
}

// More than InFlight at once stay unanswered; the door is never stuck.
func TestStreamIsBounded(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int64
	change := func(o *dingtalk.StreamOptions) {
		o.InFlight = 4
		o.Taker = takes(func(bot.Message) error {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			pause(900 * time.Millisecond)
			now.Add(-1)
			return nil
		})
	}
	simulate(t, bottest.Options{Timeout: 2 * time.Second}, change, func(t *testing.T, s *sim) {
		s.up()
		for range 50 {
			go s.say("已完成")
		}
		s.pass(3 * time.Second)
		if st := s.stream.State(); most.Load() != 4 || st.Answered != 4 || st.Unanswered != 46 {
			t.Errorf("%d at once, %+v", most.Load(), st)
		}
		s.pass(15 * time.Minute)
		if s.Unanswered() != 0 {
			t.Errorf("%d unanswered", s.Unanswered())
		}
	})
}

// A wrong secret is said once, and asked about once a minute.
func TestStreamWrongSecret(t *testing.T) {
	t.Parallel()
	simulate(t, bottest.Options{}, func(o *dingtalk.StreamOptions) { o.Secret, o.Connections = "wrong", 1 }, func(t *testing.T, s *sim) {
		s.pass(10 * time.Minute)
		if n := len(s.Requests(bottest.OpenPath)); n < 9 || n > 12 {
			t.Errorf("asked %d times in ten minutes", n)
		}
		if n := strings.Count(s.log.String(), "refuses"); n != 1 || !s.stream.State().Refused {
			t.Errorf("logged %d times:\n%s", n, s.log)
		}
	})
}

// The wait between tries grows to a minute and stays there, for ever; a good
// connection makes it short again.
func TestStreamBacksOff(t *testing.T) {
	t.Parallel()
	simulate(t, bottest.Options{}, func(o *dingtalk.StreamOptions) { o.Connections = 1 }, func(t *testing.T, s *sim) {
		s.Fail(bottest.Fault{Path: bottest.OpenPath, Status: 503, Body: "<html>", Times: 70})
		s.pass(time.Hour)
		var gaps []time.Duration
		opens := s.Requests(bottest.OpenPath)
		for i := 1; i < len(opens); i++ {
			gaps = append(gaps, opens[i].When.Sub(opens[i-1].When).Round(100*time.Millisecond))
		}
		want := []time.Duration{900, 1800, 3600, 7200, 14400, 28800, 54000, 54000} // ms, a tenth taken off by the jitter
		for i := range want {
			want[i] *= time.Millisecond
		}
		if len(gaps) < 60 || !slices.Equal(gaps[:len(want)], want) || slices.Max(gaps) != 54*time.Second {
			t.Errorf("waited %v", gaps)
		}
		s.pass(10 * time.Minute)
		s.up()
		s.pass(time.Minute)
		before := time.Now()
		s.Links()[0].Drop()
		s.pass(time.Second)
		if s.stream.Connected() != 1 {
			t.Errorf("not back %v after a drop", time.Since(before))
		}
	})
}

// DingTalk goes mute when it announces the end of a connection: the replacement is
// up before the old one is closed, and what is being worked on is answered there.
func TestStreamReplacesBeforeItCloses(t *testing.T) {
	t.Parallel()
	change := func(o *dingtalk.StreamOptions) {
		o.Connections = 1
		o.Taker = takes(func(bot.Message) error { pause(800 * time.Millisecond); return nil })
	}
	simulate(t, bottest.Options{}, change, func(t *testing.T, s *sim) {
		s.up()
		s.pass(time.Minute)
		old := s.Links()[0]
		first := make(chan bottest.Delivery, 1)
		go func() { first <- s.say("第一条") }()
		synctest.Wait()
		old.Disconnect("connection is expired")
		synctest.Wait()
		links := s.Links()
		if len(links) != 2 || links[0] != old || s.stream.Connected() != 1 {
			t.Fatalf("%d links, %d connected", len(links), s.stream.Connected())
		}
		if d := s.say("第二条"); d.Status != 200 {
			t.Errorf("lost while replacing: %+v", d)
		}
		if d := <-first; d.Status != 200 {
			t.Errorf("not answered by the link it came by: %+v", d)
		}
		synctest.Wait()
		if links := s.Links(); len(links) != 1 || links[0] == old {
			t.Error("the old link is not closed after its answers")
		}
	})
}

// A DingTalk that throws every connection out at once is not run down.
func TestStreamIsNotWelcome(t *testing.T) {
	t.Parallel()
	fake := bottest.Options{Stream: bottest.StreamOptions{Lifetime: time.Second}}
	simulate(t, fake, func(o *dingtalk.StreamOptions) { o.Connections = 1 }, func(t *testing.T, s *sim) {
		for range 600 {
			s.pass(time.Second)
			if n := len(s.Links()); n > 2 {
				t.Fatalf("%d links", n)
			}
		}
		if n := len(s.Requests(bottest.OpenPath)); n < 10 || n > 20 {
			t.Errorf("opened %d times in ten minutes", n)
		}
	})
}

// A dead link that still looks open is given up after a minute.
func TestStreamWatchesForSilence(t *testing.T) {
	t.Parallel()
	simulate(t, bottest.Options{Stream: bottest.StreamOptions{PingTimeout: time.Hour}}, nil, func(t *testing.T, s *sim) {
		s.up()
		s.pass(time.Minute)
		for _, l := range s.Links() {
			l.Silence()
		}
		s.pass(70 * time.Second)
		if st := s.stream.State(); st.Silent != 2 || st.Connected != 2 || len(s.Links()) != 2 {
			t.Errorf("%+v, %d links", st, len(s.Links()))
		}
	})
}

// When Run is told to end, what has been begun is finished and answered.
func TestStreamEndsInGoodOrder(t *testing.T) {
	t.Parallel()
	change := func(o *dingtalk.StreamOptions) {
		o.Taker = takes(func(bot.Message) error { pause(900 * time.Millisecond); return nil })
	}
	simulate(t, bottest.Options{}, change, func(t *testing.T, s *sim) {
		s.up()
		last := make(chan bottest.Delivery, 1)
		go func() { last <- s.say("已完成") }()
		synctest.Wait()
		began := time.Now()
		s.stop()
		if d := <-last; d.Status != 200 || time.Since(began) > time.Second {
			t.Errorf("%+v after %v", d, time.Since(began))
		}
		if synctest.Wait(); len(s.Links()) != 0 {
			t.Error("links are left")
		}
	})
}

// A network that never answers does not hold Run up.
func TestStreamEndsWhileConnecting(t *testing.T) {
	t.Parallel()
	for _, path := range []string{bottest.OpenPath, bottest.ConnectPath} {
		simulate(t, bottest.Options{}, nil, func(t *testing.T, s *sim) {
			defer s.Hold(path)()
			s.pass(time.Minute)
			if st := s.stream.State(); st.Failed == 0 {
				t.Errorf("%s: an attempt has no bound", path)
			}
			s.stop()
		})
	}
}

// A time of day that is set forward makes no live link look silent.
func TestStreamOutlivesAClockThatIsSet(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	change := func(o *dingtalk.StreamOptions) {
		o.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		o.Steady = time.Now
	}
	simulate(t, bottest.Options{}, change, func(t *testing.T, s *sim) {
		s.up()
		ahead.Store(int64(60 * 24 * time.Hour))
		s.pass(2 * time.Minute)
		if st := s.stream.State(); st.Silent != 0 || st.Opened != 2 || st.Connected != 2 {
			t.Errorf("%+v", st)
		}
	})
}
