package zh

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Number reads a numeral that is the whole of s: Arabic (28, 1,200, 50.5, full
// width too), Chinese with places (六十, 一百二十, 十二, 三万五千), Chinese digit by
// digit (二〇一八, 一二三四五), the two mixed (3万, 1.5亿, 二0一八), banker's forms
// (贰拾), 两, 廿 and 卅. Signs, per cent and 半 are the caller's business. The second
// result is false when s is no numeral.
func Number(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 96 {
		return 0, false
	}
	if v, ok := numberArabic(s); ok {
		return v, true
	}
	if v, ok := numberDigits(s); ok {
		return v, true
	}
	return numberPlaces(s)
}

// numberArabic reads plain digits with a decimal point and thousands commas.
func numberArabic(s string) (float64, bool) {
	var b strings.Builder
	digits, points := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteByte(byte(r))
			digits++
		case r >= '０' && r <= '９':
			b.WriteByte(byte(r-'０') + '0')
			digits++
		case (r == '.' || r == '．') && digits > 0 && points == 0:
			b.WriteByte('.')
			points++
		case (r == ',' || r == '，') && digits > 0 && points == 0:
		default:
			return 0, false
		}
	}
	if digits == 0 || !utf8.ValidString(s) || strings.HasSuffix(b.String(), ".") || strings.HasSuffix(s, ",") {
		return 0, false
	}
	v, err := strconv.ParseFloat(b.String(), 64)
	return v, err == nil
}

// numberDigits reads numerals spelled digit by digit, at least two of them.
func numberDigits(s string) (float64, bool) {
	v, n := 0.0, 0
	for _, r := range s {
		d, ok := numeralDigit(r)
		if !ok {
			return 0, false
		}
		v = v*10 + float64(d)
		n++
	}
	return v, n >= 2 && n <= 15
}

// numberPlaces reads numerals with places (十, 百, 千, 万, 亿).
func numberPlaces(s string) (float64, bool) {
	total, section, current := 0.0, 0.0, -1.0
	last := 0.0 // the place before, for the short form 三百五 = 350
	for len(s) > 0 {
		if v, n := leadingArabic(s); n > 0 {
			if current >= 0 {
				return 0, false
			}
			current, s = v, s[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		if d, ok := numeralDigit(r); ok {
			if current > 0 {
				return 0, false
			}
			current = float64(d)
			if d == 0 {
				current, last = -1, 0
			}
			continue
		}
		place, ok := numeralPlace(r)
		if !ok {
			return 0, false
		}
		switch {
		case r == '廿' || r == '卅':
			section, last = section+place, 10
		case place >= 1e4:
			total, section, last = (total+section+max(current, 0))*place, 0, place
		default:
			if current < 0 {
				current = 1
			}
			section, last = section+current*place, place
		}
		current = -1
	}
	if current > 0 && last >= 100 {
		current *= last / 10
	}
	return total + section + max(current, 0), true
}

func leadingArabic(s string) (float64, int) {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || n > 0 && s[n] == '.') {
		n++
	}
	if n == 0 || s[n-1] == '.' {
		return 0, 0
	}
	v, err := strconv.ParseFloat(s[:n], 64)
	if err != nil {
		return 0, 0
	}
	return v, n
}

func numeralDigit(r rune) (int, bool) {
	switch r {
	case '零', '〇', '○', '◯':
		return 0, true
	case '一', '壹', '幺':
		return 1, true
	case '二', '两', '兩', '贰', '貳', '俩':
		return 2, true
	case '三', '叁', '參':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆', '陸':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	}
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r >= '０' && r <= '９' {
		return int(r - '０'), true
	}
	return 0, false
}

func numeralPlace(r rune) (float64, bool) {
	switch r {
	case '十', '拾':
		return 10, true
	case '廿':
		return 20, true
	case '卅':
		return 30, true
	case '百', '佰':
		return 100, true
	case '千', '仟':
		return 1000, true
	case '万', '萬':
		return 1e4, true
	case '亿', '億':
		return 1e8, true
	}
	return 0, false
}
