package ledger

import "time"

// Level is how a checkpoint or a task stands on a day: the meaning of its light.
// Levels drive logic; their Chinese words and colours belong to the wording.
type Level string

// The levels. Closed, pending and standing say what kind of state it is; the others
// grow worse from normal to overdue.
const (
	LevelNormal   Level = "normal"   // 正常
	LevelNear     Level = "near"     // 临期: few days left
	LevelBehind   Level = "behind"   // 滞后: reported progress is behind the time elapsed
	LevelOverdue  Level = "overdue"  // 逾期: the last day has passed
	LevelPending  Level = "pending"  // 待审核: the unit has applied for closing in time
	LevelClosed   Level = "closed"   // 已办结
	LevelStanding Level = "standing" // 长期: no dated obligation

	// LevelPaused and LevelCancelled are decisions of the office about the whole task;
	// such tasks are shown apart and counted in no rate.
	LevelPaused    Level = "paused"    // 已暂缓
	LevelCancelled Level = "cancelled" // 已撤销
)

// Levels lists all levels, in the order in which the work goes wrong.
func Levels() []Level {
	return []Level{LevelNormal, LevelNear, LevelBehind, LevelOverdue, LevelPending, LevelClosed, LevelStanding, LevelPaused, LevelCancelled}
}

// LightRules are the thresholds of the levels.
type LightRules struct {
	Near   int     // days left from which a checkpoint is near
	Behind float64 // percentage points by which progress may lag the time elapsed
	Issued Date    // start of a checkpoint that states none; zero: behind is not judged for it
}

// DefaultLightRules are seven days and ten points, counted from the day on which the
// plan was issued.
func DefaultLightRules(issued Date) LightRules {
	return LightRules{Near: 7, Behind: 10, Issued: issued}
}

// PointLevel is the level of one checkpoint on a day. An application for closing that
// came in time is pending even after the last day; one that came late stays overdue.
// A period that has not begun is normal. Without a reported percentage nothing is
// ever behind: no figure is invented.
func PointLevel(p Point, s PointState, today Date, rules LightRules) Level {
	switch {
	case s.Phase == PhaseClosed:
		return LevelClosed
	case s.Phase == PhasePending && !chinaDay(s.AppliedAt).After(p.Due):
		return LevelPending
	case today.After(p.Due):
		return LevelOverdue
	case s.Phase == PhasePending:
		return LevelPending
	case !p.Begun(today):
		return LevelNormal
	case rules.behind(p, s, today):
		return LevelBehind
	case p.Due.Sub(today) <= rules.Near:
		return LevelNear
	}
	return LevelNormal
}

func (r LightRules) behind(p Point, s PointState, today Date) bool {
	start := p.Start
	if start.IsZero() {
		start = r.Issued
	}
	if s.Percent == nil || start.IsZero() || !start.Before(p.Due) || today.Before(start) {
		return false
	}
	elapsed := 100 * float64(today.Sub(start)) / float64(p.Due.Sub(start))
	return elapsed-*s.Percent > r.Behind
}

// TaskLevel is the level of a task on a day: the worst of the checkpoints that matter
// now, which are those not closed whose period has begun. It is pending when all
// those wait for acceptance, closed when every checkpoint is closed, and standing
// when the task has no checkpoint.
func TaskLevel(t *Task, p *Progress, today Date, rules LightRules) Level {
	switch {
	case p.Whole() == StatusPaused:
		return LevelPaused
	case p.Whole() == StatusCancelled:
		return LevelCancelled
	case p.Whole() == StatusStruck:
		return LevelClosed
	case t.Standing():
		return LevelStanding
	}
	worst, open := Level(""), false
	for _, pt := range t.Points {
		s := p.Point(pt.ID)
		if s.Phase == PhaseClosed {
			continue
		}
		open = true
		if !pt.Begun(today) {
			continue
		}
		if l := PointLevel(pt, s, today, rules); worst == "" || l.rank() > worst.rank() {
			worst = l
		}
	}
	switch {
	case !open:
		return LevelClosed
	case worst == "":
		return LevelNormal
	}
	return worst
}

func (l Level) rank() int {
	switch l {
	case LevelOverdue:
		return 4
	case LevelBehind:
		return 3
	case LevelNear:
		return 2
	case LevelNormal:
		return 1
	case LevelPending, LevelClosed, LevelStanding, LevelPaused, LevelCancelled:
	}
	return 0
}

// Begun reports whether the checkpoint's period has begun on the day. A checkpoint
// without a start has always begun.
func (p Point) Begun(today Date) bool { return !p.Start.After(today) }

// CurrentPoint returns the checkpoint that a report of this day is about: the one
// with the earliest deadline among those open whose period has begun; where there is
// none, the earliest that waits for acceptance; else the earliest still to begin. It
// is false for a standing task and when every checkpoint is closed.
func CurrentPoint(t *Task, p *Progress, today Date) (Point, bool) {
	var best [3]*Point
	for i, pt := range t.Points {
		var class int
		switch phase := p.Point(pt.ID).Phase; {
		case phase == PhaseClosed:
			continue
		case phase == PhasePending:
			class = 1
		case !pt.Begun(today):
			class = 2
		}
		if best[class] == nil || pt.Due.Before(best[class].Due) {
			best[class] = &t.Points[i]
		}
	}
	for _, b := range best {
		if b != nil {
			return *b, true
		}
	}
	return Point{}, false
}

// LatePoint returns the checkpoint that makes the task overdue: the earliest of those that
// are. It is false where none is.
func LatePoint(t *Task, p *Progress, today Date, rules LightRules) (Point, bool) {
	var best *Point
	for i, pt := range t.Points {
		if PointLevel(pt, p.Point(pt.ID), today, rules) == LevelOverdue && (best == nil || pt.Due.Before(best.Due)) {
			best = &t.Points[i]
		}
	}
	if best == nil {
		return Point{}, false
	}
	return *best, true
}

// chinaDay is the calendar day in China of a moment, whatever zone it is written in.
func chinaDay(t time.Time) Date { return DateOf(t.In(time.FixedZone("CST", 8*60*60))) }
