package handlers

import (
	"fmt"

	"duban/handlers/understand"
	"duban/internal/wording"
)

// runBeyond says plainly that a wish is not done as it was put, and what to send instead.
func runBeyond(t *turn) (act, error) {
	text := ""
	switch t.mean.Query {
	case understand.WishNotice:
		text = "我不代发通知，刚才的话没有转发给任何单位。可以这样办：\n\n- 催办一项或一个单位：催办 任务28、催办 市财政局\n- 要求定期报送：任务28 按季报送 25日\n- 查看谁没有报：未反馈"
	case understand.WishSchedule:
		text = "定期发送由配置统一设定，不能在聊天中为个人设置。需要时随时发送“汇总”；通报草稿按配置的周期自动生成，只发督查室。"
		if !may(t.me, decide) {
			text = "暂不能为个人定期发送。需要时随时发送“汇总”或“我的任务”即可。"
		}
	case understand.WishErrand:
		text = fmt.Sprintf("我不能安排其他同志办事，没有通知%s。您可以直接回复“生成通报”“导出台账”或“汇总”，由我马上生成。", wording.Escape(t.mean.Name))
	case understand.WishDeadline:
		text = "时限以方案为准，不能在聊天中直接修改，未做任何改动。可以这样办：\n\n- 责任单位确需推迟：由责任单位回复“任务28 申请延期到10月31日，因设备到货推迟”，您回复“同意延期 任务28”\n- 方案本身有调整（包括提前）：回复“导出台账”，在表中改好时限后把文件发回给我，核对后确认；或发来修订后的方案文件"
	case understand.WishTask:
		text = "不能在聊天中直接增加任务，未做任何改动。可以这样办：回复“导出台账”，在表末增加一行（序号、任务、责任单位、时限），把文件发回给我，核对后确认；或发来修订后的方案文件。"
	case understand.WishUnit:
		text = "更换绑定单位：先回复“解除绑定”，再回复“绑定 单位名称”，例如：绑定 市财政局。督查室确认后生效。"
	case understand.WishRhythm:
		text = "提醒按统一规则发送，不能为个人单独改频率或时间：\n\n" + t.rules() + "\n\n您可以：\n\n- 推后一项：任务28下周一再提醒\n- 停发一项：任务28先别提醒了\n- 停发本人单聊中的全部到期前提醒：别再提醒我了\n- 提建议：意见反馈 提醒太密"
	}
	return say("请这样办理", text), nil
}
