package zh

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// Hit is one title that a search found.
type Hit struct {
	Pos   int     // position in the titles that the index was made from
	Score float64 // share of the query that the title matches, 0 to 1
}

// Index finds titles by words half remembered: the order of words, a wrong or a
// missing character and words in between do not matter. It never changes and may
// be used by many at once.
type Index struct {
	folded []string
	posts  map[gram][]int32
}

// gram is one character or two neighbouring ones; b is 0 for one.
type gram struct{ a, b rune }

// singleWeight is what a single character counts against a pair: it saves a query
// with a typing error and must not outweigh pairs.
const singleWeight = 0.3

// leastScore is the share below which a hit is chance.
const leastScore = 0.2

// NewIndex makes an index of titles, in any form; Search folds them as it folds
// the query.
func NewIndex(titles []string) *Index {
	x := &Index{folded: make([]string, len(titles)), posts: make(map[gram][]int32)}
	for pos, title := range titles {
		x.folded[pos] = searchKey(title)
		for _, g := range grams(x.folded[pos]) {
			x.posts[g] = append(x.posts[g], int32(pos))
		}
	}
	return x
}

// Search returns at most max titles that match q, best first, equal scores in the
// order of the titles. A title that holds the query as it is, its question words
// aside, has the score 1. A query without content finds nothing.
func (x *Index) Search(q string, max int) []Hit {
	key := searchKey(stripQuestion(Fold(q)))
	if key == "" || max <= 0 {
		return nil
	}
	scores := make(map[int32]float64)
	total := 0.0
	for _, g := range grams(key) {
		w := x.weight(g)
		total += w
		for _, pos := range x.posts[g] {
			scores[pos] += w
		}
	}
	hits := make([]Hit, 0, len(scores))
	for pos, score := range scores {
		score /= total
		if strings.Contains(x.folded[pos], key) {
			score = 1
		} else if score > 0.99 {
			score = 0.99
		}
		if score >= leastScore {
			hits = append(hits, Hit{int(pos), score})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if a.Score != b.Score {
			return compareDown(a.Score, b.Score)
		}
		return a.Pos - b.Pos
	})
	return hits[:min(max, len(hits))]
}

func compareDown(a, b float64) int {
	if a > b {
		return -1
	}
	return 1
}

// weight is high for what few titles hold.
func (x *Index) weight(g gram) float64 {
	found := max(len(x.posts[g]), 1)
	w := math.Log2(1 + float64(len(x.folded))/float64(found))
	if g.b == 0 {
		w *= singleWeight
	}
	return w
}

// grams lists the single characters and pairs of s, each once, in their order, so
// that sums over them come out the same each time.
func grams(s string) []gram {
	seen := make(map[gram]bool, 2*len(s)/3)
	var out []gram
	add := func(g gram) {
		if !seen[g] {
			seen[g] = true
			out = append(out, g)
		}
	}
	last := rune(0)
	for _, r := range s {
		add(gram{r, 0})
		if last != 0 {
			add(gram{last, r})
		}
		last = r
	}
	return out
}

// searchKey is the folded text without marks and blanks.
func searchKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '%' {
			return r
		}
		return -1
	}, Fold(s))
}

// asked are the words of a question that say nothing about the title, folded, the
// longest of a kind first. They are taken from both ends only: 进展 may be in a title.
var asked = struct{ head, tail []string }{
	head: []string{"请问一下", "请问", "帮我查一下", "帮我查", "帮我看看", "帮我找", "查一下", "查询", "查查", "查看", "查", "搜索", "搜一下", "搜", "找一下", "找找", "找",
		"看一下", "看看", "看", "我想知道", "我想了解", "想了解", "想问一下", "想问", "问一下", "关于", "有关", "那个", "这个", "任务", "哪些是", "谁负责", "谁在负责", "谁牵头"},
	tail: []string{"的进展情况怎么样了", "进展情况怎么样", "的进展怎么样了", "进展怎么样了", "进展怎么样", "进展如何", "进展情况", "的进展", "进展到哪了", "进展", "进度怎么样了", "进度怎么样", "进度如何",
		"的进度", "进度是多少", "进度", "完成了没有", "完成了没", "完成没有", "完成了吗", "完成没", "完成情况", "完成得怎么样", "做完了吗", "做得怎么样了", "办得怎么样了",
		"怎么样了", "怎么样", "怎样了", "如何了", "如何", "到哪一步了", "到哪了", "到什么程度了", "什么情况", "情况怎么样", "的情况", "情况",
		"由谁负责", "是谁负责", "谁负责", "谁来负责", "谁在负责", "谁牵头", "由谁牵头", "是谁牵头", "归谁管", "归谁负责", "归谁", "是谁的", "是哪个单位", "哪个单位负责", "是哪个部门负责", "哪个部门负责",
		"什么时候完成", "什么时候到期", "什么时候截止", "什么时候", "何时完成", "何时到期", "几时完成", "哪天到期", "截止时间", "截止日期", "到期时间",
		"那个任务", "这个任务", "这项任务", "那项任务", "那项工作", "这项工作", "的任务", "任务", "那个", "这个", "那条", "那项", "的事情", "的事", "有哪些", "有没有", "在哪", "是什么", "是多少",
		"呢", "吗", "吧", "啊", "呀", "么", "了", "的", "是", "?", "!", "。", ",", " "},
}

// stripQuestion takes question words from both ends, as long as something is left.
func stripQuestion(s string) string {
	for {
		next := strings.TrimSpace(s)
		for _, word := range asked.head {
			if rest, ok := strings.CutPrefix(next, word); ok && rest != "" {
				next = rest
				break
			}
		}
		for _, word := range asked.tail {
			if rest, ok := strings.CutSuffix(next, word); ok && rest != "" {
				next = rest
				break
			}
		}
		if next == s {
			return s
		}
		s = next
	}
}
