package picture

import (
	"image/color"
	"math"
	"testing"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// TestOwnColours: a class is drawn in the office's own colour, its figures in one that
// can be read on it.
func TestOwnColours(t *testing.T) {
	f := report.Facts{Lights: wording.Lights{ledger.LevelOverdue: {Word: "红灯", Colour: "FFEE00"}, ledger.LevelNear: {Word: "近", Colour: "000080"}}}
	tests := []struct {
		level        ledger.Level
		ground, text color.RGBA
	}{
		{ledger.LevelOverdue, color.RGBA{255, 238, 0, 255}, ink},
		{ledger.LevelNear, color.RGBA{0, 0, 128, 255}, white},
		{ledger.LevelClosed, colours[ledger.LevelClosed][0], colours[ledger.LevelClosed][1]},
	}
	for _, tt := range tests {
		if got := ground(f, tt.level); got != tt.ground {
			t.Errorf("%s is drawn in %v", tt.level, got)
		}
		if got := figure(f, tt.level); got != tt.text {
			t.Errorf("figures on %s are written in %v", tt.level, got)
		}
	}
}

// dull are how the colours reach eyes that lack one kind of cone, on linear light
// (Machado, Oliveira, Fernandes 2009), and eyes that lack none.
var dull = map[string][3][3]float64{
	"all cones": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"no red":    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"no green":  {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"no blue":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// TestColoursAreToldApart: any two classes that are shown side by side differ clearly in
// CIELAB, for every kind of eye. 10 is several times what is just seen.
func TestColoursAreToldApart(t *testing.T) {
	shown := []ledger.Level{ledger.LevelClosed, ledger.LevelPending, ledger.LevelOverdue, ledger.LevelBehind, ledger.LevelNear, ledger.LevelNormal, ledger.LevelStanding, ledger.LevelPaused}
	for eye, m := range dull {
		for i, a := range shown {
			for _, b := range shown[:i] {
				if d := distance(lab(colours[a][0], m), lab(colours[b][0], m)); d < 10 {
					t.Errorf("%s: %s and %s differ by %.1f", eye, a, b, d)
				}
			}
		}
	}
}

// lab is the colour in CIELAB under daylight, seen through the eye.
func lab(c color.RGBA, eye [3][3]float64) [3]float64 {
	light := func(v uint8) float64 {
		if x := float64(v) / 255; x > 0.04045 {
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return float64(v) / 255 / 12.92
	}
	in, out := [3]float64{light(c.R), light(c.G), light(c.B)}, [3]float64{}
	for i, row := range eye {
		out[i] = min(1, max(0, row[0]*in[0]+row[1]*in[1]+row[2]*in[2]))
	}
	f := func(x float64) float64 {
		if x > 0.008856 {
			return math.Cbrt(x)
		}
		return 7.787*x + 16.0/116
	}
	x := f((0.4124*out[0] + 0.3576*out[1] + 0.1805*out[2]) / 0.95047)
	y := f(0.2126*out[0] + 0.7152*out[1] + 0.0722*out[2])
	z := f((0.0193*out[0] + 0.1192*out[1] + 0.9505*out[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}
