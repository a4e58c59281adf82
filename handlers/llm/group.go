package llm

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	groupHead = regexp.MustCompile(`^(任务|第)\s?(\d+(?:\.\d+)?)`)
	groupBare = regexp.MustCompile(`^(\d+(?:\.\d+)?)号任务`)
	groupMore = regexp.MustCompile(`^(、|和|及|与|以及|至|到|-|—|~|–|,)\s?(任务|第)?\s?(\d+(?:\.\d+)?)`)
	groupTail = regexp.MustCompile(`^(?:号|项)?(?:任务)?`)
	afterNo   = regexp.MustCompile(`^(?:[年月日天个%.\d家次件名位条]|项)`)
)

// group reads task numbers: 任务20, 任务3、5和7, 任务3至5, 第20项, 20号任务. 任务3项 is a
// count and none.
func (k *known) group(s string) (item, int) {
	it := item{kind: isGroup}
	if m := groupBare.FindStringSubmatch(s); m != nil {
		it.tasks = []string{m[1]}
		return it, len(m[0])
	}
	m := groupHead.FindStringSubmatch(s)
	if m == nil {
		return it, 0
	}
	nth, n := m[1] == "第", len(m[0])
	if afterNo.MatchString(s[n:]) && !(nth && strings.HasPrefix(s[n:], "项")) {
		return it, 0
	}
	it.tasks = []string{m[2]}
	for {
		m = groupMore.FindStringSubmatch(s[n:])
		if m == nil || m[1] == "," && m[2] == "" {
			break
		}
		end := n + len(m[0])
		if afterNo.MatchString(s[end:]) && !(nth && strings.HasPrefix(s[end:], "项")) {
			break
		}
		if strings.Contains("至到-—~–", m[1]) {
			it.tasks = append(it.tasks, span(it.tasks[len(it.tasks)-1], m[3])...)
		} else {
			it.tasks = append(it.tasks, m[3])
		}
		n = end
	}
	if nth {
		n += len(groupTail.FindString(s[n:]))
	}
	return it, n
}

// span is the numbers after from up to to; what is no run of numbers gives a number
// that no plan has.
func span(from, to string) []string {
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	if errA != nil || errB != nil || b <= a || b-a > 1000 {
		return []string{from + "至" + to}
	}
	var out []string
	for a++; a <= b; a++ {
		out = append(out, strconv.Itoa(a))
	}
	return out
}

// firstToken begins the private characters that stand for sources while a text is
// taken apart.
const firstToken = 0xE000

const maxSources = 6000 // the private area has room for 6400

// swap puts each text of the facts that the words repeat behind one character.
func (k *known) swap(text string) string {
	pairs := make([]string, 0, 2*len(k.sources))
	for i, s := range k.sources {
		if i < maxSources {
			pairs = append(pairs, s.text, string(rune(firstToken+i)))
		}
	}
	// NewReplacer compares in the order of the pairs, so the longest text wins.
	return strings.NewReplacer(pairs...).Replace(text)
}

// telling are words that turn a piece of a text into a claim of its own.
var telling = regexp.MustCompile(`完成|办结|建成|竣工|上线|投用|投入|启用|运行|验收|通过|达标|达到|超额|提前|全部|全面|均|所有|开工|启动|取消|停|暂|终止|撤|合格|逾期|滞后|正常|临期|到期|审核|不|未|无|没|非|零|最|首|已|拟|将|增|减|升|降|第一|领先|同比|请|必须`)

// hedged are words whose loss would turn a text around.
var hedged = regexp.MustCompile(`不|未|无|没|非|拟|预计|计划|将|难|暂|停|取消|延|若|如果|可能|尚|缺|等待|待|争取|力争|准备|打算`)

// maxPart is the longest piece in characters; titles are shorter.
const maxPart = 60

// part reads a piece of a title or of a report that claims nothing by itself.
func (k *known) part(s string) (item, int) {
	end := 0
	for i, r := range s {
		if !unicode.Is(unicode.Han, r) && !(r < utf8.RuneSelf && unicode.IsLetter(r)) {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	best := item{kind: isSource}
	runes := []rune(s[:end])
	runes = runes[:min(len(runes), maxPart)]
	for n := len(runes); n >= 4; n-- {
		piece := string(runes[:n])
		if telling.MatchString(piece) {
			continue
		}
		if src := k.holding(piece, n); src != nil {
			best.src = src
			return best, len(piece)
		}
	}
	return best, 0
}

// holding is a source for a piece of n characters: all tasks in whose title it stands,
// or whose report says it without a hedge around it.
func (k *known) holding(piece string, n int) *source {
	out := &source{text: piece, kind: "title", tasks: map[string]bool{}}
	for _, s := range k.sources {
		ok := s.kind == "title" || s.kind == "plan" || n >= 6 && (s.kind == "said" || s.kind == "why") && !hedged.MatchString(s.text)
		if !ok || !strings.Contains(s.text, piece) {
			continue
		}
		if s.kind == "plan" {
			return &source{text: piece, kind: "plan"}
		}
		for t := range s.tasks {
			out.tasks[t] = true
		}
	}
	if len(out.tasks) == 0 {
		return nil
	}
	return out
}
