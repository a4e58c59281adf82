package units

import (
	"regexp"
	"strings"

	"duban/internal/zh"
	"duban/store/ledger"
)

// Context says where a string of units stood.
type Context struct {
	Field  string // heading or label it stood under (责任单位, 配合单位, 责任领导); "" in prose
	Issuer string // issuing government, 湖州市人民政府; says whose 财政局 it is, but names stay as printed
}

// maxText bounds what is read: no cell of units is so long, and a stranger's text
// must not cost more than a moment.
const maxText = 6 << 10

// Parse reads a string of responsible units as plans print them and returns the
// owners in the order of the text, each name once with its highest role. It never
// invents a name: a name is a part of the cleaned text, apart from a level (市) or a
// place's 政府 that the text wrote once for several. Text that names no unit gives nil.
func Parse(s string, ctx Context) []ledger.Owner {
	text := normal(zh.CutBytes(s, maxText))
	if isNothing(text) {
		return nil
	}
	field := roleOf(normal(ctx.Field))
	p := parser{field: field}
	for _, part := range parts(text) {
		if !part.skip {
			p.clause(part)
		}
	}
	return p.owners()
}

func isNothing(s string) bool {
	bare := strings.Trim(s, "—-–/―_ ()")
	switch bare {
	case "", "无", "暂无", "待定", "不涉及", "未定", "略", "同上", "N/A", "n/a", "待明确", "未明确", "待确定", "下同", "另行通知", "各司其职", "各负其责":
		return true
	}
	return elsewhere.MatchString(bare)
}

// elsewhere matches a cell that sends the reader to another place: 详见附件2.
var elsewhere = regexp.MustCompile(`^(?:详见|见|参见|另见|同)(?:附件|附表|附录|方案|正文|文件|清单|名单|下表|上表)[0-9一二三四五六七八九十]*$`)

// entry is one unit found, before roles that depend on its neighbours are settled.
type entry struct {
	name  string
	role  ledger.Role // "" while nothing said it
	sep   string
	group bool
}

// parser gathers the entries of one string.
type parser struct {
	field   ledger.Role
	entries []entry
	led     bool // the string itself names a lead
}

// clause reads what stands under one label.
func (p *parser) clause(c part) {
	role := c.role
	if role == "" {
		role = p.field
	}
	if c.role == ledger.RoleLead {
		p.led = true
	}
	start := len(p.entries)
	for sentence := range strings.SplitSeq(c.text, ";") {
		from := len(p.entries)
		for _, piece := range split(sentence, role == ledger.RolePerson) {
			from = p.piece(piece, from, c.role)
		}
	}
	for i := start; i < len(p.entries); i++ {
		if p.entries[i].role == "" {
			p.entries[i].role = c.role
		}
	}
}

// piece reads the text of one unit. scope is where the units begin to which a duty
// behind this one applies; the new scope is returned.
func (p *parser) piece(raw piece, scope int, label ledger.Role) int {
	text := strings.Trim(raw.text, " \n")
	if containsAny(text, "首位", "第一位", "排第", "排名", "列第", "一一列出") && !strings.Contains(text, "(") {
		return scope // a sentence about the list, not an entry of it
	}
	text, lead := cutLead(text)
	name, duty := cutDuty(text)
	name, group := cutEtc(name)
	if group == "" {
		// 等 may stand before the duty words that cutDuty took for the name's end.
		if before, etc := cutEtc(text); etc != "" {
			name, group = before, etc
			_, duty = cutDuty(text)
		}
	}
	said := lead
	if r := dutyRole(duty); r != "" && !(lead == ledger.RoleSupport && r == ledger.RoleResponsible) {
		said = r
	}
	if raw.sep == "会同" && len(p.entries) > scope && label == "" {
		p.lead(scope)
		scope = len(p.entries)
		if said == ledger.RoleLead || said == "" || said == ledger.RoleResponsible {
			said = ledger.RoleSupport
		}
	}
	p.add(name, raw.sep, label)
	if group != "" {
		group, _, _ = cutBrackets(group)
		p.entries = append(p.entries, entry{name: group, sep: raw.sep, group: true})
	}
	if said == "" {
		return scope
	}
	p.assign(scope, said, label)
	return len(p.entries)
}

