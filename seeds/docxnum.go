package seeds

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// numbering knows the lists that Word numbers itself: the numbers stand nowhere in
// the text, yet they are what the printed document shows.
type numbering struct {
	levels map[string]map[int]numLevel // abstract list → level
	lists  map[string]string           // list → abstract list
	counts map[string]map[int]int
	starts map[string]map[int]int  // list → level → number at which it begins anew
	styles map[string]styleNumbers // paragraph style → its list
}

// styleNumbers is how a paragraph style numbers its paragraphs.
type styleNumbers struct {
	list, based string
	level       int
}

type numLevel struct {
	format, text string
	start        int
}

// readNumbering reads word/numbering.xml; a document may have none.
func readNumbering(z *zip.Reader) (*numbering, error) {
	n := &numbering{levels: map[string]map[int]numLevel{}, lists: map[string]string{}, counts: map[string]map[int]int{},
		starts: map[string]map[int]int{}, styles: map[string]styleNumbers{}}
	if !hasPart(z, "word/numbering.xml") {
		return n, nil
	}
	if err := n.readStyles(z); err != nil {
		return nil, err
	}
	rc, err := openPart(z, "word/numbering.xml")
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	if err := n.load(xml.NewDecoder(rc)); err != nil {
		return nil, fmt.Errorf("word/numbering.xml: %w", err)
	}
	return n, nil
}

func (n *numbering) load(dec *xml.Decoder) error {
	var abstract, list string
	level := 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		t, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch t.Name.Local {
		case "abstractNum":
			abstract = attr(t, "abstractNumId")
			n.levels[abstract] = map[int]numLevel{}
		case "lvl":
			level = intOf(attr(t, "ilvl"))
			n.edit(abstract, level, func(l *numLevel) { l.start = 1 })
		case "start":
			n.edit(abstract, level, func(l *numLevel) { l.start = intOf(attr(t, "val")) })
		case "numFmt":
			n.edit(abstract, level, func(l *numLevel) { l.format = attr(t, "val") })
		case "lvlText":
			n.edit(abstract, level, func(l *numLevel) { l.text = attr(t, "val") })
		case "num":
			list, abstract = attr(t, "numId"), ""
			n.starts[list] = map[int]int{}
		case "lvlOverride":
			level = intOf(attr(t, "ilvl"))
		case "startOverride":
			n.starts[list][level] = intOf(attr(t, "val"))
		case "abstractNumId":
			n.lists[list] = attr(t, "val")
		}
	}
}

func (n *numbering) edit(abstract string, level int, set func(*numLevel)) {
	if m := n.levels[abstract]; m != nil {
		l := m[level]
		set(&l)
		m[level] = l
	}
}

// readStyles reads which paragraph styles number their paragraphs.
func (n *numbering) readStyles(z *zip.Reader) error {
	if !hasPart(z, "word/styles.xml") {
		return nil
	}
	rc, err := openPart(z, "word/styles.xml")
	if err != nil {
		return err
	}
	defer rc.Close()
	var id string
	for dec := xml.NewDecoder(rc); ; {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("word/styles.xml: %w", err)
		}
		t, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		s := n.styles[id]
		switch t.Name.Local {
		case "style":
			id, s = attr(t, "styleId"), styleNumbers{}
		case "basedOn":
			s.based = attr(t, "val")
		case "numId":
			s.list = attr(t, "val")
		case "ilvl":
			s.level = intOf(attr(t, "val"))
		default:
			continue
		}
		n.styles[id] = s
	}
}

// printed is the number that the paragraph's own list or that of its style prints.
func (n *numbering) printed(l wordList) string {
	for depth := 0; l.id == "" && l.style != "" && depth < 10; depth++ {
		s := n.styles[l.style]
		l = wordList{id: s.list, level: s.level, style: s.based}
	}
	return n.next(l.id, l.level)
}

// next counts the paragraph and returns its printed number, or "".
func (n *numbering) next(list string, level int) string {
	abstract, ok := n.lists[list]
	if list == "" || list == "0" || !ok {
		return ""
	}
	l, ok := n.levels[abstract][level]
	if !ok || l.format == "bullet" || l.format == "none" || !strings.Contains(l.text, "%") {
		return ""
	}
	counts := n.counts[abstract]
	if counts == nil {
		counts = map[int]int{}
		n.counts[abstract] = counts
	}
	if from, ok := n.starts[list][level]; ok {
		counts[level] = from - 1
		delete(n.starts[list], level)
	}
	if counts[level] == 0 {
		counts[level] = l.start - 1
	}
	counts[level]++
	for k := range counts {
		if k > level {
			delete(counts, k)
		}
	}
	out := l.text
	for k := 0; k <= level; k++ {
		out = strings.ReplaceAll(out, "%"+strconv.Itoa(k+1), n.levels[abstract][k].print(max(counts[k], 1)))
	}
	return out
}

// print writes a count in the list's format.
func (l numLevel) print(n int) string {
	switch {
	case strings.HasPrefix(l.format, "chinese"), strings.HasPrefix(l.format, "ideograph"), strings.HasPrefix(l.format, "japanese"), strings.HasPrefix(l.format, "taiwanese"):
		return hanNumber(n)
	case l.format == "decimalEnclosedCircle" && n <= 20:
		return string(rune('①' + n - 1))
	}
	return strconv.Itoa(n)
}

// hanNumber writes 1 to 99 in Chinese numerals.
func hanNumber(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n <= 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
