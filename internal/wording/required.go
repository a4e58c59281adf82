package wording

import (
	"fmt"
	"strings"

	"duban/store/ledger"
)

// TimeRequired says by when a task must be done: in the plan's own words, else, where these
// stand in its text, by the days read from there. It is empty where there is neither.
func TimeRequired(x *ledger.Task) string {
	n := len(x.Points)
	switch {
	case x.TimeText != "" || n == 0:
		return x.TimeText
	case n > 3:
		return fmt.Sprintf("%s至%s，共%d个节点", x.Points[0].Due.Chinese(), x.Points[n-1].Due.Chinese(), n)
	}
	days := make([]string, n)
	for i, p := range x.Points {
		days[i] = PointWhen(x, p)
	}
	return strings.Join(days, "、")
}

// PointWhen says a checkpoint's deadline, with its label where the task has several.
func PointWhen(x *ledger.Task, p ledger.Point) string {
	if p.Label != "" && len(x.Points) > 1 && !strings.HasPrefix(p.Due.Chinese(), p.Label) {
		return p.Label + " " + p.Due.Chinese()
	}
	return p.Due.Chinese()
}
