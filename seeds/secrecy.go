package seeds

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path/filepath"
	"strings"
)

// headLines is how many lines of a document are its head, where a marking stands.
const headLines = 8

// marked reports whether the document, its name, or what stands outside the text of a Word
// file (headers, footers, text boxes) carries a marking of secrecy.
func marked(b []byte, doc *document, o Options) bool {
	g := o.Secrecy
	if g.MarkedHead(strings.TrimSuffix(o.Name, filepath.Ext(o.Name))) {
		return true
	}
	head := 0
	for _, x := range doc.blocks {
		if x.table != nil {
			for _, r := range x.table.rows {
				for _, c := range r.cells {
					if !c.covered && g.Marked(c.text) {
						return true
					}
				}
			}
			continue
		}
		if x.text == "" && len(x.cells) == 0 {
			continue
		}
		if head++; g.Marked(x.text) || head <= headLines && len(x.cells) < 2 && g.MarkedHead(x.text) {
			return true
		}
		for _, c := range x.cells {
			if g.Marked(c) {
				return true
			}
		}
	}
	for _, s := range beside(b) {
		if g.MarkedHead(s) {
			return true
		}
	}
	return false
}

// beside returns the paragraphs of a Word file's headers, footers and text boxes. A part
// that cannot be read has none: the document itself was read already.
func beside(b []byte) []string {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "word/")
		box := name == "document.xml"
		if name == f.Name || !box && !strings.HasPrefix(name, "header") && !strings.HasPrefix(name, "footer") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			continue
		}
		out = append(out, paragraphsOf(io.LimitReader(r, maxUnpacked), box)...)
		r.Close()
	}
	return out
}

// paragraphsOf reads the paragraphs of a part, only those in text boxes when boxes is set.
func paragraphsOf(r io.Reader, boxes bool) []string {
	var out []string
	var text [][]byte // of the paragraphs around: a text box stands inside one
	inBox, inText := 0, false
	dec := xml.NewDecoder(r)
	for {
		tok, err := dec.Token()
		if err != nil {
			return out
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "txbxContent":
				inBox++
			case "p":
				text = append(text, nil)
			case "t":
				inText = true
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "txbxContent":
				inBox--
			case "p":
				if n := len(text) - 1; n >= 0 {
					if s := string(text[n]); s != "" && (inBox > 0 || !boxes) {
						out = append(out, s)
					}
					text = text[:n]
				}
			case "t":
				inText = false
			}
		case xml.CharData:
			if inText && len(text) > 0 {
				text[len(text)-1] = append(text[len(text)-1], t...)
			}
		}
	}
}
