package llm

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// fact is one task in a list of the facts.
type fact struct {
	Task    string `json:"task"`
	Title   string `json:"title"`
	Unit    string `json:"unit"`
	Due     string `json:"due"`
	Days    string `json:"days"`
	Said    string `json:"said"`
	When    string `json:"when"`
	Percent string `json:"percent"`
	Why     string `json:"why"`
	Advice  string `json:"advice"`
}

// known is the facts in the forms in which words are held against them.
type known struct {
	Plan    string `json:"plan"`
	Number  string `json:"number"`
	Scope   string `json:"scope"`
	AsOf    string `json:"as_of"`
	From    string `json:"from"`
	To      string `json:"to"`
	Total   int    `json:"total"`
	Classes []struct {
		Word    string   `json:"word"`
		Count   int      `json:"count"`
		Percent string   `json:"percent"`
		Tasks   []string `json:"tasks"`
	} `json:"classes"`
	Moved     []fact `json:"moved"`
	Overdue   []fact `json:"overdue"`
	Soon      []fact `json:"soon"`
	Attention []fact `json:"attention"`
	MovedAll  int    `json:"moved_count"`
	SoonAll   int    `json:"soon_count"`
	SoonDays  int    `json:"soon_days"`

	tasks   map[string][]fact // by number, all that is said of it; empty for a number that only counts
	order   []string          // the numbers, class by class
	classes map[string]class
	sources []source
}

// class is a set of tasks that words can count or put a task into.
type class struct {
	count   int
	percent string
	tasks   map[string]bool
	order   []string // the tasks as the facts list them; fewer than count where the list was cut
}

// add puts a task into the class and counts it.
func (c *class) add(task string) {
	c.count++
	c.tasks[task], c.order = true, append(c.order, task)
}

// The sets that are no class of the plan but that words speak of.
const (
	setMoved = "moved"
	setSoon  = "soon"
	setLook  = "attention"
	setOpen  = "open" // not closed
	setPush  = "push" // those that may be urged on
	setClose = "已办结"
)

func read(facts []byte) (*known, error) {
	k := &known{tasks: map[string][]fact{}, classes: map[string]class{}}
	if err := json.Unmarshal(facts, k); err != nil {
		return nil, fmt.Errorf("llm: facts are of another form: %w", err)
	}
	k.sets()
	for _, list := range [][]fact{k.Moved, k.Overdue, k.Soon, k.Attention} {
		for _, l := range list {
			k.tasks[l.Task] = append(k.tasks[l.Task], l)
		}
	}
	k.sources = k.quotes()
	return k, nil
}

// sets makes the classes and the other sets.
func (k *known) sets() {
	open, push := map[string]bool{}, map[string]bool{}
	for _, c := range k.Classes {
		set := map[string]bool{}
		for _, no := range c.Tasks {
			set[no] = true
			k.tasks[no] = nil
			if c.Word != setClose {
				open[no] = true
			}
			if c.Word == "逾期" || c.Word == "临期" || c.Word == "滞后" {
				push[no] = true
			}
		}
		k.classes[c.Word] = class{c.Count, c.Percent, set, c.Tasks}
		k.order = append(k.order, c.Tasks...)
	}
	k.classes[setOpen] = k.open(open)
	k.classes[setMoved] = listed(k.MovedAll, k.Moved)
	k.classes[setSoon] = listed(k.SoonAll, k.Soon)
	k.classes[setLook] = listed(len(k.Attention), k.Attention)
	maps.Copy(push, numbers(k.Soon))
	maps.Copy(push, numbers(k.Attention))
	k.classes[setPush] = class{count: len(push), tasks: push}
}

// open is the class of all that is not closed, with the share that the closed leave it.
func (k *known) open(tasks map[string]bool) class {
	c := class{count: k.Total - k.classes[setClose].count, tasks: tasks}
	if v, ok := percent(k.classes[setClose].percent); ok {
		c.percent = strconv.FormatFloat(100-v, 'f', 1, 64) + "%"
	}
	for _, no := range k.order {
		if tasks[no] {
			c.order = append(c.order, no)
		}
	}
	return c
}

// listed is the class of a list of which there are count.
func listed(count int, list []fact) class {
	c := class{count: count, tasks: numbers(list)}
	for _, l := range list {
		c.order = append(c.order, l.Task)
	}
	return c
}

func numbers(list []fact) map[string]bool {
	out := map[string]bool{}
	for _, l := range list {
		out[l.Task] = true
	}
	return out
}

// day is a calendar day as it is written; year 0 when the year is left out.
type day struct{ y, m, d int }

var dayForm = regexp.MustCompile(`^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日|^(\d{4})-(\d{1,2})-(\d{1,2})`)

