package units

import (
	"strings"
	"testing"
	"time"
)

// TestParseLong: long texts made of conjunctions and labels end in time. The bound is
// generous because test machines are slow; looking through the whole text at each
// conjunction took seconds.
func TestParseLong(t *testing.T) {
	for _, s := range []string{"和", "以及", "及 和", "市住建局和", "：", "联系责任单位及", "按职责分工负责", "牵头及责任和配合/", "（", "王和"} {
		start := time.Now()
		Parse(strings.Repeat(s, 9000/len(s)), Context{Field: "责任单位"})
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("%s: took %v", s, d)
		}
	}
}
