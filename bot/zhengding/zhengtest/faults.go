package zhengtest

import "duban/bot/faults"

// Fault is one thing to go wrong.
type Fault = faults.Fault

// Fail sets a fault. Faults of one path happen in the order they were set.
func (f *Fake) Fail(fault Fault) { f.faults.Fail(fault) }

// Hold keeps calls to a path waiting until release is called, the caller hangs up or
// the fake is closed. An empty path holds them all.
func (f *Fake) Hold(path string) (release func()) { return f.faults.Hold(path) }
