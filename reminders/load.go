package reminders

import (
	"strings"

	"duban/store/ledger"
)

// burden counts what the notices owe each receiver, as they would be worded on the day,
// into the receiver's load of the month. The records belong into the commit of the
// notices: counted with them or not at all, by one replica.
func (p *Planner) burden(book *ledger.Book, notices []ledger.Notice, day ledger.Date) ([]ledger.Record, []ledger.Expect, error) {
	var puts []ledger.Record
	var expects []ledger.Expect
	for _, n := range notices {
		body, ok := Nudge(p.Rules, book, p.Cal, n, day)
		if !ok {
			continue
		}
		l := ledger.Load{Messages: 1, Mentions: len(body.At)}
		for _, i := range n.Items {
			switch i.Rule {
			case RuleWeek:
				continue
			case RuleReport, RuleSign:
				l.Requests++
			}
			l.Items++
		}
		rec, expect, err := book.AddLoad(day, n.To, l)
		if err != nil {
			return nil, nil, err
		}
		puts, expects = append(puts, rec), append(expects, expect)
	}
	return append(puts, outdated(book, day)...), expects, nil
}

// loadMonths is how long loads are kept.
const loadMonths = 24

// outdated removes the loads of months that nobody will ask for any more.
func outdated(book *ledger.Book, day ledger.Date) []ledger.Record {
	oldest := ledger.LoadID(day.AddMonths(-loadMonths), ledger.Target{})[:len("load/2018-09")]
	var out []ledger.Record
	for id := range book.Settings {
		if strings.HasPrefix(id, "load/") && id < oldest {
			out = append(out, ledger.Record{Kind: ledger.RecordSetting, ID: id})
		}
	}
	return out
}
