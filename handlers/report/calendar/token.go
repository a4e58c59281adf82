package calendar

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrToken: the token is not one of ours, or was revoked. Whoever holds it sees nothing.
var ErrToken = errors.New("calendar: token is not valid")

// SubjectUnit names the unit whose deadlines a token shows.
func SubjectUnit(unit string) string { return "unit:" + unit }

// SubjectMember names a person by staff id.
func SubjectMember(id string) string { return "member:" + id }

const (
	macBytes  = 16
	maxToken  = 512
	tokenWord = "duban calendar 1\x00" // keeps the key's other uses apart
)

// Token makes the secret part of a feed's address for a subject. Raising the subject's
// generation revokes every token made before. The token can stand in a URL as it is.
func Token(secret []byte, subject string, generation int) string {
	body := base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(generation) + "." + subject))
	return body + "." + base64.RawURLEncoding.EncodeToString(sign(secret, body))
}

// Verify returns whose deadlines the token shows. generation tells the current one of a
// subject; it is asked only after the signature was found right. The error is ErrToken.
// An empty secret verifies nothing.
func Verify(secret []byte, token string, generation func(subject string) int) (string, error) {
	body, mac, ok := strings.Cut(token, ".")
	if !ok || len(token) > maxToken || len(secret) == 0 {
		return "", ErrToken
	}
	given, err := base64.RawURLEncoding.Strict().DecodeString(mac)
	if err != nil || !hmac.Equal(given, sign(secret, body)) {
		return "", ErrToken
	}
	plain, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrToken, err)
	}
	gen, subject, ok := strings.Cut(string(plain), ".")
	n, err := strconv.Atoi(gen)
	if !ok || err != nil || n != generation(subject) {
		return "", ErrToken
	}
	return subject, nil
}

func sign(secret []byte, body string) []byte {
	h := hmac.New(sha256.New, secret)
	// A hash takes every write, so there is no error to report.
	_, _ = h.Write([]byte(tokenWord + body))
	return h.Sum(nil)[:macBytes]
}
