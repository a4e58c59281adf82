package understand

import (
	"strings"
)

// NoContact asks which units nobody answers for: 哪些单位没有联络员.
const NoContact Intent = "no_contact"

var (
	contactForm = compile(`^(?:把|将)([\p{Han}·]{2,4}?)(?:设置成|设置为|设成|设为|定为|定成|改成|改为|任命为|作为)(.{0,20}?)的?` + dutyWords + `$`)
	takenOff    = compile(`^(?:把|将)(?:人员)?([\p{Han}·]{2,4}?)(?:从名单(?:里|中)?)?(?:移除|移出|注销|删除|删掉|去掉)(?:名单)?(?:吧|了)?$`)
	noContact   = compile(`^(?:还)?(?:有)?(?:哪些|哪几个|哪几家|什么|多少)?(?:责任)?单位(?:还)?(?:没有|没|缺|无)(?:设置|绑定)?(?:联络员|人绑定|人)(?:的)?$|^(?:还)?(?:没有|没|缺|无)联络员的(?:责任)?单位(?:有哪些|是哪些)?$`)
	bindName    = compile(`^(?:我要|我想|申请)?绑定(?:单位)?\s*[:,]?\s*([\p{Han}·()]{2,14})$`)
)

// people reads what is said about who is whose; false when the words are none of it.
func (u *utterance) people(s string) (Meaning, bool) {
	s = strings.TrimRight(s, "?!。. ")
	m := Meaning{Score: 1, Margin: 1, Why: "fixed form"}
	if got := u.find(bindName, s); got != nil && len(u.units)+len(u.quoted) == 0 && !u.asks && !containsAny(got[1], "的", "了", "手机", "账号", "帐号", "本群", "单位", "任务", "怎么", "如何", "什么", "哪", "流程", "方法", "方式") {
		m.Intent, m.Query = BindUnit, got[1] // a unit that the plan may not have
		return m, true
	}
	if !u.leads() {
		return Meaning{}, false
	}
	if u.matches(noContact, s) && strings.Contains(s, "单位") {
		m.Intent = NoContact
		return m, true
	}
	if got := u.find(contactForm, s); got != nil && nameAt(got[1]) == got[1] {
		m.Intent, m.Name, m.Query = GiveDuty, got[1], got[3]
		if unit := strings.Trim(got[2], " 的"); unit != "" {
			if m.Unit = u.unit(); m.Unit == "" {
				return Meaning{}, false
			}
		}
		return m, true
	}
	if got := u.find(takenOff, s); got != nil && nameAt(got[1]) == got[1] && !containsAny(got[1], "任务", "数据", "提醒", "通知") {
		m.Intent, m.Name = Remove, got[1]
		return m, true
	}
	return Meaning{}, false
}
