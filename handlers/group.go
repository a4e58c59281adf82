package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runSetGroup says for which units a collective name of the plan stands, after a yes:
// from then on they see its tasks, hear of them and report their share.
func runSetGroup(t *turn) (act, error) {
	name, units := t.mean.Name, slices.Compact(slices.Clone(t.mean.Units))
	switch {
	case !slices.Contains(t.book.Groups(), name):
		return say("没有这个集合名", fmt.Sprintf("方案中没有“%s”这个集合名。回复“集合名”可查看全部。（未做任何改动）", wording.Escape(name))), nil
	case t.mean.Query != "":
		return say("有单位无法识别", fmt.Sprintf("没有找到或不能确定是哪个单位：%s。请写方案中的单位全称。（未做任何改动）", wording.Escape(t.mean.Query))), nil
	case len(units) == 0:
		return say("请写明单位", fmt.Sprintf("请写明包括哪些单位，例如：集合名 %s=市发改委、市财政局。（未做任何改动）", wording.Escape(name))), nil
	}
	list := wording.Escape(strings.Join(units, "、"))
	if !t.confirmed {
		return t.confirm(fmt.Sprintf("确认“%s”包括%d个单位：%s？确认后，这些单位可以查看、反馈任务%s，并收到提醒。",
			wording.Escape(name), len(units), list, wording.Numbers(t.ofGroup(name))), "确认集合名"), nil
	}
	a := say("已设置集合名", fmt.Sprintf("已设置：“%s”包括%s，涉及任务%s。责任单位仍按方案原文显示；取消请回复“取消集合名 %s”。",
		wording.Escape(name), list, wording.Numbers(t.ofGroup(name)), wording.Escape(name)))
	return a, t.putGroup(&a, name, units)
}

// runDropGroup takes it back.
func runDropGroup(t *turn) (act, error) {
	name := t.mean.Name
	if len(t.book.Group(name)) == 0 {
		return say("没有设置", fmt.Sprintf("“%s”没有设置包括的单位，未做任何改动。", wording.Escape(name))), nil
	}
	a := say("已取消集合名", fmt.Sprintf("已取消：“%s”不再对应具体单位。", wording.Escape(name)))
	return a, t.putGroup(&a, name, nil)
}

// putGroup writes the units of a collective name; none removes it.
func (t *turn) putGroup(a *act, name string, units []string) error {
	id := ledger.GroupID(name)
	rec := ledger.Record{Kind: ledger.RecordSetting, ID: id}
	what := "取消集合名 " + name
	if len(units) > 0 {
		var err error
		if rec, err = ledger.Put(ledger.RecordSetting, id, units); err != nil {
			return err
		}
		what = fmt.Sprintf("集合名 %s=%s", name, strings.Join(units, "、"))
	}
	a.puts, a.expects = []ledger.Record{rec}, []ledger.Expect{t.book.Expect(ledger.RecordSetting, id)}
	t.noted(a, what)
	return nil
}

// runGroups lists the collective names of the plan and for whom they stand.
func runGroups(t *turn) (act, error) {
	var lines []string
	for _, name := range t.book.Groups() {
		who := "未指定单位"
		if units := t.book.Group(name); len(units) > 0 {
			who = wording.Escape(strings.Join(units, "、"))
		}
		lines = append(lines, fmt.Sprintf("- %s（任务%s）：%s", wording.Escape(name), wording.Numbers(t.ofGroup(name)), who))
	}
	if len(lines) == 0 {
		return say("集合名", "方案中没有集合名。"), nil
	}
	return say("集合名", t.pages(fmt.Sprintf("**方案中的集合名** 共%d个", len(lines)), lines, "集合名")), nil
}

// ofGroup lists the tasks that name the collective.
func (t *turn) ofGroup(name string) []string {
	var out []string
	for _, x := range t.book.Tasks {
		if slices.ContainsFunc(x.Owners, func(o ledger.Owner) bool { return o.Group && o.Name == name }) {
			out = append(out, x.No)
		}
	}
	return out
}
