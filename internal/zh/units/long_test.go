package units

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/internal/zh"
)

// TestParseLong: of texts made of conjunctions and labels, through which a careless reader
// looks anew at each of them, no more is read than the bound.
func TestParseLong(t *testing.T) {
	field := Context{Field: "责任单位"}
	for _, s := range []string{"和", "以及", "及 和", "市住建局和", "：", "联系责任单位及", "按职责分工负责", "牵头及责任和配合/", "（", "王和"} {
		long := strings.Repeat(s, 1+2*maxText/len(s))
		if diff := cmp.Diff(Parse(zh.CutBytes(long, maxText), field), Parse(long, field)); diff != "" {
			t.Errorf("%s: %s", s, diff)
		}
	}
}
