package understand

import (
	"strings"
	"unicode/utf8"

	"duban/store/ledger"
)

func (u *utterance) fillAsk(m *Meaning) {
	m.Toward = Report
	m.Text = u.textOf()
	m.Tasks = u.refs
	m.N = u.place()
	m.Ask = "请问是哪一项任务？请回复任务编号和进展，例如“任务20进度60%”。"
}

func (u *utterance) fillTask(m *Meaning) { u.take(m, false) }

// fillReport picks a report apart; the words are kept whole beside it.
func (u *utterance) fillReport(m *Meaning) {
	u.take(m, true)
	m.Text = u.textOf()
	if m.Percent = u.percent; u.percent == nil && u.unrated != "" {
		m.Why += "; percentage left out: " + u.unrated
	}
	m.Status = u.status()
	m.Blocker = u.piece(blockers...)
	m.Next = u.piece(nexts...)
	if m.Intent != Done {
		m.Expect = u.expected()
	}
}

var (
	blockers = []string{"卡在", "卡住", "问题是", "问题:", "困难", "堵点", "难点", "瓶颈", "等着", "就等", "只等", "等待", "因为", "由于", "缺", "影响", "没批", "未批", "没到位", "未到位", "需协调", "需要协调", "请协调", "不配合", "受阻", "推不动", "没钱", "没资金", "停滞"}
	nexts    = []string{"下一步", "接下来", "下步", "后续", "下周", "下个月", "下月", "计划", "准备", "打算", "拟于", "近期将"}
)

// piece joins the clauses that hold one of the words, as they were written.
func (u *utterance) piece(words ...string) string {
	var out []string
	for _, c := range u.clauses {
		if containsAny(c.text, words...) {
			out = append(out, strings.Trim(u.original(c.start, c.end), " ：:"))
		}
	}
	return strings.Join(out, "，")
}

func (u *utterance) status() string {
	switch {
	case u.has(cueNoProgress) && !(u.has(cueNotStarted) && u.at(cueNotStarted) < u.at(cueNoProgress)):
		return "no_progress" // 跟上周一样，没动: the first word counts
	case u.has(cueNotStarted):
		return "not_started"
	case u.has(cueBlocked):
		return "blocked"
	case u.claim == claimDone || u.claim == claimClose:
		return "done"
	}
	return "in_progress"
}

// textOf is what was written, without the task number that leads it.
func (u *utterance) textOf() string {
	lead := 0
	for _, n := range u.nums {
		if n.kind != numTask && (u.bare == "" || n.no() != u.bare) {
			continue
		}
		if u.atFront(n.start) {
			lead = n.end
		}
		break
	}
	if lead == 0 || u.runs == nil {
		return u.own
	}
	text := ""
	if i := utf8.RuneCountInString(u.s[:lead]); i < len(u.runs) {
		text = strings.TrimLeft(u.own[u.runs[i]:], " ,，.。:：、;；")
	}
	if rest, ok := strings.CutPrefix(text, "的"); ok && !hasAnyPrefix(rest, "确", "士") { // 任务28的招标完成了
		text = rest
	}
	for _, w := range [...]string{"那个", "那项", "那条"} { // 36那个管理办法进度50%
		text = strings.TrimLeft(strings.TrimPrefix(text, w), " ,，:：")
	}
	if text == "" {
		return u.own
	}
	return text
}

// original is the piece of the person's own words that became s[start:end].
func (u *utterance) original(start, end int) string {
	if u.runs == nil {
		if start == 0 && end == len(u.s) {
			return u.own
		}
		return u.s[start:end]
	}
	i, j := utf8.RuneCountInString(u.s[:start]), utf8.RuneCountInString(u.s[:end])
	from, to := len(u.own), len(u.own)
	if i < len(u.runs) {
		from = u.runs[i]
	}
	if j < len(u.runs) {
		to = u.runs[j]
	}
	return u.own[from:to]
}

// expected is the day by which the speaker means to be done.
func (u *utterance) expected() (out ledger.Date) {
	for _, d := range u.days {
		c := u.clauseAt(d.start)
		if !dated(d.to) || d.to.Compare(u.today()) < 0 {
			continue
		}
		if u.percentIn(c) && !containsAny(c.text, "预计", "争取", "力争", "可以", "能", "计划", "将", "确保", "保证", "有望", "要", "会") {
			continue // 本月完成20%: when it was done, not when it will be
		}
		if containsAny(c.text, "预计", "争取", "力争", "可以", "能", "计划", "将", "前完成", "完成", "办结", "验收", "上线", "到位", "结束", "确保", "保证", "提前到", "有望", "搞定", "弄好", "做完", "交", "办好", "收尾", "准备", "办完", "弄完", "搞完", "做好", "搞好", "干完", "交付", "出来", "印发") && (!containsAny(c.text, "已完成", "完成了") || d.to.Compare(u.today()) > 0 && containsAny(c.text, "就", "能", "会")) {
			out = d.to
		}
	}
	return out
}
