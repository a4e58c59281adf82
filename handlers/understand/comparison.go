package understand

import (
	"strings"
)

// SetCompare says whether units may be compared, and which with which: Order says what is
// set, Name is the group, Units are its members, Query is what fits no unit.
const SetCompare Intent = "set_compare"

// The Orders of a SetCompare.
const (
	CompareOn      = "on"      // 开启单位对比
	CompareOff     = "off"     // 关闭单位对比
	CompareGroup   = "group"   // 对比分组 市级部门=市发改委、市财政局
	CompareDrop    = "drop"    // 取消对比分组 市级部门
	CompareGroups  = "groups"  // 对比分组: which there are
	CompareDefault = "default" // 恢复默认单位对比
)

var (
	compareSwitch = compile(`^(开启|启用|打开|开通|关闭|停用|取消|恢复默认)(?:的)?单位(?:间|之间)?(?:的)?(?:对比|比较|排名)(?:设置)?$`)
	compareGroup  = compile(`^对比分组[\s:]*([^\s=:]{2,20}?)\s*(?:=|包括|->|→)\s*(.{2,1000})$`)
	compareDrop   = compile(`^(?:取消|删除)对比分组[\s:]*(\S{2,20})$`)
	compareGroups = compile(`^(?:查看)?(?:单位)?对比分组(?:有哪些|情况)?$`)
	anyUnits      = compile(`单位|部门|区县|县区|市区|乡镇|街道|各[区县局办委]`)
)

var compareSwitches = map[string]string{
	"开启": CompareOn, "启用": CompareOn, "打开": CompareOn, "开通": CompareOn,
	"关闭": CompareOff, "停用": CompareOff, "取消": CompareOff, "恢复默认": CompareDefault,
}

// compareForm reads a change of what may be compared, by whole sentences and from those
// who run the plan only.
func (u *utterance) compareForm(s string) (Meaning, bool) {
	if u.ctx.Duty == "" || !strings.Contains("leader supervisor admin", u.ctx.Duty) {
		return Meaning{}, false
	}
	out := Meaning{Intent: SetCompare, Score: 1, Margin: 1, Why: "fixed form"}
	if m := u.find(compareSwitch, s); m != nil {
		out.Order = compareSwitches[m[1]]
	} else if m := u.find(compareDrop, s); m != nil {
		out.Order, out.Name = CompareDrop, m[1]
	} else if m := u.find(compareGroup, s); m != nil {
		out.Order, out.Name = CompareGroup, m[1]
		out.Units, out.Query = u.membersOf(m[2])
	} else if u.matches(compareGroups, s) {
		out.Order = CompareGroups
	}
	return out, out.Order != ""
}

// membersOf reads a list of units. What is no single unit of the plan is handed on as it
// was written, so that it can be asked about.
func (u *utterance) membersOf(list string) (units []string, unknown string) {
	var rest []string
	for _, name := range unitMarks.Split(strings.TrimSpace(list), -1) {
		if name == "" {
			continue
		}
		if unit, ok := u.lex.Unit(name); ok {
			units = addOnce(units, unit)
		} else {
			rest = append(rest, name)
		}
	}
	return units, strings.Join(rest, "、")
}

// compared reads whose figures are to stand side by side: those of the units that are
// named, or of a whole group.
func compared(u *utterance, _ []string, m *Meaning) bool {
	for _, at := range u.units {
		if at.name != "" {
			m.Units = addOnce(m.Units, at.name)
		}
	}
	order := u.matches(compareSwitch, strings.TrimRight(u.s, "!。. "))
	return len(m.Units) >= 2 || len(m.Units) == 0 && len(u.refs) == 0 && !order && u.matches(anyUnits, u.s)
}
