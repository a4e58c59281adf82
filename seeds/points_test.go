package seeds

import (
	"fmt"
	"strings"

	"duban/store/ledger"
)

// dues writes the due days of checkpoints, long lists shortened.
func dues(points []ledger.Point) string {
	var out []string
	for _, p := range points {
		out = append(out, p.Due.String())
	}
	if n := len(out); n > 3 {
		return fmt.Sprintf("%s … %s (%d)", strings.Join(out[:2], " "), out[n-1], n)
	}
	return strings.Join(out, " ")
}
