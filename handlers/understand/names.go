package understand

import (
	"math"
	"strings"
	"unicode/utf8"
)

// names finds tasks by the words of their titles: pairs of characters, weighed by
// how few titles hold them.
type names struct {
	nos    []string
	titles []string
	posts  map[string][]int
	weight map[string]float64
}

func newNames() *names {
	return &names{posts: map[string][]int{}, weight: map[string]float64{}}
}

func (n *names) add(no, title string) {
	id := len(n.nos)
	n.nos, n.titles = append(n.nos, no), append(n.titles, title)
	seen := map[string]bool{}
	pairs(title, func(p string) {
		if !seen[p] && !timePairs[p] {
			seen[p] = true
			n.posts[p] = append(n.posts[p], id)
		}
	})
}

// common words of plans and reports that name no task.
var commonPairs = map[string]bool{"基本": true, "建设": true, "开展": true, "推进": true, "完善": true, "完成": true, "工作": true, "制定": true, "制订": true, "加强": true, "全面": true, "重点": true, "政府": true, "单位": true, "部门": true, "领域": true, "进行": true, "市级": true, "情况": true, "有关": true, "系统": true, "平台": true, "管理": true, "方案": true, "试点": true, "数据": true, "政务": true, "湖州": true, "州市": true, "规范": true, "体系": true, "目录": true, "公共": true, "服务": true, "改革": true, "评估": true, "审批": true, "应用": true, "办法": true, "规定": true, "建立": true, "事项": true, "任务": true, "落实": true, "年度": true, "计划": true, "办理": true, "清单": true, "业务": true, "接口": true, "上级": true, "推广": true, "培训": true, "会议": true, "经费": true, "评价": true, "材料": true, "实施": true, "支持": true, "编制": true, "统一": true, "生成": true, "综合": true, "各部": true, "整合": true, "制度": true}

// timePairs are of the limits that some titles carry; a message with the same limit
// does not name the task.
var timePairs = map[string]bool{"月底": true, "底前": true, "年底": true, "月前": true, "年前": true, "7月": true, "6月": true, "9月": true, "8月": true, "2月": true, "1月": true, "0月": true, "3月": true, "4月": true, "5月": true, "季度": true, "月份": true}

// weigh gives each pair its weight; a pair that every other title holds names nothing.
func (n *names) weigh() {
	total := float64(len(n.nos) + 1)
	for p, ids := range n.posts {
		w := math.Log(total / float64(len(ids)))
		if commonPairs[p] {
			w *= 0.35
		}
		n.weight[p] = w
	}
}

// pairs calls f for every two neighbouring letters or Han characters.
func pairs(s string, f func(string)) {
	prev, prevAt := rune(0), 0
	for i, r := range s {
		if strings.ContainsRune(" ,.;:!?()[]、。《》“”\"'·-—%", r) {
			prev = 0
			continue
		}
		if prev != 0 {
			f(s[prevAt : i+utf8.RuneLen(r)])
		}
		prev, prevAt = r, i
	}
}

// hit is a task with how well the words name it.
type hit struct {
	id    int
	score float64
}

// best returns the two tasks that the words name best.
func (n *names) best(s string) (a, b hit) {
	if len(n.nos) == 0 {
		return hit{id: -1}, hit{id: -1}
	}
	scores := make([]float64, len(n.nos))
	seen := make(map[string]bool, 16)
	pairs(s, func(p string) {
		ids := n.posts[p]
		if len(ids) == 0 || seen[p] {
			return
		}
		seen[p] = true
		for _, id := range ids {
			scores[id] += n.weight[p]
		}
	})
	a, b = hit{id: -1}, hit{id: -1}
	for id, v := range scores {
		switch {
		case v > a.score:
			a, b = hit{id, v}, a
		case v > b.score:
			b = hit{id, v}
		}
	}
	return a, b
}

// clear returns the task that the words name beyond doubt: enough weight, well
// above the next, and a stretch of at least three characters of the title.
func (n *names) clear(s string) (string, bool) {
	a, b := n.best(s)
	if a.id < 0 || a.score < 5.5 || b.score > a.score*0.72 {
		return "", false
	}
	run := sharedRun(s, n.titles[a.id])
	if runeLen(run) < 3 {
		return "", false
	}
	if runeLen(run) <= 4 && plainWords(run) { // then something else must name it
		if c, _ := n.best(strings.ReplaceAll(s, run, "。")); c.id != a.id || c.score < 3.8 {
			return "", false
		}
	}
	return n.nos[a.id], true
}

// plainWords reports whether s is made of common words alone (实施办法), which name no task.
func plainWords(s string) bool {
	for s != "" {
		switch two := first(s, 2); {
		case commonPairs[two] && runeLen(two) == 2:
			s = s[len(two):]
		case runeLen(s) <= 1:
			return true
		default:
			return false
		}
	}
	return true
}

// longestRun is the length in characters of the longest piece that s and title share.
func longestRun(s, title string) int { return runeLen(sharedRun(s, title)) }

// sharedRun is the longest piece that s and title share.
func sharedRun(s, title string) (run string) {
	best := 0
	for i := range s {
		for j, count := i, 0; j < len(s); {
			_, size := utf8.DecodeRuneInString(s[j:])
			j += size
			count++
			if count <= best {
				continue
			}
			if !strings.Contains(title, s[i:j]) {
				break
			}
			best, run = count, s[i:j]
		}
	}
	return run
}
