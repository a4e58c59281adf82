package reminders

import (
	"fmt"
	"time"

	"duban/store/ledger"
)

// Bulletins returns the drafts of bulletins (通报) that are owed for the slots in (from, to]:
// on the configured day after each period one to each person of the supervision office,
// and to nobody else. The day is moved to the working day before, within its month. A
// period keeps its key, so planning it twice owes it once; a stop that missed the day,
// however long, only makes it late. It reads nothing but its arguments.
func Bulletins(r Rules, b *ledger.Book, cal Calendar, from, to time.Time) []ledger.Notice {
	tt, err := r.timetable(cal)
	if err != nil || !r.Bulletin.On() || b.Plan == nil {
		return nil
	}
	lo, hi, slot, ok := tt.span(from, to)
	if !ok {
		return nil
	}
	var out []ledger.Notice
	for month := ledger.NewDate(lo.Year, lo.Month, 1); !month.After(hi); month = month.AddMonths(1) {
		id, _, _, last := ledger.PeriodBefore(r.Bulletin, month)
		due := ledger.ReportDay(ledger.RhythmMonth, r.BulletinDay, month, cal.IsWorkday)
		switch {
		case last != month.AddDays(-1): // in the middle of a quarter
		case !due.After(lo) || due.After(hi):
		case !last.After(b.Plan.Issued): // before the plan
		default:
			for _, staff := range peopleOf(b, hi).supervisors {
				n := ledger.Notice{To: ledger.Target{Member: staff}, Kind: ledger.NoticeBulletin, Ask: id, Made: to, Due: slot}
				n.Key = fmt.Sprintf("bulletin/%s/%s", id, targetKey(n.To))
				out = append(out, n)
			}
		}
	}
	return out
}
