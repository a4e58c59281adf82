package llm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"duban/internal/zh"
)

// What must never leave: markings of secrecy, telephone and identity numbers. The
// gate refuses as a whole; masking would leave the rest of the sentence to tell.
// 商业秘密 and 非涉密 are subjects of plans and no markings.
var secrets = []*regexp.Regexp{
	regexp.MustCompile(`绝密|机密|国家秘密|密级|密件|内部资料|内部文件|内部使用|不得外传|严禁外传|注意保密`),
	regexp.MustCompile(`秘密\s*([★☆*]|级|[0-9]+年)|(^|[\s\[【(])秘密($|[\s\]】)])`),
	regexp.MustCompile(`(^|[^非不])涉密(文件|资料|材料|信息|件|内容)`),
	regexp.MustCompile(`(^|[^0-9])(\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}([^0-9]|$)`),
	regexp.MustCompile(`(^|[^0-9])\(?0[1-9][0-9]{1,2}\)?[- ]?[2-9][0-9]{6,7}([^0-9]|$)`),
	regexp.MustCompile(`(电话|手机|座机|传真|联系方式)[^0-9]{0,6}[0-9][0-9 -]{5,}`),
	regexp.MustCompile(`(^|[^0-9])[1-9][0-9]{5}(19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9x]([^0-9]|$)`),
	regexp.MustCompile(`(^|[^0-9])[1-9][0-9]{16}[0-9x]([^0-9]|$)|(^|[^0-9])[1-9][0-9]{14}([^0-9]|$)`),
}

// sensitive reports whether the text holds what must not be sent out, in whatever
// width or script it was typed.
func sensitive(s string) bool {
	s = zh.Fold(s)
	for _, re := range secrets {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}

// gate makes the facts ready to leave: one JSON object whose texts stand on one line
// and hold no hidden character, small enough, about something, and free of what must
// stay here.
func gate(facts any) ([]byte, error) {
	data, err := json.Marshal(facts)
	if err != nil {
		return nil, fmt.Errorf("llm: encode facts: %w", err)
	}
	if len(data) > maxFacts {
		return nil, ErrTooLarge
	}
	var v any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("llm: read facts: %w", err)
	}
	secret := false
	v = plain(v, func(s string) { secret = secret || sensitive(s) })
	if secret {
		return nil, ErrSensitive
	}
	if data, err = json.Marshal(v); err != nil {
		return nil, fmt.Errorf("llm: encode facts: %w", err)
	}
	k, err := read(data)
	if err != nil {
		return nil, err
	}
	if k.Total <= 0 {
		return nil, ErrEmpty
	}
	return data, nil
}

// plain returns the value with every text on one line, showing each to see.
func plain(v any, see func(string)) any {
	switch x := v.(type) {
	case string:
		x = oneLine(x)
		see(x)
		return x
	case []any:
		for i := range x {
			x[i] = plain(x[i], see)
		}
	case map[string]any:
		for k := range x {
			x[k] = plain(x[k], see)
		}
	}
	return v
}

func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
