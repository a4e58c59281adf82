package understand

import "strings"

// things are what a task is about: what happens to them does not happen to the task.
var things = []string{"资料", "材料", "设备", "数据", "文件", "合同", "方案", "资金", "图纸", "档案", "账号", "手续", "权限", "证书", "款项", "接口", "软件", "图斑", "样本", "线索", "案卷", "卷宗", "申请表"}

// ofThing reports whether a thing stands directly in front of the verb at byte i
// (把资料转交市财政局, 方案重新做了一版).
func (u *utterance) ofThing(i int, more ...string) bool {
	before := strings.TrimRight(u.s[u.clauseAt(i).start:i], " 已经也都被又全部")
	return hasAnySuffix(before, things...) || hasAnySuffix(before, more...)
}

// eventMoves reports whether it is a meeting or a tender that goes to a later day, and
// not the task: 验收会推迟到11月5日.
func (u *utterance) eventMoves(i int) bool {
	if i < 0 {
		return false
	}
	before := strings.TrimRight(u.s[u.clauseAt(i).start:i], " 已也要将会被")
	if strings.HasSuffix(u.s[:i], "会") && !hasAnySuffix(u.s[:i], "不会", "都会", "还会", "可能会", "就会", "将会", "也会") {
		before = u.s[:i]
	}
	return hasAnySuffix(before, "会", "会议", "开标时间", "会议时间", "考核", "检查", "督查", "巡察", "仪式", "招标", "开标", "开班", "培训班", "考试", "面试", "活动", "论坛", "现场会") && !hasAnySuffix(before, "不会", "都会", "还会", "可能会", "就会", "将会", "也会", "机会", "社会", "委员会") && !containsAny(u.s, "申请延", "请求延", "想延", "任务延", "时限")
}
