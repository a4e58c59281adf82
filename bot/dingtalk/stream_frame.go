package dingtalk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"duban/bot"
)

// eventTime bounds handling one event: nobody waits for the answer, but it holds a slot.
const eventTime = 5 * time.Second

// frame is what DingTalk sends. One of the documents writes header for headers.
type frame struct {
	Type    loose        `json:"type"`
	Headers frameHeaders `json:"headers"`
	Header  frameHeaders `json:"header"`
	Data    frameData    `json:"data"`
}

type frameHeaders struct {
	MessageID loose  `json:"messageId"`
	Topic     loose  `json:"topic"`
	EventType loose  `json:"eventType"`
	EventID   loose  `json:"eventId"`
	EventCorp loose  `json:"eventCorpId"`
	EventBorn millis `json:"eventBornTime"`
}

// frameData is JSON in a string; JSON as it stands is taken as well.
type frameData string

// UnmarshalJSON never refuses a well-formed value.
func (d *frameData) UnmarshalJSON(b []byte) error {
	if b[0] != '"' {
		*d = frameData(b)
		return nil
	}
	return json.Unmarshal(b, (*string)(d))
}

// answer is what goes back, by the link that the frame came by.
type answer struct {
	Code    int           `json:"code"`
	Headers answerHeaders `json:"headers"`
	Message string        `json:"message"`
	Data    string        `json:"data"`
}

type answerHeaders struct {
	ContentType string `json:"contentType"`
	MessageID   string `json:"messageId"`
}

const (
	noResponse = `{"response":null}`
	emptyCard  = `{"response":{}}`
	eventDone  = `{"status":"SUCCESS","message":"ok"}`
	eventLater = `{"status":"LATER","message":"not taken"}`
	msgPanic   = "stream handler panicked"
)

// frame deals with one line from DingTalk.
func (l *link) frame(ctx context.Context, line []byte) {
	var f frame
	if err := json.Unmarshal(line, &f); err != nil {
		l.s.note(func(st *StreamState) { st.Unread++ })
		l.s.grumble("stream frame not understood", "bytes", len(line), "err", err)
		return
	}
	if f.Headers.Topic == "" {
		f.Headers = f.Header
	}
	switch topic := string(f.Headers.Topic); {
	case f.Type == "SYSTEM":
		l.system(f)
	case f.Type == "CALLBACK" && topic == topicRobot:
		l.spawn(ctx, f, l.robot)
	case f.Type == "CALLBACK" && topic == topicCard && l.s.opt.OnCard != nil:
		l.spawn(ctx, f, l.card)
	case f.Type == "EVENT" && l.s.opt.OnEvent != nil:
		l.spawn(ctx, f, l.event)
	default:
		l.s.grumble("stream frame of an unknown topic", "topic", cut(topic, maxName))
		l.answer(f, http.StatusNotFound, "no handler", noResponse)
	}
}

// system answers pings and takes in the announcement of the link's end. The others
// only inform.
func (l *link) system(f frame) {
	switch strings.ToLower(string(f.Headers.Topic)) {
	case "ping":
		l.reply(f, http.StatusOK, "OK", string(f.Data))
	case "disconnect":
		l.s.opt.Log.Info("stream connection is to be replaced")
		l.leaving()
	}
}

// spawn hands a frame to its handler, in a goroutine that Run waits for. Without a
// free slot the frame stays unanswered and comes again.
func (l *link) spawn(ctx context.Context, f frame, handle func(context.Context, frame)) {
	select {
	case l.s.slots <- struct{}{}:
	default:
		l.unanswered(f, bot.ErrFull)
		return
	}
	if !l.begin() {
		<-l.s.slots
		l.unanswered(f, bot.ErrClosed)
		return
	}
	l.s.wg.Go(func() {
		defer l.work.Done()
		defer func() { <-l.s.slots }()
		handle(context.WithoutCancel(ctx), f) // what has begun is finished, within its bounds
	})
}

