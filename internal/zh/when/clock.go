package when

// clock is a time of day; has says that there is one.
type clock struct {
	hour, minute int
	has          bool
}

// clockTime reads 上午9点, 下午3点半, 17:00, 18时30分, 下班前.
func (c *scan) clockTime(i int) (clock, int, bool) {
	if j, ok := c.any(i, "下班前", "下班之前", "下班时", "下班"); ok {
		return clock{17, 30, true}, j, true
	}
	if j, ok := c.any(i, "上班前", "上班时"); ok {
		return clock{9, 0, true}, j, true
	}
	j, shift, part := i, 0, false
	for _, w := range dayParts {
		if k, ok := c.has(i, w.name); ok {
			j, shift, part = k, w.shift, true
			break
		}
	}
	h, k, ok := c.number(j)
	if !ok || h > 24 {
		if part {
			return clock{defaultHour(shift), 0, true}, j, true
		}
		return clock{}, i, false
	}
	if e, ok := c.any(k, ":", "："); ok {
		m, f, ok := c.number(e)
		if !ok || f-e != 2 || m > 59 {
			return clock{}, i, false
		}
		if f+2 < len(c.s) && c.s[f] == ':' && isDigit(c.s[f+1]) && isDigit(c.s[f+2]) {
			f += 3
		}
		return clock{hourOf(h, shift), m, true}, f, true
	}
	e, ok := c.any(k, "点钟", "点整", "点", "时")
	if !ok || c.follows(e, "期位评间") {
		return clock{}, i, false
	}
	cl := clock{hourOf(h, shift), 0, true}
	if f, ok := c.has(e, "半"); ok {
		cl.minute = 30
		return cl, f, true
	}
	if f, ok := c.any(e, "一刻", "1刻"); ok {
		cl.minute = 15
		return cl, f, true
	}
	if m, f, ok := c.number(e); ok && m < 60 {
		if g, ok := c.has(f, "分"); ok {
			cl.minute = m
			return cl, g, true
		}
	}
	return cl, e, true
}

// dayParts shift the hours that follow: 下午3点 is 15.
var dayParts = []struct {
	name  string
	shift int
}{
	{"凌晨", 0}, {"早上", 0}, {"早晨", 0}, {"上午", 0}, {"中午", 11}, {"午后", 12}, {"下午", 12}, {"傍晚", 12}, {"晚上", 12}, {"夜里", 12}, {"晚", 12},
}

func hourOf(h, shift int) int {
	switch {
	case shift == 12 && h < 12, shift == 11 && h < 4:
		return h + 12
	}
	return h
}

// defaultHour is the hour of a part of the day without a number.
func defaultHour(shift int) int {
	switch shift {
	case 11:
		return 12
	case 12:
		return 15
	}
	return 9
}
