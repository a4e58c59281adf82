// Package reminders says what is owed and when, and sees to it that it is sent:
// deadline nudges in a ladder before and after each checkpoint, at the slots of a
// cron spec, on working days and in working hours only.
// With a rhythm (月报, 季报) units are asked once a period for the reports that are missing;
// a room's first message of a week begins with its figures. All that a receiver is owed on
// a day is one message, and what it was is counted by month (the load, for 减负体检).
//
// In go the ledger's Book, a working-day calendar and the time; out come notices in
// the outbox (Planner) and messages on a platform (Dispatcher). Plan itself is pure.
//
// Nothing is lost and nothing comes twice:
//
//   - A duty becomes due on a working day. It belongs to the first slot of that day or
//     after it, so the intervals between slots share no duty. The mark (time of the
//     newest planned slot) moves in the same commit that writes the notices, under the
//     precondition that nobody else moved it: two replicas cannot both plan a slot.
//   - A slot missed by a stop is made up the same day while the working window is open;
//     later it waits for the next slot, where stages that passed collapse into the newest.
//   - A working day's slot that passes without a run makes the planner late, which 状态
//     and a metric show.
//   - A notice is settled only when the platform has accepted it. A crash between the
//     two sends it again under the same message id: at least once, marked as the same.
//   - What a platform could not take for days is one message when it is back: a nudge
//     carries what those before it spoke of and never said, and the budget of a day is
//     kept when messages are sent. What a person caused is outside of both.
//   - A nudge is worded when it is sent, from the duties still open then, so it stops
//     as soon as a unit has reported that it is done.
//
// Of robfig/cron only the parser and Schedule.Next are used, behind a guard for its
// panics. Its runner is not: that forgets the slots of a stop, does not count the time a
// host was asleep, fires in every replica, and stops for ever after a panic when its
// wrappers stand in the obvious order.
//
// The room does not know DingTalk, does not keep state of its own and judges nobody:
// a formal 催办通知 is only drafted, for the supervision office to send by hand.
package reminders
