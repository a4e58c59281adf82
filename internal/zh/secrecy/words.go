package secrecy

import "regexp"

// The pieces of a marking, of folded text. GB/T 9704 prints 密级和保密期限 as 机密★1年 in the
// upper left corner, and with an urgency below it; people type it in other ways too.
const (
	level   = `(?:绝\s*密|机\s*密|秘\s*密)`
	inside  = `内\s*部`
	term    = `(?:[0-9]{1,2}\s*(?:年|个月|月|天|日)|长期)`
	urgent  = `(?:特提|特急|加急|急件|平急)`
	opened  = `[\[(【〔"“<\s]*`
	closed  = `[\])】〕"”>。!\s]*`
	own     = `(?:内部(?:资料|文件|材料|刊物|传阅|掌握|使用|参考)|仅(?:供|限)内部(?:使用|参考|传阅|掌握))`
	guarded = `(?:注意保存|注意保密|妥善保管|(?:不得|严禁|请勿|切勿|禁止)外传|不得公开)`
)

// markings mark a text wherever they stand on a line.
var markings = compile(
	`(?:`+level+`|`+inside+`)\s*[★☆⭐](?:$|[^★☆⭐])`,                      // 机密★1年; a rating has several stars
	`(?:^|[^*])(?:`+level+`|`+inside+`)\s*\*\s*(?:`+term+`|$|[\s)\]】])`, // the star of a keyboard, and no emphasis
	`密\s*级(?:和保密期限)?\s*[:=]\s*[\[(【]?\s*(?:`+level+`|`+inside+`)(?:$|[^□○◯☐/、或])`,
	`^`+opened+`(?:`+urgent+`\s*)?`+level+`(?:级|件)?\s*`+term+`?\s*`+urgent+`?`+closed+`$`, // alone on its line or in its cell
	`[\[(【〔]\s*`+level+`(?:级|件)?\s*`+term+`?\s*[\])】〕]`,
	`^\s*[\[【〔]\s*`+inside+`\s*[\]】〕]`,
	`^`+opened+own+`[\s,、:;·]*`+guarded+closed+`$`,
	`^`+opened+own+closed+`$`,
	`[\[(【〔]\s*`+own+`[\s,、:;·]*`+guarded+`\s*[\])】〕]`,
	`[\[【〔]\s*`+own+`\s*[\]】〕]`,
	`[本此](?:文件|文|件|材料|资料|方案|通知|表|报告|稿)(?:属于|属|系|为)(?:国家秘密|绝密级?|机密级?|秘密级)(?:$|[^的])`,
)

// heads mark the head of a document besides.
var heads = compile(
	`^`+opened+inside+closed+`$`,
	`[\[(【〔]\s*(?:`+inside+`|`+own+`)\s*[\])】〕]\s*$`,
)

// leaving is what must not be sent to others besides: words of secret papers, telephone
// and identity numbers. 商业秘密 and 非涉密 are subjects of plans.
var leaving = compile(
	`绝密|机密|国家秘密|密级|密件|内部资料|内部文件|内部使用|不得外传|严禁外传|注意保密`,
	`秘密\s*(?:级|[0-9]+年)|(?:^|[\s\[【(])秘密(?:$|[\s\]】)])`,
	`(?:^|[^非不])涉密(?:文件|资料|材料|信息|件|内容)`,
	`(?:^|[^0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?:[^0-9]|$)`,
	`(?:^|[^0-9])\(?0[1-9][0-9]{1,2}\)?[- ]?[2-9][0-9]{6,7}(?:[^0-9]|$)`,
	`(?:电话|手机|座机|传真|联系方式)[^0-9]{0,6}[0-9][0-9 -]{5,}`,
	`(?:^|[^0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9x](?:[^0-9]|$)`,
	`(?:^|[^0-9])[1-9][0-9]{16}[0-9x](?:[^0-9]|$)|(?:^|[^0-9])[1-9][0-9]{14}(?:[^0-9]|$)`,
)

func compile(list ...string) []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(list))
	for i, s := range list {
		out[i] = regexp.MustCompile(s)
	}
	return out
}
