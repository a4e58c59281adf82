package understand

import (
	"strings"
	"testing"
	"time"
)

// Long messages take bounded time: what is read of one is cut.
func TestLongTextsAreQuick(t *testing.T) {
	l := testLexicon(t)
	ctx, err := ParseContext("quote=28", world)
	if err != nil {
		t.Fatal(err)
	}
	for _, piece := range []string{"任务28完成50%，", "数据大脑", "1 2 3 ", "10月20日前", "完成", "任务", "市财政局、", "？", "「", "> \n", "百分之", "一", "20、", "延期到", "没", "@bot ", "-", "\n", "建设湖州市证照等电子共享材料生成系统"} {
		text := strings.Repeat(piece, 200000/len(piece))
		begin := time.Now()
		l.Parse(text, ctx)
		if d := time.Since(begin); d > 2*time.Second {
			t.Errorf("%q repeated takes %v", piece, d)
		} else if testing.Verbose() {
			t.Logf("%q %v", piece, d)
		}
	}
}
