package ledger_test

import (
	"slices"
	"testing"

	"duban/store/ledger"
)

// TestMembersOfACollective: the units that the office names see a collective's tasks as
// supporting units, whichever record came first; without its word nobody does, and what
// is recorded of the plan never changes.
func TestMembersOfACollective(t *testing.T) {
	record := func(kind ledger.RecordKind, id string, v any, rev int64) ledger.Record {
		r, err := ledger.Put(kind, id, v)
		if err != nil {
			t.Fatal(err)
		}
		r.Rev = rev
		return r
	}
	apply := func(b *ledger.Book, rev int64, r ...ledger.Record) *ledger.Book {
		t.Helper()
		next, err := b.Apply(ledger.Delta{Rev: rev, Records: r})
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	group := ledger.Owner{Role: ledger.RoleResponsible, Name: "市级有关部门", Group: true}
	only := ledger.Task{ID: "1", No: "1", Owners: []ledger.Owner{group}}
	led := ledger.Task{ID: "2", No: "2", Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "乙"}, group}}
	says := record(ledger.RecordSetting, ledger.GroupID("市级有关部门"), []string{"甲", "乙"}, 2)

	before := apply(ledger.NewBook(), 1, record(ledger.RecordTask, "1", only, 1), record(ledger.RecordTask, "2", led, 1))
	after := apply(before, 2, says)
	says.Rev = 1
	first := apply(apply(ledger.NewBook(), 1, says), 2, record(ledger.RecordTask, "1", only, 2), record(ledger.RecordTask, "2", led, 2))
	if len(before.Task("1").Named()) != 0 || before.Task("1").OwnedBy("甲") {
		t.Error("members are guessed")
	}
	for name, b := range map[string]*ledger.Book{"said later": after, "said first": first} {
		if got := b.Task("1").Named(); !slices.Equal(got, []string{"甲", "乙"}) {
			t.Errorf("%s: task 1 names %v", name, got)
		}
		if got := b.Task("2").Named(); !slices.Equal(got, []string{"乙", "甲"}) || b.Task("2").RoleOf("乙") != ledger.RoleLead || b.Task("2").RoleOf("甲") != ledger.RoleSupport {
			t.Errorf("%s: task 2 names %v", name, got)
		}
		if got := b.Task("2").Reporters(); !slices.Equal(got, []string{"乙"}) || !slices.Equal(b.Task("1").Reporters(), []string{"甲", "乙"}) {
			t.Errorf("%s: reporters %v", name, got)
		}
		if b.Task("1").Lead() != "" || !b.Task("1").Assists("甲") {
			t.Errorf("%s: a member answers for the whole", name)
		}
		if plain := b.Plain("1"); len(plain.Owners[0].Members) != 0 || len(plain.Named()) != 0 {
			t.Errorf("%s: the plan was changed: %v", name, plain.Owners)
		}
		gone := apply(b, 3, ledger.Record{Kind: ledger.RecordSetting, ID: ledger.GroupID("市级有关部门"), Rev: 3})
		if len(gone.Task("1").Named()) != 0 || !b.Task("1").OwnedBy("甲") {
			t.Errorf("%s: taking it back: %v", name, gone.Task("1").Named())
		}
	}
}
