package picture

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWrap: room for eight Chinese characters a line.
func TestWrap(t *testing.T) {
	f, err := newFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string][]string{
		"短句":                                 {"短句"},
		"完成移动政务类APP系统整合":                     {"完成移动政务类", "APP系统整合"},
		"建成投用的时限是2018年底前后":                   {"建成投用的时限是", "2018年底前后"},
		"abcdefghijklmnopqrstuvwxyzabcdefgh": nil, // longer than a line: broken all the same
	}
	for text, want := range tests {
		got, err := f.wrap(text, 12, 12*8)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			if len(got) < 2 {
				t.Errorf("%s stands on %d line", text, len(got))
			}
			continue
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
}
