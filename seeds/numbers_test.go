package seeds

import "testing"

func TestSplitNo(t *testing.T) {
	tests := []struct {
		in    string
		style numeral
		no    string
		rest  string
	}{
		{"一、总体要求", hanComma, "一", "总体要求"},
		{"（十二）加强建设", hanBrack, "十二", "加强建设"},
		{"1．总体目标。到2015年", digitDot, "1", "总体目标。到2015年"},
		{"13.建立体系", digitDot, "13", "建立体系"},
		{"3、修路", digitDot, "3", "修路"},
		{"1.5G基站建设", digitDot, "1", "5G基站建设"},
		{"2.2023年底前完成改造", digitDot, "2", "2023年底前完成改造"},
		{"4.6月底前上线", digitDot, "4", "6月底前上线"},
		{"2.1 建设水厂", dotted, "2.1", "建设水厂"},
		{"（3）开工", digitBra, "3", "开工"},
		{"3）开工", digitBra, "3", "开工"},
		{"③验收", circled, "③", "验收"},
		{"⒉扩建", digitDot, "2", "扩建"},
		{"㈢改建", hanBrack, "三", "改建"},
		{"任务一：压缩时限", worded, "一", "压缩时限"},
		{"活动二：知识竞赛", worded, "二", "知识竞赛"},
		{"问题12：不及时", worded, "12", "不及时"},
		{"第五条 供水", worded, "五", "供水"},
		{"第二部分 重点任务", chapter, "二", "重点任务"},
		{"2023年要完成", plain, "", "2023年要完成"},
		{"3.5万平方米厂房", plain, "", "3.5万平方米厂房"},
		{"5.5G网络", digitDot, "5", "5G网络"},
		{"一是抓落实", plain, "", "一是抓落实"},
		{"", plain, "", ""},
	}
	for _, tt := range tests {
		style, no, rest := splitNo(tt.in)
		if style != tt.style || no != tt.no || rest != tt.rest {
			t.Errorf("%q: %d %q %q, want %d %q %q", tt.in, style, no, rest, tt.style, tt.no, tt.rest)
		}
	}
}
