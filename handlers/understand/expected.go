package understand

import (
	"strconv"
	"strings"

	"duban/internal/zh"
)

// maxShown bounds the text that Expected repeats, in characters.
const maxShown = 200

// Expected writes the meaning in the language of the table of utterances: the
// intent and its slots, "report_progress task=20; percent=60; text~=…". Intents
// that the table does not have are written as the nearest that it has.
func (m Meaning) Expected() string {
	intent := m.written()
	var slots []string
	put := func(key, value string) {
		if value != "" && strings.Contains(slotsOf[intent], " "+strings.TrimSuffix(key, "~")+" ") {
			slots = append(slots, key+"="+value)
		}
	}
	put("task", m.theTask())
	if intent != string(Urge) || m.Task == "" {
		unit := m.Unit
		if m.Intent == BindRoom && unit == "" && len(m.Units) > 0 {
			unit = m.Units[0] // the table has one slot; a room may be several units'
		}
		put("unit", unit)
	}
	if m.Percent != nil {
		put("percent", strconv.FormatFloat(*m.Percent, 'f', -1, 64))
	}
	put("status", m.Status)
	put("expect", m.Expect.String())
	put("date", m.Date.String())
	put("until", m.Date.String())
	put("at", m.Date.String())
	put("name", m.Name)
	put("from", m.From.String())
	put("to", m.To.String())
	put("scope", m.Scope)
	put("metric", m.Metric)
	put("order", m.Order)
	if m.N != 0 {
		put("n", strconv.Itoa(m.N))
		put("days_before", strconv.Itoa(m.N))
	}
	put("q~", m.Query)
	if m.Text == "" && m.Intent == Need {
		m.Text = m.Reason
	}
	put("text~", shown(m.Text))
	if len(slots) == 0 {
		return intent
	}
	return intent + " " + strings.Join(slots, "; ")
}

// slotsOf are the slots that the table of utterances has for each intent.
var slotsOf = map[string]string{
	"bind_unit": " unit name ", "approve_bind": " name unit ", "refuse_bind": " name unit ",
	"my_tasks": " status from to ", "unit_tasks": " unit status from to ", "all_tasks": " status ",
	"task_detail": " task q ", "who_owns": " task q ", "history": " task q ", "search": " q ",
	"due_in": " from to scope unit ", "overdue": " scope unit ", "summary": " scope unit from to ",
	"ranking":         " metric order n ",
	"report_progress": " task percent status text expect ", "done": " task text ", "reopen": " task text ",
	"postpone": " task date text ", "mute": " task until ", "snooze": " task until ", "unmute": " task ",
	"remind_set": " task days_before at ", "urge": " task unit text ", "assign": " task unit text ",
	"choose": " task n ", "clarify": " text ", "feedback": " text ",
}

// theTask is how the task slot is written.
func (m Meaning) theTask() string {
	switch {
	case m.Task != "":
		return m.Task
	case m.All:
		return "all"
	case len(m.Tasks) > 0 && !writes(m.Intent):
		return m.Tasks[0]
	}
	return ""
}

// writtenAs are the intents that the table does not have, with the nearest that it has.
var writtenAs = map[Intent]Intent{
	Correct: Report, Return: Reopen, Withdraw: Cancel, ExtendBack: Cancel, Basis: TaskDetail, Pending: AllTasks, RemindRules: Help, Status: Help,
	ExtendYes: Confirm, Agree: Confirm, ExtendNo: Cancel, Disagree: Cancel, Picture: Export, Timeline: Export,
	Attention: Summary, Latest: Summary, Bulletin: Summary, Issues: Summary, IssueFile: Summary, Compare: Summary, MyInstructions: Summary,
	Unreported: AllTasks, Signing: AllTasks, Readers: AllTasks, Recall: Cancel, Waiting: MyTasks, OwnFiled: History, Audit: History, Members: WhoOwns, ClauseAt: TaskDetail,
	Beyond: Clarify, Opinions: Help, RoomUnits: Help, People: Help, NoContact: Help, Rooms: Help, ShowConfig: Help, SetupLog: Help,
	Need: Report, Ding: Urge, Strike: Done, Resume: Reopen, Sign: Chitchat, BindRoom: BindUnit, UnbindRoom: Unbind,
}

// written is the intent's name in the table.
func (m Meaning) written() string {
	switch {
	case (m.Intent == ExtendYes || m.Intent == Agree) && m.Task != "" && !m.Date.IsZero(): // another day than the one asked for
		return string(Postpone)
	case m.Intent == Accept && m.Status == "postpone":
		return string(Confirm)
	case m.Intent == Accept:
		return string(Done)
	case m.Intent == Unreported && m.Scope == "mine":
		return string(MyTasks)
	case m.Intent == Choose && m.Toward != "" && m.Task != "":
		return string(m.Toward)
	}
	if i, ok := writtenAs[m.Intent]; ok {
		return string(i)
	}
	return string(m.Intent)
}

// shown is a text on one line, shortened when it is long.
func shown(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runeLen(s) > maxShown {
		return zh.CutBytes(s, len(first(s, maxShown))) + "…"
	}
	return s
}
