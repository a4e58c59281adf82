package llm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// gate makes the facts ready to leave: one JSON object whose texts stand on one line
// and hold no hidden character, small enough, about something, and free of what must
// stay here. It refuses as a whole; masking would leave the rest of the sentence to tell.
func (c *Client) gate(facts any) ([]byte, error) {
	data, err := json.Marshal(facts)
	if err != nil {
		return nil, fmt.Errorf("llm: encode facts: %w", err)
	}
	if len(data) > maxFacts {
		return nil, ErrTooLarge
	}
	var v any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("llm: read facts: %w", err)
	}
	secret := false
	v = plain(v, func(s string) { secret = secret || c.o.Secrecy.Sensitive(s) })
	if secret {
		return nil, ErrSensitive
	}
	if data, err = json.Marshal(v); err != nil {
		return nil, fmt.Errorf("llm: encode facts: %w", err)
	}
	k, err := read(data)
	if err != nil {
		return nil, err
	}
	if k.Total <= 0 {
		return nil, ErrEmpty
	}
	return data, nil
}

// plain returns the value with every text on one line, showing each to see.
func plain(v any, see func(string)) any {
	switch x := v.(type) {
	case string:
		x = oneLine(x)
		see(x)
		return x
	case []any:
		for i := range x {
			x[i] = plain(x[i], see)
		}
	case map[string]any:
		for k := range x {
			x[k] = plain(x[k], see)
		}
	}
	return v
}

func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
