package units

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// surnames are the common ones; a word of two or three characters that begins
// with one and does not end like a unit is taken for a person.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤俞费章鲁葛柳穆施倪凌童樊詹欧阳"

// isPerson reports whether s looks like the name of a person.
func isPerson(s string) bool {
	n := utf8.RuneCountInString(s)
	first, _ := utf8.DecodeRuneInString(s)
	if n < 2 || n > 3 || !strings.ContainsRune(surnames, first) {
		return false
	}
	if endsWhole(s) || isGroup(s) || containsAny(s, "办", "组", "委", "局", "部", "院", "移动", "管理", "建设", "高新", "金融", "石油", "林业", "石化", "高校", "高速", "方案", "任务") {
		return false
	}
	return true
}

// timeWords are what dates and rhythms are made of.
var timeWords = regexp.MustCompile(`^(?:[0-9０-９一二三四五六七八九十]+(?:年|月|日|号|季度|个|[./-])|每(?:年|月|季|周|半年)|年底|月底|全年|长期|持续|常年|适时|即日|逐年|今年|明年|本年|上半年|下半年|到20|20[0-9]{2}|第[一二三四]季度|各季度|近期|立即|常态化)`)

// isTime holds for text about when, not who: 6月底完成, 每年推进, 常态化.
func isTime(s string) bool {
	return timeWords.MatchString(s) && !endsStrong(cutName(s))
}

// titles stand before or behind the names of persons.
var titles = []string{"常务副市长", "常务副区长", "常务副县长", "常务副省长", "常务副主任", "副市长", "市长", "副区长", "区长", "副县长", "县长", "副秘书长", "秘书长", "副局长", "局长", "副主任", "主任", "副书记", "书记",
	"常委", "部长", "副部长", "处长", "科长", "股长", "所长", "站长", "支队长", "大队长", "中队长", "队长", "总经理", "董事长", "同志", "主席", "副主席", "镇长", "厅长", "院长"}

// personName trims from a person's entry what is no name: a bracket, a telephone
// number, a title beside a name. A title alone stays: the plan names a post.
func personName(s string) string {
	if strings.HasPrefix(s, "各") || isTitle(s) {
		return s
	}
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	s = strings.TrimRight(s, "0123456789- ")
	for _, title := range titles {
		if rest, ok := strings.CutSuffix(s, title); ok && isShortName(rest) {
			return rest
		}
		if rest, ok := strings.CutPrefix(s, title); ok && isShortName(rest) {
			return rest
		}
	}
	return s
}

// isPost holds for a post that a plan names in place of a person: 市政府分管领导.
func isPost(s string) bool {
	return strings.HasSuffix(s, "领导") || hasAnySuffix(s, []string{"市长", "区长", "县长", "秘书长"})
}

func isShortName(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 4 && !endsStrong(s)
}

// endsTitle holds for a title with or without the office before it: 县委常委.
func endsTitle(s string) bool { return hasAnySuffix(s, titles) }

// isTitle holds for a title that a blank parts from its name.
func isTitle(s string) bool {
	for _, title := range titles {
		if s == title {
			return true
		}
	}
	return false
}
