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
		if value != "" {
			slots = append(slots, key+"="+value)
		}
	}
	number := func(key string, n int) {
		if n != 0 {
			put(key, strconv.Itoa(n))
		}
	}
	if m.Intent != Clarify {
		put("task", m.Task)
		if m.Task == "" && len(m.Tasks) > 0 {
			put("task", m.Tasks[0])
		}
		if m.All {
			put("task", "all")
		}
		put("unit", m.Unit)
	}
	if m.Percent != nil {
		put("percent", strconv.FormatFloat(*m.Percent, 'f', -1, 64))
	}
	put("status", m.Status)
	put("expect", m.Expect.String())
	put(dateSlot(m.Intent), m.Date.String())
	put("name", m.Name)
	put("from", m.From.String())
	put("to", m.To.String())
	put("scope", m.Scope)
	put("metric", m.Metric)
	put("order", m.Order)
	switch m.Intent {
	case Ranking, Choose:
		number("n", m.N)
	case RemindSet:
		number("days_before", m.N)
	}
	put("q~", m.Query)
	put("text~", shown(m.Text))
	if len(slots) == 0 {
		return intent
	}
	return intent + " " + strings.Join(slots, "; ")
}

// written is the intent's name in the table.
func (m Meaning) written() string {
	switch m.Intent {
	case Correct:
		return string(Report)
	case Accept:
		if m.Status == "postpone" {
			return string(Confirm)
		}
		return string(Done)
	case Return:
		return string(Reopen)
	case Withdraw:
		return string(Cancel)
	case Basis:
		return string(TaskDetail)
	case Pending:
		return string(AllTasks)
	case RemindRules, Status:
		return string(Help)
	case BindRoom:
		return string(BindUnit)
	case Choose:
		if m.Toward != "" && m.Task != "" {
			return string(m.Toward)
		}
	}
	return string(m.Intent)
}

// dateSlot is what the date of an intent is called.
func dateSlot(i Intent) string {
	switch i {
	case Mute, Snooze:
		return "until"
	case RemindSet:
		return "at"
	}
	return "date"
}

// shown is a text on one line, shortened when it is long.
func shown(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runeLen(s) > maxShown {
		return zh.CutBytes(s, len(first(s, maxShown))) + "…"
	}
	return s
}
