package understand

import "strings"

func (u *utterance) scoreUnbind() float64 {
	switch {
	case u.asks && !u.request():
		return 0
	case !u.ctx.Bound, len(u.units) > 0 && strings.Contains(u.s, "绑错"):
		return 0
	case containsAny(u.s, "解绑", "解除绑定", "取消绑定", "退绑", "撤销绑定", "解开绑定", "删除绑定", "unbind", "退出绑定", "取消我的绑定", "解除我的绑定", "取消单位绑定", "解除单位绑定", "把绑定取消", "把绑定解除", "绑定取消", "绑定解除", "不绑定", "绑错", "不是我们单位的了", "不是我单位的了", "不是这个单位", "不是你们说的那个单位", "不是那个单位的", "不在原单位", "不在这个单位", "不在这单位", "不在单位了"):
		return 0.96
	case hasAnyPrefix(u.s, "退出", "我要退出", "我退出", "申请退出") && len(u.units) == 1 && u.units[0].name == u.ctx.Unit && bareWords(u.s[u.units[0].end:]) == "":
		return 0.93
	case u.mine() && len(u.units) > 0 && containsAny(u.s, "没关系了", "没有关系了", "没啥关系了"):
		return 0.9
	case !u.about() && hasAnyPrefix(u.s, "调走了", "已调走", "调离了", "已经调走") && len(u.units) == 0:
		return 0.88
	case u.has(cueUnbind) && u.mine() && u.size() <= 24:
		return 0.9
	case u.matches(notOf, u.s) && len(u.units) > 0 && (strings.Contains(u.s, "了") || hasAnySuffix(bareWords(u.s), "的", "的人", "的同志", "的干部")) && !containsAny(u.s, "，是", ",是"):
		return 0.88
	}
	return 0
}
