package wording

import (
	"fmt"

	"duban/store/ledger"
)

// FollowRules are the rules of 13710 in one sentence.
const FollowRules = "1天内部署，3天内反馈初步进展，7天内解决或提出办理时间表，复杂事项1个月内解决、此后按月反馈，直至销号"

// FollowAsk is what the units are asked for at a step, on its day.
func FollowAsk(s ledger.FollowStep) string {
	switch {
	case s.Months == 1:
		return "已满1个月，请反馈落实结果；尚未解决的，此后按月反馈"
	case s.Months > 1:
		return fmt.Sprintf("已满%d个月，请反馈本月进展", s.Months)
	case s.Days == 1:
		return "第1天，请完成部署并签收"
	case s.Days == 3:
		return "第3天，请反馈初步进展"
	}
	return fmt.Sprintf("第%d天，请反馈办理结果；情况复杂的，请反馈预计完成时间", s.Days)
}

// FollowMissed is what the supervision office hears when a step was not met.
func FollowMissed(s ledger.FollowStep) string {
	if s.Months > 0 {
		return fmt.Sprintf("满%d个月，本月没有反馈", s.Months)
	}
	return fmt.Sprintf("满%d天，没有办理结果和预计完成时间", s.Days)
}

// FollowStep is a step still to come, for a task's own page: 2018年7月9日前办结或提出时间表.
func FollowStep(s ledger.FollowStep) string {
	what := "反馈办理结果或预计完成时间"
	switch {
	case s.Months > 0:
		what = "按月反馈"
	case s.Days == 1:
		what = "完成部署"
	case s.Days == 3:
		what = "反馈初步进展"
	}
	return s.Due.Chinese() + "前" + what
}
