package entry

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"unicode/utf8"
)

// Sort says what a row of a backup is.
type Sort string

// The sorts of row, and what ID, At and Body mean in them.
const (
	SortRecord  Sort = "record"  // ID kind:id, At revision, Body the record (empty: removed)
	SortMessage Sort = "message" // ID message id, At when, Body the first answer
	SortTalk    Sort = "talk"    // ID talk key, At until, Body what is pending
	SortEvent   Sort = "event"   // ID task number, At when, Body the event; in the order of writing
	SortNotice  Sort = "notice"  // ID key, At next attempt (waiting, leased) or end, Body the notice
	SortRef     Sort = "ref"     // ID platform handle, At sent, Body the message as it was sent
)

// Row is one stored thing in engine-neutral form. State, Fence, Attempts and Why
// belong to notices.
type Row struct {
	Sort     Sort   `json:"sort"`
	ID       string `json:"id"`
	At       int64  `json:"at,omitempty"`
	State    string `json:"state,omitempty"`
	Fence    int64  `json:"fence,omitempty"`
	Attempts int    `json:"attempts,omitempty"`
	Why      string `json:"why,omitempty"`
	Body     Blob   `json:"body,omitempty"`
}

// Snapshot is a whole tenant at one moment.
type Snapshot struct {
	Rev  int64
	Rows []Row
}

// Blob is bytes that come back exactly: as a JSON string where they are text, else
// as base64 inside an array.
type Blob []byte

// MarshalJSON writes the text form where it is exact.
func (b Blob) MarshalJSON() ([]byte, error) {
	if utf8.Valid(b) {
		return json.Marshal(string(b))
	}
	return json.Marshal([][]byte{b})
}

// UnmarshalJSON reads both forms.
func (b *Blob) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*b = Blob(text)
		return nil
	}
	var raw [][]byte
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	if len(raw) != 1 {
		return errors.New("blob is neither text nor one base64 string")
	}
	*b = raw[0]
	return nil
}

const (
	backupName    = "duban backup"
	backupVersion = 1
	maxLine       = 16 << 20 // far above the largest record
)

type header struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Rev     int64  `json:"rev"`
	Rows    int    `json:"rows"`
}

type trailer struct {
	SHA256 string `json:"sha256"`
}

// ErrNotEmpty: the tenant holds something already; nothing was restored.
var ErrNotEmpty = errors.New("store: the tenant is not empty")

// ErrBackup: the file is not a whole, unchanged backup of a known version. Nothing
// was restored.
var ErrBackup = errors.New("store: not a usable backup")

// Write writes the snapshot as JSON lines: a header with the number of rows, the
// rows, and a checksum over all lines before it.
func Write(w io.Writer, s *Snapshot) error {
	sum := sha256.New()
	out := bufio.NewWriter(w)
	line := func(v any) error {
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		data = append(data, '\n')
		if _, err := sum.Write(data); err != nil {
			return err
		}
		_, err = out.Write(data)
		return err
	}
	if err := line(header{backupName, backupVersion, s.Rev, len(s.Rows)}); err != nil {
		return fmt.Errorf("store: write backup: %w", err)
	}
	for _, r := range s.Rows {
		if err := line(r); err != nil {
			return fmt.Errorf("store: write backup: %s %q: %w", r.Sort, r.ID, err)
		}
	}
	if err := line(trailer{hex.EncodeToString(sum.Sum(nil))}); err != nil {
		return fmt.Errorf("store: write backup: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("store: write backup: %w", err)
	}
	return nil
}

// Read reads what Write wrote. A truncated, lengthened or changed file is an
// ErrBackup.
func Read(r io.Reader) (*Snapshot, error) {
	s, err := read(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	return s, nil
}

func read(r io.Reader) (*Snapshot, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), maxLine)
	sum := sha256.New()
	var h header
	if err := next(in, sum, &h); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if h.Name != backupName || h.Version != backupVersion || h.Rows < 0 {
		return nil, fmt.Errorf("header: %q version %d is not %q version %d", h.Name, h.Version, backupName, backupVersion)
	}
	s := &Snapshot{Rev: h.Rev}
	newest := int64(0)
	for i := range h.Rows {
		var row Row
		if err := next(in, sum, &row); err != nil {
			return nil, fmt.Errorf("row %d of %d: %w", i+1, h.Rows, err)
		}
		if err := row.check(h.Rev); err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
		if row.Sort == SortRecord {
			newest = max(newest, row.At)
		}
		s.Rows = append(s.Rows, row)
	}
	if newest != h.Rev {
		return nil, fmt.Errorf("newest record has revision %d of %d", newest, h.Rev)
	}
	want := hex.EncodeToString(sum.Sum(nil))
	var t trailer
	if err := next(in, sum, &t); err != nil {
		return nil, fmt.Errorf("trailer: %w", err)
	}
	if t.SHA256 != want {
		return nil, errors.New("checksum differs")
	}
	if in.Scan() {
		return nil, errors.New("text after the trailer")
	}
	return s, in.Err()
}

func next(in *bufio.Scanner, sum hash.Hash, v any) error {
	if !in.Scan() {
		if err := in.Err(); err != nil {
			return err
		}
		return io.ErrUnexpectedEOF
	}
	line := in.Bytes()
	if _, err := sum.Write(append(line[:len(line):len(line)], '\n')); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

func (r Row) check(rev int64) error {
	switch r.Sort {
	case SortRecord:
		if r.At <= 0 || r.At > rev {
			return fmt.Errorf("record %q has revision %d of %d", r.ID, r.At, rev)
		}
	case SortNotice:
		if r.State != Waiting && r.State != Leased && r.State != Sent && r.State != Buried {
			return fmt.Errorf("notice %q has the unknown state %q", r.ID, r.State)
		}
		if r.State != Sent && !json.Valid(r.Body) {
			return fmt.Errorf("notice %q is not JSON", r.ID)
		}
	case SortEvent:
		if !json.Valid(r.Body) {
			return fmt.Errorf("event of task %q is not JSON", r.ID)
		}
	case SortMessage, SortTalk, SortRef:
	default:
		return fmt.Errorf("sort %q is unknown", r.Sort)
	}
	if r.ID == "" {
		return fmt.Errorf("%s without id", r.Sort)
	}
	return nil
}
