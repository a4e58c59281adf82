package maxent

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// magic opens an encoded model and names its layout: classes, scale, the features in rising
// order as distances, then the weights, class by class; all of it gzipped.
const magic = "maxent1\n"

// What an encoded model may hold at most; more is not one of ours.
const (
	mostClasses  = 256
	mostFeatures = 1 << 22
	mostBytes    = 1 << 28
)

var errCode = errors.New("maxent: no encoded model")

// Encode writes the model to w.
func (m *Model) Encode(w io.Writer) error {
	features := make([]Feature, len(m.weights)/max(len(m.classes), 1))
	for i, n := range m.slots {
		if n >= 0 {
			features[n] = m.keys[i]
		}
	}
	b := binary.AppendUvarint([]byte(magic), uint64(len(m.classes)))
	for _, c := range m.classes {
		b = append(binary.AppendUvarint(b, uint64(len(c))), c...)
	}
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(m.scale))
	b = binary.AppendUvarint(b, uint64(len(features)))
	before := Feature(0)
	for _, f := range features {
		b = binary.AppendUvarint(b, uint64(f-before))
		before = f
	}
	for c := range m.classes {
		for i := range features {
			b = append(b, byte(m.weights[i*len(m.classes)+c]))
		}
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("maxent: %w", err)
	}
	if _, err := z.Write(b); err != nil {
		return fmt.Errorf("maxent: %w", err)
	}
	return z.Close()
}

// Decode reads what Encode wrote. It refuses anything else, with an error.
func Decode(code []byte) (*Model, error) {
	z, err := gzip.NewReader(bytes.NewReader(code))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errCode, err)
	}
	b, err := io.ReadAll(io.LimitReader(z, mostBytes))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errCode, err)
	}
	r := reader{b: b}
	if string(r.take(uint64(len(magic)))) != magic {
		return nil, errCode
	}
	m := &Model{}
	for range r.count(mostClasses) {
		m.classes = append(m.classes, string(r.take(r.count(64))))
	}
	if bits := r.take(8); bits != nil {
		m.scale = math.Float64frombits(binary.LittleEndian.Uint64(bits))
	}
	features := make([]Feature, 0, 1024)
	before := uint64(0)
	for i := range r.count(mostFeatures) {
		step := r.count(math.MaxUint32)
		if before += step; before > math.MaxUint32 || step == 0 && i > 0 {
			r.bad = true
		}
		if r.bad {
			return nil, errCode
		}
		features = append(features, Feature(before))
	}
	columns := r.take(uint64(len(features)) * uint64(len(m.classes)))
	if r.bad || len(r.b) > 0 || math.IsNaN(m.scale) || math.IsInf(m.scale, 0) || !slices.IsSorted(m.classes) {
		return nil, errCode
	}
	m.weights = make([]int8, len(columns))
	for c := range m.classes {
		for i := range features {
			m.weights[i*len(m.classes)+c] = int8(columns[c*len(features)+i])
		}
	}
	m.index(features)
	return m, nil
}

// reader takes an encoding apart; after the first fault it gives nothing more.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n uint64) []byte {
	if r.bad || n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

// count reads a number of at most limit.
func (r *reader) count(limit uint64) uint64 {
	v, n := binary.Uvarint(r.b)
	if r.bad || n <= 0 || v > limit {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return v
}
