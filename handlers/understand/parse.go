package understand

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bar a reading must clear. Between asking and acting stands the margin: two
// readings as good as each other are a question to the person, not a choice of ours.
const (
	actScore  = 0.5
	askScore  = 0.3
	minMargin = 0.004
)

// halfUnderstood is what is answered when the words may mean several things.
const halfUnderstood = "没有完全看懂，请写明任务编号和要办的事，例如“任务20进度60%”；回复“帮助”可查看用法。"

// Parse says what the text means in the context. It never fails: what it does not
// understand is Clarify or Unknown, with the reason in Why.
func (l *Lexicon) Parse(text string, c Context) Meaning {
	u := l.read(text, c)
	if u.ctx.Group && !u.ctx.Mentioned {
		return seal(aside(u), u)
	}
	if m, ok := u.answer(); ok {
		if m.Intent == Confirm || m.Intent == Cancel {
			m = u.secondly(m)
		}
		return seal(m, u)
	}
	if m, ok := u.framed(); ok {
		return seal(m, u)
	}
	if m, ok := u.fixedForm(); ok {
		m = seal(m, u)
		m.Firm = m.Sure
		return m
	}
	return seal(u.secondly(u.decide()), u)
}

// aside is group talk that is not for the bot: it never acts on it.
func aside(u *utterance) Meaning {
	m := Meaning{Intent: Unknown, Score: 1, Margin: 1, Why: "group talk without a mention of the bot"}
	if u.social() > 0 {
		m.Intent = Chitchat
	}
	return m
}

// candidate is a row that fits.
type candidate struct {
	row   *row
	score float64
}

