package understand

// ofUnits reports whether a question would be answered for all units though it may name one.
func ofUnits(m Meaning) bool {
	switch m.Intent {
	case Search, TaskDetail:
		return m.Task == "" && m.Query != ""
	case AllTasks, UnitTasks, Overdue, DueIn, Summary:
		return m.Unit == "" && len(m.Units) == 0
	}
	return false
}

// unitShape is a name in the form of a unit's, with what shows that it is asked after. 办 ends
// too many verbs to end a name alone.
var unitShape = compile(`(?:^|[\s,，:：]|看看|看下|看|查查|查下|查|问问|问一下|列出|列一下|一下|把|请问|那)((?:市|省|县|区)?[\p{Han}]{2,7}?(?:局|委|厅|办公室|中心|公司|集团|银行|医院|大学|法院|检察院|街道))(?:的|有|名下|负责|牵头|承担|今年|目前|现在|还|逾期|超期|哪些|什么|到期|怎么样|情况|进展|任务|几项|几个|几件|多少)`)

// strangeUnit is a unit that the words name and the plan does not; "" when there is none.
func (u *utterance) strangeUnit() string {
	if len(u.units) > 0 {
		return ""
	}
	m := u.find(unitShape, u.s)
	if m == nil || containsAny(m[1], "各", "我", "咱", "本", "哪", "全", "该", "这", "那", "几", "每", "有关", "相关", "责任", "牵头", "所有", "别的", "其他", "其它", "单位", "部门", "格局", "布局", "大局", "为中心", "任务", "逾期") {
		return ""
	}
	return m[1]
}

// unitAt is a unit found in the text: its canonical name, or the several units
// that the short name may mean.
type unitAt struct {
	name       string
	several    []string
	start, end int
}

// unitsIn finds the units named in s.
func (l *Lexicon) unitsIn(s string) []unitAt {
	var out []unitAt
	for _, f := range l.units.FindAll(s) {
		if f.End <= f.Start || f.End > len(s) {
			continue
		}
		at := unitAt{name: f.Name, start: f.Start, end: f.End}
		if n := len(out); n > 0 && out[n-1].start == f.Start {
			// One word, several units: ask.
			prev := &out[n-1]
			if prev.name != "" {
				prev.several = append(prev.several, prev.name)
			}
			prev.several, prev.name = addOnce(prev.several, f.Name), ""
			continue
		}
		out = append(out, at)
	}
	return out
}
