package entry

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"duban/store/ledger"
)

// Records is a tenant's records at one revision, with the order of their changes. It
// has no lock of its own. Bodies are shared with whoever gets them: nobody writes
// into one.
type Records struct {
	rev    int64
	byName map[string]Record
	log    []change // by revision; entries whose record was written again are dead
}

// Record is a record's newest form; an empty body is a tombstone.
type Record struct {
	Rev  int64
	Body []byte
}

type change struct {
	rev  int64
	name string
}

// NewRecords returns the empty state.
func NewRecords() *Records { return &Records{byName: map[string]Record{}} }

// Rev is the newest revision.
func (s *Records) Rev() int64 { return s.rev }

// Get returns the record of the name; its revision is 0 when it never was.
func (s *Records) Get(name string) Record { return s.byName[name] }

// Put writes a record at a revision that is not below the newest.
func (s *Records) Put(name string, r Record) {
	if s.byName[name].Rev != r.Rev {
		s.log = append(s.log, change{r.Rev, name})
	}
	s.byName[name] = r
	s.rev = max(s.rev, r.Rev)
	if len(s.log) > 2*len(s.byName)+1024 {
		s.log = slices.DeleteFunc(s.log, func(c change) bool { return s.byName[c.name].Rev != c.rev })
	}
}

// Advance moves the revision on where the records of it are all known.
func (s *Records) Advance(rev int64) { s.rev = max(s.rev, rev) }

// Delta is what changed after the revision; below 0 is 0.
func (s *Records) Delta(since int64) ledger.Delta {
	since = max(since, 0)
	d := ledger.Delta{Rev: s.rev}
	if since == s.rev {
		return d
	}
	if since == 0 || since > s.rev {
		return s.Full()
	}
	first := sort.Search(len(s.log), func(i int) bool { return s.log[i].rev > since })
	d.Records = make([]ledger.Record, 0, min(len(s.log)-first, len(s.byName)))
	for _, c := range s.log[first:] {
		if r := s.byName[c.name]; r.Rev == c.rev {
			d.Records = append(d.Records, asRecord(c.name, r))
		}
	}
	sortRecords(d.Records)
	return d
}

// Full is the whole state; removed records are no part of it.
func (s *Records) Full() ledger.Delta {
	d := ledger.Delta{Rev: s.rev, Full: true}
	for name, r := range s.byName {
		if len(r.Body) > 0 {
			d.Records = append(d.Records, asRecord(name, r))
		}
	}
	sortRecords(d.Records)
	return d
}

func asRecord(name string, r Record) ledger.Record {
	kind, id, _ := strings.Cut(name, ":")
	return ledger.Record{Kind: ledger.RecordKind(kind), ID: id, Rev: r.Rev, Body: r.Body}
}

func sortRecords(list []ledger.Record) {
	if len(list) < 2 {
		return
	}
	slices.SortFunc(list, func(a, b ledger.Record) int {
		return cmp.Or(cmp.Compare(a.Rev, b.Rev), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
}
