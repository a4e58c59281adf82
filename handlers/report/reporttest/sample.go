// Package reporttest makes a plan with a lively history, so that tests of the renderings
// show every class, long texts and hostile words. It is imported by tests only.
package reporttest

import (
	"fmt"
	"strings"
	"time"

	"duban/handlers/report"
	"duban/seeds"
	"duban/store/ledger"
)

// China is the zone of all moments of the sample.
var China = time.FixedZone("Asia/Shanghai", 8*60*60)

// Hostile is what somebody wrote into a report: a formula, markup, control characters.
const Hostile = "=HYPERLINK(\"http://x\",\"点我\") <w:p/> & ]]> \x00\x0b第二行\n第三行 😀"

// Book returns the plan with the history that Events tells.
func Book() (*ledger.Book, []ledger.Event, error) {
	plan, err := seeds.Huzhou()
	if err != nil {
		return nil, nil, err
	}
	return Of(plan)
}

// Of returns any plan with such a history.
func Of(plan *ledger.Plan) (*ledger.Book, []ledger.Event, error) {
	events := Events(plan)
	b, err := With(plan, events)
	return b, events, err
}

// With returns a plan with the history that the events tell.
func With(plan *ledger.Plan, events []ledger.Event) (*ledger.Book, error) {
	records, err := ledger.PlanRecords(ledger.NewBook(), plan, ledger.Revised{})
	if err != nil {
		return nil, err
	}
	byTask := map[string][]ledger.Event{}
	for _, e := range events {
		byTask[e.Task] = append(byTask[e.Task], e)
	}
	for no, list := range byTask {
		r, err := ledger.Put(ledger.RecordProgress, no, ledger.Fold(no, list))
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	for i := range records {
		records[i].Rev = 1
	}
	return ledger.NewBook().Apply(ledger.Delta{Rev: 1, Full: true, Records: records})
}

// Query asks for the whole plan on the day, the month before it being the period.
func Query(b *ledger.Book, today ledger.Date) report.Query {
	return report.Query{
		From: today.AddMonths(-1).AddDays(1), To: today, Now: report.EndOf(today, China),
		Rules: ledger.DefaultLightRules(b.Plan.Issued), Soon: 30, Silent: 14,
	}
}

// Events is the history: by turns a task is closed, waits, is reported on, returned,
// paused or left alone.
func Events(plan *ledger.Plan) []ledger.Event {
	h := &history{}
	for i, t := range plan.Tasks {
		point := ""
		if len(t.Points) > 0 {
			point = t.Points[0].ID
		}
		h.task, h.unit = t.No, t.Lead()
		switch {
		case point == "":
			if i%2 == 0 {
				h.report(point, 70+i, "按上级规定执行，已组织专题学习2次", nil, "")
			}
		case len(t.Points) == 1:
			h.milestone(i, point)
		default:
			h.recurring(i, t.Points)
		}
	}
	return h.sorted()
}

type history struct {
	task, unit string
	events     []ledger.Event
}

func (h *history) add(point string, kind ledger.EventKind, days int, fill func(*ledger.Event)) {
	at := time.Date(2018, 7, 1, 9, 30, 0, 0, China).AddDate(0, 0, days)
	e := ledger.Event{ID: fmt.Sprintf("%013d-%s-%d", at.UnixMilli(), h.task, len(h.events)), Task: h.task, Point: point, Kind: kind, At: at.UTC(),
		By: ledger.Actor{ID: "u" + h.task, Name: "联络员" + h.task, Unit: h.unit}}
	if fill != nil {
		fill(&e)
	}
	h.events = append(h.events, e)
}

func (h *history) report(point string, days int, text string, percent *float64, blocker string) {
	h.add(point, ledger.EventReport, days, func(e *ledger.Event) {
		e.Report = &ledger.Report{Text: text, Percent: percent, Blocker: blocker}
	})
}

func (h *history) apply(point string, days int) {
	h.add(point, ledger.EventApply, days, func(e *ledger.Event) {
		e.Report = &ledger.Report{Text: "全部工作已完成，相关制度已印发，申请办结"}
	})
}

func (h *history) milestone(i int, point string) {
	half := 60.0
	switch i % 6 {
	case 0:
		h.apply(point, 100)
		h.add(point, ledger.EventAccept, 103, nil)
	case 1:
		h.apply(point, 160)
	case 2:
		h.report(point, 150, "已完成方案起草并两次征求意见，正在修改完善，预计月底前报审", &half, "")
	case 3:
		h.report(point, 140, Hostile, nil, "数据接口需省级统一开放，请市政府办公室协调")
	case 4:
		h.apply(point, 152)
		h.add(point, ledger.EventReturn, 155, func(e *ledger.Event) { e.Reason = "缺少验收材料" })
		h.report(point, 158, strings.Repeat("已补充验收材料并完成现场核验，", 8)+"请审核", &half, "")
	}
}

func (h *history) recurring(i int, points []ledger.Point) {
	low := 10.0
	switch i % 5 {
	case 0:
		h.apply(points[0].ID, 80)
		h.add(points[0].ID, ledger.EventAccept, 84, nil)
		h.report(points[1].ID, 165, "第二期工作已部署", &low, "")
	case 1:
		h.report(points[0].ID, 60, "已部署", &low, "")
	case 2:
		h.add("", ledger.EventPause, 120, func(e *ledger.Event) { e.Reason = "机构改革，职责调整" })
	case 3:
		h.add(points[0].ID, ledger.EventExtend, 150, func(e *ledger.Event) { e.Date, e.Reason = points[0].Due.AddDays(40), "设备到货推迟" })
		h.add(points[0].ID, ledger.EventExtendYes, 151, func(e *ledger.Event) { e.Date = points[0].Due.AddDays(40) })
	}
}

// sorted puts the events in the order of time, as the store gives them.
func (h *history) sorted() []ledger.Event {
	out := h.events
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && out[j].At.Before(out[j-1].At); j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}
