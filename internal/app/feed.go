package app

import (
	"net/http"
	"strings"

	"duban/handlers"
	"duban/handlers/report"
	"duban/handlers/report/calendar"
	"duban/store/ledger"
)

// feed serves deadlines to calendar programs: a unit's or a person's, named by a token
// that the chat gives out and can revoke.
func (o *office) feed(mux *http.ServeMux) {
	secret := []byte(o.cfg.Report.FeedSecret.Reveal())
	if len(secret) == 0 {
		return
	}
	mux.HandleFunc("GET /calendar/{token}", func(w http.ResponseWriter, r *http.Request) {
		book, err := o.desk.Fresh(r.Context())
		if err != nil {
			o.log.Warn("feed not made", "err", err)
			plain(w, http.StatusServiceUnavailable, "try again later\n")
			return
		}
		token, _ := strings.CutSuffix(r.PathValue("token"), ".ics")
		subject, err := calendar.Verify(secret, token, func(s string) int { return handlers.FeedGeneration(book, s) })
		if err != nil {
			plain(w, http.StatusNotFound, "no such calendar\n")
			return
		}
		o.writeFeed(w, book, subject)
	})
}

func (o *office) writeFeed(w http.ResponseWriter, book *ledger.Book, subject string) {
	q := report.Query{Now: o.now(), Rules: lightRules(o.cfg, book), Lights: o.rules.Lights, Soon: 30, Silent: 14}
	name := ""
	if id, ok := strings.CutPrefix(subject, calendar.SubjectMember("")); ok {
		if m := book.Members[id]; m != nil && len(m.Units) > 0 {
			q.Units, name = m.Units, strings.Join(m.Units, "、")
		}
	} else {
		q.Unit = strings.TrimPrefix(subject, calendar.SubjectUnit(""))
		name = q.Unit
	}
	if name == "" {
		plain(w, http.StatusNotFound, "no such calendar\n")
		return
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Cache-Control", "private, max-age=900")
	f := calendar.Feed{Name: "督办时限（" + name + "）", Tenant: o.cfg.Tenant, Now: o.now(), Items: calendar.Items(report.Compute(book, nil, q))}
	if err := calendar.Write(w, f); err != nil {
		o.log.Info("feed not delivered", "err", err)
	}
}
