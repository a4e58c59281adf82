package zh

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Lost stands in shown text where bytes of the source were lost. What stood
// there is never guessed.
const Lost = "〔缺字〕"

const foldedLost = "[缺字]"

// HasLoss reports whether s has damaged places, marked already (by Clean or by
// Fold) or not yet.
func HasLoss(s string) bool {
	return strings.Contains(s, Lost) || strings.Contains(s, foldedLost) || markLoss(s) != s
}

// asking are the characters of questions.
const asking = "吗嗎呢吧啊么麼没沒有否谁誰何几幾哪怎"

// markLoss puts Lost in the place of every damaged run. A run is
//
//   - replacement characters, private-use characters, bytes that are no UTF-8, and
//     the 锟斤拷 that such bytes become, with the question marks between them; or
//   - the trace of a double-byte text read one byte out of step: question marks,
//     up to three characters, one ASCII letter, and then the pinyin of the
//     character whose second byte that letter was: 工作??茖W(xué)編制. Without the
//     pinyin one of the characters must be outside GB2312 and not a traditional
//     one, for 好了吗?用A类 is a sentence; without the question marks both; or
//   - two or more question marks between characters in a text that has pinyin noise
//     or is traditional and asks nothing: 完成了嗎??請回覆 is a question.
//
// A question mark on its own is left alone.
func markLoss(s string) string {
	if !maybeLoss(s) {
		return s
	}
	noisy := hasTonedGroup(s) || isTraditional(s) && !strings.ContainsAny(s, asking)
	everywhere := hasShifted(s)
	var b strings.Builder
	from := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if isSuspect(r) || everywhere && isHan(r) && letterNear(s[i:]) {
			if size := damage(s, i, noisy); size > 0 {
				b.WriteString(s[from:i])
				if !strings.HasSuffix(b.String(), Lost) {
					b.WriteString(Lost)
				}
				n = size
				from = i + n
			}
		}
		i += n
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// letterNear reports whether a letter stands among the next three characters.
func letterNear(s string) bool {
	for i := 0; i < len(s) && i < 3*3+1; i++ {
		if isLetter(s[i]) {
			return true
		}
	}
	return false
}

// isSuspect holds for the runes at which damage shows. In a text with pinyin
// after a letter any character may begin it.
func isSuspect(r rune) bool {
	return r == '?' || r == '？' || r == '锟' || isBroken(r) || r >= 'A' && r <= 'z'
}

func maybeLoss(s string) bool {
	for _, r := range s {
		if isSuspect(r) && (r < 'A' || r > 'z') {
			return true
		}
	}
	return strings.ContainsAny(s, "(（") && hasShifted(s)
}

// hasShifted looks for a letter followed by toned pinyin.
func hasShifted(s string) bool {
	for i := 1; i < len(s); i++ {
		if isLetter(s[i-1]) && (s[i] == '(' || strings.HasPrefix(s[i:], "（")) {
			if size, toned := pinyinGroup(s[i:]); size > 0 && toned {
				return true
			}
		}
	}
	return false
}

// damage measures the damaged run that begins at s[i]; 0 if none does.
func damage(s string, i int, noisy bool) int {
	if n := broken(s[i:]); n > 0 {
		return n
	}
	marks := questions(s[i:])
	if n := shifted(s[i+marks:], marks > 0); n > 0 {
		return marks + n
	}
	if noisy && marks > 0 && isPlural(s[i:i+marks]) {
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+marks:])
		if isHan(before) && isHan(after) && !strings.ContainsRune(asking, before) {
			return marks
		}
	}
	return 0
}

// broken measures a run of broken characters and the question marks among them.
// A mark at its end belongs to it if a character follows: a decoder that loses
// one byte writes the next as a question mark.
func broken(s string) int {
	end := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isBroken(r):
			end = i + n
		case strings.HasPrefix(s[i:], "锟斤拷"):
			n = len("锟斤拷")
			end = i + n
		case r != '?' && r != '？':
			if end > 0 && isHan(r) {
				return i
			}
			return end
		}
		i += n
	}
	return end
}

// isBroken also holds for invalid bytes, which decode to the replacement character.
func isBroken(r rune) bool {
	return r == utf8.RuneError || r >= 0xE000 && r < 0xF900 || r >= 0xF0000
}

// questions measures the question marks that s begins with.
func questions(s string) int {
	n := 0
	for n < len(s) {
		switch {
		case s[n] == '?':
			n++
		case strings.HasPrefix(s[n:], "？"):
			n += len("？")
		default:
			return n
		}
	}
	return n
}

func isPlural(marks string) bool { return utf8.RuneCountInString(marks) > 1 }

// shifted measures the trace of text read one byte out of step: up to three
// characters and a letter, with the pinyin after it.
func shifted(s string, asked bool) int {
	han, i := 0, 0
	for {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isHan(r) || han == 3 {
			break
		}
		han++
		i += n
	}
	if i >= len(s) || !isLetter(s[i]) || i+1 < len(s) && isLetter(s[i+1]) {
		return 0
	}
	odd := strings.ContainsFunc(s[:i], isOdd)
	size, toned := pinyinGroup(s[i+1:])
	if size > 0 && toned && (asked || odd || han == 0) {
		return i + 1 + size
	}
	if asked && odd {
		return i + 1
	}
	return 0
}

// isLetter holds for what can be the second byte of a GBK character and looks
// like a letter on the page.
func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

// isOdd reports whether neither a Simplified nor a traditional text of ours would
// use r: it is outside GB2312 and has no simplified form.
func isOdd(r rune) bool {
	t := loaded()
	if r >= 1<<16 {
		return true
	}
	if t.kind[r]&(kindMapped|kindHead) != 0 || r == '著' {
		return false
	}
	two, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
	return err != nil || len(two) != 2 || two[0] < 0xA1 || two[1] < 0xA1
}
