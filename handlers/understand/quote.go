package understand

import (
	"regexp"
	"strings"
)

// mention matches the bot's own name after an @; other names stay, they are data.
var mention = regexp.MustCompile(`(?i)[@＠]\s*(督查助手|督办助手|督查机器人|小助手|机器人|duban|bot)(\(机器人\)|（机器人）)?[\s\x{2005}\x{00a0},，:：]*`)

// quoteBlock matches the text form of a quoted chat message in front of a reply:
// 「name：text」, a rule of dashes, the reply.
var quoteBlock = regexp.MustCompile(`(?s)^\s*[「『"“](.*?)[」』"”]\s*\n\s*(?:[-－—–_=]\s*){3,}\n?`)

// quoteLines matches mail-like quoting: lines that start with >.
var quoteLines = regexp.MustCompile(`^\s*(?:[>＞][^\n]*\n)+`)

// strip separates what the person wrote from the bot's mention and from a quoted
// message in front of it. The quoted words are context, never content.
func strip(text string) (own, quoted string, mentioned bool) {
	own = text
	if strings.ContainsAny(text, "@＠") {
		own = mention.ReplaceAllString(text, " ")
		mentioned = own != text
	}
	for _, re := range [...]*regexp.Regexp{quoteBlock, quoteLines} {
		if !strings.Contains(own, "\n") {
			break
		}
		if loc := re.FindStringIndex(own); loc != nil {
			quoted += own[:loc[1]]
			own = own[loc[1]:]
		}
	}
	return strings.TrimSpace(own), quoted, mentioned
}

// QuotedTasks returns the task numbers in the text of a quoted message of the bot,
// in order and once each: those written 任务28, 28号, 第28项 or #28.
func QuotedTasks(text string) []string {
	if text == "" {
		return nil
	}
	u := &utterance{}
	u.fold(text)
	u.findNumbers()
	var out []string
	for _, n := range u.nums {
		if n.kind == numTask && n.strong {
			out = addOnce(out, n.no())
		}
	}
	return out
}

func addOnce(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