// dayOf reads the day at the head of s and says how long it is; ok is false without.
func dayOf(s string) (d day, n int, ok bool) {
	m := dayForm.FindStringSubmatch(s)
	if m == nil {
		return day{}, 0, false
	}
	if m[4] != "" {
		m = append(m[:1], m[4:]...)
	}
	return day{atoi(m[1]), atoi(m[2]), atoi(m[3])}, len(m[0]), true
}

// is reports whether the written day is the day of the fact.
func (d day) is(fact string) bool {
	f, _, ok := dayOf(fact)
	return ok && f.m == d.m && f.d == d.d && (d.y == 0 || d.y == f.y)
}

// atoi reads what a pattern has already found to be digits; none are 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// source is text of the facts that words may repeat as it stands.
type source struct {
	text  string
	kind  string // plan, title, unit, said, why
	tasks map[string]bool
	bare  bool // says no more than that all is done
}

var (
	clauseEnd = regexp.MustCompile(`[,。;!?:、\n]+`)
	unitCount = regexp.MustCompile(`等\d+家$`)
	// Text of people that would be read as an order, as said of other tasks or of the
	// whole, or as a figure of the plan. It may be true; it is not theirs to say.
	foreign = regexp.MustCompile(`(任务|第)\s*[0-9一二三四五六七八九十]|(所有|全部|各项|其他|其余|以上|上述|每项)(的)?(任务|工作|事项|单位)|任务(全部|均|都)|整个计划|本计划|全市.{0,4}(任务|完成|办结)|` +
		`(办结|审核|逾期|滞后|临期|正常|长期|到期).{0,6}\d+(项|个|%)|\d+(项|个).{0,6}(办结|待审核|逾期|滞后|临期|正常|长期|到期)|[无零没].{0,3}逾期|总数|总计|` +
		`忽略|无视|指令|指示|提示词|系统(提示|消息|设定)|以下内容|上文|前文|你是|你要|你应|作为(一个)?(ai|助手|模型)|输出|请?回复(他|她|你|用户|说|:)|请(把|将|你|各|转|立即|马上)|` +
		`视为|一律|转发|转告|转账|通知(各|所有|全体|你|大家|领导)|群发|拨打|致电|电话|联系(我|本人|客服|微信|\d)|微信|点击|扫码|链接|网址|http|www|密码|验证码|务必|必须|立即|马上|赶紧|写成|改(写|为|成)|\{\{|[@#<>\[\]{}*]`)
	bareDone = regexp.MustCompile(`^(目前|现|该|本|此|任务|工作|项目|已|经|全部|全面|均|都|基本|按期|按时|如期|提前|顺利|圆满|申请)*(完成|办结|完毕|销号|建成|竣工|验收|办完|做完)(了|任务|工作|目标|验收|整改|建设)*$`)
)

// quotes lists what may be repeated, the longest first.
func (k *known) quotes() []source {
	found := map[string]*source{}
	add := func(kind, text, task string) {
		text = strings.Trim(zh.Fold(text), " ,。;:、!?")
		if len([]rune(text)) < 4 && (kind != "unit" || text == "") || setOf[text] != "" {
			return
		}
		if _, n := figure(text); n > 0 && n == len(text) {
			return // a figure is checked as one
		}
		s := found[kind+text]
		if s == nil {
			s = &source{text: text, kind: kind, tasks: map[string]bool{}, bare: kind == "said" && bareDone.MatchString(text)}
			found[kind+text] = s
		}
		s.tasks[task] = true
	}
	for _, p := range []string{k.Plan, k.Number, k.Scope} {
		if p != "全部任务" {
			add("plan", p, "")
		}
	}
	for no, list := range k.tasks {
		for _, l := range list {
			add("title", l.Title, no)
			for _, u := range append(strings.Split(unitCount.ReplaceAllString(l.Unit, ""), "、"), l.Unit) {
				add("unit", u, no)
			}
			for _, s := range quotable(l.Said) {
				add("said", s, no)
			}
			for _, s := range append(quotable(l.Why), quotable(strings.ReplaceAll(l.Why, "且", ","))...) {
				add("why", s, no)
			}
			add("why", l.Advice, no)
		}
	}
	out := make([]source, 0, len(found))
	for _, s := range found {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b source) int {
		if n := len(b.text) - len(a.text); n != 0 {
			return n
		}
		return strings.Compare(a.kind+a.text, b.kind+b.text)
	})
	return out
}

// quotable is the text as a whole and by its clauses, without those that are not its
// writer's to say.
func quotable(s string) []string {
	s = zh.Fold(s)
	var out []string
	whole := true
	for _, c := range clauseEnd.Split(s, -1) {
		if foreign.MatchString(c) {
			whole = false
			continue
		}
		out = append(out, c)
	}
	if whole && !foreign.MatchString(s) {
		out = append(out, s)
	}
	return out
}
