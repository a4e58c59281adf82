package dingtalk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strconv"
	"sync"
	"time"
)

// maxSkew is how far a signature's timestamp may lie from our clock, both ways.
const maxSkew = time.Hour

// signLen is the length of a Base64 SHA-256 sum.
const signLen = 44

// Sign is the signature of both the callback headers and the group robot's query:
// Base64(HMAC-SHA256(secret, stamp "\n" secret)), not URL-encoded.
func Sign(secret, stamp string) string {
	return string(newMAC(secret).sign(secret, stamp))
}

// Verify reports whether sign was made with secret for stamp (Unix milliseconds) and
// stamp lies within an hour of now. An empty secret verifies nothing.
func Verify(secret, stamp, sign string, now time.Time) bool {
	return newVerifier(secret).verify(stamp, sign, now)
}

// verifier verifies many signatures under one secret; keying HMAC anew for each
// push would cost more than the sum itself.
type verifier struct {
	secret string
	macs   sync.Pool
}

func newVerifier(secret string) *verifier {
	v := &verifier{secret: secret}
	v.macs.New = func() any { return newMAC(secret) }
	return v
}

func (v *verifier) verify(stamp, sign string, now time.Time) bool {
	if v.secret == "" || len(sign) != signLen || !fresh(stamp, now) {
		return false
	}
	m := v.macs.Get().(*mac)
	defer v.macs.Put(m)
	want := m.sign(v.secret, stamp)
	m.given = append(m.given[:0], sign...)
	// The texts are compared, not the decoded sums: Base64 has several spellings of
	// one sum, and only one is right.
	return hmac.Equal(want, m.given)
}

// fresh wants plain digits: ParseInt alone would take a sign in front.
func fresh(stamp string, now time.Time) bool {
	if len(stamp) == 0 || len(stamp) > 15 {
		return false
	}
	for i := range len(stamp) {
		if stamp[i] < '0' || stamp[i] > '9' {
			return false
		}
	}
	ms, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	age := now.Sub(time.UnixMilli(ms))
	return age <= maxSkew && age >= -maxSkew
}

// mac is one keyed HMAC with its buffers.
type mac struct {
	hash  hash.Hash
	in    []byte
	sum   []byte
	text  []byte
	given []byte
}

func newMAC(secret string) *mac {
	return &mac{
		hash: hmac.New(sha256.New, []byte(secret)),
		sum:  make([]byte, 0, sha256.Size), text: make([]byte, signLen),
	}
}

// sign returns a slice that the next call overwrites.
func (m *mac) sign(secret, stamp string) []byte {
	m.in = append(m.in[:0], stamp...)
	m.in = append(m.in, '\n')
	m.in = append(m.in, secret...)
	m.hash.Reset()
	m.hash.Write(m.in)
	m.sum = m.hash.Sum(m.sum[:0])
	base64.StdEncoding.Encode(m.text, m.sum)
	return m.text
}
