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
	// settled shows its Status to the person alone and keeps the buttons; a card that was
	// settled before is settled again, with what is to be shown now. Its error means that nothing was changed and that the person may press again.
	Decide func(ctx context.Context, m bot.Message) (PressOutcome, error)
	// DirectID gives the conversation id of a person's own chat with the bot, so that
	// what they say next belongs to it. Nil takes what DingTalk says.
	DirectID func(staffID string) string
	Now      func() time.Time
	Log      *slog.Logger
}

// Presses turns presses into messages and their outcomes into answers. It remembers
// nothing: that a card is settled once is Decide's to keep, over restarts and replicas.
type Presses struct {
	opt PressOptions

	mu   sync.Mutex
	busy map[string]bool // by track
}

// NewPresses makes the handler of both doors: Handle is what CardDoorOptions.Handle
// and StreamOptions.OnCard want.
func NewPresses(o PressOptions) *Presses {
	return &Presses{opt: o, busy: map[string]bool{}}
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
	if !s.begin(p.OutTrackID) {
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
	return CardAnswer{Params: settled(o.Status)}, nil
}

// begin takes the card for one press, unless it is taken.
func (s *Presses) begin(track string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy[track] {
		return false
	}
	s.busy[track] = true
	return true
}

func (s *Presses) end(track string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.busy, track)
}
