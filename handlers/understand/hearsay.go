package understand

import "strings"

// ownSpeech are words with 说 or 讲 in which nobody else speaks.
var ownSpeech = blankers("说一下 说下 说一声 说说 跟您说 跟你说 向您说 给您说 给你说 跟领导说 我说 我们说 说实话 老实说 总的来说 可以说 来说 说明 小说 据实说 说清楚 讲一下 讲话 讲解 讲座 宣讲 演讲 讲课 说法 说好 再说 实话实说 说真的 怎么说 话说 不多说 按说 说起来 说到底 应该说 只能说 不用说 别说 比如说 比方说 不敢说 不敢讲 不能说 不好说 说不上 讲真 请问 问题 顾问 慰问 访问 学问 疑问 问卷 问效 问责 问政 问需 问计 过问 询问 问一下 问下 问问 想问")

// hearsay reports whether what stands before the word in its clause, or the end of the
// clause before, has somebody else say it (局长说已经完成了): such a thing is not known.
func (u *utterance) hearsay(c clause, before string) bool {
	if speaks(ownSpeech.Replace(before)) {
		return true
	}
	prev := strings.TrimRight(u.s[:c.start], " ,:，、。\"“")
	return prev != "" && hasAnySuffix(ownSpeech.Replace(last(prev, 8)), "说", "讲", "表示", "回复", "告知", "称")
}

// speaks reports whether a verb of saying stands in s.
func speaks(s string) bool {
	return containsAny(s, "说", "讲", "问", "告诉", "反映", "声称", "口头", "表示", "来电", "传话", "通知我", "跟我", "回复我", "听", "转告", "答复")
}

// strangeFolk follow a unit that is spoken of and does not speak: 市财政局那边完成了80%.
var strangeFolk = []string{"那边", "那头", "那儿", "那里", "他们", "人家"}

// ofStranger reports whether what stands at the place in its clause is told of another unit
// than the speaker's, or read off a page.
func (u *utterance) ofStranger(c clause, at int) bool {
	for _, un := range u.units {
		if un.start >= c.start && un.end <= at && un.name != u.ctx.Unit && hasAnyPrefix(u.s[un.end:], strangeFolk...) {
			return true
		}
	}
	return containsAny(u.s[c.start:at], "通报上", "报纸上", "新闻", "网上", "系统显示", "系统上显示", "平台显示", "系统里显示")
}
