package zhengding

import "encoding/json"

// Open is the reading of a gateway's reply, for tests.
func Open(body []byte) (payload json.RawMessage, code, msg string, err error) {
	payload, no, err := open(body)
	if no != nil {
		return payload, no.code, no.msg, err
	}
	return payload, "", "", err
}

// Pages cuts text and tail, for tests.
func Pages(text, tail string, budget, most int) []string {
	return letter{text: breakLines(text), tail: tail}.pages(budget, most)
}

// Cost is what s takes inside a JSON text, for tests.
func Cost(s string) int { return cost(s) }
