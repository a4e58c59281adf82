package understand

import (
	"regexp"
	"strings"
)

// mend puts right what pinyin typing gets wrong in the words the bot lives on.
// Every pair has equal length, so that offsets stay; no wrong form is a word of
// its own in office Chinese.
var mend = strings.NewReplacer(
	"人物1", "任务1", "人物2", "任务2", "人物3", "任务3", "人物4", "任务4", "人物5", "任务5", "人物6", "任务6", "人物7", "任务7", "人物8", "任务8", "人物9", "任务9",
	"咋样", "怎样", "完场", "完成", "好伐", "好吗", "行伐", "行吗", "以伐", "以吗", "有伐", "有吗", "能伐", "能吗", "了伐", "了吗", "个伐", "的吗", "覅", "别", "侬", "你", "阿拉", "我们", "偶是", "我是", "偶们", "我们", "偶的", "我的", "啥人", "哪个", "作啥", "做啥", "啥辰光", "什么时", "辰光", "时间", "哪能用", "怎么用", "哪能弄", "怎么弄", "哪能报", "怎么报", "哪能办", "怎么办", "我哋", "我们", "你哋", "你们", "唔使", "不用", "唔要", "不要", "唔系", "不是", "睇下", "看下", "点解", "为啥", "乜嘢", "什么", "钟头", "小时", "明儿", "明天", "后儿", "后天", "今儿", "今天", "昨儿", "昨天",
	"完城", "完成", "完承", "完成", "完诚", "完成", "玩成", "完成", "宛成", "完成", "完程", "完成", "完呈", "完成", "完称", "完成",
	"进渡", "进度", "近度", "进度", "进读", "进度", "劲度", "进度", "进肚", "进度", "迸度", "进度", "进展清况", "进展情况",
	"仁务", "任务", "任物", "任务", "认务", "任务", "任雾", "任务", "仼务", "任务", "壬务", "任务", "任悟", "任务", "刃务", "任务", "任努", "任务",
	"廷期", "延期", "延其", "延期", "沿期", "延期", "颜期", "延期",
	"逾其", "逾期", "愈期", "逾期", "超其了", "超期了", "超其的", "超期的", "抄期", "超期",
	"催版", "催办", "摧办", "催办", "崔办", "催办", "催半", "催办",
	"汇宗", "汇总", "汇种", "汇总", "惠总", "汇总", "总节", "总结",
	"排明", "排名",
	"帮定", "绑定", "榜定", "绑定", "绑订", "绑定", "邦定", "绑定", "膀定", "绑定",
	"提行", "提醒", "提性", "提醒", "体醒", "提醒", "题醒", "提醒", "提星", "提醒", "提省我", "提醒我",
	"负贵", "负责", "负则", "负责", "副责", "负责",
	"到其的", "到期的", "到其了", "到期了", "倒期", "到期", "截只", "截止", "接止", "截止",
	"办洁", "办结", "结按", "结案", "结岸", "结案",
	"百分子", "百分之", "白分之", "百分之", "百份之", "百分之",
	"己完成", "已完成", "己经", "已经", "以经完", "已经完", "以经在", "已经在", "以经办", "已经办", "巳完成", "已完成", "巳经", "已经", "己办", "已办",
	"导初", "导出", "查寻", "查询", "查旬", "查询", "搜所", "搜索", "收索", "搜索", "搜锁", "搜索",
	"我们单为", "我们单位", "本单为", "本单位", "我得任务", "我的任务", "我地任务", "我的任务", "我滴任务", "我的任务", "窝的", "我的",
	"牵投", "牵头", "签头", "牵头", "验受", "验收", "历使", "历史", "反溃", "反馈", "返馈", "反馈", "反愧", "反馈",
	"谢谢泥", "谢谢你", "米有", "没有", "木有", "没有", "莫有", "没有", "没得完", "没有完", "冇完成", "没完成", "冇搞掂", "没搞掂", "未搞掂", "没搞掂",
	"静因", "静音", "净音", "静音", "恢复题醒", "恢复提醒", "撒回", "撤回", "辙回", "撤回", "徹回", "撤回",
	"弗要", "不要", "勿要", "不要", "唔好", "不要", "听日", "明天", "今朝", "今天", "明朝", "明天", "后日", "后天", "半拉月", "半个月", "么得", "没有", "有没得", "有没有", "啥子", "什么",
	"数剧", "数据", "大恼", "大脑", "市名卡", "市民卡", "市民咔", "市民卡",
)

// pinyin reports whether the letters are of pinyin: no Han at all, and words of it.
func (u *utterance) pinyin() bool {
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, u.s)
	return len(letters) >= 5 && hanCount(u.s) <= 2 && syllables.MatchString(letters)
}

// syllables matches letters that are nothing but pinyin.
var syllables = regexp.MustCompile(`^(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|ua|uo|a|o|e|i|u|v))+$`)

// spelled puts the pinyin of the words the bot lives on into characters: people type it
// when the input method fails them. None is a part of an English word.
var spelled = strings.NewReplacer(
	"shi de", "是的", "shide", "是的", "bu shi", "不是", "hao de", "好的", "haode", "好的", "queren", "确认", "quxiao", "取消", "keyi", "可以", "wancheng le", "完成了", "wanchengle", "完成了", "wancheng", "完成", "renwu ", "任务", "renwu", "任务", "jindu ", "进度", "jindu", "进度", "jinzhan", "进展",
	"chakan ", "查看", "chakan", "查看", "yanqi dao ", "延期到", "yanqi", "延期", "yuqi", "逾期", "huizong", "汇总", "tixing", "提醒", "cuiban", "催办", "banjie", "办结",
	"zenme yong", "怎么用", "zenmeyong", "怎么用", "zen me yong", "怎么用", "bangzhu", "帮助", "bangding ", "绑定", "bangding", "绑定", "wo de ", "我的", "wode ", "我的", "wode", "我的", "daoqi", "到期", "fuze", "负责", "paiming", "排名", "baifenzhi ", "百分之", "baifenzhi", "百分之",
)
