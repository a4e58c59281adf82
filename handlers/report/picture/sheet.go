package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The page, in pixels: as wide as a phone's screen and no higher than one. margin is kept
// free on every side.
const (
	width  = 1080.0
	height = 1600.0
	margin = 48.0
	inner  = width - 2*margin
)

// The sizes of text, in pixels: on a phone the smallest is as large as its own.
const (
	sizeTitle = 50.0
	sizeHuge  = 66.0
	sizeHead  = 32.0
	sizeText  = 28.0
)

type shapeKind uint8

const (
	rect shapeKind = iota
	circle
	words
)

// shape is one thing on the sheet. Of words, x and y are the left end of the base line.
type shape struct {
	kind       shapeKind
	x, y, w, h float64
	text       string
	size       float64
	strong     bool
	color      color.RGBA
}

// sheet is a picture before it is drawn: what stands where. After the first error it
// takes nothing more.
type sheet struct {
	fonts  *fonts
	shapes []shape
	bottom float64 // how far down the sheet is used
	err    error
}

func (s *sheet) check(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sheet) rect(x, y, w, h float64, c color.RGBA) {
	s.shapes = append(s.shapes, shape{kind: rect, x: x, y: y, w: w, h: h, color: c})
	s.bottom = max(s.bottom, y+h)
}

func (s *sheet) dot(x, y, r float64, c color.RGBA) {
	s.shapes = append(s.shapes, shape{kind: circle, x: x, y: y, w: r, color: c})
	s.bottom = max(s.bottom, y+r)
}

func (s *sheet) width(text string, size float64) float64 {
	w, err := s.fonts.width(s.fonts.drawable(text), size)
	s.check(err)
	return w
}

// text writes one line from x on and returns where it ends.
func (s *sheet) text(x, base float64, text string, size float64, c color.RGBA) float64 {
	text = s.fonts.drawable(text)
	w := s.width(text, size)
	s.shapes = append(s.shapes, shape{kind: words, x: x, y: base, w: w, h: size, text: text, size: size, color: c})
	s.bottom = max(s.bottom, base+size*descent)
	return x + w
}

// strong writes one line in heavier strokes: the font has one weight.
func (s *sheet) strong(x, base float64, text string, size float64, c color.RGBA) float64 {
	end := s.text(x, base, text, size, c)
	s.shapes[len(s.shapes)-1].strong = true
	return end
}

// block writes text in lines no wider than room, its first base line size below y, and
// returns how high it is. align is 0 for left and 1 for right.
func (s *sheet) block(x, y, room float64, text string, size float64, c color.RGBA, align float64) float64 {
	lines := s.lines(text, size, room)
	for i, line := range lines {
		s.text(x+align*(room-s.width(line, size)), y+size+float64(i)*size*leading, line, size, c)
	}
	return float64(len(lines)) * size * leading
}

// leading is the distance of lines, descent how far characters reach below the base line,
// both as parts of the size.
const (
	leading = 1.32
	descent = 0.22
)

func (s *sheet) lines(text string, size, room float64) []string {
	out, err := s.fonts.wrap(s.fonts.drawable(text), size, room)
	s.check(err)
	return out
}

func (s *sheet) high(text string, size, room float64) float64 {
	return float64(len(s.lines(text, size, room))) * size * leading
}

// encode draws the sheet as PNG.
func (s *sheet) encode() ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	img := image.NewRGBA(image.Rect(0, 0, width, int(math.Ceil(s.bottom+margin))))
	draw.Draw(img, img.Bounds(), image.NewUniform(white), image.Point{}, draw.Src)
	for _, x := range s.shapes {
		switch x.kind {
		case rect:
			r := image.Rect(px(x.x), px(x.y), max(px(x.x+x.w), px(x.x)+1), max(px(x.y+x.h), px(x.y)+1))
			draw.Draw(img, r, image.NewUniform(x.color), image.Point{}, draw.Over)
		case circle:
			drawCircle(img, x)
		case words:
			if err := s.write(img, x); err != nil {
				return nil, err
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("picture: encode: %w", err)
	}
	return out.Bytes(), nil
}

// write draws one line of text; strokes become heavier by drawing them again beside
// themselves.
func (s *sheet) write(img *image.RGBA, x shape) error {
	face, err := s.fonts.face(x.size)
	if err != nil {
		return err
	}
	shifts := []float64{0}
	if x.strong {
		shifts = []float64{0, x.size / 64, x.size / 32}
	}
	for _, dx := range shifts {
		d := font.Drawer{Dst: img, Src: image.NewUniform(x.color), Face: face, Dot: fixed.Point26_6{X: fixed.Int26_6((x.x + dx) * 64), Y: fixed.Int26_6(x.y * 64)}}
		d.DrawString(x.text)
	}
	return nil
}

func px(v float64) int { return int(math.Round(v)) }

func drawCircle(img *image.RGBA, x shape) {
	n := px(x.w)*2 + 2
	r, c := float32(x.w), float32(n)/2
	k := r * 0.5523 // a cubic curve with this handle is a quarter of a circle
	z := vector.NewRasterizer(n, n)
	z.MoveTo(c+r, c)
	z.CubeTo(c+r, c+k, c+k, c+r, c, c+r)
	z.CubeTo(c-k, c+r, c-r, c+k, c-r, c)
	z.CubeTo(c-r, c-k, c-k, c-r, c, c-r)
	z.CubeTo(c+k, c-r, c+r, c-k, c+r, c)
	z.ClosePath()
	at := image.Pt(px(x.x)-n/2, px(x.y)-n/2)
	z.Draw(img, image.Rectangle{Min: at, Max: at.Add(image.Pt(n, n))}, image.NewUniform(x.color), image.Point{})
}
