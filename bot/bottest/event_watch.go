package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// subscription is where events go over HTTP.
type subscription struct {
	to   string
	keys EventKeys
}

// SubscribeEvents tells where events go, as an administrator does in the console, which
// tries the address first; an address that does not answer is not taken.
func (f *Fake) SubscribeEvents(ctx context.Context, to string, keys EventKeys) error {
	if _, err := f.PushEvent(ctx, EventPush{To: to, Keys: keys, Fields: map[string]any{"EventType": "check_url"}}); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.office.events = &subscription{to, keys}
	return nil
}

// ErrNoNote: nothing was sent under the processQueryKey.
var ErrNoNote = errors.New("bottest: no such message")

// ReadAndTell lets a person read what was sent under ref, of which the bot hears by an
// event when it has subscribed. The status is that of its answer, 0 when it has not.
func (f *Fake) ReadAndTell(ctx context.Context, user, ref string) (status int, err error) {
	f.Read(user, ref)
	return f.tell(ctx, "robot_msg_read", user, ref)
}

// RecallByAdmin takes back what was sent under ref as an administrator does, of which
// the bot hears by an event when it has subscribed. The status is that of its answer.
func (f *Fake) RecallByAdmin(ctx context.Context, admin, ref string) (status int, err error) {
	f.mu.Lock()
	for _, n := range f.sent(ref) {
		n.Recalled = true
	}
	f.mu.Unlock()
	return f.tell(ctx, "robot_msg_recall", admin, ref)
}

// tell pushes an event about a message.
func (f *Fake) tell(ctx context.Context, kind, user, ref string) (int, error) {
	f.mu.Lock()
	list, to := f.sent(ref), f.office.events
	conversation := directID(user)
	if len(list) > 0 && list[0].Group != "" {
		conversation = list[0].Group
	}
	id := f.id("event-http-%d")
	f.mu.Unlock()
	switch {
	case len(list) == 0:
		return 0, fmt.Errorf("%w: %s", ErrNoNote, ref)
	}
	at := f.opt.Now().UnixMilli()
	if to == nil {
		return f.tellByStream(ctx, kind, map[string]any{
			"unionId": UnionID(user), "operatTime": at, "robotCode": f.opt.RobotCode, "openConversationId": conversation, "userId": user, "processQueryKey": ref,
		})
	}
	return f.PushEvent(ctx, EventPush{To: to.to, Keys: to.keys, Fields: map[string]any{
		"EventType": kind, "EventTime": at, "CorpId": f.opt.CorpID, "eventId": id, "UnionId": UnionID(user), "OperatTime": at,
		"RobotCode": f.opt.RobotCode, "OpenConversationId": conversation, "UserId": user, "ProcessQueryKey": ref,
	}})
}

// tellByStream sends the event in its camelCase form, to a bot that has subscribed there.
func (f *Fake) tellByStream(ctx context.Context, kind string, fields map[string]any) (int, error) {
	data, err := json.Marshal(fields)
	if err != nil {
		return 0, fmt.Errorf("bottest: event: %w", err)
	}
	if !f.gate.streams() {
		return 0, nil
	}
	r, err := f.Event(ctx, kind, data)
	if errors.Is(err, ErrNoLink) {
		return 0, nil // it comes when there is one
	}
	return r.Code, err
}
