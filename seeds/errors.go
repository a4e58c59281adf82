package seeds

import "fmt"

// Reason says why a document was refused, for callers that branch on it.
type Reason string

// The reasons for refusing a document.
const (
	ReasonEmpty    Reason = "empty"    // nothing in it
	ReasonLarge    Reason = "large"    // over one of the limits
	ReasonFormat   Reason = "format"   // a format that is not read
	ReasonDamaged  Reason = "damaged"  // the right format, but it cannot be opened
	ReasonNoTask   Reason = "no_task"  // read, but no task was found
	ReasonEncoding Reason = "encoding" // text in an unknown encoding
	ReasonSecret   Reason = "secret"   // it carries a marking of secrecy
)

// FormatError is a refusal of a document. Nothing was imported. Message is a
// Chinese sentence for the person who sent it: what happened and what to do.
type FormatError struct {
	Reason  Reason
	Message string
	Err     error // the cause, for the log; may be nil
}

// Error is the English text for logs; show Message to people.
func (e *FormatError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("seeds: document refused (%s): %v", e.Reason, e.Err)
	}
	return fmt.Sprintf("seeds: document refused (%s)", e.Reason)
}

// Unwrap returns the cause.
func (e *FormatError) Unwrap() error { return e.Err }

func refuse(r Reason, message string, cause error) error {
	return &FormatError{Reason: r, Message: message, Err: cause}
}
