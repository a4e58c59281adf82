// Package workday knows which days are worked in mainland China: public holidays
// and the weekend days worked in their stead (调休). The data for 2018–2026 is
// embedded; a file of the same form overrides and extends it. Years without data
// fall back to plain weekdays, and Covers says so. It reads no file itself and has
// no clock: days come in, days go out.
package workday

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"sync"
	"time"

	"duban/store/ledger"
)

//go:embed data/holidays.json
var embedded []byte

// maxFile bounds an override file; the embedded nine years take 7 KB.
const maxFile = 1 << 20

// maxSpan bounds a walk over days: with n working days asked for, at most this
// many calendar days are looked at.
const maxSpan = 366 * 50

// Calendar says of every day whether it is worked. It is immutable and safe for
// concurrent use.
type Calendar struct {
	holidays map[ledger.Date]bool
	workdays map[ledger.Date]bool
	years    map[int]bool
}

type file struct {
	Holidays map[string]string `json:"holidays"`
	Workdays []string          `json:"workdays"`
}

var standard = sync.OnceValue(func() *Calendar {
	c, err := (&Calendar{}).With(bytes.NewReader(embedded))
	if err != nil {
		panic(fmt.Sprintf("workday: embedded data: %v", err)) // a build without its own data cannot count days
	}
	return c
})

// Default returns the calendar of the embedded data.
func Default() *Calendar { return standard() }

// With returns a copy of the calendar overridden and extended by a JSON file of
// the embedded form. A day in the file's holidays is off and a day in its workdays
// is worked, whatever the calendar said before. c itself never
// changes; the error names every bad entry.
func (c *Calendar) With(r io.Reader) (*Calendar, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("workday: read: %w", err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("workday: file is larger than %d bytes", maxFile)
	}
	var f file
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("workday: decode: %w", err)
	}
	out := &Calendar{map[ledger.Date]bool{}, map[ledger.Date]bool{}, map[int]bool{}}
	maps.Copy(out.holidays, c.holidays)
	maps.Copy(out.workdays, c.workdays)
	maps.Copy(out.years, c.years)
	if err := out.merge(f); err != nil {
		return nil, err
	}
	return out, nil
}

func (c *Calendar) merge(f file) error {
	var problems []error
	seen := map[ledger.Date]bool{}
	for key := range f.Holidays {
		d, err := ledger.ParseDate(key)
		if err != nil {
			problems = append(problems, fmt.Errorf("workday: holidays: %w", err))
			continue
		}
		c.holidays[d], c.years[d.Year], seen[d] = true, true, true
		delete(c.workdays, d)
	}
	for _, key := range f.Workdays {
		d, err := ledger.ParseDate(key)
		if err == nil && seen[d] {
			err = fmt.Errorf("%s is both a holiday and a workday", key)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("workday: workdays: %w", err))
			continue
		}
		c.workdays[d], c.years[d.Year] = true, true
		delete(c.holidays, d)
	}
	return errors.Join(problems...)
}

// IsWorkday reports whether the day is worked.
func (c *Calendar) IsWorkday(d ledger.Date) bool {
	if c.workdays[d] {
		return true
	}
	if c.holidays[d] {
		return false
	}
	wd := d.Weekday()
	return wd != time.Saturday && wd != time.Sunday
}

// Next returns the first working day after d.
func (c *Calendar) Next(d ledger.Date) ledger.Date { return c.Add(d, 1) }

// Prev returns the last working day before d.
func (c *Calendar) Prev(d ledger.Date) ledger.Date { return c.Add(d, -1) }

// Add returns the n-th working day after d, d itself not counted (before d for
// negative n); n = 0 gives d. The walk is bounded at fifty years.
func (c *Calendar) Add(d ledger.Date, n int) ledger.Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for range maxSpan {
		if n <= 0 {
			break
		}
		d = d.AddDays(step)
		if c.IsWorkday(d) {
			n--
		}
	}
	return d
}

// Covers reports whether the calendar has data for the year; without it the year
// is read by weekdays alone, which operators should be told.
func (c *Calendar) Covers(year int) bool { return c.years[year] }