// robot takes a message and answers once it is taken.
func (l *link) robot(ctx context.Context, f frame) {
	s := l.s
	start := s.opt.Steady()
	result := ResultTaken
	m, err := s.in.message(string(f.Data), start)
	switch {
	case err != nil:
		result = ResultBad
		s.grumble("push not understood", "bytes", len(f.Data), "err", err)
		l.answer(f, http.StatusBadRequest, "bad request", noResponse) // it would be no better the next time
	default:
		if err = s.take(ctx, m); err != nil {
			result = ResultBusy
			l.unanswered(f, err)
			break
		}
		l.answer(f, http.StatusOK, "OK", noResponse)
	}
	s.opt.Observe(result, s.opt.Steady().Sub(start))
}

func (s *Stream) take(ctx context.Context, m bot.Message) (err error) {
	defer s.contain(&err)
	return s.opt.Taker.Take(ctx, m)
}

// card answers a pressed button. Any code but 200 is shown to the person as an error.
func (l *link) card(ctx context.Context, f frame) {
	ctx, cancel := context.WithTimeout(ctx, pressTime)
	defer cancel()
	p, err := DecodePress([]byte(f.Data))
	var shown CardAnswer
	if err == nil {
		shown, err = l.s.press(ctx, p)
	}
	switch {
	case errors.Is(err, ErrPress):
		l.s.grumble("press refused", "card", p.OutTrackID, "err", err)
		l.answer(f, http.StatusBadRequest, "bad request", emptyCard)
		return
	case err != nil:
		l.s.opt.Log.Warn("press not taken", "card", p.OutTrackID, "err", err)
		l.answer(f, http.StatusInternalServerError, "not taken", emptyCard)
		return
	}
	response, err := shown.Encode()
	if err != nil { // the press itself was taken: only the card cannot show it
		l.s.opt.Log.Error("answer to press too large", "card", p.OutTrackID, "err", err)
		response = []byte("{}")
	}
	l.answer(f, http.StatusOK, "OK", `{"response":`+string(response)+`}`)
}

func (s *Stream) press(ctx context.Context, p CardPress) (a CardAnswer, err error) {
	defer s.contain(&err)
	return s.opt.OnCard(ctx, p)
}

// event hands an event on, or asks for it to come again.
func (l *link) event(ctx context.Context, f frame) {
	ctx, cancel := context.WithTimeout(ctx, eventTime)
	defer cancel()
	h := f.Headers
	e := Event{
		ID: cut(string(h.EventID), maxName), Type: cut(string(h.EventType), maxName), Corp: cut(string(h.EventCorp), maxName),
		At: l.s.opt.Now(), Data: []byte(f.Data),
	}
	if h.EventBorn > 0 {
		e.At = time.UnixMilli(int64(h.EventBorn))
	}
	if err := l.s.happen(ctx, e); err != nil {
		l.s.opt.Log.Warn("event not taken", "event", e.ID, "type", e.Type, "err", err)
		l.answer(f, http.StatusOK, "OK", eventLater)
		return
	}
	l.answer(f, http.StatusOK, "OK", eventDone)
}

func (s *Stream) happen(ctx context.Context, e Event) (err error) {
	defer s.contain(&err)
	return s.opt.OnEvent(ctx, e)
}

// contain turns a panic into an error.
func (s *Stream) contain(err *error) {
	if p := recover(); p != nil {
		s.opt.Log.Error(msgPanic, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		*err = fmt.Errorf("dingtalk: %s", msgPanic)
	}
}

func (f frame) id() string { return cut(string(f.Headers.MessageID), maxName) }

func (l *link) unanswered(f frame, why error) {
	l.s.note(func(st *StreamState) { st.Unanswered++ })
	l.s.grumble("stream frame left unanswered", "frame", f.id(), "err", why)
}

// answer answers a callback or an event.
func (l *link) answer(f frame, code int, message, data string) {
	l.s.note(func(st *StreamState) { st.Answered++ })
	l.reply(f, code, message, data)
}

func (l *link) reply(f frame, code int, message, data string) {
	line, err := encode(answer{code, answerHeaders{"application/json", string(f.Headers.MessageID)}, message, data})
	if err != nil {
		l.s.opt.Log.Error("stream answer not encoded", "frame", f.id(), "err", err)
		return
	}
	l.put(websocket.TextMessage, line)
}

// grumble logs what may come in masses.
func (s *Stream) grumble(msg string, args ...any) {
	if s.noise.Take(s.opt.Now(), 1) == 0 {
		s.opt.Log.Warn(msg, args...)
	}
}
