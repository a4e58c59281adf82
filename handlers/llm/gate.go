package llm

import "regexp"

// What must never leave: markings of secrecy, telephone and identity numbers. The
// gate refuses as a whole; masking would leave the rest of the sentence to tell.
var secrets = []*regexp.Regexp{
	regexp.MustCompile(`(绝密|机密|秘密)\s*[★☆*]`),
	regexp.MustCompile(`密级\s*[:：]`),
	regexp.MustCompile(`内部资料|涉密文件|不得外传`),
	regexp.MustCompile(`(^|[^0-9])1[3-9][0-9]{9}([^0-9]|$)`),
	regexp.MustCompile(`(^|[^0-9])[1-9][0-9]{16}[0-9Xx]([^0-9]|$)`),
}

// sensitive reports whether the text holds what must not be sent out.
func sensitive(s string) bool {
	for _, re := range secrets {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}
