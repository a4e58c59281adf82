package report

import (
	"cmp"
	"fmt"
	"slices"
)

// Shares writes each count as a percentage of total with one decimal, by the method
// of the largest remainder, so that the shares of counts that add up to total add up
// to exactly 100.0. A total of 0 has no shares: each is "—".
func Shares(counts []int, total int) []string {
	out := make([]string, len(counts))
	if total == 0 {
		for i := range out {
			out[i] = "—"
		}
		return out
	}
	type part struct{ i, floor, rest int }
	parts, left := make([]part, len(counts)), 1000
	for i, c := range counts {
		parts[i] = part{i, c * 1000 / total, c * 1000 % total}
		left -= parts[i].floor
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.rest, a.rest) })
	for k := range parts {
		if k < left && parts[k].rest > 0 {
			parts[k].floor++
		}
	}
	for _, p := range parts {
		out[p.i] = fmt.Sprintf("%d.%d%%", p.floor/10, p.floor%10)
	}
	return out
}
