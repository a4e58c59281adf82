package understand

import "strings"

// What is said under a quoted task and reports nothing: half sentences and complaints.

// halfSaid matches a sentence of which only the beginning was sent.
var halfSaid = whole(`(?:嗯|那|就是|其实|其实吧|[,， ])*(?:(?:我们?|咱们?)?(?:这边|这块|单位|这里|这头|科室)?的?(?:情况|原因|问题|进展)(?:主要)?(?:是|就是)|(?:主要|关键|大概)(?:是|就是)?(?:因为|由于|在于)|(?:目前|现在|这样|这个|那个)的话|[这那]个(?:嘛|吧)|(?:关于|至于|对于|说到)[这那](?:一)?(?:项|条|个|件)(?:事|任务|工作)?(?:嘛|呢|吧)?|就是说|怎么说呢|其实吧|因为|由于)`)

// unsaidHalf reports whether a sentence was broken off before it said anything.
func (u *utterance) unsaidHalf() bool {
	s := strings.TrimRight(bareWords(u.s), ".…、 ")
	if len(u.quoted) == 0 || u.named() || u.percent != nil {
		return false
	}
	broken := strings.HasSuffix(strings.TrimRight(u.own, " "), "…") && inList([]string{"那个", "这个", "那", "这", "我们", "我", "就是"}, s)
	return broken || u.matches(halfSaid, s)
}

// complaint matches a complaint about the bot or about the time that is given.
var complaint = compile(`^(?:你|你们|怎么|这|那)?(?:天天|老是|总是|整天|一天到晚|老|一直)(?:在)?(?:催|发|提醒).{0,8}[烦吵]|^(?:你们?)?(?:又|就知道|就会)?(?:天天|老是|总是|整天|一天到晚)催+$|^(?:真|我)?服了(?:你|你们|u)?$|^又来了$|^(?:真)?无语$|^饶了我吧$|烦不烦|烦死|^(?:这|这个|这也|时间|时限|期限|也)*太(?:急|赶|紧|短)了吧$|^这种事(?:情)?(?:还|也)(?:要|得|用)我`)

// complains reports whether the words under a quote complain and say nothing of the task.
func (u *utterance) complains() bool {
	return len(u.quoted) == 1 && !u.named() && u.percent == nil && u.claim == claimNone && len(u.days) == 0 && u.size() <= 16 && u.matches(complaint, bareWords(u.s))
}
