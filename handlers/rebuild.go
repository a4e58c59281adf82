package handlers

import (
	"context"
	"errors"
	"fmt"

	"duban/store/ledger"
)

// rebuild reads the state for the first time and folds anew what an earlier version has folded, so that nothing that the events
// say is missing from it. A conflict means that another replica or a message was first.
func (d *Desk) rebuild(ctx context.Context) error {
	b, err := d.Fresh(ctx)
	if err != nil {
		return err
	}
	for _, x := range b.Tasks {
		if !b.Progress(x.No).Old() {
			continue
		}
		events, err := d.o.Ledger.Events(ctx, x.ID, noTime, noTime)
		if err != nil {
			return fmt.Errorf("handlers: history of %s: %w", x.No, err)
		}
		rec, err := ledger.Put(ledger.RecordProgress, x.ID, ledger.Fold(x.ID, events))
		if err != nil {
			return err
		}
		_, err = d.o.Ledger.Commit(ctx, ledger.Commit{
			Puts: []ledger.Record{rec}, Expects: []ledger.Expect{b.Expect(rec.Kind, rec.ID)}, Now: d.o.Now(),
		})
		if err != nil && !errors.Is(err, ledger.ErrConflict) {
			return fmt.Errorf("handlers: rebuild progress of %s: %w", x.No, err)
		}
	}
	return nil
}
