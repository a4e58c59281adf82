package handlers

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

var (
	// ordinalPoint calls a checkpoint by its place in the plan.
	ordinalPoint = regexp.MustCompile(`(?:第\s*([一二两三四五六七八九十\d]+)\s*个?|(首)个?|(最后)一?个?)(?:时间)?(?:节点|阶段|里程碑)`)
	// labelVerbs begin a label without telling its checkpoint from the others.
	labelVerbs = regexp.MustCompile(`^(?:完成|制定|出台|建成|推进|形成|启动|基本)+`)
)

// minRun is how many characters of a long label name the checkpoint when they are written
// one after another.
const minRun = 4

// pointIn finds the one checkpoint that the words name: by its place (第一个节点) or by its
// label. Of a recurring task the words must begin with the period (2018年…): elsewhere a
// period is what something is compared with, or what is planned.
func pointIn(x *ledger.Task, today ledger.Date, words string) (ledger.Point, bool) {
	points := x.Begun(today)
	if len(points) == 0 || len(x.Points) < 2 {
		return ledger.Point{}, false
	}
	if x.Recurring() {
		words = afterTask(words, x.No)
		for _, pt := range points {
			if pt.Label != "" && strings.HasPrefix(words, pt.Label) {
				return pt, true
			}
		}
		return ledger.Point{}, false
	}
	if n := ordinal(words, len(points)); n > 0 {
		return points[n-1], true
	}
	best, tie := -1, false
	var most float64
	for i, pt := range points {
		switch fit := labelFit(pt.Label, words); {
		case fit > most:
			best, most, tie = i, fit, false
		case fit == most:
			tie = true
		}
	}
	if best < 0 || tie {
		return ledger.Point{}, false
	}
	return points[best], true
}

// ordinal is the place of a checkpoint among n that the words speak of; 0 when they do not.
func ordinal(words string, n int) int {
	m := ordinalPoint.FindStringSubmatch(words)
	switch {
	case m == nil:
		return 0
	case m[2] != "":
		return 1
	case m[3] != "":
		return n
	}
	k := strings.Index("一二三四五六七八九十", strings.Replace(m[1], "两", "二", 1))/len("一") + 1
	if d := strings.Index("123456789", m[1]); d >= 0 {
		k = d + 1
	}
	if k > n {
		return 0
	}
	return k
}

// labelFit is how much of the label stands in the words: 1 for all of it, 0 for too little.
func labelFit(label, words string) float64 {
	key := labelVerbs.ReplaceAllString(label, "")
	n := utf8.RuneCountInString(key)
	switch run := commonRun(key, words); {
	case n < 2 || run < min(n, minRun):
		return 0
	default:
		return float64(run) / float64(n)
	}
}

// commonRun is the length, in characters, of the longest piece that both hold.
func commonRun(a, b string) int {
	p, best := []rune(a), 0
	for i := range p {
		for j := i + best + 1; j <= len(p) && strings.Contains(b, string(p[i:j])); j++ {
			best = j - i
		}
	}
	return best
}

// pointOf is the checkpoint that was chosen in answer to a question or that is named in
// what was said: with several clauses, in the one that carries the percentage.
func (t *turn) pointOf(x *ledger.Task) string {
	if t.point != "" {
		return t.point
	}
	words := t.mean.Text
	if words == "" {
		words = t.words()
	}
	if t.mean.Percent != nil {
		for _, c := range clauseEnds.Split(words, -1) {
			if pt, ok := pointIn(x, t.today, c); ok && strings.ContainsAny(c, "0123456789%％成半") {
				return pt.ID
			}
		}
	}
	if pt, ok := pointIn(x, t.today, words); ok {
		return pt.ID
	}
	return ""
}

// bothWords say of all that was listed that it is done.
var bothWords = regexp.MustCompile(`^\s*(?:(?:这|那)?[两二三四五]个?项?(?:个?节点)?|节点|全部|所有节点)?(?:都|全都|全部|均)?(?:已经|已)?(?:是|要|办结|完成)?(?:了|的)?[。！!]?\s*$`)

// allDone reports whether the text answers the question for a checkpoint with all of them
// (两项都完成了).
func (p *pending) allDone(text string) bool {
	if len(p.Choices) < 2 || p.Mean.Intent != understand.Done || !strings.ContainsAny(text, "都全均") {
		return false
	}
	for _, c := range p.Choices {
		if c.Point == "" {
			return false
		}
	}
	return bothWords.MatchString(text)
}

// nodeOf names the checkpoint where the task has several, before what is said of it:
// “管理办法”节点的; empty where it has one.
func nodeOf(x *ledger.Task, pt ledger.Point) string {
	if len(x.Points) < 2 || pt.Label == "" {
		return ""
	}
	return "“" + wording.Escape(pt.Label) + "”节点的"
}

// nextNode says what a task of several checkpoints goes on with.
func (t *turn) nextNode(x *ledger.Task, p *ledger.Progress) string {
	pt, open := ledger.CurrentPoint(x, p, t.today)
	if !open || len(x.Points) < 2 || p.Point(pt.ID).Phase != ledger.PhaseOpen {
		return ""
	}
	return fmt.Sprintf("下一节点为“%s”，时限%s。", wording.Escape(cmp.Or(pt.Label, pt.ID)), pt.Due.Chinese())
}
