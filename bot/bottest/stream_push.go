package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parcel is something to be brought to the bot by Stream. Its state is guarded by
// the gateway's lock.
type parcel struct {
	name    string // message or event id
	kind    string // EVENT or CALLBACK
	topic   string
	headers map[string]string
	data    string
	again   bool          // is delivered again when not answered
	due     time.Time     // of the next delivery; zero when there is none
	mid     string        // of the last delivery
	reached bool          // some link has taken it
	over    bool          // nothing more is to be done
	told    bool          // done is closed
	done    chan struct{} // closed at the first answer, or when lost
	reply   StreamReply
}

// StreamReply is the bot's answer to a frame.
type StreamReply struct {
	Code    int
	Message string
	Data    []byte
}

// ErrNoLink: no connection subscribes to the topic.
var ErrNoLink = errors.New("bottest: no Stream connection takes this topic")

// put takes a parcel in and sends it.
func (g *gateway) put(p *parcel) {
	p.done = make(chan struct{})
	g.mu.Lock()
	defer g.mu.Unlock()
	g.parcels = append(g.parcels, p)
	times := 1
	if g.duplicate {
		times = 2
	}
	for range times {
		if g.shuffle {
			g.held = append(g.held, p)
		} else {
			g.offer(p)
		}
	}
}

// offer sends a parcel by one randomly chosen link; callers hold g.mu.
func (g *gateway) offer(p *parcel) {
	if p.over {
		return
	}
	now := g.f.opt.Now()
	var open []*Link
	for _, l := range g.links {
		if l.muted.IsZero() && l.topics[p.kind+" "+p.topic] {
			open = append(open, l)
		}
	}
	p.due = time.Time{}
	if len(open) == 0 {
		if p.reached || p.again && (p.kind == "EVENT" || g.opt.Queue) {
			p.due = now // as soon as there is a link
			return
		}
		g.lost = append(g.lost, p.name)
		g.finish(p)
		return
	}
	if p.again && g.opt.Redeliver > 0 {
		p.due = now.Add(g.opt.Redeliver)
	}
	if p.mid == "" || !g.opt.SameID {
		p.mid = g.id("0a0b0c0d_111_18c0ffee000_%x")
	}
	l := open[g.rng.IntN(len(open))]
	p.reached = true
	g.sent[p.mid] = dispatch{p, l}
	headers := map[string]string{"topic": p.topic, "messageId": p.mid}
	for k, v := range p.headers {
		headers[k] = v
	}
	l.send(p.kind, headers, p.data)
}

// finish takes a parcel off the list; callers hold g.mu.
func (g *gateway) finish(p *parcel) {
	p.tell()
	if !p.over {
		p.over = true
		g.parcels = slices.DeleteFunc(g.parcels, func(o *parcel) bool { return o == p })
	}
}

// tell wakes who waits for an answer; callers hold g.mu.
func (p *parcel) tell() {
	if !p.told {
		p.told = true
		close(p.done)
	}
}

// mostAtOnce spreads what has piled up over several ticks.
const mostAtOnce = 100

// offerDue sends what is due, oldest first; callers hold g.mu.
func (g *gateway) offerDue(now time.Time) {
	n := 0
	for _, p := range slices.Clone(g.parcels) {
		if n < mostAtOnce && !p.due.IsZero() && !now.Before(p.due) {
			g.offer(p)
			n++
		}
	}
}

// Tick does what is due by the clock: pings, redeliveries, ends of links that said
// farewell or answer no pings, shuffled frames. Whoever moves the clock calls it.
func (f *Fake) Tick() {
	g := f.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	now := f.opt.Now()
	for _, l := range g.links {
		switch {
		case !l.muted.IsZero() && now.Sub(l.muted) >= Farewell, l.opaque != "" && now.Sub(l.waiting) >= g.opt.PingTimeout:
			l.end()
		case g.opt.Lifetime > 0 && now.Sub(l.since) >= g.opt.Lifetime && l.muted.IsZero():
			l.farewell("connection is expired")
		case l.muted.IsZero() && now.Sub(l.pinged) >= PingEvery:
			l.ping(now)
		}
	}
	g.rng.Shuffle(len(g.held), func(i, j int) { g.held[i], g.held[j] = g.held[j], g.held[i] })
	for _, p := range g.held {
		g.offer(p)
	}
	g.held = nil
	g.offerDue(now)
}

