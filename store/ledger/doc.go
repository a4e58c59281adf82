// Package ledger holds the nouns of Duban and the rules between them: plan, task,
// checkpoint, deadline, report, member, room, notice; which state may follow
// which, what a report does to a checkpoint, what a light is.
//
// In go decided facts (records and events); out come new ones. Everything here is
// a value or a pure function: no clock, no store, no sentence for a user. It
// imports the standard library only, so that every other room may import it.
package ledger
