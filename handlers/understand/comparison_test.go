package understand

import (
	"slices"
	"testing"
)

// TestCompareSet reads whole sentences about what may be compared from those who run the
// plan, and nothing that only has such words in it.
func TestCompareSet(t *testing.T) {
	t.Parallel()
	lex := testLexicon(t)
	for _, c := range []struct {
		text, order, name, unknown string
		units                      []string
	}{
		{text: "开启单位对比", order: CompareOn}, {text: "请启用单位排名", order: CompareOn}, {text: "关闭单位对比。", order: CompareOff},
		{text: "恢复默认单位对比", order: CompareDefault}, {text: "对比分组", order: CompareGroups}, {text: "取消对比分组 市级部门", order: CompareDrop, name: "市级部门"},
		{text: "对比分组 市级部门=市发改委、财政局、市财政局", order: CompareGroup, name: "市级部门", units: []string{"市发改委", "市财政局"}},
		{text: "对比分组：市级部门=发改委，火星局", order: CompareGroup, name: "市级部门", units: []string{"市发改委"}, unknown: "火星局"},
	} {
		m := lex.Parse(c.text, Context{Duty: "supervisor"})
		if m.Intent != SetCompare || m.Order != c.order || m.Name != c.name || m.Query != c.unknown || !slices.Equal(m.Units, c.units) {
			t.Errorf("%q is %s order=%q name=%q units=%v unknown=%q", c.text, m.Intent, m.Order, m.Name, m.Units, m.Query)
		}
		if m := lex.Parse(c.text, Context{Unit: "市大数据中心"}); m.Intent == SetCompare {
			t.Errorf("%q is an order in a contact's mouth", c.text)
		}
	}
	for _, text := range []string{"单位对比怎么开启", "任务28 已开启单位对比", "对比分组有问题", "开启单位对比吗"} {
		if m := lex.Parse(text, Context{Duty: "supervisor"}); m.Intent == SetCompare {
			t.Errorf("%q is taken for an order %q", text, m.Order)
		}
	}
}
