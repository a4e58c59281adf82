package reminders

import (
	"fmt"
	"slices"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Rules say when a checkpoint is spoken of, to whom and how. Stages are days counted
// from the deadline.
type Rules struct {
	Before  []int          // days before the deadline at which the rooms are told; 0 is the day itself
	After   []int          // days after it
	Weekly  bool           // after the last After stage: once a week, on its first working day
	Contact []int          // the After stages at which the lead unit's contacts are told directly as well
	Head    []int          // the After stages at which the lead unit's head is told; where there is none, its contacts
	Draft   []int          // the After stages at which the supervision office gets a draft 催办通知
	Steps   Steps          // what is configured of Contact, Head and Draft
	Slot    string         // cron spec of the runs; only those in the window of a working day count
	Open    Clock          // start of the working window
	Close   Clock          // its end
	Near    int            // days left from which the light is 临期
	Behind  float64        // percentage points behind the time elapsed from which it is 滞后
	Lights  wording.Lights // the office's own words and marks
	Press   int            // contacts are mentioned from this many days before the deadline, and after it
	Keep    int            // working days for which an unsent nudge is still worth sending

	Digest      bool          // one line of figures in a room's first message of a week
	Report      ledger.Rhythm // how often units report on their open tasks; empty: never
	ReportDay   int           // day of the period's last month on which the report is due, 1 to 31
	Bulletin    ledger.Rhythm // how often the draft of a bulletin goes to the supervision office; empty: never
	BulletinDay int           // day of the month after the period on which it goes, 1 to 31
	Follow      bool          // leaders' instructions are followed as 13710 wants, unless one says otherwise
	Budget      int           // most messages by the clock for one receiver and day; Plan keeps within it
}

// DefaultRules are the ladder of 30, 15, 7, 3, 1 and 0 days before and 1, 3 and 5 working
// days after, then weekly, at nine o'clock of each working day.
func DefaultRules() Rules {
	return Rules{
		Before: []int{30, 15, 7, 3, 1, 0}, After: []int{1, 3, 5}, Weekly: true,
		Contact: []int{1, 3}, Head: []int{3}, Draft: []int{5},
		Slot: "0 9 * * *", Open: 8*60 + 30, Close: 17*60 + 30,
		Near: 7, Behind: 10, Press: 3, Keep: 5,
		Digest: true, Report: ledger.RhythmNone, ReportDay: 25, Bulletin: ledger.RhythmNone, BulletinDay: 5, Budget: 3,
	}
}

// maxStage bounds a stage: a nudge a year ahead helps nobody.
const maxStage = 366

// maxBudget bounds the budget: more than that a day is no reminder any more.
const maxBudget = 10

// Validate returns every fault of the rules as a Chinese sentence; none means that
// they can be used.
func (r Rules) Validate() []error {
	var faults []error
	add := func(format string, a ...any) { faults = append(faults, fmt.Errorf(format, a...)) }
	stages := func(name string, list []int, min int) {
		for i, n := range list {
			if n < min || n > maxStage {
				add("%s含有%d：应在%d到%d天之间", name, n, min, maxStage)
			}
			if slices.Contains(list[:i], n) {
				add("%s重复写了%d天", name, n)
			}
		}
	}
	stages("到期前提醒", r.Before, 0)
	stages("逾期后提醒", r.After, 1)
	stages("直达联络员", r.Contact, 1)
	stages("报告负责人", r.Head, 1)
	stages("催办草稿", r.Draft, 1)
	for _, n := range slices.Compact(sorted(slices.Concat(r.Contact, r.Head, r.Draft))) {
		if !slices.Contains(r.After, n) {
			add("第%d个工作日不在逾期后提醒之列，不能用于直达联络员、报告负责人或催办草稿", n)
		}
	}
	if r.Open < 0 || r.Close > 24*60 || r.Open >= r.Close {
		add("工作时段%s—%s有误：开始应早于结束", r.Open, r.Close)
	}
	if r.Near < 0 || r.Press < 0 || r.Keep < 0 || r.Keep > maxHoliday {
		add("临期天数、点名天数不能为负，保留天数应在0到%d之间", maxHoliday)
	}
	if r.Behind <= 0 || r.Behind > 100 {
		add("滞后的百分点为%g：应大于0、不超过100", r.Behind)
	}
	if !r.Report.Known() {
		add("报送周期“%s”有误：应为 none、month、quarter 或 half", r.Report)
	}
	if !r.Bulletin.Known() || r.Bulletin == ledger.RhythmHalf {
		add("通报周期“%s”有误：应为 none、month 或 quarter", r.Bulletin)
	}
	if r.BulletinDay < 1 || r.BulletinDay > 31 {
		add("通报草稿日为%d：应在1到31之间", r.BulletinDay)
	}
	if r.ReportDay < 1 || r.ReportDay > 31 {
		add("报送日为%d：应在1到31之间", r.ReportDay)
	}
	if r.Budget < 1 || r.Budget > maxBudget {
		add("每日消息上限为%d：应在1到%d条之间", r.Budget, maxBudget)
	}
	faults = append(faults, r.Lights.Faults()...)
	if err := r.slotFault(); err != nil {
		faults = append(faults, err)
	}
	return faults
}

// slotFault finds a spec that cannot be read, that never comes within a year, or that
// never falls into the window. The day it starts from does not matter, so it is fixed.
func (r Rules) slotFault() error {
	s, err := parseSlot(r.Slot)
	if err != nil {
		return err
	}
	start := ledger.NewDate(2018, time.January, 1).In(shanghai, 0, 0)
	for t := s.Next(start); !t.IsZero() && t.Before(start.Add(maxGap)); {
		d := today(t)
		switch {
		case t.Before(r.Open.on(d)):
			t = s.Next(r.Open.on(d).Add(-time.Second))
		case t.Before(r.Close.on(d)):
			return nil
		default:
			t = s.Next(d.AddDays(1).In(shanghai, 0, 0).Add(-time.Second))
		}
	}
	if t := s.Next(start); t.IsZero() || !t.Before(start.Add(maxGap)) {
		return fmt.Errorf("提醒时点“%s”一年内没有一次", r.Slot)
	}
	return fmt.Errorf("提醒时点“%s”不在工作时段%s—%s之内", r.Slot, r.Open, r.Close)
}

func (r Rules) hours(cal Calendar) Hours { return Hours{Open: r.Open, Close: r.Close, Cal: cal} }

func (r Rules) timetable(cal Calendar) (timetable, error) {
	s, err := parseSlot(r.Slot)
	return timetable{spec: s, hours: r.hours(cal)}, err
}
