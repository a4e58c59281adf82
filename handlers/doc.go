// Package handlers decides what a message means and who may do it. A message comes
// in from a door; what goes out is an answer, or a commit with the receipt that is
// owed for it. One command is one file and one row of the table in commands.go; who
// may do what stands in permit.go.
//
// It knows no platform and no database: it reads a ledger.Book and hands decided
// commits to the store.
package handlers
