package dingtalk

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"

	"duban/bot"
	"duban/bot/wire"
)

const (
	opCard       = "card"
	pathCards    = "/v1.0/card/instances"
	pathDeliver  = "/v1.0/card/instances/createAndDeliver"
	pathRegister = "/v1.0/card/callbacks/register"
)

// Limits of a card's parameters, in bytes.
const (
	maxParamKey   = 100
	maxParamValue = 1 << 10
)

// CodeUndelivered is the refusal of a card that was made but shown nowhere.
const CodeUndelivered = "card.undelivered"

// codeExists: the card of that track was made by an earlier try.
const codeExists = "param.cardAlreadyExist"

// Card is one interactive card. Exactly one of Room and Member is set. Parameters are
// strings, as DingTalk wants them: lists and objects are JSON text.
type Card struct {
	Template string // id, ends in ".schema"
	Track    string // our own id of the card, the handle on it from now on
	Room     string
	Member   string
	Params   map[string]string
	Private  map[string]map[string]string // staff id → parameters that only this person sees
	Summary  string                       // shown in the list of conversations
	At       []string                     // staff ids to mention; groups only
	Route    string                       // of RegisterCallback; empty lets presses come by Stream
}

// paramMap is how parameters stand in every call.
type paramMap struct {
	Params map[string]string `json:"cardParamMap"`
}

// CreateAndDeliver makes a card and shows it. The ref is the processQueryKey under
// which it can be recalled. A *bot.Refusal with param.cardAlreadyExist means that an
// earlier try has made the card; with CodeUndelivered, that the card exists but was
// shown nowhere.
func (c *Client) CreateAndDeliver(ctx context.Context, card Card) (ref string, err error) {
	if (card.Room == "") == (card.Member == "") || card.Track == "" || card.Template == "" {
		return "", &bot.Refusal{Op: opCard, Code: codeBad, Msg: "a card needs a template, a track and exactly one addressee"}
	}
	if err := checkParams(card.Params); err != nil {
		return "", err
	}
	for _, p := range card.Private {
		if err := checkParams(p); err != nil {
			return "", err
		}
	}
	var got struct {
		Success flag `json:"success"`
		Result  struct {
			Delivered []struct {
				Success flag  `json:"success"`
				Carrier loose `json:"carrierId"`
				Error   loose `json:"errorMsg"`
				Space   loose `json:"spaceId"`
			} `json:"deliverResults"`
		} `json:"result"`
	}
	if err := c.request(ctx, apiCall{op: opCard, path: pathDeliver, body: c.cardBody(card)}, &got); err != nil {
		return "", err
	}
	if got.Success == no {
		return "", &bot.Refusal{Op: opCard, Code: CodeUndelivered, Msg: "DingTalk did not do it"}
	}
	if len(got.Result.Delivered) == 0 {
		return "", fmt.Errorf("%w: %s: reply without deliveries", wire.ErrUnknown, opCard)
	}
	for _, d := range got.Result.Delivered { // HTTP 200 and the outer success mean nothing
		if d.Success != yes {
			return "", &bot.Refusal{Op: opCard, Code: CodeUndelivered, Msg: cut(string(d.Error), maxName)}
		}
		ref = cmp.Or(ref, string(d.Carrier))
	}
	return ref, nil
}

// cardBody is the body of createAndDeliver.
func (c *Client) cardBody(card Card) map[string]any {
	body := map[string]any{
		"cardTemplateId": card.Template, "outTrackId": card.Track, "userIdType": 1,
		"cardData": paramMap{card.Params}, "callbackType": "STREAM",
	}
	if card.Route != "" {
		body["callbackType"], body["callbackRouteKey"] = "HTTP", card.Route
	}
	if len(card.Private) > 0 {
		private := map[string]paramMap{}
		for who, p := range card.Private {
			private[who] = paramMap{p}
		}
		body["privateData"] = private
	}
	// A card that was forwarded could be pressed by people it was not meant for.
	space := map[string]any{"supportForward": false}
	if card.Summary != "" {
		space["lastMessageI18n"] = map[string]string{"ZH_CN": card.Summary}
	}
	if card.Member != "" {
		body["openSpaceId"] = "dtv1.card//IM_ROBOT." + card.Member
		body["imRobotOpenSpaceModel"] = space
		body["imRobotOpenDeliverModel"] = map[string]string{"spaceType": "IM_ROBOT", "robotCode": c.opt.RobotCode}
		return body
	}
	deliver := map[string]any{"robotCode": c.opt.RobotCode}
	if len(card.At) > 0 {
		at := map[string]string{}
		for _, id := range card.At[:min(len(card.At), maxAt)] {
			at[id] = id
		}
		deliver["atUserIds"] = at
	}
	body["openSpaceId"] = "dtv1.card//IM_GROUP." + card.Room
	body["imGroupOpenSpaceModel"], body["imGroupOpenDeliverModel"] = space, deliver
	return body
}

// UpdateCard changes parameters of a card, for everyone, and leaves the others as they
// are. It must not be called for a card while a press on it is being answered: the two
// would race, and the answer itself can change the card.
func (c *Client) UpdateCard(ctx context.Context, track string, params map[string]string) error {
	if track == "" || len(params) == 0 {
		return &bot.Refusal{Op: opCard, Code: codeBad, Msg: "which card, and what of it"}
	}
	if err := checkParams(params); err != nil {
		return err
	}
	return c.cardResult(ctx, apiCall{op: opCard, method: http.MethodPut, path: pathCards, rate: "PUT " + pathCards, body: map[string]any{
		"outTrackId": track, "cardData": paramMap{params}, "userIdType": 1, "cardUpdateOptions": byKey(),
	}})
}

// updateOptions without which DingTalk would replace the whole map.
type updateOptions struct {
	Data    bool `json:"updateCardDataByKey"`
	Private bool `json:"updatePrivateDataByKey"`
}

func byKey() updateOptions { return updateOptions{true, true} }

// RegisterCallback tells DingTalk where presses on cards of a route go: the address of
// a CardDoor, and the secret with which DingTalk is to sign them. An existing route is
// overwritten.
func (c *Client) RegisterCallback(ctx context.Context, route, address, secret string) error {
	if route == "" || secret == "" || !strings.Contains(address, "://") {
		return &bot.Refusal{Op: opCard, Code: codeBad, Msg: "a route needs a key, an address and a secret"}
	}
	return c.cardResult(ctx, apiCall{op: opCard, path: pathRegister, body: map[string]any{
		"callbackRouteKey": route, "callbackUrl": address, "apiSecret": secret, "forceUpdate": true,
	}})
}

// cardResult wants a success that is not false.
func (c *Client) cardResult(ctx context.Context, a apiCall) error {
	var got struct {
		Success flag `json:"success"`
	}
	if err := c.request(ctx, a, &got); err != nil {
		return err
	}
	if got.Success == no {
		return &bot.Refusal{Op: a.op, Code: "success.false", Msg: "DingTalk did not do it"}
	}
	return nil
}

func checkParams(params map[string]string) error {
	for k, v := range params {
		if k == "" || len(k) > maxParamKey || len(v) > maxParamValue {
			return &bot.Refusal{Op: opCard, Code: codeLong, Msg: fmt.Sprintf("parameter %s of %d bytes, the limit is %d", cut(k, maxParamKey), len(v), maxParamValue)}
		}
	}
	return nil
}