// lead makes the units from scope on leads: those before 会同.
func (p *parser) lead(scope int) {
	p.led = true
	for i := scope; i < len(p.entries); i++ {
		if p.entries[i].role == "" {
			p.entries[i].role = ledger.RoleLead
		}
	}
}

// assign gives a role said behind the last unit to the units it speaks of. 负责
// tells nothing against a label or heading; 配合 reaches back to the last comma.
func (p *parser) assign(scope int, said, label ledger.Role) {
	if said == ledger.RoleResponsible {
		if label != "" || p.field != "" {
			return
		}
	}
	if said == ledger.RoleLead {
		p.led = true
	}
	for i := len(p.entries) - 1; i >= scope; i-- {
		if p.entries[i].role == "" {
			p.entries[i].role = said
		}
		if said == ledger.RoleSupport && (p.entries[i].sep == "," || p.entries[i].sep == " ") {
			return
		}
	}
}

// add appends one unit, its brackets read.
func (p *parser) add(name, sep string, label ledger.Role) {
	name, role, person := cutBrackets(strings.Trim(name, " \n-—–.:：·"))
	if role == ledger.RoleLead {
		p.led = true
	}
	byLabel := label
	if label == "" {
		byLabel = p.field
	}
	if unit, who := cutPerson(name); who != "" && byLabel == ledger.RolePerson {
		name = who
	} else if who != "" {
		name, person = unit, who
	}
	switch {
	case byLabel == ledger.RolePerson && (!endsStrong(personName(name)) || endsTitle(name)):
		bare := personName(name)
		if isPersonal(bare) && !(isTitle(bare) && sep == " ") {
			p.person(bare, sep, sep == " " || bare != name)
		}
	case personName(name) != name && isPerson(personName(name)): // 副市长刘洋
		p.entries = append(p.entries, entry{name: personName(name), role: ledger.RolePerson, sep: sep})
	case isPerson(name), isPost(name) && isUnit(name):
		p.entries = append(p.entries, entry{name: name, role: ledger.RolePerson, sep: sep})
	case isUnit(name):
		if byLabel == ledger.RolePerson && role == "" {
			role = ledger.RoleResponsible
		}
		p.unit(name, role, sep)
	}
	if person != "" {
		p.entries = append(p.entries, entry{name: person, role: ledger.RolePerson, sep: sep})
	}
}

// person appends a person. Where titles stand before a blank or at the name itself,
// all in front were that person's: 县委常委、副县长 李娜.
func (p *parser) person(name, sep string, titled bool) {
	for n := len(p.entries); titled && !endsTitle(name) && n > 0 && p.entries[n-1].role == ledger.RolePerson && endsTitle(p.entries[n-1].name) && (sep == " " || sep == "、"); n-- {
		sep = p.entries[n-1].sep
		p.entries = p.entries[:n-1]
	}
	p.entries = append(p.entries, entry{name: name, role: ledger.RolePerson, sep: sep})
}

// unit appends a unit. A name that still holds a 、 outside brackets was shared by
// levels: 省、市发展改革委 are two departments, 市、区有关部门 one group.
func (p *parser) unit(name string, role ledger.Role, sep string) {
	list := cutHard(name)
	last := list[len(list)-1].text
	l := level(last)
	if len(list) == 1 || isGroup(name) || l == "" || !borrows(strings.TrimPrefix(last, l), l) {
		p.entries = append(p.entries, entry{name: name, role: role, sep: sep, group: len(list) > 1 || isGroup(name)})
		return
	}
	for _, part := range list[:len(list)-1] {
		p.entries = append(p.entries, entry{name: part.text + strings.TrimPrefix(last, l), role: role, sep: sep})
	}
	p.entries = append(p.entries, entry{name: last, role: role, sep: "、"})
}
