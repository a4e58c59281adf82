package zh

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

var titles = []string{
	"高质量开展“不忘初心、牢记使命”主题教育", "严控公文、会议数量", "严控会议经费", "开展“低效能”部门评定", "推行年度重大事项清单制度",
	"建设湖州市证照等电子共享材料生成系统", "建设湖州市统一接口平台", "高标准完成湖州市民卡的推广应用", "建设湖州数据大脑", "制定公共数据管理规范",
	"全面应用政务钉钉系统，完成移动政务管理类APP整合", "开展网络金融仲裁试点工作", "农村饮水安全巩固提升", "黑臭水体治理", "薄弱学校改造", "城关镇中心小学教师招聘",
}

func TestSearch(t *testing.T) {
	t.Parallel()
	x := NewIndex(titles)
	tests := []struct {
		query string
		want  int
	}{
		{"数据大脑", 8}, {"数据大脑那个任务", 8}, {"数据大脑进展怎么样了？", 8}, {"數據大腦", 8}, {"市民卡推广应用归谁管", 7}, {"市民卡", 7}, {"找找APP整合", 10}, {"app", 10},
		{"ＡＰＰ整合", 10}, {"薄若学校改造", 14}, {"黑臭水治理", 13}, {"城关镇教师招聘", 15}, {"饮水安全的进展怎么样", 12}, {"会议经费", 2}, {"经费会议", 2}, {"接口平台完成了没有", 6},
		{"清单制度", 4}, {"仲裁", 11}, {"请问网络仲裁是谁负责的", 11}, {"证照共享", 5}, {"严控公文会议", 1},
	}
	for _, tt := range tests {
		hits := x.Search(tt.query, 3)
		if len(hits) == 0 || hits[0].Pos != tt.want {
			t.Errorf("Search(%q) = %v, want %d first", tt.query, hits, tt.want)
		}
	}
	if hits := x.Search("数据大脑", 5); hits[0].Score != 1 || len(hits) > 1 && hits[1].Score >= 0.9 {
		t.Errorf("a title that holds the query is not clearly ahead: %v", hits)
	}
}

func TestSearchNothing(t *testing.T) {
	t.Parallel()
	x := NewIndex(titles)
	for _, q := range []string{"", "  ", "？", "牛羊养殖", "qwerty"} {
		if hits := x.Search(q, 3); len(hits) != 0 {
			t.Errorf("Search(%q) = %v, want nothing", q, hits)
		}
	}
	if hits := x.Search("数据", 0); hits != nil {
		t.Errorf("max 0 gave %v", hits)
	}
	if hits := NewIndex(nil).Search("数据", 3); len(hits) != 0 {
		t.Errorf("an empty index gave %v", hits)
	}
}

func TestSearchProperties(t *testing.T) {
	t.Parallel()
	x := NewIndex(titles)
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.StringOf(rapid.SampledFrom([]rune("数据大脑湖州市建设会议经费的了吗怎么样 ?app"))).Draw(t, "q")
		hits := x.Search(q, 4)
		if len(hits) > 4 {
			t.Fatalf("%d hits", len(hits))
		}
		for i, h := range hits {
			if h.Score <= 0 || h.Score > 1 || i > 0 && h.Score > hits[i-1].Score {
				t.Fatalf("Search(%q) = %v", q, hits)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	many := make([]string, 5000)
	for i := range many {
		many[i] = titles[i%len(titles)] + strconv.Itoa(i)
	}
	x := NewIndex(many)
	for b.Loop() {
		x.Search("黑臭水治理进展怎么样", 5)
	}
}
