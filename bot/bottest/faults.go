package bottest

import "duban/bot/faults"

// Fault is one thing to go wrong.
type Fault = faults.Fault

// Fail sets a fault. Faults of one path happen in the order they were set.
func (f *Fake) Fail(fault Fault) { f.faults.Fail(fault) }

// Hold keeps calls to a path waiting until release is called, the caller hangs up or
// the fake is closed. An empty path holds them all.
func (f *Fake) Hold(path string) (release func()) { return f.faults.Hold(path) }

// SetScope grants or withdraws a permission of the app.
func (f *Fake) SetScope(scope string, granted bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.scopes[scope] = granted
}

// SetMonthly sets how many server API calls the organisation has left; negative is
// endless.
func (f *Fake) SetMonthly(calls int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.month = calls
}

// DropToken ends the current access token before its time.
func (f *Fake) DropToken() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.token = token{}
}
