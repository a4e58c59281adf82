package units

import (
	"testing"

	"duban/store/ledger"
)

// TestBoxedMarks reads words in boxes: behind a name and before a separator they say
// what its part is, before a name they are its label.
func TestBoxedMarks(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"县自然资源局[牵头]、县应急局", "L:县自然资源局; S:县应急局"},
		{"市发改委【牵头】 市财政局【配合】", "L:市发改委; S:市财政局"},
		{"【牵头】县水利局、【配合】县应急局", "L:县水利局; S:县应急局"},
		{"【牵头单位】市发改委【配合单位】市财政局", "L:市发改委; S:市财政局"},
		{"县水利局〈牵头〉、县应急局", "L:县水利局; S:县应急局"},
	} {
		if got := ledger.Owners(Parse(c.text, Context{Field: "责任单位"})); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
