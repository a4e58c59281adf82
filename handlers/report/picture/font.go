package picture

import (
	_ "embed" // the font is part of the program
	"fmt"
	"strings"

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

// scale is how many pixels one unit of the layout has.
const scale = 2

// lost stands for a character that the font lacks, as printers have always done.
const lost = '〓'

// fonts measures and writes text. It is made for one picture and not shared.
type fonts struct {
	font  *sfnt.Font
	buf   sfnt.Buffer
	faces map[float64]font.Face
}

func newFonts(data []byte) (*fonts, error) {
	if len(data) == 0 {
		data = hei
	}
	f, err := opentype.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("picture: font: %w", err)
	}
	return &fonts{font: f, faces: map[float64]font.Face{}}, nil
}

func (f *fonts) face(size float64) (font.Face, error) {
	if face, ok := f.faces[size]; ok {
		return face, nil
	}
	face, err := opentype.NewFace(f.font, &opentype.FaceOptions{Size: size * scale, DPI: 72, Hinting: font.HintingNone})
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

// width is how wide the text is, in units of the layout.
func (f *fonts) width(s string, size float64) (float64, error) {
	face, err := f.face(size)
	if err != nil {
		return 0, err
	}
	return float64(font.MeasureString(face, s)) / float64(fixed.I(1)) / scale, nil
}

// wrap breaks the text into lines no wider than room, never before closing punctuation
// where that can be helped. Nothing of the text is left out.
func (f *fonts) wrap(s string, size, room float64) ([]string, error) {
	var out []string
	line := ""
	for _, r := range s {
		w, err := f.width(line+string(r), size)
		if err != nil {
			return nil, err
		}
		if w > room && line != "" {
			keep, carry := line, ""
			if cut := []rune(line); strings.ContainsRune("，。、；：》”）！？】〕", r) && len(cut) > 1 {
				keep, carry = string(cut[:len(cut)-1]), string(cut[len(cut)-1])
			}
			out = append(out, keep)
			line = carry
		}
		line += string(r)
	}
	return append(out, line), nil
}
