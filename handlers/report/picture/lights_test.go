package picture

import (
	"image/color"
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
