package handlers

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// recentFor is how long words without a task may go on about one's own last report. It is
// still asked, not guessed.
const recentFor = 10 * time.Minute

// ownLast is the task that the person reported on last, with that report; nil when there
// is none. Of reports of the same moment the one written last counts.
func ownLast(b *ledger.Book, id string) (*ledger.Task, *ledger.Entry) {
	var task *ledger.Task
	var last *ledger.Entry
	var rev int64
	for _, x := range b.Tasks {
		e := b.Progress(x.No).LastBy(id)
		if e == nil {
			continue
		}
		r := written(b, x)
		if last == nil || e.At.After(last.At) || e.At.Equal(last.At) && r > rev {
			task, last, rev = x, e, r
		}
	}
	return task, last
}

// written is the revision at which the task's progress was last written.
func written(b *ledger.Book, x *ledger.Task) int64 { return b.Expect(ledger.RecordProgress, x.ID).Rev }

// lastReported is the number of the task that the person reported on last.
func lastReported(b *ledger.Book, id string) string {
	if x, _ := ownLast(b, id); x != nil {
		return x.No
	}
	return ""
}

// takeBack names a report: what it takes back is what was written, not only a question.
var takeBack = regexp.MustCompile(`撤回|收回|撤销(?:刚才|上一?条|反馈)`)

// withdraws reports whether a no to the bot's question takes the last report back as well.
func (t *turn) withdraws() bool {
	if t.mean.Intent != understand.Cancel || t.me == nil || !takeBack.MatchString(t.m.Text) {
		return false
	}
	_, last := ownLast(t.book, t.me.ID)
	return last != nil && t.now.Sub(last.At) <= withdrawFor
}

// askRecent asks whether words that name no task go on about the speaker's last report.
func (t *turn) askRecent(mean understand.Meaning) (act, bool) {
	x, last := ownLast(t.book, t.me.ID)
	if x == nil || t.now.Sub(last.At) > recentFor || t.m.Quote != nil && !t.unknownQuote() {
		return act{}, false
	}
	if shown := t.lastShown(); shown != nil && shown != x { // the talk has moved on
		return act{}, false
	}
	return t.askThis(x, mean), true
}

// unknownQuote reports whether one of the bot's own messages is quoted of which the platform
// does not say which one it is: most often the receipt just read.
func (t *turn) unknownQuote() bool {
	return t.m.Quote != nil && t.m.Quote.FromBot && t.m.Quote.Text == "" && !t.quoted
}

// askThis asks whether it is this task.
func (t *turn) askThis(x *ledger.Task, mean understand.Meaning) act {
	q := fmt.Sprintf("是任务%s“%s”吗？", x.No, wording.Escape(wording.Short(x.Title, 30)))
	note := "尚未处理"
	if writesProgress(mean.Intent) {
		note = "尚未记录"
	}
	return act{
		reply: reply{title: "请确认任务", text: q + "（" + note + "）\n\n请回复“确认”；不是的，请带上任务编号重新发送。", buttons: yesNo()},
		ask:   &pending{Asked: q, Mean: mean, Text: t.words(), Choices: []choice{{Label: x.No, Task: x.No}}},
	}
}

// bareLead is a number that stands before words without saying what it counts (36管理办法早就完成了).
var bareLead = regexp.MustCompile(`^\s*(\d{1,4})\s*(?:那个|这个|那项|这项)?\s*(\p{Han}.*)$`)

// reread reads a leading number as a task's, where the words after it fit that task's title:
// 36管理办法早就完成了 is no report without a task.
func (t *turn) reread() {
	if t.mean.Intent != understand.Clarify && t.mean.Intent != understand.Unknown || t.me == nil {
		return
	}
	m := bareLead.FindStringSubmatch(t.m.Text)
	if m == nil {
		return
	}
	x := t.book.Task(m[1])
	if x == nil || t.unit(x) == "" && !may(t.me, reportFor) || commonRun(plainWords(m[2]), x.Title) < 2 {
		return
	}
	if again := t.lex.Parse("任务"+x.No+" "+m[2], t.context()); again.Task == x.No && writesProgress(again.Intent) {
		t.mean = again
	}
}

// plainWords leaves out what most reports say, so that what is left names something.
func plainWords(s string) string {
	return commonWords.ReplaceAllString(s, " ")
}

var commonWords = regexp.MustCompile(`完成|推进|进度|进展|正在|已经|目前|工作|任务|我们|开展|计划|落实|制定|制订|实施|加强|建设|情况|项目|单位|部门|湖州|全市|有关|预计|争取|领导|问题|时间|系统|平台|管理|全面|早就|报送|办结|申请`)

// fits scores how well the words fit the task's title: shared pairs of characters count
// more, the fewer tasks have them. 0: not at all.
func fits(words string, x *ledger.Task, all []*ledger.Task) float64 {
	sum, seen := 0.0, map[string]bool{}
	for piece := range strings.FieldsSeq(plainWords(words)) {
		r := []rune(piece)
		for i := 0; i+2 <= len(r); i++ {
			pair := string(r[i : i+2])
			if seen[pair] || r[i] < 0x3400 || r[i+1] < 0x3400 || !strings.Contains(x.Title, pair) {
				continue
			}
			seen[pair] = true
			n := 0
			for _, y := range all {
				if strings.Contains(y.Title, pair) {
					n++
				}
			}
			sum += 1 / float64(n)
		}
	}
	return sum
}

// ownReports are the tasks that the speaker has reported on, the newest report first: those
// of which it can still be withdrawn, and the others.
func (t *turn) ownReports() (fresh, older []*ledger.Task) {
	last := func(x *ledger.Task) *ledger.Entry { return t.book.Progress(x.No).LastBy(t.me.ID) }
	for _, x := range t.book.Tasks {
		switch e := last(x); {
		case e == nil:
		case t.now.Sub(e.At) <= withdrawFor:
			fresh = append(fresh, x)
		default:
			older = append(older, x)
		}
	}
	newest := func(a, b *ledger.Task) int { // of the same moment, what was written last
		return cmp.Or(last(b).At.Compare(last(a).At), cmp.Compare(written(t.book, b), written(t.book, a)))
	}
	slices.SortStableFunc(fresh, newest)
	slices.SortStableFunc(older, newest)
	return fresh, older
}
