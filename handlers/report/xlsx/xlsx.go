// Package xlsx writes the ledger (台账) of a plan as an Excel workbook: every task with
// its state, every checkpoint, the whole history, the figures by unit with a native chart,
// and the summary.
//
// In go facts and events, out comes the workbook. Its first sheet holds the plan in the
// plan's own columns, so that it can be edited and imported again; the columns of state
// are named so that the importer takes them for remarks and passes over them. Facts that
// do not add up are refused before the first byte. People's text is always written as
// text, never as a formula.
package xlsx

import (
	"fmt"
	"io"
	"sort"
	"strconv"

	"github.com/xuri/excelize/v2"

	"duban/handlers/report"
	"duban/store/ledger"
)

// The sheets, in order.
const (
	sheetTasks   = "任务台账"
	sheetPoints  = "节点"
	sheetShares  = "各单位进展"
	sheetHistory = "反馈记录"
	sheetUnits   = "单位统计"
	sheetSummary = "汇总"
	sheetSetup   = "设置记录"
)

// Ledger writes the workbook. events are all events of the tenant, oldest first; those
// after the moment of the facts and of tasks outside them are left out. The same facts and
// events give the same bytes. When the facts do not add up the error is a report.ErrSums and
// nothing was written.
func Ledger(w io.Writer, f report.Facts, events []ledger.Event) error {
	if err := report.Check(f); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	file := excelize.NewFile()
	b := &book{f: file, facts: f}
	b.styles()
	b.check(file.SetSheetName("Sheet1", sheetTasks))
	b.tasks()
	b.points()
	b.shares()
	b.history(events)
	b.units()
	b.summary()
	b.setup(events)
	b.check(file.SetDocProps(&excelize.DocProperties{Title: f.Plan, Subject: "督办台账，数据截至" + f.AsOf, Creator: "督办", Language: "zh-CN"}))
	types := file.ContentTypes.Defaults // the library lists them in the random order of a map
	sort.Slice(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
	if b.err == nil {
		_, b.err = file.WriteTo(w)
	}
	if err := file.Close(); b.err == nil {
		b.err = err
	}
	if b.err != nil {
		return fmt.Errorf("xlsx: %w", b.err)
	}
	return nil
}

// book is the workbook while it is written; after the first error it does nothing more.
type book struct {
	f     *excelize.File
	facts report.Facts
	err   error

	title, note, head, text, center int // styles
	day, moment, percent, tenths    int
	level                           map[ledger.Level]int
}

func (b *book) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

// fills are the colours of the states on screen and paper; the word always stands with it.
var fills = map[ledger.Level]string{
	ledger.LevelClosed: "D6E4F5", ledger.LevelPending: "E6DDF2", ledger.LevelOverdue: "F8D3D0", ledger.LevelBehind: "FBE3C8",
	ledger.LevelNear: "FFF3C4", ledger.LevelNormal: "DDF0DC", ledger.LevelStanding: "EDEDED", ledger.LevelPaused: "EDEDED", ledger.LevelCancelled: "EDEDED",
}

// tint is a colour (RRGGBB) as light as a cell's ground must be for words to stand on it.
func tint(colour string) string {
	out := ""
	for i := 0; i < len(colour); i += 2 {
		v, err := strconv.ParseUint(colour[i:i+2], 16, 8)
		if err != nil {
			return "FFFFFF"
		}
		out += fmt.Sprintf("%02X", 255-(255-v)/5)
	}
	return out
}

func (b *book) styles() {
	line := []excelize.Border{{Type: "left", Color: "999999", Style: 1}, {Type: "right", Color: "999999", Style: 1}, {Type: "top", Color: "999999", Style: 1}, {Type: "bottom", Color: "999999", Style: 1}}
	style := func(s excelize.Style) int {
		id, err := b.f.NewStyle(&s)
		b.check(err)
		return id
	}
	font := &excelize.Font{Family: "宋体", Size: 11}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	b.title = style(excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 16}, Alignment: &excelize.Alignment{Vertical: "center"}})
	b.note = style(excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 10, Color: "555555"}, Alignment: &excelize.Alignment{Vertical: "center"}})
	b.head = style(excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 11}, Alignment: middle, Border: line, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}})
	b.text = style(excelize.Style{Font: font, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}, Border: line})
	b.center = style(excelize.Style{Font: font, Alignment: middle, Border: line})
	form := func(f string) int {
		return style(excelize.Style{Font: font, Alignment: middle, Border: line, CustomNumFmt: &f})
	}
	b.day, b.moment = form(`yyyy"年"m"月"d"日"`), form(`yyyy"年"m"月"d"日" hh:mm`)
	b.percent, b.tenths = form("0%"), form("0.0%")
	b.level = map[ledger.Level]int{}
	for _, l := range report.Levels() { // in a fixed order: the same facts give the same bytes
		colour := fills[l]
		if own := b.facts.Lights.Colour(l, ""); own != "" {
			colour = tint(own)
		}
		b.level[l] = style(excelize.Style{Font: font, Alignment: middle, Border: line, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}})
	}
}
