package docx

import (
	"math"
	"strconv"
)

// page is the form of the pages of one part, with the width of its text block in
// twentieths of a point.
type page struct {
	width int
	size  string
}

var (
	// A4; top 37 mm, left 28 mm, text block 156 × 225 mm, 22 lines of 28 characters; the
	// page number stands 7 mm below the text block.
	upright = page{8844, `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="1134" w:footer="1304" w:gutter="0"/>`}
	// The same page turned, for tables that need the width.
	across = page{12755, `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1588" w:right="1985" w:bottom="1474" w:left="2098" w:header="850" w:footer="794" w:gutter="0"/>`}
)

func (p page) xml() string {
	return `<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="even" r:id="rId4"/>` +
		`<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>` + p.size +
		`<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>`
}

// mostLines is how many lines the tallest row of an upright table may have.
const mostLines = 14

// column is one column of a table: its width in twentieths of a point.
type column struct {
	head   string
	width  int
	center bool
}

// grid is a table with what stands in it.
type grid struct {
	cols []column
	rows [][]string
}

// leastWidth is that of a column of sentences on a wide page.
const leastWidth = 1100

// spread makes the table as wide as the page: upright, what is left goes to one column; on
// a wide page, all that hold sentences share it by how much stands in them, so that the
// rows stay low.
func (g grid) spread(to, width int) grid {
	left := width
	for i, c := range g.cols {
		if i != to && (c.center || width == upright.width) {
			left -= c.width
		}
	}
	if width == upright.width {
		g.cols[to].width = left
		return g
	}
	weights, sum := make([]float64, len(g.cols)), 0.0
	for i, c := range g.cols {
		if !c.center {
			left -= leastWidth
			weights[i] = math.Sqrt(float64(g.longest(i)))
			sum += weights[i]
		}
	}
	for i, w := range weights {
		if !g.cols[i].center {
			g.cols[i].width = leastWidth + int(float64(left)*w/sum)
		}
	}
	return g
}

// half is what half a character of the tables takes, in twentieths of a point.
const half = 105

// extent is how long a text is on one line, in twentieths of a point.
func extent(s string) int {
	n := 0
	for _, r := range s {
		if n += half; r > 0xff {
			n += half
		}
	}
	return n
}

// longest is the extent of the longest text of a column.
func (g grid) longest(col int) int {
	n := extent(g.cols[col].head)
	for _, row := range g.rows {
		n = max(n, extent(row[col]))
	}
	return n
}

// tallest is how many lines the tallest row takes, about.
func (g grid) tallest() int {
	most := 0
	for i, c := range g.cols {
		inner := c.width - 140 // without the cell's margins
		most = max(most, (g.longest(i)+inner-1)/inner)
	}
	return most
}

// table writes a table whose header row repeats on every page and whose rows are never
// split between pages.
func (x *writer) table(g grid) {
	cols, rows := g.cols, g.rows
	sum := 0
	for _, c := range cols {
		sum += c.width
	}
	x.raw(`<w:tbl><w:tblPr><w:tblStyle w:val="AnnexTable"/><w:tblW w:w="` + strconv.Itoa(sum) + `" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, c := range cols {
		x.raw(`<w:gridCol w:w="` + strconv.Itoa(c.width) + `"/>`)
	}
	x.raw("</w:tblGrid>\n" + `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="500" w:hRule="atLeast"/><w:tblHeader/></w:trPr>`)
	for _, c := range cols {
		x.cell(c.width, "CellHead", c.head)
	}
	x.raw("</w:tr>\n")
	for _, row := range rows {
		x.raw(`<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="420" w:hRule="atLeast"/></w:trPr>`)
		for i, c := range cols {
			style := "Cell"
			if c.center {
				style = "CellCenter"
			}
			x.cell(c.width, style, row[i])
		}
		x.raw("</w:tr>\n")
	}
	x.raw("</w:tbl>\n")
}
