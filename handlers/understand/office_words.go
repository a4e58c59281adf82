package understand

import (
	"regexp"
	"strings"
)

// ExtendBack takes one's own request for extension back: 任务29的延期不用了.
const ExtendBack Intent = "extend_back"

// MyInstructions asks what became of one's own instructions: 我的批示落实了没有.
const MyInstructions Intent = "my_instructions"

// The Status of an order to press several units at once: what they owe.
const (
	UrgeOverdue    = "overdue"    // 催办所有逾期的
	UrgeUnreported = "unreported" // 请各单位抓紧报送
)

const numberedTask = `(?:任务|第|#)?\s*\d{1,4}\s*(?:号|项|条)?(?:任务)?`

var (
	extendBack = compile(`^(?:我想|我要|我们)?(?:取消|撤回|撤销|撤掉|收回|作废)(?:一下)?(?:我的|我们的|刚才的)?(?:` + numberedTask + `)?的?延期(?:申请|请求)(?:吧|了)?$|^(?:` + numberedTask + `)?的?延期的?(?:申请|请求)?(?:就|先|给我|帮我)?(?:不用了|不要了|不需要了|不申请了|撤回|取消|撤了|撤掉|撤|取消了|撤回了|收回|作废|算了)(?:吧)?$`)
	mineForm   = compile(`^(?:我|我的|我作的|我做的)的?批示(?:事项)?(?:的)?(?:都)?(?:落实|办理|办|执行)?(?:得)?(?:了没有|了没|了吗|没有|情况|怎么样|怎样|如何|到哪|进展|进展如何|呢)?(?:了)?$|^批示(?:事项)?(?:的)?(?:落实|办理)情况$|^(?:都)?有?(?:哪些|什么|哪几条)(?:领导)?的?批示(?:事项|件)?$|^(?:领导)?的?批示(?:事项|件)?(?:都)?(?:有哪些|有什么|有哪几条|清单|列表)$`)
	urgeAll    = compile(`^(?:把|给|对)?(?:催办|催|催一下|督促)?(?:一下)?(?:所有|全部|各|那些)?(?:逾期|超期|过期)(?:了)?(?:的)?(?:任务|单位|事项|项目)?(?:的)?(?:都|全部|全)?(?:催办|催一下|催一遍|催一催|发催办|发个催办|催|督促一下)?(?:一下|一遍)?(?:吧)?$`)
	reportAll  = compile(`^(?:让|叫|通知|督促|催|催办|要求|请)*(?:各|所有|全部|未报送的|没报的|没报送的|未反馈的|没反馈的)+的?(?:责任|承办)?(?:单位|部门|任务)(?:都)?(?:今天|今晚前|尽快|抓紧|赶紧|及时|马上)*(?:一下)?(?:报送|报|上报|反馈)(?:一下)?(?:进展|进度|情况)?(?:吧)?$|^(?:催办|催一下|催)(?:所有|全部)?(?:未报送|没报送|没报|未反馈|没反馈)的?(?:单位|任务)?$`)
	back       = compile(`^(?:把|将)?(?:这项|这个)?(?:再)?(?:转回|转还|交回|还|退还|归还|改回|重新转|重新交)(?:给|到|由)?$`)
	toUnit     = compile(`(?:请|让|叫|要求|通知|责成|给|跟|和|对|向|由)$`)
	hurry      = compile(`报|反馈|抓紧|尽快|加快|赶紧|提速|加把劲|落实|推进|招呼|说一声|提个醒|提醒|催`)
	think      = compile(`汇报|研究|提出|拿出|制定|说明|解释|梳理|形成|论证|谈谈|讲讲|给个说法|给个意见`)
	instructed = regexp.MustCompile(`^(?:我)?批示\s*[:,]?\s*(.+)$`)
	settled    = compile(`^` + numberedTask + `[\s:,的]*(?:事|问题|这事)?(?:已经|已|都|我|我们)*(?:协调好了|协调好|协调完了|协调到位了|协调到位|协调解决了|协调解决|协调过了|协调了)$`)
)

// officeWords reads the words of the office and of leaders that look like something else
// in other mouths, and one's own request taken back; false when the words are none.
func (u *utterance) officeWords(s string) (Meaning, bool) {
	for _, read := range []func(string) (Meaning, bool){u.ding, u.traces} {
		if m, ok := read(s); ok {
			return m, true
		}
	}
	s = strings.TrimRight(s, "!。. ")
	out := Meaning{Score: 1, Margin: 1, Why: "words of the office"}
	if u.matches(extendBack, s) && !u.asks {
		out.Intent = ExtendBack
		u.take(&out, false)
		return out, true
	}
	if !u.leads() {
		return Meaning{}, false
	}
	if u.matches(mineForm, strings.TrimRight(s, "?")) && strings.Contains(s, "批示") && runeLen(s) > 3 {
		out.Intent = MyInstructions
		return out, true
	}
	if u.asks || u.percent != nil {
		return Meaning{}, false
	}
	tasks, blank := u.decidedTasks()
	switch {
	case len(tasks)+len(u.quoted) == 0 && u.matches(reportAll, s):
		out.Intent, out.Status = Urge, UrgeUnreported
		return out, true
	case len(tasks)+len(u.quoted) == 0 && u.matches(urgeAll, s) && containsAny(s, "催", "督促"):
		out.Intent, out.Status = Urge, UrgeOverdue
		return out, true
	case u.matches(settled, s) && len(tasks) == 1:
		out.Intent, out.Task = Met, tasks[0]
		return out, true
	}
	return u.toOneUnit(out, tasks, blank)
}

// toOneUnit reads what is said to one unit: to press it, or an instruction.
func (u *utterance) toOneUnit(out Meaning, tasks []string, blank string) (Meaning, bool) {
	s := blank
	if m := instructed.FindStringSubmatchIndex(s); m != nil && u.ctx.Duty != "admin" && (form{intent: Instruct}).holds(s[m[2]:m[3]]) {
		if len(tasks) > 0 || len(u.quoted) > 0 {
			return Meaning{}, false // the fixed form reads it
		}
		out.Intent, out.Reason, out.Unit = Instruct, strings.TrimLeft(u.original(m[2], len(u.s)), " ：:，,"), u.unit()
		return out, true
	}
	if u.unit() == "" || len(tasks) > 1 || u.quotes {
		return Meaning{}, false
	}
	at := u.units[0]
	before, after := strings.Trim(strings.ReplaceAll(blank[:at.start], " ", ""), ",:、的"), blank[at.end:]
	if u.matches(back, before) && len(tasks)+len(u.quoted) == 1 && bareWords(after) == "" { // 任务33转回市大数据中心
		u.take(&out, false)
		out.Intent, out.Unit = Assign, u.unit()
		return out, out.Task != ""
	}
	if !u.matches(toUnit, before) || runeLen(before) > 4 {
		return Meaning{}, false
	}
	if len(tasks) == 1 {
		out.Task = tasks[0]
	} else if len(u.quoted) == 1 {
		out.Task = u.quoted[0]
	}
	switch {
	case u.matches(think, after) && !hasAnySuffix(before, "由", "给") && u.ctx.Duty != "admin":
		out.Intent = Instruct
	case out.Task != "" && u.matches(hurry, after) && !hasAnySuffix(before, "由") && !containsAny(after, "牵头", "负责", "承办", "接手", "接办"):
		out.Intent = Urge
	default:
		return Meaning{}, false
	}
	out.Unit, out.Reason = u.unit(), strings.Trim(u.own, " ，,。")
	out.Text = out.Reason
	return out, true
}
