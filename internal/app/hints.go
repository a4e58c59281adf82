package app

import (
	"regexp"
	"strings"

	"duban/bot/dingtalk"
	"duban/internal/wording"
)

// hints say what a platform's refusal means and what to do; the first that fits.
var hints = [][2]string{
	{"AccessTokenPermissionDenied", "应用缺少接口权限，请在钉钉后台的权限管理中开通"},
	{"invalidClientIdOrSecret", "应用凭证有误，请核对 client_id 和 client_secret"},
	{"signature does not match", "政务钉钉网关不认签名，请核对 app_secret、本机时钟，以及中间代理是否改写了请求"},
	{"IpNotInWhiteList", "服务器地址不在钉钉白名单，请在后台添加"},
	{"robotCode", "机器人编码有误或不在群里，请核对 robot_code 并把机器人加入群"},
	{"openConversationId", "群编号有误或机器人不在群里，请核对 rooms 的 id"},
	{"310000", "群机器人的关键词、加签或白名单设置不符，请核对 webhook 和 secret"},
	{"300001", "群机器人地址失效，请更新 webhook"},
	{"group.disbanded", "该群已解散，请解除绑定"},
	{"staffId", "人员不存在或不在应用可见范围"},
	{"ApiCountLimit", "本月接口调用次数已用完"},
	{"with 90020", "本月接口调用次数已用完"},
	{"ding.serverquota.insufficient", "DING额度不足，请在钉钉后台购买或等待下月"},
	{"invalid.chatbotId", "机器人编码有误，请核对 robot_code"},
	{dingtalk.CodeMediaSize, "文件超过20MB，请缩小范围"},
	{dingtalk.CodeMediaType, "钉钉不接收这种格式的文件"},
	{"with 40004", "钉钉不接收这种格式的文件"},
	{"with 60011", "应用缺少接口权限（上传文件或通讯录），请在钉钉后台的权限管理中开通"},
	{"resource.not.found", "钉钉没有找到上传的文件"},
	{"unknown", "钉钉没有回音，不能确定是否已经送达"},
	{"expired", "超过有效时间未能送达"},
}

// known is the first hint that fits; "" when there is none.
func known(why string) string {
	for _, h := range hints {
		if strings.Contains(why, h[0]) {
			return h[1] + lacking(why)
		}
	}
	return ""
}

func hint(why string) string {
	if h := known(why); h != "" {
		return h
	}
	return "请管理员查看日志（" + wording.Escape(wording.Short(why, 60)) + "）"
}

// denied is how a refusal for want of permissions ends: with what the app lacks.
var denied = regexp.MustCompile(`PermissionDenied.*\[([\w. ]+)\]$`)

// lacking names the permissions that DingTalk asked for, where it did.
func lacking(why string) string {
	if m := denied.FindStringSubmatch(why); m != nil {
		return " " + strings.ReplaceAll(m[1], " ", "、")
	}
	return ""
}
