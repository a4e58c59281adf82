package when

import (
	"testing"

	"duban/store/ledger"
)

// TestYearAndDashAtTheEnd: a text that breaks off behind the dash of two years is read.
func TestYearAndDashAtTheEnd(t *testing.T) {
	for _, s := range []string{"2023-", "建设道路，2023—", "2023-2024学年", "2023至"} {
		InProse(s, ledger.NewDate(2023, 2, 6))
		Deadline(s, ledger.NewDate(2023, 2, 6))
	}
}
