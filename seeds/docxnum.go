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
}

type numLevel struct {
	format, text string
	start        int
}

// readNumbering reads word/numbering.xml; a document may have none.
func readNumbering(z *zip.Reader) (*numbering, error) {
	n := &numbering{levels: map[string]map[int]numLevel{}, lists: map[string]string{}, counts: map[string]map[int]int{}}
	if !hasPart(z, "word/numbering.xml") {
		return n, nil
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
			list = attr(t, "numId")
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
