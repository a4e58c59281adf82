package understand

import (
	"regexp"
	"slices"
	"strings"
)

// The short words in which an office and its leaders decide on what is put before them.
// Which application they are about only the state can tell.
const (
	Agree    Intent = "agree"    // 同意, 29同意, 全部通过; Status is its kind, where said, Name who applied, Reason what was added
	Disagree Intent = "disagree" // 不同意, 不行，按原计划
)

// The kinds of application that the words of a decision name.
const (
	KindExtension = "postpone"
	KindClosing   = "done"
	KindClaim     = "bind"
)

// verdict is what a clause of a decision says.
type verdict uint16

const (
	vYes verdict = 1 << iota
	vWeak
	vNo
	vReturn
	vExtension
	vClosing
	vClaim
	vAll
	vFirm // said in words that leave no doubt, unlike 行 and 好的
)

// verdicts are the words that a decision is made of; what holds another word decides.
var verdicts = map[string]verdict{
	"同意": vYes, "批准": vYes, "准予": vYes, "准许": vYes, "核准": vYes, "照准": vYes, "准了": vYes, "准": vYes, "批了": vYes, "认可": vYes,
	"通过": vYes | vClosing, "审核通过": vYes | vClosing, "验收通过": vYes | vClosing, "审批通过": vYes,
	"可以了": vYes | vWeak, "可以": vYes | vWeak, "行了": vYes | vWeak, "行": vYes | vWeak, "没问题": vYes | vWeak, "没有问题": vYes | vWeak, "ok": vYes | vWeak, "ok了": vYes | vWeak, "好的": vYes | vWeak, "好": vYes | vWeak, "没意见": vYes | vWeak, "无异议": vYes | vWeak,
	"不同意": vNo, "不批准": vNo, "不批": vNo, "不准": vNo, "不予": vNo, "不予同意": vNo, "不予批准": vNo, "不能同意": vNo, "不得": vNo, "驳回": vNo, "否决": vNo, "不认可": vNo, "不行": vNo | vWeak, "不可以": vNo | vWeak, "不能": vNo | vWeak,
	"不通过": vNo | vClosing, "不予通过": vNo | vClosing,
	"退回": vReturn, "退回去": vReturn, "退回来": vReturn, "打回": vReturn, "打回去": vReturn, "打回来": vReturn, "退回重办": vReturn, "打回重办": vReturn, "退回整改": vReturn, "退回重报": vReturn,
	"延期": vExtension, "展期": vExtension, "延长": vExtension, "延后": vExtension, "推迟": vExtension, "宽限": vExtension, "延到": vExtension, "延至": vExtension,
	"办结": vClosing, "销号": vClosing, "结案": vClosing, "绑定": vClaim,
	"都": vAll, "全部": vAll, "所有": vAll, "一并": vAll, "一律": vAll, "统统": vAll, "均": vAll,
}

// besides may stand in a decision and say nothing in it.
var besides = []string{
	"已审核", "审核过", "审过", "已看过", "看过", "已阅", "的", "了", "吧", "啊", "申请", "请求", "任务", "这个", "这项", "这些", "该", "它", "我们", "我", "领导", "原则上", "原则", "予以", "给予", "只", "仅", "最多", "最晚", "最迟", "能", "可", "到", "至", "前", "之前", "为止", "时限", "期限",
	"就", "也", "先", "那", "请", "给", "对", "和", "、", "跟", "与", "及", "事项", "事", "一下", "办理", "审核", "审批", "批到", "批", "定到", "改到", "为", "本次", "这次", "但", "其", "把", "将", "他", "她", "几个", "两个", "两项", "三项", "项", "号", "单位", "是",
}

// decisionWords are both, for the longest match.
var decisionWords = func() []string {
	out := slices.Clone(besides)
	for w := range verdicts {
		out = append(out, w)
	}
	return out
}()

// nameClaim is a word on what one person has asked for: 同意赵蕾的申请.
var nameClaim = compile(`^(不同意|不批准|不准|驳回|同意|批准|准予|通过)\s*(\p{Han}{2,4}?)(?:同志)?的(?:绑定)?(?:申请|请求)$`)

// decision reads a decision of the office or a leader; false when the words are none.
func (u *utterance) decision() (Meaning, bool) {
	if !u.leads() || u.asks || u.percent != nil || len(u.clauses) == 0 {
		return Meaning{}, false
	}
	if m := u.find(nameClaim, bareWords(u.s)); m != nil && u.pure(m[2]) < 0 {
		out := u.decided(Agree)
		if strings.HasPrefix(m[1], "不") || m[1] == "驳回" {
			out.Intent = Disagree
		}
		out.Name = m[2]
		return out, true
	}
	tasks, blank := u.decidedTasks()
	var said verdict
	pure := 0
	for _, c := range u.clauses {
		v := u.pure(blank[c.start:c.end])
		if v < 0 {
			break
		}
		said |= verdict(v)
		pure++
	}
	if said&(vYes|vNo|vReturn) == 0 {
		if m, ok := u.turnedDown(tasks, blank); ok {
			return m, true
		}
		return u.returned(tasks, blank)
	}
	if len(tasks) == 0 && len(u.quoted) == 0 && len(u.ctx.QuoteText) == 0 && said&(vExtension|vClosing|vClaim|vFirm) == 0 {
		return Meaning{}, false // 好的 by itself decides nothing
	}
	out := u.verdict(said, tasks)
	if out.Status == KindClaim && !out.All {
		return Meaning{}, false // 同意绑定 names its person, and has a row of its own
	}
	if pure < len(u.clauses) {
		out.Reason = strings.Trim(u.original(u.clauses[pure].start, len(u.s)), clauseMarks+" ")
	}
	if out.Intent == ExtendYes || out.Intent == Agree {
		for _, d := range u.days {
			out.Date = d.to
		}
	}
	return out, true
}

