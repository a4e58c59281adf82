package understand

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Of a long message the beginning is read and the rest cut, so that work on it is
// bounded. A reading whose work grows with the whole text meets the run's own limit here.
func TestLongTexts(t *testing.T) {
	l := testLexicon(t)
	ctx, err := ParseContext("quote=28", world)
	if err != nil {
		t.Fatal(err)
	}
	for _, piece := range []string{"任务28完成50%，", "数据大脑", "1 2 3 ", "10月20日前", "完成", "任务", "市财政局、", "？", "「", "> \n", "百分之", "一", "20、", "延期到", "没", "@bot ", "-", "\n", "建设湖州市证照等电子共享材料生成系统"} {
		whole := l.Parse(strings.Repeat(piece, 200000/len(piece)), ctx)
		twice := l.Parse(strings.Repeat(piece, 400000/len(piece)), ctx)
		if d := cmp.Diff(whole.Expected(), twice.Expected()); d != "" {
			t.Errorf("%q: what was cut changes the reading: %s", piece, d)
		}
	}
}
