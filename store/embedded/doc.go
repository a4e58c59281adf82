// Package embedded keeps a tenant's ledger in one SQLite file beside the program:
// WAL, synchronous=FULL, one writer that commits in one transaction whatever has
// queued up, readers of their own, records and talks also in memory.
//
// In go decided changes and questions, out come records, events and notices; one
// process per file. It must not decide anything: what a change does is in
// store/ledger, what it means to store it is held by store/storetest.
package embedded
