package ledger

import "errors"

// What callers branch on. Each says what the caller may assume afterwards.
var (
	// ErrNotFound: the thing named does not exist; nothing was changed.
	ErrNotFound = errors.New("ledger: not found")
	// ErrConflict: a precondition of a commit no longer holds; nothing was
	// written. Read again, decide again.
	ErrConflict = errors.New("ledger: conflict")
	// ErrBusy: the engine's queue is full or the engine is away; nothing is known
	// to have been written. The platform's own retry, with the same message id, is safe.
	ErrBusy = errors.New("ledger: engine busy")
	// ErrLease: the notice's lease was lost to another dispatcher; the caller must
	// not settle it.
	ErrLease = errors.New("ledger: lease lost")
)
