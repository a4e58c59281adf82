package dingtalk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"duban/bot"
)

// The parameters that a card template for nudges must have. The text comes in up to
// three blocks of Markdown, because DingTalk bounds each value. Buttons is JSON text:
// a list of objects with text, id, say and sig; the template shows a button with each
// text, whose action is a callback with that id and with say and sig as parameters.
const (
	ParamTitle   = "title"
	ParamText    = "text"
	ParamText2   = "text2"
	ParamText3   = "text3"
	ParamButtons = "buttons"
	ParamStatus  = "status" // empty, later the outcome
	ParamSay     = "say"
	ParamSign    = "sig"
)

// CardParams lists the parameters that a template must have.
func CardParams() []string {
	return []string{ParamTitle, ParamText, ParamText2, ParamText3, ParamButtons, ParamStatus}
}

// CardTrack is the id of the card that a message becomes: the same at every try, so
// that DingTalk itself makes no second one.
func CardTrack(outID string) string {
	sum := sha256.Sum256([]byte(outID))
	return "duban-" + hex.EncodeToString(sum[:16])
}

// pressSign ties the words of a button to its card and to the room or person that the
// card was sent to. DingTalk's own signature of a press covers nothing of its body.
func pressSign(secret, track, to, action, say string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	for _, part := range []string{"duban card press", track, to, action, say} {
		mac.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// cardChoice is one button as it stands in the parameters.
type cardChoice struct {
	Text string `json:"text"`
	ID   string `json:"id"`
	Say  string `json:"say"`
	Sign string `json:"sig"`
}

// cardable reports whether a message goes as an interactive card.
func (c *Client) cardable(out bot.Outgoing) bool {
	if c.opt.CardTemplate == "" || c.opt.ClientID == "" || c.opt.Secret == "" || out.ID == "" || len(out.Buttons) == 0 {
		return false
	}
	_, ok := c.cardOf(out)
	return ok && c.cards.open(CardTrack(out.ID), c.opt.Now())
}

// cardOf makes the card of a message, unless it does not fit into one.
func (c *Client) cardOf(out bot.Outgoing) (Card, bool) {
	to := out.Room
	if to == "" {
		to = out.Member
	}
	track := CardTrack(out.ID)
	choices := make([]cardChoice, len(out.Buttons))
	for i, b := range out.Buttons {
		id := "b" + strconv.Itoa(i+1)
		choices[i] = cardChoice{Text: b.Label, ID: id, Say: b.Say, Sign: pressSign(c.opt.Secret, track, to, id, b.Say)}
	}
	buttons, err := encode(choices)
	text := compose(bot.Outgoing{Title: out.Title, Markdown: out.Markdown, Member: to}, false).text
	blocks, fits := cardBlocks(text)
	if err != nil || !fits || len(buttons) > maxParamValue || to == "" {
		return Card{}, false
	}
	card := Card{
		Template: c.opt.CardTemplate, Track: track, Room: out.Room, Member: out.Member, Route: c.opt.CardRoute,
		Summary: title(out),
		Params: map[string]string{
			ParamTitle: title(out), ParamText: blocks[0], ParamText2: blocks[1], ParamText3: blocks[2],
			ParamButtons: string(buttons), ParamStatus: "",
		},
	}
	if out.Room != "" {
		card.At = slices.Clone(out.At)
	}
	return card, true
}

// cardBlocks cuts text into three blocks at line borders, inside a line only where it
// must, and reports whether they hold it all.
func cardBlocks(text string) (blocks [3]string, fits bool) {
	for i := range blocks {
		n := len(text)
		if n > maxParamValue {
			n = len(cut(text, maxParamValue))
			if line := strings.LastIndexByte(text[:n], '\n'); line > maxParamValue/2 {
				n = line
			}
		}
		blocks[i], text = strings.Trim(text[:n], "\n"), strings.TrimLeft(text[n:], "\n")
	}
	return blocks, text == "" && utf8.ValidString(blocks[0])
}

// byCard sends a message with buttons as an interactive card. That the card is there
// already means that an earlier try, whose outcome was unknown, has delivered it.
func (c *Client) byCard(ctx context.Context, out bot.Outgoing) (string, error) {
	card, ok := c.cardOf(out)
	if !ok {
		return "", tooLong(opCard, len(out.Markdown))
	}
	ref, err := c.CreateAndDeliver(ctx, card)
	var no *bot.Refusal
	switch {
	case errors.As(err, &no) && no.Code == codeExists:
		c.opt.Log.Info("card was made by an earlier try", "message", out.ID)
		return "", nil
	case errors.As(err, &no) && no.Code == CodeUndelivered:
		c.cards.add(card.Track) // later tries would take it for delivered
		if c.cards.keeper != nil {
			if err := c.cards.keeper.Hide(ctx, card.Track); err != nil {
				c.opt.Log.Warn("hidden card known to this process only", "card", card.Track, "err", err)
			}
		}
	case errors.As(err, &no) && brokenSetup(no):
		c.cards.rest(c.opt.Now().Add(cardRest))
	}
	return ref, err
}

// SettleCard shows the outcome on the card that the message with that id became, and
// takes its buttons away, for everyone. A *bot.Refusal with param.cardNotExist means
// that it went without a card. It is for outcomes that come later than the press.
func (c *Client) SettleCard(ctx context.Context, outID, status string) error {
	return c.UpdateCard(ctx, CardTrack(outID), settled(status))
}

// settled are the parameters of a card that has its outcome.
func settled(status string) map[string]string {
	return map[string]string{ParamStatus: cut(status, maxParamValue), ParamButtons: "[]"}
}

// brokenSetup reports whether no card at all can be sent, so that trying with each
// message would only cost calls.
func brokenSetup(no *bot.Refusal) bool {
	return strings.HasPrefix(no.Code, "param.template") || strings.Contains(no.Code, "AccessDenied") && !no.Retry
}

// closedToCards reports whether err is a no to the card for good: the message then
// goes without one.
func closedToCards(err error) bool {
	var no *bot.Refusal
	return errors.As(err, &no) && !no.Retry
}

// cardRest is how long no card is tried after a refusal that concerns them all.
const cardRest = 10 * time.Minute

// CardKeeper remembers over restarts which cards were made and shown nowhere.
type CardKeeper interface {
	Hidden(track string) bool
	Hide(ctx context.Context, track string) error
}

// KeepCards gives the client a memory for its cards. It is set before the first message;
// without one, a message whose card was shown nowhere before a restart would count as
// delivered when it is tried again.
func (c *Client) KeepCards(k CardKeeper) { c.cards.keeper = k }

// cardWay remembers the cards that were made but shown nowhere.
type cardWay struct {
	keeper CardKeeper // nil: only what this process saw is known

	mu     sync.Mutex
	failed []string
	until  time.Time // no card before
}

const keptFailed = 1024

func newCardWay() *cardWay { return &cardWay{} }

// open reports whether a card may be tried.
func (w *cardWay) open(track string, now time.Time) bool {
	if w.keeper != nil && w.keeper.Hidden(track) {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return !now.Before(w.until) && !slices.Contains(w.failed, track)
}

func (w *cardWay) rest(until time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.until = until
}

func (w *cardWay) add(track string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failed = append(w.failed, track)
	if len(w.failed) > keptFailed {
		w.failed = w.failed[1:]
	}
}
