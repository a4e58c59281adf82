package seeds

import (
	"strings"
	"testing"

	"duban/store/ledger"
)

// A time on a line of its own behind an item is never taken without a word.
func TestTimeBetweenItemsIsDoubted(t *testing.T) {
	const text = "青木县2024年护林工作安排\n2024年8月12日\n1．核查护林员名册——县林业局\n▲ 8月25日前完成\n2．检修瞭望塔——县应急管理局\n3．举行演练（9月底前）——县应急管理局\n"
	p, err := Read([]byte(text), Options{Issued: ledger.Date{Year: 2024, Month: 8, Day: 12}})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range p.Problems {
		if problem.Row == "1" && strings.Contains(problem.Text, "单独成行") {
			return
		}
	}
	t.Errorf("no problem says that the time may be of another item: %v", p.Problems)
}

func TestTimeAlone(t *testing.T) {
	for text, want := range map[string]string{
		"3月10日前完成": "3月10日前", "5月上旬完成（2项）": "5月上旬", "【10月底前】": "10月底前", "2025年6月底前完成的任务：": "2025年6月底前",
		"2025年3月10日": "", "四季度": "", "3月10日前完成道路清淤": "", "完成": "",
	} {
		if got := timeAlone(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
