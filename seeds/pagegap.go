package seeds

import "strings"

// pageGaps marks the lines that only the end of a page puts between two lines of one
// paragraph: its number, and the blank lines around it.
func pageGaps(lines []string) []bool {
	out := make([]bool, len(lines))
	for i, l := range lines {
		if !rePage.MatchString(strings.TrimSpace(l)) {
			continue
		}
		from, to := i, i
		for from > 0 && strings.TrimSpace(lines[from-1]) == "" {
			from--
		}
		for to+1 < len(lines) && strings.TrimSpace(lines[to+1]) == "" {
			to++
		}
		if from == 0 || to+1 == len(lines) || strings.ContainsRune("。；：！？;", lastRune(strings.TrimSpace(lines[from-1]))) {
			continue
		}
		for k := from; k <= to; k++ {
			out[k] = true
		}
	}
	return out
}
