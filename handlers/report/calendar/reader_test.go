package calendar

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/store/ledger"
)

// read has a feed read by a library that is not ours, and written again by it, which
// refuses a component that lacks what the RFC demands. It returns the events.
func read(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, feed string) []ical.Event {
	cal, err := ical.NewDecoder(strings.NewReader(feed)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	if err := ical.NewEncoder(io.Discard).Encode(cal); err != nil && len(cal.Events()) > 0 { // it refuses a calendar without events
		t.Fatal(err)
	}
	return cal.Events()
}

// told is what the reader made of an event.
func told(t interface{ Fatal(...any) }, e ical.Event) (out Item) {
	text := func(name string) string {
		s, err := e.Props.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	from, err := e.DateTimeStart(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	to, err := e.DateTimeEnd(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if e.Props.Get(ical.PropDateTimeStart).ValueType() != ical.ValueDate || to.Sub(from) != 24*time.Hour {
		t.Fatal("no event of one whole day: ", from, to)
	}
	return Item{Due: ledger.DateOf(from), Title: text(ical.PropSummary), Note: text(ical.PropDescription)}
}

// TestReadByOthers: another's library reads the deadlines of the plan as they were written,
// for a unit and for all.
func TestReadByOthers(t *testing.T) {
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{"", "市大数据中心"} {
		q := reporttest.Query(b, ledger.NewDate(2018, 12, 20))
		q.Unit = unit
		items := Items(report.AsOf(b, events, q))
		var want, got []Item
		for _, i := range items {
			want = append(want, Item{Due: i.Due, Title: i.Title, Note: i.Note})
		}
		for _, e := range read(t, feed(t, Feed{Name: "督办时限", Tenant: "huzhou", Now: q.Now, Items: items})) {
			got = append(got, told(t, e))
		}
		if d := cmp.Diff(want, got); d != "" || len(got) == 0 {
			t.Errorf("%s: %d events\n%s", unit, len(got), d)
		}
	}
}

// TestAnyTextReadByOthers: whatever a title and a note hold, another's library tells them back.
func TestAnyTextReadByOthers(t *testing.T) {
	words := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("任务完成，;,\\\"n:：\n😀𠮷")), rapid.Rune()))
	lines := func(s string) string {
		var out []string
		for _, l := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
			out = append(out, report.Plain(l))
		}
		return strings.Join(out, "\n")
	}
	rapid.Check(t, func(t *rapid.T) {
		i := Item{Task: "20", Point: "1", Due: ledger.NewDate(2018, 12, 31), Title: words.Draw(t, "title"), Note: words.Draw(t, "note")}
		list := read(t, feed(t, Feed{Name: words.Draw(t, "name"), Now: time.Unix(0, 0), Items: []Item{i}}))
		want := Item{Due: i.Due, Title: lines(i.Title), Note: lines(i.Note)}
		if len(list) != 1 {
			t.Fatalf("%d events", len(list))
		}
		if d := cmp.Diff(want, told(t, list[0])); d != "" {
			t.Fatal(d)
		}
	})
}

// TestReaderRefuses: the library finds what it is there for.
func TestReaderRefuses(t *testing.T) {
	good := []byte(feed(t, Feed{Name: "甲", Now: time.Unix(0, 0), Items: []Item{{Task: "1", Point: "1", Due: ledger.NewDate(2018, 12, 31), Title: strings.Repeat("乙", 40)}}}))
	for _, change := range [][2]string{{"END:VEVENT\r\n", ""}, {"UID:", "X-UID:"}, {"DTSTAMP:", "X-STAMP:"}, {"\r\n ", "\r\n"}, {"VERSION:2.0\r\n", ""}} {
		cal, err := ical.NewDecoder(bytes.NewReader(bytes.ReplaceAll(slices.Clone(good), []byte(change[0]), []byte(change[1])))).Decode()
		if err == nil {
			err = ical.NewEncoder(io.Discard).Encode(cal)
		}
		if err == nil {
			t.Errorf("%q for %q was not found", change[1], change[0])
		}
	}
}
