package dingtalk

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"duban/bot"
)

// PressOutcome is what a press came to.
type PressOutcome struct {
	Status  string // shown on the card: 张敏已申请办结
	Settled bool   // the buttons go, for everyone
}

// PressOptions are the settings of Presses.
type PressOptions struct {
	Secret string // the app's, with which the cards were sent
	// Decide takes the press as the person's words, within a second. A press that is not
	// settled shows its Status to the person alone and keeps the buttons. Its error
	// means that nothing was changed and that the person may press again.
	Decide func(ctx context.Context, m bot.Message) (PressOutcome, error)
	// DirectID gives the conversation id of a person's own chat with the bot, so that
	// what they say next belongs to it. Nil takes what DingTalk says.
	DirectID func(staffID string) string
	Now      func() time.Time
	Log      *slog.Logger
}

// DecideBy decides presses by a Taker, which tells nothing of the outcome: the card
// keeps its buttons and tells the person that the words were taken.
func DecideBy(t Taker) func(context.Context, bot.Message) (PressOutcome, error) {
	return func(ctx context.Context, m bot.Message) (PressOutcome, error) {
		if err := t.Take(ctx, m); err != nil {
			return PressOutcome{}, err
		}
		return PressOutcome{Status: "已收到「" + cut(m.Text, maxParamKey) + "」，结果见回复"}, nil
	}
}

// Presses turns presses into messages and their outcomes into answers. A card is
// settled once: later presses see the outcome and decide nothing. What is settled is
// kept for the latest few thousand cards of this process; beyond, the card has no
// buttons any more, and the message's id makes the same press harmless.
type Presses struct {
	opt PressOptions

	mu      sync.Mutex
	busy    map[string]bool // by track
	settled map[string]CardAnswer
	order   []string // of settled, oldest first
}

const keptSettled = 4096

// NewPresses makes the handler of both doors: Handle is what CardDoorOptions.Handle
// and StreamOptions.OnCard want.
func NewPresses(o PressOptions) *Presses {
	return &Presses{opt: o, busy: map[string]bool{}, settled: map[string]CardAnswer{}}
}

// ErrPressBusy: a press on the same card is being decided.
var ErrPressBusy = errors.New("dingtalk: a press on the card is being decided")

// Handle decides one press. Errors are ErrPress, ErrPressBusy or Decide's.
func (s *Presses) Handle(ctx context.Context, p CardPress) (CardAnswer, error) {
	m, err := PressMessage(s.opt.Secret, p, s.opt.Now())
	if err != nil {
		return CardAnswer{}, err
	}
	if !p.Group && s.opt.DirectID != nil {
		if id := s.opt.DirectID(p.UserID); id != "" {
			m.Conversation.ID = id
		}
	}
	old, done, free := s.begin(p.OutTrackID)
	if done {
		return old, nil
	}
	if !free {
		return CardAnswer{}, ErrPressBusy
	}
	defer s.end(p.OutTrackID)
	o, err := s.opt.Decide(ctx, m)
	if err != nil {
		return CardAnswer{}, err
	}
	o.Status = cut(o.Status, maxParamValue)
	if !o.Settled {
		if o.Status == "" {
			return CardAnswer{}, nil
		}
		return CardAnswer{Private: map[string]string{ParamStatus: o.Status}}, nil
	}
	if o.Status == "" {
		o.Status = "已处理：" + p.label()
	}
	a := CardAnswer{Params: settled(o.Status)}
	s.settle(p.OutTrackID, a)
	return a.clone(), nil
}

// begin takes the card for one press, unless it is settled or taken.
func (s *Presses) begin(track string) (old CardAnswer, done, free bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, done = s.settled[track]; done {
		return old.clone(), true, false
	}
	if s.busy[track] {
		return CardAnswer{}, false, false
	}
	s.busy[track] = true
	return CardAnswer{}, false, true
}

func (s *Presses) end(track string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.busy, track)
}

func (s *Presses) settle(track string, a CardAnswer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settled[track] = a
	s.order = append(s.order, track)
	if len(s.order) > keptSettled {
		delete(s.settled, s.order[0])
		s.order = s.order[1:]
	}
}
