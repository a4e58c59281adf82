package zh

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// ErrBinary says that the bytes are no text in an encoding that Decode knows.
var ErrBinary = errors.New("not a text file")

// Decode turns the bytes of a text file into a string: UTF-8 with or without a
// byte order mark, UTF-16 with one, else GB18030, of which GBK and GB2312 are
// parts. The mark is removed. Bytes that are none of these, or that hold control
// characters no text holds, give an error wrapping ErrBinary. A UTF-8 text with a
// few broken bytes is still UTF-8; they come out as U+FFFD, for Clean to mark.
func Decode(b []byte) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return text(string(bytes.ToValidUTF8(b[3:], []byte("\uFFFD"))))
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}), bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return wide(b)
	case bytes.IndexByte(b, 0) >= 0:
		return "", fmt.Errorf("zh: decode: %w", ErrBinary)
	case utf8.Valid(b):
		return text(string(b))
	case mostlyUTF8(b):
		return text(string(bytes.ToValidUTF8(b, []byte("\uFFFD"))))
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("zh: decode: %w: %w", ErrBinary, err)
	}
	return text(string(out))
}

func wide(b []byte) (string, error) {
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("zh: decode: %w: %w", ErrBinary, err)
	}
	return text(string(out))
}

// mostlyUTF8 tells a damaged UTF-8 text from one in another encoding: many
// characters of several bytes are whole, and few bytes are not.
func mostlyUTF8(b []byte) bool {
	whole, broken := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 2:
			whole++
		}
		b = b[n:]
	}
	return whole > 8*broken
}

// text refuses what decoded but is no text: control characters, or broken
// characters by the dozen.
func text(s string) (string, error) {
	controls, broken, all := 0, 0, 0
	for _, r := range s {
		all++
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v', r == 0x7F:
			controls++
		case r == utf8.RuneError:
			broken++
		}
	}
	if controls*100 > all || broken*10 > all {
		return "", fmt.Errorf("zh: decode: %w", ErrBinary)
	}
	return s, nil
}
