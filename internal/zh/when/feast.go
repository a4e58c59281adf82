package when

import (
	"time"

	"duban/store/ledger"
)

// feast is a named day of the year, solar or lunar.
type feast int

const (
	feastSpring feast = iota
	feastQingming
	feastDuanwu
	feastMidAutumn
	feastChongyang
	feastEve
	feastLantern
	feastSolar // feastSolar + month*100 + day
)

// feasts are the names, longer ones first where one begins another.
var feasts = []struct {
	name string
	id   feast
}{
	{"春节", feastSpring}, {"农历新年", feastSpring}, {"大年初一", feastSpring}, {"清明", feastQingming}, {"端午", feastDuanwu},
	{"中秋", feastMidAutumn}, {"重阳", feastChongyang}, {"除夕", feastEve}, {"元宵", feastLantern},
	{"元旦", feastSolar + 101}, {"三八妇女节", feastSolar + 308}, {"妇女节", feastSolar + 308}, {"植树节", feastSolar + 312},
	{"五一劳动节", feastSolar + 501}, {"五一国际劳动节", feastSolar + 501}, {"劳动节", feastSolar + 501}, {"五一", feastSolar + 501}, {"五四青年节", feastSolar + 504},
	{"五四", feastSolar + 504}, {"青年节", feastSolar + 504}, {"六一儿童节", feastSolar + 601}, {"儿童节", feastSolar + 601}, {"六一", feastSolar + 601},
	{"七一建党节", feastSolar + 701}, {"建党节", feastSolar + 701}, {"七一", feastSolar + 701}, {"八一建军节", feastSolar + 801},
	{"建军节", feastSolar + 801}, {"八一", feastSolar + 801}, {"教师节", feastSolar + 910}, {"十一国庆", feastSolar + 1001},
	{"国庆", feastSolar + 1001}, {"十一", feastSolar + 1001}, {"国家宪法日", feastSolar + 1204},
}

// lunar holds, for each year from firstLunar, the solar month*100+day of the
// Spring Festival, Qingming, Duanwu, Mid-Autumn and Chongyang. The dates were
// computed once with the lunar tables of chinese-days (MIT, see workday/data).
const firstLunar = 2000

var lunar = [...][5]int16{
	{205, 404, 606, 912, 1006},  // 2000
	{124, 405, 625, 1001, 1025}, // 2001
	{212, 405, 615, 921, 1014},  // 2002
	{201, 405, 604, 911, 1004},  // 2003
	{122, 404, 622, 928, 1022},  // 2004
	{209, 405, 611, 918, 1011},  // 2005
	{129, 405, 531, 1006, 1030}, // 2006
	{218, 405, 619, 925, 1019},  // 2007
	{207, 404, 608, 914, 1007},  // 2008
	{126, 404, 528, 1003, 1026}, // 2009
	{214, 405, 616, 922, 1016},  // 2010
	{203, 405, 606, 912, 1005},  // 2011
	{123, 404, 623, 930, 1023},  // 2012
	{210, 404, 612, 919, 1013},  // 2013
	{131, 405, 602, 908, 1002},  // 2014
	{219, 405, 620, 927, 1021},  // 2015
	{208, 404, 609, 915, 1009},  // 2016
	{128, 404, 530, 1004, 1028}, // 2017
	{216, 405, 618, 924, 1017},  // 2018
	{205, 405, 607, 913, 1007},  // 2019
	{125, 404, 625, 1001, 1025}, // 2020
	{212, 404, 614, 921, 1014},  // 2021
	{201, 405, 603, 910, 1004},  // 2022
	{122, 405, 622, 929, 1023},  // 2023
	{210, 404, 610, 917, 1011},  // 2024
	{129, 404, 531, 1006, 1029}, // 2025
	{217, 405, 619, 925, 1018},  // 2026
	{206, 405, 609, 915, 1008},  // 2027
	{126, 404, 528, 1003, 1026}, // 2028
	{213, 404, 616, 922, 1016},  // 2029
	{203, 405, 605, 912, 1005},  // 2030
	{123, 405, 624, 1001, 1024}, // 2031
	{211, 404, 612, 919, 1012},  // 2032
	{131, 404, 601, 908, 1001},  // 2033
	{219, 405, 620, 927, 1020},  // 2034
	{208, 405, 610, 916, 1009},  // 2035
	{128, 404, 530, 1004, 1027}, // 2036
	{215, 404, 618, 924, 1017},  // 2037
	{204, 405, 607, 913, 1007},  // 2038
	{124, 405, 527, 1002, 1026}, // 2039
	{212, 404, 614, 920, 1014},  // 2040
	{201, 404, 603, 910, 1003},  // 2041
	{122, 404, 622, 928, 1022},  // 2042
	{210, 405, 611, 917, 1011},  // 2043
	{130, 404, 531, 1005, 1029}, // 2044
	{217, 404, 619, 925, 1018},  // 2045
	{206, 404, 608, 915, 1008},  // 2046
	{126, 405, 529, 1004, 1027}, // 2047
	{214, 404, 615, 922, 1016},  // 2048
	{202, 404, 604, 911, 1005},  // 2049
	{123, 404, 623, 930, 1024},  // 2050
}

// day returns the feast's day in the year; false when the table does not reach.
func (f feast) day(year int) (ledger.Date, bool) {
	if f >= feastSolar {
		md := int(f - feastSolar)
		return ledger.Date{Year: year, Month: time.Month(md / 100), Day: md % 100}, true
	}
	if year < firstLunar || year >= firstLunar+len(lunar) {
		return ledger.Date{}, false
	}
	column, shift := int(f), 0
	switch f {
	case feastEve:
		column, shift = int(feastSpring), -1
	case feastLantern:
		column, shift = int(feastSpring), 14
	}
	md := int(lunar[year-firstLunar][column])
	return ledger.NewDate(year, time.Month(md/100), md%100).AddDays(shift), true
}

// solar reports whether the feast has the same day every year.
func (f feast) solar() (month, day int, ok bool) {
	md := int(f - feastSolar)
	return md / 100, md % 100, f >= feastSolar
}
