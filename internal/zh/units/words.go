package units

import (
	"strings"
	"unicode/utf8"
)

// strongEnds end the name of a unit, and seldom anything else: a 和 after one of
// them stands between two units.
var strongEnds = []string{
	"局", "委", "办", "厅", "院", "队", "中心", "公司", "集团", "银行", "政府", "部门", "单位", "办公室", "委员会",
	"街道", "街道办", "办事处", "党组", "党工委", "管委会", "支行", "分行", "实验室", "指挥部", "宣传部", "组织部",
	"统战部", "社会工作部", "武装部", "专班", "领导小组", "大学", "学院", "妇联", "残联", "文联", "工商联", "侨联",
	"科协", "总工会", "工会", "供销社", "联合社", "红十字会", "企业", "高校", "机构", "等", "牵头", "配合",
}

// weakEnds end the names of units too, but also words inside them (科学和技术局).
const weakEnds = "会部室处科股所站司团行校镇乡县区市州旗村台社馆园厂协联组署庭学街盟库" +
	"网店坊屯场户"

// plainNames are units without any of these endings.
var plainNames = []string{
	"移动", "联通", "电信", "铁塔", "邮政", "电力", "供电", "海事", "海关", "媒体", "平台", "报业", "国企", "运营商",
	"各地", "属地", "政协", "人大", "机关", "院校", "学校", "学会", "队伍", "基地", "园区", "国网", "交警", "城管",
	"三大运营商", "农商行", "党校", "公安", "法院", "检察院", "大厅", "专区", "功能区", "站所", "主体", "县市区", "镇街",
}

// endsWhole reports whether s could be the whole name of a unit by its end.
func endsWhole(s string) bool {
	if s == "" {
		return false
	}
	if strings.HasSuffix(s, ")") {
		return true
	}
	last, size := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(weakEnds, last) && len(s) > size {
		return true
	}
	return endsStrong(s) || hasAnySuffix(s, plainNames)
}

// endsStrong is endsWhole without the endings that words inside names have too.
func endsStrong(s string) bool {
	if strings.HasSuffix(s, ")") {
		return true
	}
	return hasAnySuffix(s, strongEnds)
}

func hasAnySuffix(s string, list []string) bool {
	for _, end := range list {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func hasAnyPrefix(s string, list []string) bool {
	for _, head := range list {
		if strings.HasPrefix(s, head) {
			return true
		}
	}
	return false
}

func containsAny(s string, list ...string) bool {
	for _, word := range list {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// levels are the prefixes that say whose department it is.
var levels = []string{"自治区", "自治州", "省", "市", "区", "县", "州", "旗", "镇", "乡"}

// level is the prefix of a department (市 of 市财政局), also after the name of a
// place (湖州市 of 湖州市财政局); "" if there is none.
func level(name string) string {
	for _, l := range levels {
		if strings.HasPrefix(name, l) && len(name) > len(l) {
			if l == "市" && strings.HasPrefix(name, "市场") {
				return ""
			}
			return l
		}
	}
	return ""
}

// verticals belong to the state or a company and carry no prefix of the place.
var verticals = []string{
	"税务", "海关", "海事", "气象", "邮政", "烟草", "银行", "人行", "银保监", "银监", "证监", "金融监管", "金融监督", "消防",
	"国家", "国安", "通信管理", "铁路", "民航", "电力", "供电", "国网", "边检", "出入境", "调查队", "中国", "移动", "电信",
	"联通", "铁塔", "烟草专卖", "电业", "石油", "石化",
}
