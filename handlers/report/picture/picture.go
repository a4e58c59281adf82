// Package picture draws the facts of a plan as PNG: for each unit what is done, moving
// and overdue, and the tasks on a line of time with today's mark.
//
// In go facts, out comes the picture. Axes begin at zero, text is wrapped and never cut,
// and every colour stands beside its word. The font, a Chinese subset under Apache-2.0, is
// part of the program; another one can be given. Facts that do not add up are refused
// before the first byte.
package picture

import (
	"fmt"
	"image/color"
	"io"
	"strconv"

	"duban/handlers/report"
	"duban/store/ledger"
)

// Options are the choices of a picture. The zero value is good.
type Options struct {
	Font []byte // TrueType or OpenType font in place of the built-in one
}

// The most rows that a picture shows; what is left out is said in it.
const (
	maxUnits = 120
	maxTasks = 300
)

// Draw writes one picture with the bars of the units above the line of time.
func Draw(w io.Writer, f report.Facts, o Options) error {
	return drawn(w, f, o, func(s *sheet) {
		bars(s, f)
		s.bottom += 30
		timeline(s, f)
	})
}

// Bars writes the bars of the units alone.
func Bars(w io.Writer, f report.Facts, o Options) error {
	return drawn(w, f, o, func(s *sheet) { bars(s, f) })
}

// Timeline writes the line of time alone.
func Timeline(w io.Writer, f report.Facts, o Options) error {
	return drawn(w, f, o, func(s *sheet) { timeline(s, f) })
}

func drawn(w io.Writer, f report.Facts, o Options, lay func(s *sheet)) error {
	s, err := laid(f, o, lay)
	if err != nil {
		return err
	}
	return s.encode(w)
}

func laid(f report.Facts, o Options, lay func(s *sheet)) (*sheet, error) {
	if err := report.Check(f); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	fonts, err := newFonts(o.Font)
	if err != nil {
		return nil, err
	}
	s := &sheet{fonts: fonts}
	lay(s)
	return s, s.err
}

var (
	white = color.RGBA{255, 255, 255, 255}
	ink   = color.RGBA{34, 40, 46, 255}
	grey  = color.RGBA{104, 112, 120, 255}
	rule  = color.RGBA{222, 226, 230, 255}
	band  = color.RGBA{246, 248, 250, 255}
	span  = color.RGBA{214, 224, 234, 255}
	red   = color.RGBA{200, 40, 40, 255}
)

// colours of the classes; the second is that of a figure written on it.
var colours = map[ledger.Level][2]color.RGBA{
	ledger.LevelClosed:    {{47, 109, 181, 255}, white},
	ledger.LevelPending:   {{142, 107, 184, 255}, white},
	ledger.LevelOverdue:   {{200, 55, 45, 255}, white},
	ledger.LevelBehind:    {{224, 138, 46, 255}, ink},
	ledger.LevelNear:      {{240, 204, 70, 255}, ink},
	ledger.LevelNormal:    {{78, 154, 81, 255}, white},
	ledger.LevelStanding:  {{169, 176, 183, 255}, ink},
	ledger.LevelPaused:    {{208, 212, 216, 255}, ink},
	ledger.LevelCancelled: {{228, 230, 232, 255}, ink},
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

// heading writes the title, what and when it is about, and the key of the colours.
func heading(s *sheet, f report.Facts, title string) float64 {
	y := s.bottom + margin
	y += s.block(margin, y, width-2*margin, title, 22, ink, 0) + 4
	about := f.Scope + "，截至" + f.AsOf
	if f.Plan != "" {
		about = f.Plan + "，" + about
	}
	y += s.block(margin, y, width-2*margin, about, 13, grey, 0) + 10
	x := margin
	for _, c := range f.Classes {
		label := fmt.Sprintf("%s %d项", c.Word, c.Count)
		w := 18 + s.width(label, 13) + 18
		if x+w > width-margin {
			x, y = margin, y+22
		}
		s.rect(x, y, 12, 12, ground(f, c.Level))
		s.text(x+18, y+11.5, label, 13, ink)
		x += w
	}
	return y + 30
}
