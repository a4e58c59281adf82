package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runAlias teaches the bot another name of a unit; without names it lists those it knows.
func runAlias(t *turn) (act, error) {
	short, names := strings.TrimSpace(t.mean.Name), t.mean.Units
	if t.mean.Unit != "" {
		names = []string{t.mean.Unit}
	}
	switch {
	case short == "" && len(names) == 0:
		return t.aliases(), nil
	case short == "" || len(names) != 1:
		return say("请写明简称和全称", "请写明简称和方案中的单位名称，例如：别名 数据局=市大数据中心。（未做任何改动）"), nil
	case !knownUnit(t.book, names[0]):
		return say("没有找到单位", fmt.Sprintf("方案中没有“%s”，未做任何改动。", wording.Escape(names[0]))), nil
	}
	a := say("已设置别名", fmt.Sprintf("以后“%s”就是“%s”。如需取消，请回复“删除别名 %s”。", wording.Escape(short), names[0], wording.Escape(short)))
	t.noted(&a, fmt.Sprintf("别名 %s=%s", short, names[0]))
	return a, t.put(&a, ledger.RecordAlias, short, names)
}

// aliases lists the names that the office has added.
func (t *turn) aliases() act {
	if len(t.book.Aliases) == 0 {
		return say("别名", "还没有设置别名。设置请回复，例如：别名 数据局=市大数据中心。")
	}
	var lines []string
	for _, short := range slices.Sorted(maps.Keys(t.book.Aliases)) {
		lines = append(lines, fmt.Sprintf("- %s：%s", wording.Escape(short), wording.Escape(strings.Join(t.book.Aliases[short], "、"))))
	}
	return say("别名", t.pages(fmt.Sprintf("**别名** 共%d个", len(lines)), lines, "别名"))
}

// runDropAlias forgets a name that the office has added.
func runDropAlias(t *turn) (act, error) {
	short := strings.TrimSpace(t.mean.Name)
	if _, ok := t.book.Aliases[short]; !ok {
		return say("没有这个别名", fmt.Sprintf("没有设置过别名“%s”，未做任何改动。回复“别名”可查看已有的别名。", wording.Escape(short))), nil
	}
	a := say("已删除别名", fmt.Sprintf("已删除别名“%s”。", wording.Escape(short)))
	t.noted(&a, "删除别名 "+short)
	return a, t.put(&a, ledger.RecordAlias, short, nil)
}
