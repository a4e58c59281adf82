package picture

import (
	"fmt"
	"strconv"

	"duban/handlers/report"
)

const (
	barLabel = 200.0 // room for the names of units
	barLeft  = margin + barLabel + 12
	barRight = width - margin - 40 // room for the total behind the longest bar
	barThick = 18.0
)

// bars lays a stacked bar per unit. All bars begin at the axis, which is zero.
func bars(s *sheet, f report.Facts) {
	y := heading(s, f, "各单位任务状态")
	units, most := f.Units, 0
	if len(units) > maxUnits {
		units = units[:maxUnits]
	}
	for _, u := range units {
		most = max(most, u.Total)
	}
	if len(units) == 0 {
		s.text(margin, y+14, "没有任务。", 14, grey)
		return
	}
	step := niceStep(most)
	end := (most + step - 1) / step * step
	unit := (barRight - barLeft) / float64(max(end, 1))
	top := y + 16
	y = top + 6
	grid := len(s.shapes)
	for _, u := range units {
		y += bar(s, f, u, y, unit)
	}
	var lines []shape
	for n := 0; n <= end; n += step {
		x := barLeft + float64(n)*unit
		lines = append(lines, shape{kind: rect, x: x, y: top, w: 0.5, h: y - top, color: rule})
		label := strconv.Itoa(n)
		s.text(x-s.width(label, 11)/2, top-4, label, 11, grey)
	}
	s.behind(grid, lines)
	s.rect(barLeft-0.5, top, 1, y-top, grey)
	note := "单位：项。同一任务有多个责任单位的，在各单位分别计数。"
	if left := len(f.Units) - len(units); left > 0 {
		note += fmt.Sprintf("其余%d个单位见台账。", left)
	}
	s.block(margin, y+8, width-2*margin, note, 12, grey, 0)
}

// bar lays one unit from y on and returns how high its row is.
func bar(s *sheet, f report.Facts, u report.Group, y, unit float64) float64 {
	high := s.high(u.Name, 13, barLabel)
	row := max(high+6, barThick+8)
	s.block(margin, y+(row-high)/2-1, barLabel, u.Name, 13, ink, 1)
	x, at := barLeft, y+(row-barThick)/2
	for _, c := range u.Classes {
		if c.Count == 0 {
			continue
		}
		w := float64(c.Count) * unit
		s.rect(x, at, w, barThick, ground(f, c.Level))
		if label := strconv.Itoa(c.Count); s.width(label, 11) <= w-4 {
			s.text(x+(w-s.width(label, 11))/2, at+13.2, label, 11, figure(f, c.Level))
		}
		x += w
	}
	s.text(x+6, at+13.5, strconv.Itoa(u.Total), 12, ink)
	return row
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
