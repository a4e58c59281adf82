package report

import (
	"fmt"
	"strconv"

	"duban/store/ledger"
)

// Meaning defines a class in words, with the thresholds that were used. The definitions
// exclude one another and leave no task out.
func (f Facts) Meaning(l ledger.Level) string {
	switch l {
	case ledger.LevelClosed:
		return "全部节点已审核办结"
	case ledger.LevelPending:
		return "未办结的节点均已申请办结，正在审核"
	case ledger.LevelOverdue:
		return "有节点超过时限未办结（按期申请、正在审核的除外）"
	case ledger.LevelBehind:
		return fmt.Sprintf("未逾期，反馈进度低于时间进度%s个百分点以上", strconv.FormatFloat(f.Rules.Behind, 'f', -1, 64))
	case ledger.LevelNear:
		return fmt.Sprintf("未逾期、未滞后，距时限%d天以内", f.Rules.Near)
	case ledger.LevelStanding:
		return "没有日期时限，持续推进"
	case ledger.LevelPaused:
		return "已批准暂缓办理"
	case ledger.LevelCancelled:
		return "已批准撤销"
	case ledger.LevelNormal:
	}
	return "其余在办任务"
}

// Meanings defines all classes in one sentence.
func (f Facts) Meanings() string {
	out := ""
	for _, l := range order {
		if rare(l) && f.CountOf(l) == 0 {
			continue
		}
		if out != "" {
			out += "；"
		}
		out += f.Lights.Word(l) + "，指" + f.Meaning(l)
	}
	return out + "。各类互不重复，合计等于任务总数。"
}
