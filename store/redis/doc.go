// Package redis keeps a tenant's ledger in Redis: one Lua script per operation, all
// keys under the tenant's hash tag, on a single server, behind Sentinel or in a
// Cluster.
//
// In go decided changes and questions, out come records, events and notices; any
// number of processes may share a tenant. It must not decide anything: what a change
// does is in store/ledger, what it means to store it is held by store/storetest.
package redis
