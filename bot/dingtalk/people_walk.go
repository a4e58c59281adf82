package dingtalk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/bot"
)

// DefaultWalkCalls bounds a walk through the organisation: at our rate of fifteen a
// second it takes a few minutes, and it costs nothing of the monthly budget.
const DefaultWalkCalls = 2000

// maxDepth bounds how deep departments may lie in each other.
const maxDepth = 20

// Walk says how far to walk through the organisation.
type Walk struct {
	Root     int64 // 0 means RootDepartment
	MaxCalls int   // 0 means DefaultWalkCalls
	// Pause waits when our own rate or DingTalk asks for it. Nil waits by the real
	// clock; it returns ctx's error when ctx ends first.
	Pause func(ctx context.Context, d time.Duration) error
}

// Entry is one person of the directory.
type Entry struct {
	StaffID    string
	UnionID    string
	Name       string
	Title      string
	Department string // path of the first department in which the person was found
	More       []string
}

// Directory is what a walk found.
type Directory struct {
	Entries     []Entry
	Departments []Department
	Whole       bool // false: MaxCalls was reached before the end
}

// Directory walks through the organisation and looks everyone up. People in several
// departments stand in it once. It waits for the rate limits; a walk that fails
// half-way returns what it found beside the error.
func (c *Client) Directory(ctx context.Context, w Walk) (Directory, error) {
	k := c.walk(w)
	var d Directory
	var err error
	if d.Departments, err = k.departments(ctx); err != nil {
		return d, err
	}
	at := map[string]int{}
	for _, dept := range append([]Department{{ID: k.Root}}, d.Departments...) {
		var ids []string
		if err = k.call(ctx, func() (err error) { ids, err = c.Members(ctx, dept.ID); return err }); err != nil {
			break
		}
		for _, id := range ids {
			if i, known := at[id]; known {
				d.Entries[i].More = append(d.Entries[i].More, dept.Path)
				continue
			}
			at[id] = len(d.Entries)
			d.Entries = append(d.Entries, Entry{StaffID: id, Department: dept.Path})
		}
	}
	if err == nil {
		d.Entries, err = k.names(ctx, d.Entries)
	}
	if errors.Is(err, errSpent) {
		err = nil
	}
	d.Entries = slices.DeleteFunc(d.Entries, func(e Entry) bool { return e.Name == "" })
	d.Whole = err == nil && !k.spent
	return d, err
}

// walker is a walk under way.
type walker struct {
	Walk
	c     *Client
	calls int
	spent bool
}

func (c *Client) walk(w Walk) *walker {
	if w.Root == 0 {
		w.Root = RootDepartment
	}
	if w.MaxCalls <= 0 {
		w.MaxCalls = DefaultWalkCalls
	}
	if w.Pause == nil {
		w.Pause = pause
	}
	return &walker{Walk: w, c: c}
}

// pause waits by the real clock: rate limits are DingTalk's and not the office's.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

var errSpent = errors.New("dingtalk: bound on calls reached")

// tries bounds how often one call of a walk is made.
const tries = 4

// call makes one call and waits where it is told to come back. Our own rate is no
// try: nothing was sent.
func (w *walker) call(ctx context.Context, do func() error) error {
	for try := 0; ; {
		if w.calls >= w.MaxCalls {
			w.spent = true
			return errSpent
		}
		err := do()
		var no *bot.Refusal
		if !errors.As(err, &no) || !no.Retry {
			w.calls++
			return err
		}
		if no.Code != codeRate {
			w.calls++
			try++
		}
		if try == tries {
			return err
		}
		if err := w.Pause(ctx, max(no.After, time.Second)); err != nil {
			return fmt.Errorf("dingtalk: directory: %w", err)
		}
	}
}

// departments walks breadth first. Ids seen before are left out, so that a loop ends.
func (w *walker) departments(ctx context.Context) ([]Department, error) {
	var all []Department
	seen := map[int64]bool{w.Root: true}
	level := []Department{{ID: w.Root}}
	for depth := 0; len(level) > 0 && depth < maxDepth; depth++ {
		var next []Department
		for _, parent := range level {
			var subs []Department
			err := w.call(ctx, func() (err error) { subs, err = w.c.SubDepartments(ctx, parent.ID); return err })
			if errors.Is(err, errSpent) {
				return all, nil
			}
			if err != nil {
				return all, err
			}
			for _, d := range subs {
				if seen[d.ID] {
					continue
				}
				seen[d.ID] = true
				if parent.Path != "" {
					d.Path = parent.Path + "/" + d.Name
				}
				all, next = append(all, d), append(next, d)
			}
		}
		level = next
	}
	return all, nil
}

// names looks everyone up. Who has gone meanwhile keeps an empty name.
func (w *walker) names(ctx context.Context, list []Entry) ([]Entry, error) {
	for i := range list {
		var p Person
		err := w.call(ctx, func() (err error) { p, err = w.c.User(ctx, list[i].StaffID); return err })
		if errors.Is(err, ErrNobody) {
			continue
		}
		if err != nil {
			return list, err
		}
		list[i].Name, list[i].Title, list[i].UnionID = p.Name, p.Title, p.UnionID
	}
	return list, nil
}
