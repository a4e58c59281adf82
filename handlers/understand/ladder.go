package understand

import (
	"regexp"
	"strings"
)

// SetLadder changes the stages of reminders: Order says which, Days are its stages.
const SetLadder Intent = "set_ladder"

// The Orders of a SetLadder.
const (
	LadderBefore  = "before"     // 到期前提醒 30、7、1天
	LadderAfter   = "after"      // 逾期提醒 1、3、5个工作日
	LadderWeekly  = "weekly"     // 逾期每周提醒 开启
	LadderSilent  = "weekly_off" // 逾期每周提醒 关闭
	LadderDefault = "default"    // 恢复默认提醒
)

const (
	stageList = `((?:第?\d{1,4}(?:个?工作日|天|日)?|当天|当日)(?:[\s、,;/和及]+(?:第?\d{1,4}(?:个?工作日|天|日)?|当天|当日))*)`
	setTo     = `[\s:]*(?:改为|改成|调整为|设为|为)?[\s:]*`
)

var (
	beforeForm  = compile(`^(?:到期前|到期)提醒` + setTo + stageList + `$`)
	afterForm   = compile(`^逾期(?:后)?提醒` + setTo + stageList + `$`)
	weeklyForm  = compile(`^逾期(?:后)?每周提醒[\s:]*(关闭|停用|取消|开启|启用|打开)$`)
	weeklyOrder = compile(`^(关闭|停用|取消|开启|启用|打开)逾期(?:后)?每周提醒$`)
	ladderBack  = compile(`^恢复默认(?:的)?提醒(?:规则|设置|阶段)?$`)
	stageNumber = regexp.MustCompile(`\d+|当天|当日`)
)

// ladderForm reads a change of the stages of reminders, by whole sentences and from those
// who run the plan only: in a unit's mouth they are about its own tasks.
func (u *utterance) ladderForm(s string) (Meaning, bool) {
	if u.ctx.Duty == "" || !strings.Contains("leader supervisor admin", u.ctx.Duty) {
		return Meaning{}, false
	}
	out := Meaning{Intent: SetLadder, Score: 1, Margin: 1, Why: "fixed form"}
	list := ""
	if m := u.find(beforeForm, s); m != nil {
		out.Order, list = LadderBefore, m[1]
	} else if m := u.find(afterForm, s); m != nil {
		out.Order, list = LadderAfter, m[1]
	} else if m := u.find(weeklyForm, s); m != nil {
		out.Order = weeklyWords[m[1]]
	} else if m := u.find(weeklyOrder, s); m != nil {
		out.Order = weeklyWords[m[1]]
	} else if u.matches(ladderBack, s) {
		out.Order = LadderDefault
	}
	for _, n := range stageNumber.FindAllString(list, -1) {
		out.Days = append(out.Days, atoi(n)) // the day itself is 0
	}
	return out, out.Order != ""
}

var weeklyWords = map[string]string{
	"关闭": LadderSilent, "停用": LadderSilent, "取消": LadderSilent,
	"开启": LadderWeekly, "启用": LadderWeekly, "打开": LadderWeekly,
}
