package picture

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/handlers/report"
)

const (
	barLabel = 256.0 // room for the names of units
	barLeft  = margin + barLabel + 16
	barRight = width - margin - 60 // room for the total behind the longest bar
	barThick = 40.0
	axisHigh = sizeText + 20 // the figures of the axis above the bars
)

// bars lays the headline figures and a stacked bar per unit on one screen. Units that
// have no room are counted in a line of their own.
func bars(s *sheet, f report.Facts) {
	y := legend(s, f, tiles(s, f, heading(s, f, "任务进展情况", true))) + 12
	if f.Total == 0 {
		s.text(margin, y+sizeText, "没有任务。", sizeText, grey)
		return
	}
	c := fitted(s, f, height-margin-y)
	y = c.draw(s, y)
	if note := c.note(); note != "" {
		y += s.block(margin, y+6, inner, note, sizeText, grey, 0) + 6
	}
	if len(c.rest) == 0 {
		concerns(s, f, y+28)
	}
}

// chart is the bars of some units on one scale, and those that are only counted.
type chart struct {
	f           report.Facts
	shown, rest []report.Group
	end, step   int     // of the axis
	unit        float64 // pixels that one task is long
	gap         float64 // between two rows
}

// barGaps are the distances of bars, those first that are better to look at.
var barGaps = []float64{16, 12, 8}

// fitted is the chart of as many units as have room: of all in the plan's order, closer
// together if need be, else of those that most need attention.
func fitted(s *sheet, f report.Facts, room float64) chart {
	var c chart
	units := answering(f)
	for _, gap := range barGaps {
		if c = newChart(f, units, len(units), gap); c.high(s) <= room {
			return c
		}
	}
	order := report.ByNeed(units)
	for n := len(order) - 1; n >= 0 && c.high(s) > room; n-- {
		c = newChart(f, order, n, barGaps[0])
	}
	return c
}

// answering are the units that answer for a task; who only supports has no bar.
func answering(f report.Facts) []report.Group {
	return slices.DeleteFunc(slices.Clone(f.Units), func(u report.Group) bool { return u.Total == 0 })
}

func newChart(f report.Facts, order []report.Group, n int, gap float64) chart {
	c := chart{f: f, shown: order[:n], rest: order[n:], gap: gap}
	most := 1
	for _, u := range c.shown {
		most = max(most, u.Total)
	}
	c.step = niceStep(most)
	c.end = (most + c.step - 1) / c.step * c.step
	c.unit = (barRight - barLeft) / float64(c.end)
	return c
}

// high is how much room the chart takes with its note.
func (c chart) high(s *sheet) float64 {
	sum := axisHigh + 12.0
	if note := c.note(); note != "" {
		sum += s.high(note, sizeText, inner)
	}
	for _, u := range c.shown {
		sum += c.row(s, u)
	}
	if len(c.rest) > 0 {
		sum += 16 + s.high(c.others(), sizeText, inner)
	}
	return sum
}

// row is how high a unit's row is.
func (c chart) row(s *sheet, u report.Group) float64 {
	name, high := s.high(u.Name, sizeText, barLabel), c.thick(s, u)
	if c.above(s, u) {
		return s.high(u.Name, sizeText, inner) + high + c.gap
	}
	return max(name, high) + c.gap
}

// above reports whether the unit's name stands above its bar: beside it, it would take
// many lines.
func (c chart) above(s *sheet, u report.Group) bool {
	return len(s.lines(u.Name, sizeText, barLabel)) > 2
}

// thick is how high the bar is, with its figures below it where they do not fit in.
func (c chart) thick(s *sheet, u report.Group) float64 {
	if c.narrow(s, u) {
		return barThick + s.high(tally(u.Classes), sizeText, barRight-barLeft)
	}
	return barThick
}

// narrow reports whether some part of the bar is too short for its figure.
func (c chart) narrow(s *sheet, u report.Group) bool {
	for _, x := range u.Classes {
		if x.Count > 0 && !c.holds(s, x.Count) {
			return true
		}
	}
	return false
}

func (c chart) holds(s *sheet, count int) bool {
	return s.width(strconv.Itoa(count), sizeText) <= float64(count)*c.unit-6
}

