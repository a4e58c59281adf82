package seeds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestSheetsByUnit: the name of a sheet says whose tasks stand in it, where no column does.
func TestSheetsByUnit(t *testing.T) {
	f := excelize.NewFile()
	sheets := map[string][][]any{
		"市教育局": {{"序号", "重点任务", "完成时限"}, {1, "新建公办幼儿园6所", "2023年8月底"}, {2, "招聘教师300名", "2023年7月底"}},
		"市水利局": {{"序号", "重点任务", "配合单位", "完成时限"}, {1, "治理中小河流40公里", "市财政局", "2023年12月底"}},
		"总表":   {{"说明"}},
	}
	for _, name := range []string{"市教育局", "市水利局", "总表"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, r := range sheets[name] {
			if err := f.SetSheetRow(name, "A"+string(rune('1'+i)), &r); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantRows(t, xlsxBytes(t, f), "2023-02-06",
		"1 新建公办幼儿园6所 | R:市教育局 | due=2023-08-31",
		"2 招聘教师300名 | R:市教育局 | due=2023-07-31",
		"2·1 治理中小河流40公里 | L:市水利局; S:市财政局 | due=2023-12-31")
}

// TestNumbersInFront: rows without a heading whose number stands in the cell of the task.
func TestNumbersInFront(t *testing.T) {
	for name, text := range map[string]string{
		"tabs": "1.新建口袋公园6个\t区园林局\t6月底前\n2.栽植行道树3000株\t区园林局、各街道\t4月10日前\n3.绿道贯通12公里\t区住建局\t10月底前\n4.义务植树活动\t团区委\t3月12日\n",
		"gaps": "（1）新建口袋公园6个      区园林局      6月底前\n（2）栽植行道树3000株    区园林局、各街道    4月10日前\n（3）绿道贯通12公里      区住建局      10月底前\n（4）义务植树活动        团区委      3月12日\n",
		"bars": "1、新建口袋公园6个 | 区园林局 | 6月底前\n2、栽植行道树3000株 | 区园林局、各街道 | 4月10日前\n3、绿道贯通12公里 | 区住建局 | 10月底前\n4、义务植树活动 | 团区委 | 3月12日\n",
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Read([]byte("云霞区2022年绿化任务\n2022年3月1日\n"+text), Options{Name: "x.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{
				"1 新建口袋公园6个 | R:区园林局 | due=2022-06-30",
				"2 栽植行道树3000株 | R:区园林局; R:*各街道 | due=2022-04-10",
				"3 绿道贯通12公里 | R:区住建局 | due=2022-10-31",
				"4 义务植树活动 | R:团区委 | due=2022-03-12",
			}, rowsOf(p)); d != "" {
				t.Error(d)
			}
		})
	}
}
