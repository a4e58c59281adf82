// Package storetest is the one suite that every engine must pass, and the plain
// in-memory model that says what passing means.
//
// In goes a function that opens an engine on a tenant; out come subtests and
// benchmarks. Only tests may import it.
package storetest
