package bottest

import (
	"encoding/json"
	"net/http"
	"slices"
)

// Limits of card parameters.
const (
	maxParamKey   = 100
	maxParamValue = 1 << 10
	maxStreamed   = 3 << 10
)

// params is a cardParamMap; decoding refuses values that are no strings.
type params struct {
	Map map[string]string `json:"cardParamMap"`
}

func (p params) ok() bool {
	for k, v := range p.Map {
		if k == "" || len(k) > maxParamKey || len(v) > maxParamValue {
			return false
		}
	}
	return true
}

// cardCall is the body of the calls about cards.
type cardCall struct {
	Template     string            `json:"cardTemplateId"`
	Track        string            `json:"outTrackId"`
	CallbackType string            `json:"callbackType"`
	Route        string            `json:"callbackRouteKey"`
	Data         params            `json:"cardData"`
	Private      map[string]params `json:"privateData"`
	Space        string            `json:"openSpaceId"`
	GroupSpace   json.RawMessage   `json:"imGroupOpenSpaceModel"`
	RobotSpace   json.RawMessage   `json:"imRobotOpenSpaceModel"`
	Group        *struct {
		Robot string            `json:"robotCode"`
		At    map[string]string `json:"atUserIds"`
	} `json:"imGroupOpenDeliverModel"`
	Robot *struct {
		Space string `json:"spaceType"`
		Robot string `json:"robotCode"`
	} `json:"imRobotOpenDeliverModel"`
	Options struct {
		ByKey        bool `json:"updateCardDataByKey"`
		PrivateByKey bool `json:"updatePrivateDataByKey"`
	} `json:"cardUpdateOptions"`
}

// card reads the body; code says what is wrong with it.
func (f *Fake) card(c call) (in cardCall, code string) {
	if json.Unmarshal(c.body, &in) != nil {
		return in, "param.empty"
	}
	if in.Track == "" {
		return in, "param.outTrackIdEmpty"
	}
	fits := in.Data.ok()
	for who, p := range in.Private {
		if u := f.users[who]; u == nil || u.External {
			return in, "param.userIdNotExist"
		}
		fits = fits && p.ok()
	}
	if !fits {
		return in, "param.empty"
	}
	return in, ""
}

// create makes the card without showing it; code says why not.
func (f *Fake) create(in cardCall) (code string) {
	switch {
	case in.Template == "":
		return "param.cardTemplateIdEmpty"
	case f.office.templates != nil && !f.office.templates[in.Template]:
		return "param.templateNotExist"
	case f.office.cards[in.Track] != nil:
		return "param.cardAlreadyExist"
	}
	n := &CardNote{
		Track: in.Track, Template: in.Template, Params: in.Data.Map, Private: map[string]map[string]string{},
		Stream: in.CallbackType == "STREAM", Route: in.Route, guids: map[string]bool{},
	}
	for who, p := range in.Private {
		n.Private[who] = p.Map
	}
	f.office.cards[in.Track] = n
	return ""
}

// spaces checks where a card is to be shown; code says what is wrong.
func (f *Fake) spaces(in cardCall) (list []CardSpace, code string) {
	if in.Space == "" {
		return nil, "param.openSpaceIdEmpty"
	}
	list, ok := places(in.Space)
	if !ok {
		return nil, "param.openSpaceIdInvalid"
	}
	for _, s := range list {
		if s.Group != "" && in.Group == nil || s.User != "" && (in.Robot == nil || in.Robot.Space != "IM_ROBOT") {
			return nil, "param.spaceDeliverModelEmpty"
		}
	}
	return list, ""
}

// deliverCard shows a card in each place and tells of each.
func (f *Fake) deliverCard(in cardCall, list []CardSpace) []any {
	n, results := f.office.cards[in.Track], []any{}
	for _, s := range list {
		kind, id, problem := "IM_GROUP", s.Group, ""
		if s.User != "" {
			kind, id = "IM_ROBOT", s.User
			if u := f.users[s.User]; u == nil || u.External || in.Robot.Robot != f.opt.RobotCode {
				problem = "用户不存在"
			}
		} else if g := f.groups[s.Group]; g == nil || g.Gone || g.NoBot || in.Group.Robot != f.opt.RobotCode {
			problem = "机器人不在群内"
		}
		carrier := ""
		if problem == "" {
			carrier = f.id("pqkCard%06d=")
			s.Carrier = carrier
			n.Spaces = append(n.Spaces, s)
			f.showCard(n, s, in)
		}
		results = append(results, map[string]any{
			"spaceType": kind, "spaceId": id, "success": problem == "", "carrierId": carrier, "errorMsg": problem,
		})
	}
	return results
}

