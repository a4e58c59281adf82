package units

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Found is one mention of a unit in a text.
type Found struct {
	Name       string // canonical
	Matched    string // as it stands in the folded text
	Start, End int    // byte offsets in the folded text
}

// form is a surface under which FindAll knows units.
type form struct {
	text  string
	names []string
	level string // the level of its unit where text does not carry it
	bare  bool   // a field that counts only as an item of its own: 催一下财政、教育
}

// shortFields are the short words for departments that mean nothing else in a
// sentence. The others (财政, 教育, 数据) count only with an ending.
var shortFields = []string{"发改", "人社", "卫健", "住建", "文旅", "经信", "工信", "自规", "资规", "市监", "编办", "府办", "妇联", "总工会", "残联", "科协", "工商联", "文联", "纪委", "监委", "人力社保", "文广旅"}

// bareFields count as units only between marks or words that stand round units.
var bareFields = []string{"财政", "教育", "公安", "民政", "司法", "审计", "统计", "商务", "交通", "水利", "城管", "信访", "医保", "应急", "环保", "科技", "大数据",
	"国资", "税务", "林业", "体育", "生态环境", "农业农村", "自然资源", "市场监管", "卫生健康", "金融", "法制", "综治", "政务"}

// spoken are the endings with which people name a department in a sentence.
var spoken = []string{"局", "委", "办", "厅", "办公室", "委员会"}

// surface lists everything FindAll looks for.
func (d *Directory) surface() map[rune][]form {
	byText := make(map[string]*form)
	add := func(text, level, name string) {
		if utf8.RuneCountInString(text) < 2 {
			return
		}
		f, ok := byText[text]
		if !ok {
			f = &form{text: text, level: level}
			byText[text] = f
		}
		if !slices.Contains(f.names, name) {
			f.names = append(f.names, name)
		}
	}
	for _, u := range d.units {
		if u.family >= 0 {
			for _, field := range families[u.family] {
				if slices.Contains(bareFields, field) {
					add(field, u.level, u.name)
					byText[field].bare = true
				}
			}
		}
		for _, text := range u.texts() {
			add(text, "", u.name)
			if rest, ok := strings.CutPrefix(text, u.level); ok && u.level != "" {
				add(rest, u.level, u.name)
			}
		}
	}
	for alias, names := range d.aliases {
		// The office's word stands above what we derive.
		byText[alias] = &form{text: alias, names: names}
	}
	return byFirst(byText)
}

// texts are the forms of a unit, with its level where it has one.
func (u unit) texts() []string {
	out := []string{u.folded}
	if u.group {
		return out
	}
	for _, core := range u.cores {
		out = append(out, u.level+core)
	}
	if u.family < 0 {
		return out
	}
	for _, field := range families[u.family] {
		if slices.Contains(shortFields, field) {
			out = append(out, u.level+field)
		}
		for _, end := range spoken {
			if len(field) == len("编") && end != "办" && end != "办公室" {
				continue // 委局, 编厅: nobody says so
			}
			out = append(out, u.level+field+end)
		}
	}
	return out
}

func byFirst(byText map[string]*form) map[rune][]form {
	out := make(map[rune][]form)
	for _, f := range byText {
		r, _ := utf8.DecodeRuneInString(f.text)
		out[r] = append(out[r], *f)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b form) int {
			if len(a.text) != len(b.text) {
				return len(b.text) - len(a.text)
			}
			return strings.Compare(a.text, b.text)
		})
	}
	return out
}

// FindAll returns the units that text mentions, in order. text must be folded
// (zh.Fold). At each place the longest form counts, mentions do not overlap, and a
// form that fits several units gives each of them with the same offsets. A word
// that only describes a field (财政资金, 数据) is no mention.
func (d *Directory) FindAll(text string) []Found {
	var out []Found
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		f, ok := d.formAt(r, text, i)
		if !ok {
			i += n
			continue
		}
		end := i + len(f.text)
		for _, name := range f.names {
			out = append(out, Found{Name: name, Matched: text[i:end], Start: i, End: end})
		}
		i = end
	}
	return out
}

func (d *Directory) formAt(r rune, text string, i int) (form, bool) {
	for _, f := range d.forms[r] {
		after, ok := strings.CutPrefix(text[i:], f.text)
		if ok && followFits(f, after) && levelFits(f, text[:i]) && (!f.bare || alone(text[:i], after)) {
			return f, true
		}
	}
	return form{}, false
}

// alone reports whether what stands between before and after is an item by itself.
func alone(before, after string) bool {
	ends := before == "" || hasAnySuffix(before, []string{"、", ",", ";", ":", " ", "和", "与", "跟", "及", "催", "一下", "给", "找", "叫", "让", "问", "请"})
	starts := after == "" || hasAnyPrefix(after, []string{"、", ",", ";", " ", "。", "?", "!", "和", "与", "跟", "及", "那边", "那里", "这边", "牵头", "负责", "口", "吧"})
	return ends && starts
}

// followFits refuses 财政局 in 财政局长, and the bare name of a place in that of
// another unit: 吴兴区财政局 is not the government of 吴兴区.
func followFits(f form, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if next == '长' {
		return false
	}
	return !isPlace(f.text) || next < 0x3400 || strings.ContainsRune("的有还要是也都和及与没完", next)
}

// levelFits refuses 财政局 in 区财政局 when the unit is the city's.
func levelFits(f form, before string) bool {
	if f.level == "" {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return !strings.ContainsRune("省市区县州乡镇", last) || string(last) == f.level
}
