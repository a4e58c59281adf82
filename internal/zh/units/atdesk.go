package units

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// deskEnds end the name of an office behind which the name of a person may follow without a
// mark: 市教育局刘洋.
var deskEnds = []string{"局", "厅", "委", "办", "委员会", "管委会", "办公室", "中心", "公司", "集团", "街道", "办事处", "政府", "支队", "大队", "学院", "医院", "科", "处", "股", "室", "站", "所", "队"}

// cutPerson parts the person at the end of name from the unit and the post before:
// 区住建局局长刘洋. Without one the person is "".
func cutPerson(name string) (unit, person string) {
	for _, n := range []int{3, 2} {
		head, last := cutLast(name, n)
		if !isPerson(last) {
			continue
		}
		if i := slices.IndexFunc(titles, func(t string) bool { return strings.HasSuffix(head, t) }); i >= 0 {
			head = strings.TrimSuffix(head, titles[i])
		}
		if size := utf8.RuneCountInString(head); hasAnySuffix(head, deskEnds) && (size > 3 || size == 3 && !isOrgan(head)) {
			return head, last
		}
	}
	return name, ""
}

// cutLast parts the last n characters of s.
func cutLast(s string, n int) (head, last string) {
	runes := []rune(s)
	n = min(n, len(runes))
	return string(runes[:len(runes)-n]), string(runes[len(runes)-n:])
}