// decide lets every row score the utterance and takes the best.
func (u *utterance) decide() Meaning {
	list := make([]candidate, 0, 8)
	for i := range rows {
		s := rows[i].score(u)
		if s <= 0 {
			continue
		}
		r := &rows[i]
		switch u.stand(r.intent) {
		case alien:
			u.told = true
			continue
		case doubtful:
			r, s, u.ordered = &doubtfulOrder, refusedScore, true
		case refused:
			r, s, u.ordered = &refusedOrder, refusedScore, true
		}
		list = append(list, candidate{r, s})
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	if len(list) == 0 || list[0].score < askScore {
		return u.lost()
	}
	best := list[0]
	m := Meaning{Intent: best.row.intent, Score: best.score, Margin: best.score, Why: best.row.why}
	for _, other := range list[1:] {
		if other.row.intent != best.row.intent {
			m.Margin = best.score - other.score
			break
		}
	}
	if best.row.fill != nil {
		best.row.fill(u, &m)
	}
	if u.twoOrders(list) {
		return clarify(m, "two orders in one message", "请一次说一件事，例如先发“任务20延期到11月30日”，办好后再发下一件。")
	}
	u.open = best.row == &doubtfulOrder || len(u.quoted) == 1 && best.row.intent == Unknown && !u.has(cueDestroy)
	if (m.Score < actScore || m.Margin < minMargin) && writes(m.Intent) {
		u.open = true
		return clarify(m, "two readings are as good as each other", halfUnderstood)
	}
	return m
}

func clarify(m Meaning, why, ask string) Meaning {
	return Meaning{Intent: Clarify, Toward: m.Intent, Task: "", Tasks: m.Tasks, Score: m.Score, Margin: m.Margin, Why: why, Ask: ask, Text: m.Text, Units: m.Units}
}

// writes reports whether an intent changes something when it is carried out.
func writes(i Intent) bool {
	switch i {
	case Help, MyTasks, UnitTasks, AllTasks, TaskDetail, WhoOwns, DueIn, Overdue, Search, History, Basis, Summary, Ranking,
		Pending, RemindRules, Status, Export, Chitchat, Clarify, Unknown, Attention, Latest, Unreported, Audit, Relief, Bulletin, Picture, Timeline, Issues, IssueFile,
		MyInstructions, NoContact, People, Rooms, ShowConfig, SetupLog, Groups, Waiting, OwnFiled, Signing, RoomUnits, Members, ClauseAt, Compare, Opinions, Beyond, Readers:
		return false
	}
	return true
}

// seal puts the last checks on a meaning: whatever a row said, a write that the
// words do not carry becomes a question.
func seal(m Meaning, u *utterance) Meaning {
	if fault, ask := u.fault(m); fault != "" {
		no := m.Task
		if u.lex.exists(no) {
			no = ""
		}
		shown := !writes(m.Intent)
		if m = clarify(m, fault, ask); no != "" {
			m.Toward = "" // the number is what is wrong: to offer other tasks would invite a wrong one
		}
		if shown {
			m.Missing = no
		}
	}
	m.ReadOnly = !writes(m.Intent)
	if m.ReadOnly && u.page != 0 {
		m.Page = u.page
	}
	m.Sure = u.sure(m)
	m.Firm = m.Sure && !m.Onward && u.plain(m)
	return m
}

// listWords are in what is asked of the bot and seldom in a reason.
var listWords = []string{"任务", "哪", "查", "看", "列", "多少", "几", "汇总", "台账", "通报", "清单", "提醒我", "帮我", "发我", "给我"}

// plain reports whether the words can only be meant for the bot to act on: a sentence
// such as 上级文件尚未下发 may be read as a query, yet be the reason that was asked for.
func (u *utterance) plain(m Meaning) bool {
	switch m.Intent {
	case Unknown, Clarify:
		return false
	case Chitchat, Help:
		return true
	}
	if u.asks || len(u.refs) > 0 || u.bare != "" || containsAny(u.s, listWords...) {
		return true
	}
	return m.Intent != TaskDetail && m.Intent != Search && utf8.RuneCountInString(u.s) <= 4
}

// fault names what forbids a write; it is empty when nothing does.
func (u *utterance) fault(m Meaning) (why, ask string) {
	if name := u.strangeUnit(); name != "" && ofUnits(m) {
		return "no such unit in the plan", "方案里没有“" + name + "”，请写方案中的单位名称，例如“市财政局”。"
	}
	if m.Task != "" && (m.Intent == TaskDetail || m.Intent == WhoOwns || m.Intent == History) && !u.lex.exists(m.Task) {
		return "no such task: " + m.Task, "方案里没有任务" + m.Task + "，请核对编号。"
	}
	switch {
	case slices.Contains([]Intent{Postpone, Snooze, RemindSet, Mute, DueIn}, m.Intent), m.Intent == TaskDetail && u.has(cuePostpone):
		if d := u.noSuchDay(); d != "" {
			return "no such day", "没有" + d + "这一天，请核对日期后再发。"
		}
	}
	if !writes(m.Intent) || m.Intent == Urge && m.Status != "" {
		return "", ""
	}
	t := u.target(true)
	switch m.Intent {
	case Report, Done, Reopen, Postpone, Correct, Snooze, Urge, Assign, Accept, Return, RemindSet:
	case Mute, Unmute:
		if m.All {
			return "", ""
		}
	default:
		return "", ""
	}
	switch {
	case t.several && m.Task == "":
		return "several tasks are meant", "您说的是哪一项任务？请一次写一项，例如“任务20进度60%”。"
	case t.clash:
		return "words and quote name different tasks", "您说的是任务" + t.no + "，还是引用的任务" + u.quoted[0] + "？"
	case m.Task == "" && (m.Unit == "" || m.Intent != Urge):
		return "no task named", "请问是哪一项任务？请回复任务编号，例如“任务20”。"
	case m.Task != "" && m.Task == u.either && m.Percent == nil && len(u.quoted) == 0 && !u.quotes:
		return "a task or a day of the month", "“" + m.Task + "号”是任务" + m.Task + "，还是" + m.Task + "日？请带上任务编号重新发送，例如“任务" + m.Task + " 进度60%”。"
	case m.Task != "" && !u.lex.exists(m.Task):
		return "no such task: " + m.Task, "方案里没有任务" + m.Task + "，请核对编号。"
	case m.Percent != nil && (*m.Percent < 0 || *m.Percent > 100):
		return "percentage out of range", "进度应在0到100之间，请再报一次。"
	}
	return "", ""
}

// sure reports whether the words alone carry the meaning.
func (u *utterance) sure(m Meaning) bool {
	switch m.Intent {
	case Confirm, Cancel, Choose, Clarify:
		return false
	case Unknown, Chitchat:
		return true
	}
	if m.Task == "" {
		return u.ctx.Asked == "" || m.Intent != BindUnit
	}
	for _, r := range u.refs {
		if r == m.Task {
			return true
		}
	}
	return m.Task == u.bare || len(u.quoted) == 0
}

// take sets the task of a meaning, where one is meant.
func (u *utterance) take(m *Meaning, byName bool) {
	t := u.target(byName)
	switch {
	case t.several:
		m.Tasks = u.refs
		if len(m.Tasks) == 0 {
			m.Tasks = u.quoted
		}
	case t.no != "":
		m.Task = t.no
	}
}

// unit is the one unit named, or "".
func (u *utterance) unit() string {
	name := ""
	for _, at := range u.units {
		if at.name == "" || name != "" && at.name != name {
			return ""
		}
		name = at.name
	}
	return name
}

// mine reports whether the speaker speaks of the own tasks (and does not only say
// 给我 or 告诉我).
func (u *utterance) mine() bool {
	if !u.leads() && len(u.units) == 0 && containsAny(u.s, "手上", "手头", "手里", "名下") && !containsAny(u.s, "谁", "各单位", "大家", "他们") {
		return true
	}
	if !u.has(cueMine) {
		return false
	}
	s := u.s
	for _, w := range notMine {
		s = strings.ReplaceAll(s, w, "")
	}
	return containsAny(s, "我", "俺", "咱", "阿拉", "偶", "本单位", "本局", "本委", "本办", "本中心", "自己", "my ")
}

var notMine = []string{"给我们", "给我", "帮我", "告诉我", "提醒我", "让我", "跟我说", "和我说", "问我", "发我", "催我", "我想问", "我想看", "我想查", "我想知道", "我想了解", "我要看", "我要查", "我要知道", "我问", "我瞧", "我瞅", "我过目", "我看", "我查", "请问我想", "替我", "为我", "我来", "我发", "我市", "我需要一", "我想", "我需要看", "需要我出面", "要我出面", "需要我协调", "要我协调", "要我审", "向我", "@我", "叫我", "回复我", "通知我", "烦我", "找我", "我能", "我可以", "话我知", "话俾我", "话畀我"}

// leads reports whether the speaker looks at the whole plan by office.
func (u *utterance) leads() bool {
	switch u.ctx.Duty {
	case "leader", "admin", "supervisor":
		return true
	}
	return false
}
