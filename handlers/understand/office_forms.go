package understand

import (
	"regexp"
	"strconv"
	"strings"
)

// The office's arrangements, which only fixed forms carry.
const (
	SetRhythm Intent = "set_rhythm" // 任务20 按季报送 25日; Order is the rhythm, N the day
	SetGroup  Intent = "set_group"  // 集合名 市级有关部门=市发改委、市财政局; Name is the collective, Query what fits no unit
	DropGroup Intent = "drop_group" // 取消集合名 市级有关部门
	Groups    Intent = "groups"     // 集合名: which there are
	Followed  Intent = "followed"   // 批示办结 任务20
)

// RhythmDefault is the Order of a SetRhythm that goes back to the plan's own.
const RhythmDefault = "default"

var (
	rhythmForm = compile(`^(?:任务|第|#)?\s*(\d{1,4})\s*(?:号|项|条)?(?:任务)?[\s:,]*(?:改为|改成|调整为|设为)?\s*(按月|每月|按季度|按季|每季度|每季|按半年|每半年|不再|不用|无需|不需要|免予|不)\s*(?:要)?报送(?:进展)?[\s:,]*(?:每月|每季|月末|末月)?(?:第)?\s*(\d{1,2})?\s*(?:日|号)?(?:前)?$`)
	rhythmBack = compile(`^(?:任务|第|#)?\s*(\d{1,4})\s*(?:号|项|条)?(?:任务)?[\s:,]*(?:恢复|改回|按)(?:默认|方案|原来的|原)(?:的)?(?:报送)(?:周期)?$`)
	groupForm  = compile(`^集合名[\s:]*(\S{2,40}?)\s*(?:=|是|为|包括|->|→)\s*(.{2,600})$`)
	noGroup    = compile(`^取消集合名[\s:]*(\S{2,40})$`)
	unitMarks  = regexp.MustCompile(`[\s、,;/和及]+`)
)

var rhythms = map[string]string{
	"按月": "month", "每月": "month", "按季度": "quarter", "按季": "quarter", "每季度": "quarter", "每季": "quarter", "按半年": "half", "每半年": "half",
}

// officeForm reads the office's arrangements; false when the words are none.
func (u *utterance) officeForm(s string) (Meaning, bool) {
	s = strings.TrimRight(s, "!。. ")
	if u.asks {
		return Meaning{}, false
	}
	if m, ok := u.ladderForm(s); ok {
		return m, true
	}
	if m, ok := u.compareForm(s); ok {
		return m, true
	}
	out := Meaning{Score: 1, Margin: 1, Why: "fixed form"}
	if s == "集合名" {
		out.Intent = Groups
		return out, true
	}
	if m := u.find(rhythmForm, s); m != nil {
		out.Intent, out.Task, out.Order = SetRhythm, strings.TrimLeft(m[1], "0"), rhythms[m[2]]
		if out.Order == "" {
			out.Order = "none"
		}
		if m[3] != "" {
			out.N = atoi(m[3])
		}
		return out, true
	}
	if m := u.find(rhythmBack, s); m != nil {
		out.Intent, out.Task, out.Order = SetRhythm, strings.TrimLeft(m[1], "0"), RhythmDefault
		return out, true
	}
	return u.groupForm(s, out)
}

// groupForm reads which units a collective name stands for.
func (u *utterance) groupForm(s string, out Meaning) (Meaning, bool) {
	if m := u.find(noGroup, s); m != nil {
		out.Intent, out.Name = DropGroup, m[1]
		return out, true
	}
	m := u.find(groupForm, s)
	if m == nil {
		return Meaning{}, false
	}
	out.Intent, out.Name = SetGroup, m[1]
	out.Units, out.Query = u.membersOf(m[2])
	return out, true
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0 // the pattern holds digits only
	}
	return n
}
