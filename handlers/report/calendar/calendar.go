// Package calendar writes deadlines as an iCalendar feed (.ics, RFC 5545) and guards it
// with tokens that can be revoked.
//
// In go items (or the facts they come from) and a moment, out comes the feed: one all-day
// event per checkpoint, under a UID that stays the same, so that a calendar which fetches
// the feed again updates its events. The package knows no HTTP and keeps nothing: who
// serves the feed keeps one generation number per subject.
package calendar

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// Feed is one calendar.
type Feed struct {
	Name   string    // shown by the calendar program: 督办时限（市大数据中心）
	Tenant string    // right side of each UID; default duban
	Now    time.Time // when the feed was made
	Items  []Item
}

// Item is one deadline. Task (an ID) and Point name it for ever.
type Item struct {
	Task, Point string
	Due         ledger.Date
	Title       string
	Note        string // 责任单位, 状态…; "\n" separates lines
	Done        bool
}

// maxLine is how many bytes a line may have, without its end.
const maxLine = 75

// Write writes the feed. The same feed gives the same bytes.
func Write(w io.Writer, f Feed) error {
	out := &lines{w: bufio.NewWriter(w)}
	tenant := f.Tenant
	if tenant == "" {
		tenant = "duban"
	}
	stamp := f.Now.UTC().Format("20060102T150405Z")
	out.add("BEGIN:VCALENDAR")
	out.add("VERSION:2.0")
	out.add("PRODID:-//duban//duban//ZH")
	out.add("CALSCALE:GREGORIAN")
	out.add("METHOD:PUBLISH")
	out.add("X-WR-CALNAME:" + escape(f.Name))
	out.add("NAME:" + escape(f.Name))
	out.add("REFRESH-INTERVAL;VALUE=DURATION:PT6H")
	out.add("X-PUBLISHED-TTL:PT6H")
	for _, i := range f.Items {
		if i.Due.IsZero() {
			continue // no date, no event
		}
		out.add("BEGIN:VEVENT")
		out.add("UID:" + escape(uid(i, tenant)))
		out.add("DTSTAMP:" + stamp)
		out.add("DTSTART;VALUE=DATE:" + compact(i.Due))
		out.add("DTEND;VALUE=DATE:" + compact(i.Due.AddDays(1)))
		out.add("SUMMARY:" + escape(i.Title))
		if i.Note != "" {
			out.add("DESCRIPTION:" + escape(i.Note))
		}
		out.add("TRANSP:TRANSPARENT") // a deadline does not make anybody busy
		out.add("STATUS:CONFIRMED")
		out.add("END:VEVENT")
	}
	out.add("END:VCALENDAR")
	if out.err == nil {
		out.err = out.w.Flush()
	}
	if out.err != nil {
		return fmt.Errorf("calendar: write: %w", out.err)
	}
	return nil
}

// Items are the deadlines of the facts: one per checkpoint with a date, of tasks that
// are neither paused nor cancelled.
func Items(f report.Facts) []Item {
	var out []Item
	for _, r := range f.Rows {
		if r.Level == ledger.LevelPaused || r.Level == ledger.LevelCancelled {
			continue
		}
		for _, p := range r.Points {
			i := Item{Task: r.Task.ID, Point: p.ID, Due: p.Due, Done: p.Level == ledger.LevelClosed}
			i.Title = "任务" + r.Task.No + " " + r.Task.Title
			if l := r.Label(p); l != "" {
				i.Title += "（" + l + "）"
			}
			if i.Done {
				i.Title = "〔已办结〕" + i.Title
			}
			i.Note = "责任单位：" + wording.Responsible(r.Task) + "\n时间要求：" + r.TimeText() + "\n状态：" + f.Lights.Word(p.Level) + "（截至" + f.AsOf + "）"
			if !p.Planned.IsZero() {
				i.Note += "\n原时限：" + p.Planned.Chinese()
			}
			out = append(out, i)
		}
	}
	return out
}

func uid(i Item, tenant string) string {
	return strings.ReplaceAll(i.Task+"-"+i.Point, "@", "_") + "@" + tenant
}

func compact(d ledger.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year, int(d.Month), d.Day) }

// escape writes a text value: line breaks as \n, no other control character.
func escape(s string) string {
	parts := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, p := range parts {
		parts[i] = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(report.Plain(p))
	}
	return strings.Join(parts, `\n`)
}

type lines struct {
	w   *bufio.Writer
	err error
}

// add writes one content line, folded so that no line has more than 75 bytes and no
// character is cut.
func (l *lines) add(s string) {
	room := maxLine
	for len(s) > room {
		n := room
		for !utf8.RuneStart(s[n]) {
			n--
		}
		l.put(s[:n] + "\r\n ")
		s, room = s[n:], maxLine-1 // the blank of a folded line counts
	}
	l.put(s + "\r\n")
}

func (l *lines) put(s string) {
	if l.err == nil {
		_, l.err = l.w.WriteString(s)
	}
}