// PingAll pings every link at once.
func (f *Fake) PingAll() {
	g := f.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, l := range g.links {
		l.ping(f.opt.Now())
	}
}

// answered takes in a frame that came up.
func (g *gateway) answered(l *Link, line []byte) {
	var up struct {
		Code    int               `json:"code"`
		Message string            `json:"message"`
		Headers map[string]string `json:"headers"`
		Data    string            `json:"data"`
	}
	err := json.Unmarshal(line, &up)
	g.mu.Lock()
	defer g.mu.Unlock()
	mid := up.Headers["messageId"]
	if err != nil || mid == "" {
		g.strays = append(g.strays, string(line))
		return
	}
	if op, ping := strings.CutPrefix(mid, "ping-"); ping {
		var echo struct {
			Opaque string `json:"opaque"`
		}
		if json.Unmarshal([]byte(up.Data), &echo) == nil && echo.Opaque == op {
			l.opaque = "" // an echo of any age shows that the link lives
		}
		return
	}
	s, known := g.sent[mid]
	switch {
	case !known && strings.HasPrefix(mid, "bye-"):
		return // the answer to a farewell, which need not be
	case !known || s.l != l && !g.opt.SameID:
		g.strays = append(g.strays, string(line))
		return
	}
	s.p.reply = StreamReply{up.Code, up.Message, []byte(up.Data)}
	if s.p.kind == "EVENT" && !settled(s.p.reply) {
		s.p.tell() // it comes again
		return
	}
	g.finish(s.p)
}

// settled reports whether an event is done with.
func settled(r StreamReply) bool {
	var ack struct {
		Status string `json:"status"`
	}
	return r.Code == http.StatusOK && json.Unmarshal(r.Data, &ack) == nil && ack.Status == "SUCCESS"
}

// await waits for the answer, at most for the fake's Timeout.
func (g *gateway) await(ctx context.Context, p *parcel) (StreamReply, bool) {
	ctx, cancel := context.WithTimeout(ctx, g.f.opt.Timeout)
	defer cancel()
	select {
	case <-p.done:
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return p.reply, p.reached
}

// byStream brings a robot message. A message that was taken by a link but not
// answered within the Timeout is Delivered with the status 0.
func (g *gateway) byStream(ctx context.Context, id string, body []byte) Delivery {
	p := &parcel{name: id, kind: "CALLBACK", topic: TopicRobot, data: string(body), again: true}
	g.put(p)
	r, reached := g.await(ctx, p)
	return Delivery{MsgID: id, Delivered: reached, Status: r.Code, Reply: r.Data}
}

// Callback brings a callback of any topic once, and returns the answer to it. Status
// and body of the answer are the bot's affair; the error is for having none.
func (f *Fake) Callback(ctx context.Context, topic string, data []byte) (StreamReply, error) {
	f.gate.mu.Lock()
	name := f.gate.id("callback-%d")
	f.gate.mu.Unlock()
	p := &parcel{name: name, kind: "CALLBACK", topic: topic, data: string(data)}
	f.gate.put(p)
	r, reached := f.gate.await(ctx, p)
	switch {
	case !reached:
		return r, fmt.Errorf("%w: %s", ErrNoLink, topic)
	case r.Code == 0:
		return r, fmt.Errorf("bottest: callback %s: no answer", topic)
	}
	return r, nil
}

// Event brings an event, whose data are camelCase in Stream mode, and returns the
// first answer to it. It comes again until the answer is SUCCESS.
func (f *Fake) Event(ctx context.Context, kind string, data []byte) (StreamReply, error) {
	f.gate.mu.Lock()
	id := f.gate.id("event-%d")
	f.gate.mu.Unlock()
	p := &parcel{name: id, kind: "EVENT", topic: "*", data: string(data), again: true, headers: map[string]string{
		"eventType": kind, "eventId": id, "eventCorpId": f.opt.CorpID,
		"eventBornTime":     strconv.FormatInt(f.opt.Now().UnixMilli(), 10),
		"eventUnifiedAppId": "aaaaaaaa-0000-0000-0000-000000000001",
	}}
	f.gate.put(p)
	r, reached := f.gate.await(ctx, p)
	if !reached {
		return r, fmt.Errorf("%w: event %s", ErrNoLink, kind)
	}
	return r, nil
}