// draw lays the chart from y on and returns where it ends.
func (c chart) draw(s *sheet, y float64) float64 {
	if len(c.shown) > 0 {
		c.axis(s, y+axisHigh)
	}
	y += axisHigh
	for _, u := range c.shown {
		c.bar(s, u, y)
		y += c.row(s, u)
	}
	if len(c.rest) > 0 {
		y += 8 + s.block(margin, y+4, inner, c.others(), sizeText, ink, 0) + 8
	}
	return y
}

// axis writes the scale from zero above the bars.
func (c chart) axis(s *sheet, top float64) {
	s.text(margin, top-12, "责任单位（项）", sizeText, grey)
	for n := 0; n <= c.end; n += c.step {
		label := strconv.Itoa(n)
		s.text(barLeft+float64(n)*c.unit-s.width(label, sizeText)/2, top-12, label, sizeText, grey)
	}
}

// grid draws the scale's lines behind a bar, the one of zero stronger.
func (c chart) grid(s *sheet, from, to float64) {
	for n := c.step; n <= c.end; n += c.step {
		s.rect(barLeft+float64(n)*c.unit-1, from, 1, to-from, rule)
	}
	s.rect(barLeft-3, from, 3, to-from, grey)
}

// bar lays one unit's row from y on.
func (c chart) bar(s *sheet, u report.Group, y float64) {
	row, high := c.row(s, u)-c.gap, c.thick(s, u)
	at, from, to := y+(row-high)/2, y, y+row+c.gap
	if c.above(s, u) {
		at = y + row - high
		from, to = at, at+barThick
		s.block(margin, y-2, inner, u.Name, sizeText, ink, 0)
	} else {
		s.block(margin, y+(row-s.high(u.Name, sizeText, barLabel))/2+1, barLabel, u.Name, sizeText, ink, 1)
	}
	if c.narrow(s, u) {
		to = at + barThick
	}
	c.grid(s, from, to)
	if c.narrow(s, u) {
		s.block(barLeft+6, at+barThick, barRight-barLeft-6, tally(u.Classes), sizeText, grey, 0)
	}
	x := barLeft
	for _, p := range u.Classes {
		if p.Count == 0 {
			continue
		}
		w := float64(p.Count) * c.unit
		s.rect(x, at, w, barThick, ground(c.f, p.Level))
		if x > barLeft && w > 8 {
			s.rect(x-1, at, 2, barThick, white)
		}
		if label := strconv.Itoa(p.Count); !c.narrow(s, u) {
			s.text(x+(w-s.width(label, sizeText))/2, at+30, label, sizeText, figure(c.f, p.Level))
		}
		x += w
	}
	s.strong(x+10, at+30, strconv.Itoa(u.Total), sizeText, ink)
}

// others counts the units without a bar.
func (c chart) others() string {
	sum := report.Sum(c.rest)
	return fmt.Sprintf("其余%d个单位共%d项：%s。", len(c.rest), sum.Total, tally(sum.Classes))
}

// note says what the bars do not show of themselves.
func (c chart) note() string {
	note, supports := "", 0
	for _, u := range c.f.Units {
		supports += len(u.Supports)
	}
	if len(c.rest) > 0 {
		note += "单位较多，先列有逾期、滞后、临期、待审核任务的单位。"
	}
	if report.Sum(c.f.Units).Total > c.f.Total {
		note += "一项任务有多个责任单位的，分别计入各单位。"
	}
	if len(c.f.Of) > 0 && supports > 0 {
		note += fmt.Sprintf("配合的任务%d项计入总数，不列入图中。", supports)
	}
	return note
}

// tally says what there is of each class that has any: 已办结3、逾期1.
func tally(classes []report.Class) string {
	var out []string
	for _, c := range classes {
		if c.Count > 0 {
			out = append(out, c.Word+strconv.Itoa(c.Count))
		}
	}
	return strings.Join(out, "、")
}

// niceStep is the distance of the axis' marks: whole, of 1, 2 or 5 times a power of ten,
// with at most ten of them.
func niceStep(most int) int {
	for p := 1; ; p *= 10 {
		for _, m := range []int{1, 2, 5} {
			if most <= p*m*10 {
				return p * m
			}
		}
	}
}