// showCard adds what people see of a fresh card.
func (f *Fake) showCard(n *CardNote, s CardSpace, in cardCall) {
	note := Note{
		Ref: s.Carrier, Via: "card", Group: s.Group, User: s.User, Type: "card", Card: n.Track,
		Title: n.Params["title"], Raw: n.Params["text"], Text: n.Params["text"],
	}
	if g := f.groups[s.Group]; g != nil && in.Group != nil {
		for _, id := range g.Members {
			if _, named := in.Group.At[id]; named {
				note.At = append(note.At, id)
			}
		}
	}
	f.show(note)
}

func (f *Fake) cardCreateAndDeliver(c call) answer {
	in, code := f.card(c)
	var list []CardSpace
	if code == "" {
		list, code = f.spaces(in)
	}
	if code == "" {
		code = f.create(in)
	}
	if code != "" {
		return f.badRequest(code, code)
	}
	return ok(map[string]any{"success": true, "result": map[string]any{"outTrackId": in.Track, "deliverResults": f.deliverCard(in, list)}})
}

func (f *Fake) cardCreate(c call) answer {
	in, code := f.card(c)
	if code == "" {
		code = f.create(in)
	}
	if code != "" {
		return f.badRequest(code, code)
	}
	return ok(map[string]any{"success": true, "result": in.Track})
}

func (f *Fake) cardDeliver(c call) answer {
	in, code := f.card(c)
	var list []CardSpace
	if code == "" {
		list, code = f.spaces(in)
	}
	if code == "" && f.office.cards[in.Track] == nil {
		code = "param.cardNotExist"
	}
	if code != "" {
		return f.badRequest(code, code)
	}
	return ok(map[string]any{"success": true, "result": f.deliverCard(in, list)})
}

func (f *Fake) cardUpdate(c call) answer {
	in, code := f.card(c)
	n := f.office.cards[in.Track]
	switch {
	case code != "":
	case n == nil:
		code = "param.cardNotExist"
	case len(in.Data.Map) == 0 && len(in.Private) == 0:
		code = "param.cardDataAndPrivateDataBothEmpty"
	}
	if code != "" {
		return f.badRequest(code, code)
	}
	if len(in.Data.Map) > 0 {
		n.Params = merge(n.Params, in.Data.Map, in.Options.ByKey)
	}
	for who, p := range in.Private {
		n.Private[who] = merge(n.Private[who], p.Map, in.Options.PrivateByKey)
	}
	return ok(map[string]any{"success": true, "result": true})
}

func (f *Fake) cardStream(c call) answer {
	var in struct {
		Track   string `json:"outTrackId"`
		GUID    string `json:"guid"`
		Key     string `json:"key"`
		Content string `json:"content"`
		Full    bool   `json:"isFull"`
		Final   bool   `json:"isFinalize"`
	}
	bad := func(code string) answer { return answer{http.StatusBadRequest, f.apiError(code, code)} }
	if json.Unmarshal(c.body, &in) != nil {
		return bad("param.empty")
	}
	n := f.office.cards[in.Track]
	switch {
	case in.Track == "":
		return bad("param.stream.outTrackId")
	case in.GUID == "":
		return bad("param.stream.guidEmpty")
	case in.Key == "":
		return bad("param.stream.keyEmpty")
	case in.Content == "":
		return bad("param.stream.contentEmpty")
	case len(in.Content) > maxStreamed:
		return f.badRequest("param.stream.content", "content is too large")
	case n == nil:
		return bad("param.cardNotExist")
	}
	if !n.guids[in.GUID] {
		n.guids[in.GUID] = true
		if in.Full {
			n.Params = merge(n.Params, map[string]string{in.Key: in.Content}, true)
		} else {
			n.Params = merge(n.Params, map[string]string{in.Key: n.Params[in.Key] + in.Content}, true)
		}
		n.Final = n.Final || in.Final
	}
	return ok(map[string]any{"success": true, "result": true})
}

func (f *Fake) cardRegister(c call) answer {
	var in struct {
		Route  string `json:"callbackRouteKey"`
		URL    string `json:"callbackUrl"`
		Secret string `json:"apiSecret"`
		Force  bool   `json:"forceUpdate"`
	}
	if json.Unmarshal(c.body, &in) != nil || in.Route == "" || !absolute(in.URL) || in.Secret == "" {
		return f.badRequest("param.empty", "参数为空")
	}
	r, known := f.office.routes[in.Route]
	if !known || in.Force {
		r = cardRoute{in.URL, in.Secret}
		f.office.routes[in.Route] = r
	}
	return ok(map[string]any{"success": true, "result": map[string]any{"callbackUrl": r.url, "apiSecret": r.secret}})
}

// in reports whether a person sees a space.
func (f *Fake) in(user string, s CardSpace) bool {
	if s.User != "" {
		return s.User == user
	}
	g := f.groups[s.Group]
	return g != nil && !g.Gone && slices.Contains(g.Members, user)
}
