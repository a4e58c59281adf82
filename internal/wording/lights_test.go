package wording

import (
	"errors"
	"strings"
	"testing"

	"duban/store/ledger"
)

func TestOwnLights(t *testing.T) {
	own := Lights{ledger.LevelNear: {Word: "快到期", Mark: "🔵", Colour: "2F80ED"}, ledger.LevelOverdue: {Word: "超期"}}
	if err := errors.Join(own.Faults()...); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, got, want string }{
		{"own word and mark", own.Of(ledger.LevelNear), "🔵 快到期"},
		{"own word, built-in mark", own.Of(ledger.LevelOverdue), "🔴 超期"},
		{"left out", own.Of(ledger.LevelClosed), "🔵 已办结"},
		{"own in a sentence", own.Own(ledger.LevelNear, "临近时限"), "快到期"},
		{"built-in in a sentence", own.Own(ledger.LevelBehind, "进度滞后"), "进度滞后"},
		{"own colour", own.Colour(ledger.LevelNear, "000000"), "2F80ED"},
		{"drawing's colour", own.Colour(ledger.LevelOverdue, "C8372D"), "C8372D"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestFaultsOfLights(t *testing.T) {
	tests := []struct {
		name  string
		table Lights
		want  []string // a part of each fault; none means that the table is sound
	}{
		{"nothing", nil, nil},
		{"one letter", Lights{ledger.LevelNormal: {Word: "绿"}}, nil},
		{"swapped words", Lights{ledger.LevelNear: {Word: "滞后"}, ledger.LevelBehind: {Word: "临期"}}, nil},
		{"unknown level", Lights{"red": {Word: "红"}}, []string{"red 不是灯号级别"}},
		{"empty word", Lights{ledger.LevelNear: {Mark: "🔵"}}, []string{"near 的 word 不能为空"}},
		{"long word", Lights{ledger.LevelNear: {Word: "马上就要到期了"}}, []string{"near 的 word 应为"}},
		{"marks in a word", Lights{ledger.LevelNear: {Word: "**近**"}}, []string{"near 的 word 应为"}},
		{"same as a built-in word", Lights{ledger.LevelNear: {Word: "逾期"}}, []string{"near 和 overdue 的 word 都是“逾期”"}},
		{"same twice", Lights{ledger.LevelNear: {Word: "黄灯"}, ledger.LevelBehind: {Word: "黄灯"}}, []string{"near 和 behind"}},
		{"long mark", Lights{ledger.LevelNear: {Word: "近", Mark: "🔵🔵🔵🔵"}}, []string{"near 的 mark"}},
		{"mark that formats", Lights{ledger.LevelNear: {Word: "近", Mark: "#"}}, []string{"near 的 mark"}},
		{"colour by name", Lights{ledger.LevelNear: {Word: "近", Colour: "blue"}}, []string{"near 的 colour"}},
		{"all at once", Lights{ledger.LevelNear: {Colour: "x"}, "x": {}}, []string{"x 不是", "near 的 word", "near 的 colour"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.table.Faults()
			if len(got) != len(tt.want) {
				t.Fatalf("got %v, want %d", got, len(tt.want))
			}
			for i, w := range tt.want {
				if !strings.Contains(got[i].Error(), w) {
					t.Errorf("got %q, want %q", got[i], w)
				}
			}
		})
	}
}
