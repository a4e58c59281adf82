package app

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
)

// TestFeed: a person and a unit have a calendar each, at an address that only chat gives
// out and that whoever holds it can revoke; another's library reads them, folded lines and
// all, as whole days.
func TestFeed(t *testing.T) {
	w := newWorld(t)
	const base = "http://calendar.example"
	bot := w.serve(t.TempDir(), "DUBAN_REPORT_FEED_SECRET=0123456789abcdef0123456789abcdef", "DUBAN_REPORT_BASE_URL="+base)
	address := func(user, text string) string {
		t.Helper()
		w.direct(user, text, base+"/calendar/")
		notes := w.fake.SeenBy(user)
		return bot.url + "/calendar/" + between(notes[len(notes)-1].Text, base+"/calendar/", ".ics") + ".ics"
	}
	calendar := func(url string) (status int, events []ical.Event) {
		t.Helper()
		resp, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return resp.StatusCode, nil
		}
		cal, err := ical.NewDecoder(resp.Body).Decode()
		if err == nil {
			err = ical.NewEncoder(io.Discard).Encode(cal) // which refuses what the RFC does
		}
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, cal.Events()
	}
	own, unit, other := address("zhangmin", "日历"), address("zhangmin", "市大数据中心的日历"), address("wanghui", "日历 市财政局")
	for url, part := range map[string]string{own: "市大数据中心", unit: "市大数据中心", other: "市财政局"} {
		status, events := calendar(url)
		if status != http.StatusOK || len(events) == 0 {
			t.Fatalf("%s: status %d, %d events", part, status, len(events))
		}
		for _, e := range events {
			note, err := e.Props.Text(ical.PropDescription)
			if err != nil || !strings.Contains(note, part) || e.Props.Get(ical.PropDateTimeStart).ValueType() != ical.ValueDate {
				t.Errorf("%s has %+v, %v", part, e.Props, err)
			}
		}
	}
	w.direct("zhangmin", "市财政局的日历", "您只能订阅本单位的日历")
	w.direct("wanghui", "日历", "请写明要哪个单位的日历")
	gone := func(what string, url string) {
		t.Helper()
		if status, _ := calendar(url); status != http.StatusNotFound {
			t.Errorf("%s: status %d", what, status)
		}
	}
	w.direct("zhangmin", "重置日历", "已作废")
	gone("a person's revoked calendar", own)
	if status, _ := calendar(unit); status != http.StatusOK {
		t.Errorf("the unit's went with the person's: %d", status)
	}
	w.direct("wanghui", "重置日历 市大数据中心", "确认作废市大数据中心的日历地址")
	if status, _ := calendar(unit); status != http.StatusOK {
		t.Errorf("revoked without a yes: %d", status)
	}
	w.direct("wanghui", "确认", "已作废")
	gone("a unit's revoked calendar", unit)
	if status, events := calendar(address("zhangmin", "市大数据中心的日历")); status != http.StatusOK || len(events) == 0 {
		t.Errorf("the new one: %d, %d events", status, len(events))
	}
	gone("an invented calendar", bot.url+"/calendar/bWVtYmVyOnpoYW5nbWlu.AAAAAAAAAAAAAAAAAAAAAA.ics")
	bot.end(t)
}
