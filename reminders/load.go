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
	sum := map[ledger.Target]ledger.Load{}
	var order []ledger.Target
	count := func(to ledger.Target, l ledger.Load) {
		if _, known := sum[to]; !known {
			order = append(order, to)
		}
		sum[to] = sum[to].Plus(l)
	}
	for _, n := range notices {
		if n.Kind == ledger.NoticeBulletin {
			count(n.To, ledger.Load{Messages: 1, Items: 1})
			continue
		}
		body, ok := Nudge(p.Rules, book, p.Cal, n, day)
		if !ok {
			continue
		}
		l := ledger.Load{Messages: 1, Mentions: len(body.At)}
		for _, i := range n.Items {
			switch i.Rule {
			case RuleWeek, RuleNobody:
				continue
			case RuleReport, RuleSign, RuleFollow:
				l.Requests++
			}
			l.Items++
		}
		count(n.To, l)
	}
	for _, to := range order {
		rec, expect, err := book.AddLoad(day, to, sum[to])
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
