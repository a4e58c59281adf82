package understand

import (
	"strings"

	"duban/store/ledger"
)

// findQuoted gathers the tasks of the quote and of the question asked.
func (u *utterance) findQuoted(block string) {
	c := &u.ctx
	u.quoted = append(u.quoted, c.Quoted...)
	if len(u.quoted) == 0 && c.QuoteText != "" {
		u.quoted = QuotedTasks(c.QuoteText)
	}
	for _, no := range QuotedTasks(block) {
		u.quoted = addOnce(u.quoted, no)
	}
	u.quotes = c.QuoteList || len(u.quoted) > 1
	if len(u.quoted) > 0 || u.quotes {
		return
	}
	if c.AskedTask != "" {
		u.quoted = []string{c.AskedTask}
	} else if c.Asked != "" {
		u.quoted = QuotedTasks(c.Asked)
		u.quotes = len(u.quoted) > 1
	}
}

// target is the one task that is meant, with how it is known. sure is true when
// the words alone name it; clash when words and quote name different tasks.
type target struct {
	no          string
	sure, clash bool
	several     bool
	byName      bool
}

// strays reports whether the task is named only after a clause that already reported
// (进度60%。把任务29也标记完成 under a quote of task 28).
func (u *utterance) strays() bool {
	if len(u.clauses) < 2 {
		return false
	}
	c := u.clauses[0]
	for _, n := range u.nums {
		if n.kind == numTask && n.start < c.end {
			return false
		}
	}
	return u.percentIn(c) || doneIn(c.text) || containsAny(c.text, "正在", "已", "目前", "还在", "在走", "在办", "在做", "在弄")
}

// corrective reports whether the text ends by saying which task it is: 完成的是任务29.
func (u *utterance) corrective() bool {
	for _, n := range u.nums {
		if n.kind == numTask {
			return strings.HasSuffix(u.s[:n.start], "的是") && strings.Trim(u.s[n.end:], " .。!") == ""
		}
	}
	return false
}

// strayOrder reports whether the other task is named only in an order behind a report on
// the quoted one: that order is text of the report.
func (u *utterance) strayOrder() bool {
	if len(u.quoted) != 1 || u.quoted[0] == u.refs[0] || !u.strays() || !u.percentIn(u.clauses[0]) {
		return false
	}
	for _, n := range u.nums {
		if n.kind == numTask {
			return containsAny(u.clauseAt(n.start).text, "把", "将", "请", "系统", "管理员", "帮")
		}
	}
	return false
}

// run matches a run of tasks of which something is said at once: 20号到26号都完成了.
var run = compile(`(?:^|[^0-9月])[0-9]{1,3}(?:号|项|条)(?:任务)?[到至~-](?:任务|第)?[0-9]{1,3}(?:号|项|条)(?:任务)?的?(?:进度|进展|都|全|均)(?:都|是|为|已|已经|全)*(?:完成|办完|做完|办结|弄完|[0-9])`)

// target finds the one task. Names count only for reports, where asked.
func (u *utterance) target(byName bool) target {
	switch {
	case len(u.refs) > 1, u.spread, len(u.refs) == 1 && containsAny(u.s, "除了", "除") && u.quotes:
		return target{several: true}
	case len(u.refs) == 1:
		if u.strayOrder() {
			return target{no: u.quoted[0]}
		}
		weak := !u.prefixed()
		clash := (weak || u.strays() || u.corrective()) && len(u.quoted) == 1 && u.quoted[0] != u.refs[0]
		return target{no: u.refs[0], sure: true, clash: clash}
	case u.bare != "":
		clash := len(u.quoted) == 1 && !u.quotes && u.quoted[0] != u.bare
		return target{no: u.bare, sure: true, clash: clash}
	case u.quotes:
		return target{several: true}
	case len(u.quoted) == 1:
		return target{no: u.quoted[0]}
	}
	if byName {
		if no, ok := u.lex.names.clear(u.s); ok {
			return target{no: no, sure: true, byName: true}
		}
	}
	return target{}
}

// prefixed reports whether a task is named with a word in front (任务28, #28, 第28项),
// which no day of a month can be.
func (u *utterance) prefixed() bool {
	for _, n := range u.nums {
		if n.kind == numTask && (n.start < n.from || n.end > n.to+len("号")) {
			return true
		}
	}
	return false
}

// exists reports whether the plan has the task. A plan without tasks denies nothing.
func (l *Lexicon) exists(no string) bool {
	return len(l.titles) == 0 || l.titles[no] != ""
}

func dated(d ledger.Date) bool { return !d.IsZero() }
