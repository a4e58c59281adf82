package bottest

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// PressLimit is how long a person's client waits for the answer to a press.
const PressLimit = 2 * time.Second

// CardNote is one interactive card. Its template is taken to show a button for each
// entry of the parameter "buttons", a JSON list of objects with text and id; their
// other fields are the parameters of the press.
type CardNote struct {
	Track    string
	Template string
	Params   map[string]string
	Private  map[string]map[string]string // by person
	Stream   bool                         // presses go by Stream mode
	Route    string                       // else by this route
	Spaces   []CardSpace                  // where it is shown
	Final    bool                         // its streaming has ended
	guids    map[string]bool              // of streaming calls
}

// CardSpace is one place where a card is shown.
type CardSpace struct {
	Group   string // a group, or
	User    string // a person's own chat
	Carrier string // processQueryKey
}

// Seen is what one person sees of the card's parameters.
func (n CardNote) Seen(user string) map[string]string {
	all := maps.Clone(n.Params)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, n.Private[user])
	return all
}

func (n *CardNote) clone() CardNote {
	c := *n
	c.Params, c.Private, c.Spaces, c.guids = maps.Clone(n.Params), map[string]map[string]string{}, slices.Clone(n.Spaces), nil
	for who, p := range n.Private {
		c.Private[who] = maps.Clone(p)
	}
	return c
}

// Card gives the card of an outTrackId.
func (f *Fake) Card(track string) (CardNote, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.office.cards[track]
	if n == nil {
		return CardNote{}, false
	}
	return n.clone(), true
}

// SetTemplates tells which card templates exist; without it every id does.
func (f *Fake) SetTemplates(ids ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.office.templates = map[string]bool{}
	for _, id := range ids {
		f.office.templates[id] = true
	}
}

// SetPressLimit sets how long people wait for the answer to a press.
func (f *Fake) SetPressLimit(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.office.pressLimit = d
}

// cardRoute is where presses go over HTTP.
type cardRoute struct{ url, secret string }

// merge changes a map by key, or replaces it.
func merge(old map[string]string, change map[string]string, byKey bool) map[string]string {
	if byKey && old != nil {
		old = maps.Clone(old)
		maps.Copy(old, change)
		return old
	}
	return maps.Clone(change)
}

// place reads one part of an openSpaceId, whose type is in any case.
func place(part string) (group, user string, ok bool) {
	kind, id, found := strings.Cut(part, ".")
	switch kind = strings.ToUpper(kind); {
	case !found || id == "":
		return "", "", false
	case kind == "IM_GROUP":
		return id, "", true
	case kind == "IM_ROBOT":
		return "", id, true
	}
	return "", "", false
}

// places reads an openSpaceId.
func places(raw string) ([]CardSpace, bool) {
	const scheme = "dtv1.card//"
	if len(raw) < len(scheme) || !strings.EqualFold(raw[:len(scheme)], scheme) {
		return nil, false
	}
	var list []CardSpace
	for part := range strings.SplitSeq(raw[len(scheme):], ";") {
		group, user, ok := place(part)
		if !ok {
			return nil, false
		}
		list = append(list, CardSpace{Group: group, User: user})
	}
	return list, true
}
