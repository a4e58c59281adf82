package handlers

import "duban/handlers/understand"

// askCommands are the rows of what is asked in a whole sentence: what waits, what was
// reported, who is meant, and wishes that are met in another way.
func askCommands() []command {
	return []command{
		{understand.Waiting, decide, "待我处理", "待我处理的有哪些", runWaiting},
		{understand.OwnFiled, feedBack, "本人反馈", "上周我报了什么", runOwnFiled},
		{understand.Signing, seeUnit, "签收情况", "签收情况", runSigning},
		{understand.Ding, press, "DING催办", "DING 任务28", runDing},
		{understand.Readers, trace, "谁没看", "任务28 谁没看", runReaders},
		{understand.Recall, trace, "撤回催办", "撤回任务28的催办", runRecall},
		{understand.RoomUnits, seePlan, "", "", runRoomUnits},
		{understand.Members, seePlan, "", "", runMembers},
		{understand.ClauseAt, seePlan, "", "", runClauseAt},
		{understand.Timeline, seeAll, "时间轴", "时间轴", runFile},
		{understand.Compare, seeAll, "单位对比", "大数据中心和法制办的任务对比", runCompare},
		{understand.SetCompare, seeAll, "对比分组", "对比分组 市级部门=市发改委、市财政局", runSetCompare},
		{understand.Opinions, decide, "收到的意见", "意见反馈有哪些", runOpinions},
		{understand.Ranking, seeUnit, "", "", runRanking},
		{understand.Beyond, seePlan, "", "", runBeyond},
	}
}
