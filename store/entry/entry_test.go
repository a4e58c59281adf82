package entry

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func rows() *rapid.Generator[Row] {
	return rapid.Custom(func(t *rapid.T) Row {
		r := Row{
			Sort: rapid.SampledFrom([]Sort{SortMessage, SortTalk, SortNotice, SortRef}).Draw(t, "sort"),
			ID:   rapid.StringN(1, 20, -1).Draw(t, "id"),
			At:   rapid.Int64().Draw(t, "at"),
			Body: rapid.SliceOf(rapid.Byte()).Draw(t, "body"),
		}
		if r.Sort == SortNotice {
			r.State, r.Fence, r.Attempts, r.Why = Sent, rapid.Int64().Draw(t, "fence"), 3, "忙"
		}
		return r
	})
}

// TestBackupRoundTrip: whatever bytes a body holds, they come back.
func TestBackupRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &Snapshot{Rows: rapid.SliceOf(rows()).Draw(rt, "rows")}
		var b bytes.Buffer
		if err := Write(&b, s); err != nil {
			rt.Fatal(err)
		}
		got, err := Read(&b)
		if err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(s, got, cmpopts.EquateEmpty()); d != "" {
			rt.Fatal(d)
		}
	})
}

// FuzzRead: no file makes Read panic, and what it takes it writes again as it was.
func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, &Snapshot{Rev: 2, Rows: []Row{{Sort: SortRecord, ID: "task:1", At: 2, Body: Blob("{}")}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"name":"duban backup","version":2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Read(bytes.NewReader(data))
		if err != nil {
			if !errors.Is(err, ErrBackup) {
				t.Fatal(err)
			}
			return
		}
		var again bytes.Buffer
		if err := Write(&again, s); err != nil {
			t.Fatal(err)
		}
		if got, err := Read(&again); err != nil || !cmp.Equal(got, s, cmpopts.EquateEmpty()) {
			t.Fatalf("%+v is read again as %+v, %v", s, got, err)
		}
	})
}

func TestReadRefusesWrongRows(t *testing.T) {
	for name, s := range map[string]*Snapshot{
		"revision above the newest": {Rev: 1, Rows: []Row{{Sort: SortRecord, ID: "a:b", At: 2}}},
		"newest without its record": {Rev: 3, Rows: []Row{{Sort: SortRecord, ID: "a:b", At: 2}}},
		"unknown sort":              {Rows: []Row{{Sort: "x", ID: "a"}}},
		"unknown state":             {Rows: []Row{{Sort: SortNotice, ID: "a", State: "x"}}},
		"no id":                     {Rows: []Row{{Sort: SortTalk}}},
		"event that is no JSON":     {Rows: []Row{{Sort: SortEvent, ID: "1", Body: Blob("{")}}},
		"notice that is no JSON":    {Rows: []Row{{Sort: SortNotice, ID: "1", State: Waiting, Body: Blob("{")}}},
	} {
		var b bytes.Buffer
		if err := Write(&b, s); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(&b); !errors.Is(err, ErrBackup) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBlobRefuses(t *testing.T) {
	for _, text := range []string{`1`, `[]`, `["YQ==","YQ=="]`, `["?"]`, `{}`} {
		var b Blob
		if err := json.Unmarshal([]byte(text), &b); err == nil {
			t.Errorf("%s is read as %q", text, b)
		}
	}
}

func TestMicros(t *testing.T) {
	at := time.Date(2018, 12, 31, 8, 0, 0, 123456789, time.FixedZone("", 8*3600))
	if got := Moment(Micros(at)); !got.Equal(at.Truncate(time.Microsecond)) || got.Location() != time.UTC {
		t.Errorf("%v comes back as %v", at, got)
	}
	if !Moment(Micros(time.Time{})).IsZero() {
		t.Error("no time does not come back as no time")
	}
}
