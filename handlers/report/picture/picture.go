// Package picture draws the facts of a plan as PNG for a phone: for each unit what is
// done, moving and overdue on one screen, and the tasks on a line of time with today's
// mark, a page after the other.
//
// In go facts, out come pictures 1080 pixels wide and at most 1600 high. Axes begin at
// zero, text is wrapped and never cut, and every colour stands beside its word. The font,
// a Chinese subset under Apache-2.0, is part of the program; another one can be given.
// Facts that do not add up are refused before the first byte.
package picture

import (
	"fmt"
	"image/color"
	"strconv"

	"duban/handlers/report"
	"duban/store/ledger"
)

// Options are the choices of a picture. The zero value is good.
type Options struct {
	Font []byte // TrueType or OpenType font in place of the built-in one
}

// Units draws the bars of the units as PNG, on one screen.
func Units(f report.Facts, o Options) ([]byte, error) {
	s, err := laid(f, o, bars)
	if err != nil {
		return nil, err
	}
	return s.encode()
}

// Timeline draws the line of time as PNG, in as many pages as the tasks need and at most
// maxPages; tasks that are left out are counted on the last one.
func Timeline(f report.Facts, o Options) ([][]byte, error) {
	sheets, err := pages(f, o)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(sheets))
	for i, s := range sheets {
		if out[i], err = s.encode(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// laid lays one sheet of facts that add up.
func laid(f report.Facts, o Options, lay func(*sheet, report.Facts)) (*sheet, error) {
	if err := report.Check(f); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	fonts, err := newFonts(o.Font)
	if err != nil {
		return nil, err
	}
	s := &sheet{fonts: fonts}
	lay(s, f)
	return s, s.err
}

var (
	white = color.RGBA{255, 255, 255, 255}
	ink   = color.RGBA{31, 36, 42, 255}
	grey  = color.RGBA{92, 99, 107, 255}
	rule  = color.RGBA{217, 221, 226, 255}
	band  = color.RGBA{244, 246, 248, 255}
	span  = color.RGBA{205, 214, 223, 255}
	red   = color.RGBA{179, 38, 30, 255}
)

// colours of the classes; the second is that of a figure written on it. They differ in
// lightness too, so that whoever does not see red or green tells them apart.
var colours = map[ledger.Level][2]color.RGBA{
	ledger.LevelClosed:    {{27, 78, 138, 255}, white},
	ledger.LevelPending:   {{158, 197, 236, 255}, ink},
	ledger.LevelOverdue:   {red, white},
	ledger.LevelBehind:    {{224, 132, 40, 255}, ink},
	ledger.LevelNear:      {{247, 212, 88, 255}, ink},
	ledger.LevelNormal:    {{96, 170, 148, 255}, ink},
	ledger.LevelStanding:  {{198, 204, 211, 255}, ink},
	ledger.LevelPaused:    {{231, 234, 238, 255}, ink},
	ledger.LevelCancelled: {{241, 242, 244, 255}, ink},
}

// ground is the colour of a class: the office's own, or that of the table.
func ground(f report.Facts, l ledger.Level) color.RGBA {
	own, err := strconv.ParseUint(f.Lights.Colour(l, ""), 16, 24)
	if err != nil { // there is none
		return colours[l][0]
	}
	return color.RGBA{uint8(own >> 16), uint8(own >> 8), uint8(own), 255}
}

// figure is the colour of a figure written on a class's ground.
func figure(f report.Facts, l ledger.Level) color.RGBA {
	g := ground(f, l)
	switch {
	case g == colours[l][0]:
		return colours[l][1]
	case 299*int(g.R)+587*int(g.G)+114*int(g.B) > 150_000:
		return ink
	}
	return white
}
