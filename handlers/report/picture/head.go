package picture

import (
	"fmt"
	"image/color"
	"strconv"

	"duban/handlers/report"
	"duban/store/ledger"
)

// heading writes the title, on a first page the plan, what the facts are about and their
// day, and returns where the sheet goes on.
func heading(s *sheet, f report.Facts, title string, first bool) float64 {
	y := margin + sizeTitle
	s.strong(margin, y, title, sizeTitle, ink)
	y += 18
	if first && f.Plan != "" {
		plan := report.Sober(f.Plan)
		if len(s.lines(plan, sizeText, inner)) > 2 {
			plan = f.Name()
		}
		y += s.block(margin, y, inner, plan, sizeText, grey, 0)
	}
	y += s.block(margin, y, inner, f.Scope+"，截至"+f.AsOf, sizeText, grey, 0) + 16
	s.rect(margin, y, inner, 2, rule)
	return y + 2
}

// tiles writes the headline figures beside each other.
func tiles(s *sheet, f report.Facts, y float64) float64 {
	closed := f.Rate(report.RateClosed)
	list := [][3]string{
		{strconv.Itoa(f.Total), "项", "任务总数"},
		{strconv.Itoa(f.CountOf(ledger.LevelClosed)), "项", f.Lights.Word(ledger.LevelClosed)},
		{strconv.Itoa(f.Overdues()), "项", f.Lights.Word(ledger.LevelOverdue)},
		{closed.Text(), "", fmt.Sprintf("%s %d÷%d", closed.Name, closed.Part.Count, closed.Whole.Count)},
	}
	room := inner / float64(len(list))
	for i, t := range list {
		x, c := margin+float64(i)*room, ink
		if i == 2 && f.Overdues() > 0 {
			c = red
		}
		size := sizeHuge
		for s.width(t[0], size)+s.width(t[1], sizeText) > room-12 {
			size -= 2
		}
		end := s.strong(x, y+16+sizeHuge, t[0], size, c)
		s.text(end+6, y+16+sizeHuge, t[1], sizeText, grey)
		if s.width(t[2], sizeText) > room {
			t[2] = closed.Name
		}
		s.text(x, y+16+sizeHuge+14+sizeText, t[2], sizeText, grey)
	}
	return y + 16 + sizeHuge + 14 + sizeText + 30
}

// legend is the key of the colours with what each class counts; the counts add up to all
// tasks.
func legend(s *sheet, f report.Facts, y float64) float64 {
	return key(s, f, f.Classes, y, func(c report.Class) string { return fmt.Sprintf("%s %d", c.Word, c.Count) })
}

// key writes a box of its colour and a label for each class.
func key(s *sheet, f report.Facts, classes []report.Class, y float64, label func(report.Class) string) float64 {
	const box, line = 28.0, 44.0
	x := margin
	for _, c := range classes {
		w := box + 10 + s.width(label(c), sizeText)
		if x > margin && x+w > width-margin {
			x, y = margin, y+line
		}
		s.rect(x, y, box, box, ground(f, c.Level))
		s.text(x+box+10, y+box-3.5, label(c), sizeText, ink)
		x += w + 34
	}
	return y + line
}

// section writes a heading with a mark before it and returns how high it is.
func section(s *sheet, y float64, text string, mark color.RGBA) float64 {
	s.rect(margin, y+5, 6, sizeHead, mark)
	return s.block(margin+20, y, inner-20, text, sizeHead, ink, 0) + 14
}
