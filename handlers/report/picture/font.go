package picture

import (
	_ "embed" // the font is part of the program
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"duban/handlers/report"
)

// hei is a subset of WenQuanYi Micro Hei under Apache-2.0: see font/NOTICE.
//
//go:embed font/duban-hei.ttf
var hei []byte

// lost stands for a character that the font lacks, as printers have always done.
const lost = '〓'

// fonts measures and writes text. It is made for one picture and not shared.
type fonts struct {
	font   *sfnt.Font
	buf    sfnt.Buffer
	faces  map[float64]font.Face
	widths map[glyph]float64
}

type glyph struct {
	r    rune
	size float64
}

func newFonts(data []byte) (*fonts, error) {
	if len(data) == 0 {
		data = hei
	}
	f, err := opentype.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("picture: font: %w", err)
	}
	return &fonts{font: f, faces: map[float64]font.Face{}, widths: map[glyph]float64{}}, nil
}

func (f *fonts) face(size float64) (font.Face, error) {
	if face, ok := f.faces[size]; ok {
		return face, nil
	}
	face, err := opentype.NewFace(f.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("picture: face: %w", err)
	}
	f.faces[size] = face
	return face, nil
}

// has reports whether the font has a glyph of its own for the character.
func (f *fonts) has(r rune) bool {
	i, err := f.font.GlyphIndex(&f.buf, r)
	return err == nil && i != 0
}

// drawable is the text as it can be drawn: on one line, without emoji, and with a mark in
// place of what the font lacks.
func (f *fonts) drawable(s string) string {
	return strings.Map(func(r rune) rune {
		if f.has(r) {
			return r
		}
		return lost
	}, report.Sober(s))
}

// advance is how far one character moves the pen.
func (f *fonts) advance(r rune, size float64) (float64, error) {
	key := glyph{r, size}
	if w, ok := f.widths[key]; ok {
		return w, nil
	}
	face, err := f.face(size)
	if err != nil {
		return 0, err
	}
	v, _ := face.GlyphAdvance(r)
	w := float64(v) / float64(fixed.I(1))
	f.widths[key] = w
	return w, nil
}

// width is how wide the text is.
func (f *fonts) width(s string, size float64) (float64, error) {
	sum := 0.0
	for _, r := range s {
		w, err := f.advance(r, size)
		if err != nil {
			return 0, err
		}
		sum += w
	}
	return sum, nil
}

// wrap breaks the text into as few lines as the room allows, never before closing
// punctuation or inside a Latin word or number where that can be helped, and with no stray
// characters on the last line.
// Nothing of the text is left out.
func (f *fonts) wrap(s string, size, room float64) ([]string, error) {
	best, err := f.fill(s, size, room)
	for err == nil && len(best) > 1 && utf8.RuneCountInString(best[len(best)-1]) < stray && room > size*stray {
		room -= size / 2
		var next []string
		if next, err = f.fill(s, size, room); len(next) > len(best) {
			break
		}
		best = next
	}
	return best, err
}

// stray is fewer characters than a last line should have.
const stray = 4

// fill puts on each line what fits.
func (f *fonts) fill(s string, size, room float64) ([]string, error) {
	var out []string
	var line []rune
	used := 0.0
	for _, r := range s {
		w, err := f.advance(r, size)
		if err != nil {
			return nil, err
		}
		if used+w > room && len(line) > 0 {
			at := len(line)
			if at > 1 && strings.ContainsRune("，。、；：》”）！？】〕)", r) {
				at--
			}
			at = wordStart(append(line, r), at)
			out = append(out, string(line[:at]))
			line = append([]rune{}, line[at:]...)
			if used, err = f.width(string(line), size); err != nil {
				return nil, err
			}
		}
		line, used = append(line, r), used+w
	}
	return append(out, string(line)), nil
}

// wordStart moves a break before line[at] back to where the Latin word or number around
// it begins; one that fills the whole line is broken.
func wordStart(line []rune, at int) int {
	start := at
	for start > 0 && latin(line[start-1]) && latin(line[start]) {
		start--
	}
	if start == 0 {
		return at
	}
	return start
}

func latin(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
