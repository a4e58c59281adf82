package report

import (
	"duban/internal/wording"
	"duban/store/ledger"
)

// Published makes the query ask for what a published issue tells: its period, its moment,
// and what the configuration gave to it when it was published. An issue from before that
// was kept leaves the query's own words, note and owed reports as they are.
func (q Query) Published(i ledger.Issue) Query {
	q.From, q.To, q.Now, q.Rules = i.From, i.To, i.AsOf, i.Rules
	if i.Imprint == nil {
		return q
	}
	q.Note, q.Alike, q.Lights = i.Note, i.Alike, nil
	q.Owing, q.IsWorkday = i.Owing, nil
	for l, word := range i.Words {
		if q.Lights == nil {
			q.Lights = wording.Lights{}
		}
		q.Lights[l] = wording.Light{Word: word}
	}
	return q
}
