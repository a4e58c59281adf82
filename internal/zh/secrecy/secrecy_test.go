package secrecy

import (
	"os"
	"strings"
	"testing"
)

// marked are markings as papers and people write them.
var marked = []string{
	"机密★1年", "机密★", "秘密★10年", "绝密★长期", "内部★", "机 密 ★ 1 年", "機密★", "机密☆5年", "秘密⭐", "秘密＊3年", "机密*1年", "机密 * 长期", "秘密*",
	"000001\t机密★1年", "任务20 已完成招标（机密★1年）", "秘密", "绝密", "（绝密）", "【秘密】会议纪要", "关于印发方案的通知（秘密）", "[机密] 名单", "机　密", "〔秘密3年〕",
	"机密 特急", "特急 秘密", "秘密10年", "秘密级", "机密件", "密级：机密", "密级：内部", "密 级：秘密", "密级和保密期限：机密1年", "密级: 【绝密】",
	"内部资料，注意保存", "内部资料 不得外传", "（内部资料，严禁外传）", "【内部资料】", "内部文件", "仅供内部使用", "仅限内部传阅。", "【内部】关于任务20的情况", "内部参考",
	"本文件属于国家秘密", "本件系秘密级", "此材料为机密", "第一行\n机密★1年\n第三行", "机\u200b密★1年",
}

// innocent are words of plans and reports that merely speak of secrecy, or of the inside.
var innocent = []string{
	"市保密局牵头", "市委保密办、市国家保密局", "责任单位：市保密局", "加强内部管理", "完善内部控制制度", "内部审计全覆盖", "强化内部监督制约", "理顺内部关系", "内部挖潜",
	"秘密战线英雄事迹宣传", "讲好秘密战线故事", "打赢秘密斗争", "加强商业秘密保护", "商业秘密保护示范点2个", "商业秘密10年保护", "保守国家秘密教育", "严守国家秘密", "宪法规定的秘密投票",
	"采用无记名（秘密投票）方式", "机密性、完整性、可用性", "数据机密性保护", "机要保密工作", "保密教育全覆盖", "签订保密协议20份", "保密自查自评", "密级鉴定培训", "定密责任人培训", "涉密人员管理",
	"涉密信息系统分级保护测评", "非涉密政务系统全部上云", "本系统严禁录入涉密内容", "除涉密事项外主动公开", "涉密文件清退完成", "本方案涉及国家秘密的，按有关规定办理", "本文件属于国家秘密的不予公开",
	"内部资料管理进一步规范", "建立内部文件流转制度", "系统供内部使用", "开发应急指挥系统（内部使用）", "内部参考资料汇编3期", "机关内部“最多跑一次”", "机关内部办事事项（内部事项）200项", "内部道路整治", "小区内部停车位",
	"绝密飞行主题展", "《机密》影片放映", "揭开城市秘密花园", "秘密花园项目", "秘密接触者排查", "公民隐私和个人秘密", "内部★★★级服务评定", "评为★★★★★", "**秘密**战线", "*秘密*战线", "信息公开属性：主动公开", "密级：无", "密级：公开",
	"密级：绝密□ 机密□ 秘密□ 公开☑", "按密级标准管理", "内部/外部", "内部", "外部", "注意保密工作纪律", "资料不得外传已纳入制度", "完成内部装修，进度60%", "内部验收通过，等待外部验收", "已完成招标，进度60%",
	"秘密3处", "接触秘密级以上载体的人员登记", "秘密级以上会议场所检查", "为秘密战线工作者送温暖", "电话13812345678", "解密划转档案1200件", "对到期秘密解密审核", "机密级计算机更换", "工作秘密管理办法", "警务工作秘密事项清单",
}

func TestMarked(t *testing.T) {
	var g *Gate
	for _, s := range marked {
		if !g.Marked(s) {
			t.Errorf("%q is let in", s)
		}
		if !g.Sensitive(s) {
			t.Errorf("%q is let out", s)
		}
	}
}

func TestInnocent(t *testing.T) {
	for _, g := range []*Gate{nil, New(nil, nil)} {
		for _, s := range innocent {
			if g.Marked(s) {
				t.Errorf("%q is refused", s)
			}
			if s != "内部" && g.MarkedHead(s) && !strings.HasSuffix(s, "）") {
				t.Errorf("%q is refused at the head", s)
			}
		}
	}
}

// TestInnocentPlan: no line of a real plan is marked.
func TestInnocentPlan(t *testing.T) {
	b, err := os.ReadFile("../testdata/huzhou.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(b), "\n") {
		if New(nil, nil).MarkedHead(line) {
			t.Errorf("%q is refused", line)
		}
	}
}

func TestHead(t *testing.T) {
	var g *Gate
	for _, s := range []string{"内部", "内　部", "【内部】", "工作要点（内部）", "2023年工作要点（内部资料）"} {
		if !g.MarkedHead(s) {
			t.Errorf("%q is let in", s)
		}
	}
}

// TestOwnWords: an office adds words of its own and lets others pass, in any script.
func TestOwnWords(t *testing.T) {
	g := New([]string{"天网一号", " ", "专報件"}, []string{"机密性★"})
	for s, want := range map[string]bool{"推进天網一号建设": true, "专报件第3期": true, "机密性★高": false, "机密★": true, "": false, "任务20": false} {
		if g.Marked(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestSensitive(t *testing.T) {
	var g *Gate
	for s, want := range map[string]bool{
		"请联系13812345678": true, "手机138-1234-5678": true, "１３８１２３４５６７８": true, "0572-2345678": true, "电话：234 5678": true,
		"身份证33050119900307123X": true, "330501900307123": true, "机密文件": true, "见涉密文件": true, "密级管理": true,
		"除非涉密信息外全部公开": false, "加强商业秘密保护": false, "2018年12月31日前投资12345678元": false, "已服务1381234567人次": false, "市保密局牵头": false,
	} {
		if g.Sensitive(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func BenchmarkMarked(b *testing.B) {
	g := New([]string{"天网一号"}, nil)
	for b.Loop() {
		g.Marked("任务20 已完成招标，进度60%，下一步签订合同，预计10月底前完成验收")
	}
}