// decided begins a decision about the tasks that are named, else the quoted one.
func (u *utterance) decided(i Intent) Meaning {
	return Meaning{Intent: i, Score: 1, Margin: 1, Why: "a decision on an application"}
}

// verdict is the meaning of the clauses that decide.
func (u *utterance) verdict(said verdict, tasks []string) Meaning {
	out := u.decided(Agree)
	yes := said&(vNo|vReturn) == 0
	if !yes {
		out.Intent = Disagree
	}
	switch {
	case said&vExtension != 0:
		out.Status = KindExtension
	case said&(vClosing|vReturn) != 0:
		out.Status = KindClosing
	case said&vClaim != 0:
		out.Status = KindClaim
	}
	switch {
	case len(tasks) > 1:
		out.Tasks = tasks
	case len(tasks) == 1:
		out.Task = tasks[0]
	case len(u.quoted) == 1 && !u.quotes:
		out.Task = u.quoted[0]
	case len(u.quoted) > 1:
		out.Tasks = u.quoted
	}
	out.All = said&vAll != 0 && len(tasks) == 0
	one := out.Task != "" && !out.All
	switch {
	case out.Status == KindExtension && (one || !out.All && len(out.Tasks) == 0) && yes:
		out.Intent = ExtendYes
	case out.Status == KindExtension && (one || !out.All && len(out.Tasks) == 0):
		out.Intent = ExtendNo
	case out.Status == KindClosing && one && yes:
		out.Intent, out.Status = Accept, ""
	case out.Status == KindClosing && one:
		out.Intent, out.Status = Return, ""
	}
	return out
}

// downWords open a no whose reason follows without a mark.
var downWords = regexp.MustCompile(`^ *(?:审核)?(退回|打回|不通过|驳回|不同意|不批准)(延期|办结)?[ :的]*`)

// turnedDown reads a no with its reason behind the task: 退回 任务28 缺少材料.
func (u *utterance) turnedDown(tasks []string, blank string) (Meaning, bool) {
	at := downWords.FindStringSubmatchIndex(blank)
	if at == nil || len(tasks) != 1 || hasAnyPrefix(blank[at[1]:], "上级", "资金", "财政", "保证金", "押金", "款", "多", "给", "了", "申请", "退办", "绑定") {
		return Meaning{}, false
	}
	said := vReturn
	if at[4] >= 0 && blank[at[4]:at[5]] == "延期" {
		said = vNo | vExtension
	}
	out := u.verdict(said, tasks)
	out.Reason = strings.Trim(u.original(at[1], len(u.s)), clauseMarks+" :：的")
	return out, out.Reason != ""
}

// returned reads a return whose reason comes first: 任务28 材料不够，打回去.
func (u *utterance) returned(tasks []string, blank string) (Meaning, bool) {
	last := u.clauses[len(u.clauses)-1]
	tail, end := strings.TrimRight(blank[last.start:last.end], " 了吧"), last.start
	if v := u.pure(tail); v < 0 || verdict(v)&vReturn == 0 {
		w := ""
		for _, x := range [...]string{"退回重办", "退回整改", "退回去", "退回来", "打回去", "打回来", "打回", "退回"} {
			if w == "" && strings.HasSuffix(tail, x) {
				w = x
			}
		}
		head := strings.TrimSuffix(tail, w)
		if w == "" || hasAnySuffix(head, "已", "已经", "被", "将", "要", "会", "的", "款", "金", "全部", "应", "需") || runeLen(strings.TrimSpace(head)) < 4 {
			return Meaning{}, false
		}
		end += len(head)
	}
	if len(tasks) > 1 || len(tasks) == 0 && (len(u.quoted) != 1 || u.quotes) {
		return Meaning{}, false
	}
	out := u.verdict(vReturn, tasks)
	from := 0
	for _, n := range u.nums {
		if n.kind == numTask && strings.TrimSpace(blank[:n.end]) == "" {
			from = n.end
		}
	}
	if end > from {
		out.Reason = strings.Trim(u.original(from, end), clauseMarks+" :：的")
	}
	return out, true
}

// pure returns what a text says that is made of the words of a decision alone, -1 for any
// other.
func (u *utterance) pure(text string) int {
	said := verdict(0)
	for text = bareWords(text); text != ""; {
		w := longestPrefix(text, decisionWords)
		if w == "" {
			if w = first(text, 1); !strings.Contains(" ,:、的", w) {
				return -1
			}
		}
		v := verdicts[w]
		if v&(vYes|vNo|vReturn) != 0 && v&vWeak == 0 {
			v |= vFirm
		}
		said |= v
		text = text[len(w):]
	}
	return int(said)
}

// decidedTasks lists the tasks that a decision names, also by bare numbers, and the text
// without them and without its days.
func (u *utterance) decidedTasks() ([]string, string) {
	b := []byte(u.s)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			b[i] = ' '
		}
	}
	for _, d := range u.days {
		blank(d.start, d.end)
	}
	tasks := slices.Clone(u.refs)
	for _, n := range u.nums {
		switch {
		case n.kind == numTask:
			blank(n.start, n.end)
		case n.kind == numBare && n.whole && !n.minus && u.lex.exists(n.no()) && !u.inDay(n.from):
			blank(n.start, n.end)
			tasks = addOnce(tasks, n.no())
		}
	}
	return tasks, string(b)
}
