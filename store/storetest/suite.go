package storetest

import (
	"crypto/rand"
	"testing"

	"duban/store"
)

// Open opens an engine on the tenant. Tenants that the suite names are new; the suite
// closes the engine, what else there is to clean up is tb's.
type Open func(tb testing.TB, tenant string) store.Engine

// Run holds the engine to the model and to the promises that a model cannot show.
func Run(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, open Open)
	}{
		{"Random", testRandom},
		{"Bytes", testBytes},
		{"Conflict", testConflict},
		{"Tombstones", testTombstones},
		{"Final", testFinal},
		{"TalkExpiry", testTalkExpiry},
		{"Lease", testLease},
		{"Invalid", testInvalid},
		{"Gone", testGone},
		{"Duplicates", testDuplicates},
		{"NoLostUpdate", testNoLostUpdate},
		{"Claims", testClaims},
		{"Large", testLarge},
		{"Renumber", testRenumber},
		{"Backup", testBackup},
		{"BadBackup", testBadBackup},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open) })
	}
}

// tenant is a name that was never used.
func tenant() string { return "test-" + rand.Text() }

func closing(tb testing.TB, e store.Engine) {
	tb.Helper()
	if err := e.Close(); err != nil {
		tb.Errorf("close: %v", err)
	}
}

// fresh opens a new tenant for the length of the test.
func fresh(t *testing.T, open Open) store.Engine {
	t.Helper()
	e := open(t, tenant())
	t.Cleanup(func() { closing(t, e) })
	return e
}
