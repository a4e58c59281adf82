package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// record is one line of the journal; exactly one field is set.
type record struct {
	Msg   *entry     `json:"msg,omitempty"`
	State *stateLine `json:"state,omitempty"`
	Read  *readLine  `json:"read,omitempty"`
	Clock *time.Time `json:"clock,omitempty"`
}

// stateLine says what became of a person's message.
type stateLine struct {
	Ref   string `json:"ref"`
	State string `json:"state"`
}

// readLine says how far a chat has been looked at.
type readLine struct {
	Chat string `json:"chat"`
	N    int64  `json:"n"`
}

// journal appends records to a file, a line each. With no file it keeps nothing. Its
// caller serializes calls.
type journal struct {
	path string
	f    *os.File
	size int64 // of the whole lines
}

// openJournal reads the records of path in order, cuts off a last line that was torn by
// a crash, and opens it for appending. A line that does not read is skipped and logged.
func openJournal(path string, log *slog.Logger, each func(record)) (j *journal, lines int, err error) {
	if path == "" {
		return &journal{}, 0, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, 0, fmt.Errorf("console: journal: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, 0, fmt.Errorf("console: journal: %w", err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("console: journal: %w", err), f.Close())
	}
	whole := bytes.LastIndexByte(data, '\n') + 1
	if whole < len(data) {
		log.Warn("journal: torn last line dropped", "bytes", len(data)-whole)
	}
	for line := range bytes.Lines(data[:whole]) {
		lines++
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			log.Warn("journal: line skipped", "line", lines, "err", err)
			continue
		}
		each(r)
	}
	j = &journal{path: path, f: f, size: int64(whole)}
	if err := j.rewind(); err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return j, lines, nil
}

// append writes one record. After an error the file ends with the last whole line.
func (j *journal) append(r record) error {
	if j.f == nil {
		return nil
	}
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("console: journal: %w", err)
	}
	line = append(line, '\n')
	if _, err := j.f.Write(line); err != nil {
		return errors.Join(fmt.Errorf("console: journal: %w", err), j.rewind())
	}
	j.size += int64(len(line))
	return nil
}

// rewind cuts the file to its whole lines and stands at its end.
func (j *journal) rewind() error {
	if err := j.f.Truncate(j.size); err != nil {
		return fmt.Errorf("console: journal: %w", err)
	}
	if _, err := j.f.Seek(j.size, io.SeekStart); err != nil {
		return fmt.Errorf("console: journal: %w", err)
	}
	return nil
}

// rewrite replaces the file's content by records, all or nothing.
func (j *journal) rewrite(records []record) error {
	next, err := os.OpenFile(j.path+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("console: journal: %w", err)
	}
	fresh := &journal{path: j.path, f: next}
	for _, r := range records {
		if err := fresh.append(r); err != nil {
			return errors.Join(err, next.Close())
		}
	}
	if err := errors.Join(next.Sync(), os.Rename(j.path+".new", j.path)); err != nil {
		return errors.Join(fmt.Errorf("console: journal: %w", err), next.Close())
	}
	err = j.f.Close()
	*j = *fresh
	if err != nil {
		return fmt.Errorf("console: journal: %w", err)
	}
	return nil
}

// close ends the journal with its content on disk.
func (j *journal) close() error {
	if j.f == nil {
		return nil
	}
	if err := errors.Join(j.f.Sync(), j.f.Close()); err != nil {
		return fmt.Errorf("console: journal: %w", err)
	}
	return nil
}
