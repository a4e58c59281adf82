package calendar

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/store/ledger"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	keep   = flag.String("keep", "", "folder in which to leave the files for looking at")
)

type property struct{ name, params, value string }

var (
	contentLine = regexp.MustCompile(`^([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^:;]*)*):(.*)$`)
	badEscape   = regexp.MustCompile(`(^|[^\\])(\\\\)*\\([^\\;,nN]|$)`)
	bareMark    = regexp.MustCompile(`(^|[^\\])(\\\\)*[;,]`)
	isDate      = regexp.MustCompile(`^\d{8}$`)
	isStamp     = regexp.MustCompile(`^\d{8}T\d{6}Z$`)
)

// validate holds a feed against RFC 5545: line ends, folding, the grammar of lines,
// nesting, which properties must stand once, their values, unique UIDs. It returns the
// unfolded properties.
func validate(s string) ([]property, error) {
	if !utf8.ValidString(s) || !strings.HasSuffix(s, "\r\n") {
		return nil, errors.New("not UTF-8, or without a last line end")
	}
	var out []property
	for i, raw := range strings.Split(strings.TrimSuffix(s, "\r\n"), "\r\n") {
		switch {
		case len(raw) > 75:
			return nil, fmt.Errorf("line %d has %d bytes", i+1, len(raw))
		case strings.ContainsFunc(raw, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) || !utf8.ValidString(raw):
			return nil, fmt.Errorf("line %d holds a control character or half a character: %q", i+1, raw)
		case strings.HasPrefix(raw, " "):
			if len(out) == 0 {
				return nil, errors.New("the first line is folded")
			}
			out[len(out)-1].value += raw[1:]
			continue
		}
		m := contentLine.FindStringSubmatch(raw)
		if m == nil {
			return nil, fmt.Errorf("line %d is no content line: %q", i+1, raw)
		}
		out = append(out, property{m[1], m[2], m[3]})
	}
	return out, validProperties(out)
}

func validProperties(list []property) error {
	var open []string
	uids, count := map[string]bool{}, map[string]int{}
	for i, p := range list {
		text := false
		switch p.name {
		case "BEGIN":
			if len(open) == 0 && p.value != "VCALENDAR" || len(open) == 1 && p.value != "VEVENT" || len(open) > 1 {
				return fmt.Errorf("property %d begins %s inside %v", i, p.value, open)
			}
			open, count = append(open, p.value), map[string]int{}
			continue
		case "END":
			if len(open) == 0 || open[len(open)-1] != p.value {
				return fmt.Errorf("property %d ends %s inside %v", i, p.value, open)
			}
			if p.value == "VEVENT" && (count["UID"] != 1 || count["DTSTAMP"] != 1 || count["DTSTART"] != 1 || count["DTEND"] > 1 || count["SUMMARY"] > 1) {
				return fmt.Errorf("event %v", count)
			}
			open = open[:len(open)-1]
			continue
		case "UID":
			if uids[p.value] {
				return fmt.Errorf("UID %s stands twice", p.value)
			}
			uids[p.value], text = true, true
		case "DTSTAMP":
			if !isStamp.MatchString(p.value) {
				return fmt.Errorf("DTSTAMP %q", p.value)
			}
		case "DTSTART", "DTEND":
			if p.params != ";VALUE=DATE" || !isDate.MatchString(p.value) {
				return fmt.Errorf("%s%s %q is no day", p.name, p.params, p.value)
			}
			if _, err := time.Parse("20060102", p.value); err != nil {
				return err
			}
		case "SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME":
			text = true
		}
		if text && (badEscape.MatchString(p.value) || bareMark.MatchString(p.value)) {
			return fmt.Errorf("%s is not escaped: %q", p.name, p.value)
		}
		count[p.name]++
	}
	if len(open) > 0 || len(list) < 4 || list[0].value != "VCALENDAR" || list[len(list)-1].value != "VCALENDAR" {
		return errors.New("not one closed calendar")
	}
	return nil
}

func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n").Replace(s)
}

func feed(t interface{ Fatal(...any) }, f Feed) string {
	var b bytes.Buffer
	if err := Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFeedOfUnit(t *testing.T) {
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	q := reporttest.Query(b, ledger.NewDate(2018, 12, 20))
	q.Unit = "市政务办"
	f := report.AsOf(b, events, q)
	got := feed(t, Feed{Name: "督办时限（市政务办）", Tenant: "huzhou", Now: q.Now, Items: Items(f)})
	if _, err := validate(got); err != nil {
		t.Error(err)
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, "feed.ics"), []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join("testdata", "unit.golden")
	if *update {
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(got, "\r\n", "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), strings.ReplaceAll(got, "\r\n", "\n")); d != "" {
		t.Error(d)
	}
}

// TestAnyText: whatever a title or a note holds, the feed is valid and tells it back.
func TestAnyText(t *testing.T) {
	words := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("任务完成，;,\\\"n:：\n😀𠮷")), rapid.Rune()))
	rapid.Check(t, func(t *rapid.T) {
		i := Item{Task: "20", Point: "1", Due: ledger.NewDate(2018, 12, 31), Title: words.Draw(t, "title"), Note: words.Draw(t, "note")}
		list, err := validate(feed(t, Feed{Name: words.Draw(t, "name"), Now: time.Unix(0, 0), Items: []Item{i}}))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			if p.name == "SUMMARY" {
				var plain []string
				for _, l := range strings.Split(strings.ReplaceAll(i.Title, "\r\n", "\n"), "\n") {
					plain = append(plain, report.Plain(l))
				}
				if got := unescape(p.value); got != strings.Join(plain, "\n") {
					t.Fatalf("got %q of %q", got, i.Title)
				}
			}
		}
	})
}

// TestValidatorRefuses: the validator finds what it is there for.
func TestValidatorRefuses(t *testing.T) {
	good := feed(t, Feed{Name: "甲", Now: time.Unix(0, 0), Items: []Item{{Task: "1", Point: "1", Due: ledger.NewDate(2018, 12, 31), Title: "乙"}}})
	for _, change := range [][2]string{
		{"\r\n", "\n"}, {"SUMMARY:乙", "SUMMARY:乙;丙"}, {"SUMMARY:乙", "SUMMARY:" + strings.Repeat("长", 30)}, {"END:VEVENT\r\n", ""},
		{"20181231", "20181232"}, {"UID:1-1@duban\r\n", ""}, {"SUMMARY:乙", "SUMMARY:\\x"}, {"DTSTAMP:19700101T000000Z", "DTSTAMP:19700101"},
	} {
		if _, err := validate(strings.ReplaceAll(good, change[0], change[1])); err == nil {
			t.Errorf("%q for %q was not found", change[1], change[0])
		}
	}
}

func TestTokens(t *testing.T) {
	secret, unit := []byte("0123456789abcdef0123456789abcdef"), SubjectUnit("市大数据中心")
	now := map[string]int{unit: 2}
	current := func(s string) int { return now[s] }
	good := Token(secret, unit, 2)
	if got, err := Verify(secret, good, current); got != unit || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := Verify(secret, Token(secret, SubjectMember("m1"), 0), current); got != "member:m1" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for name, token := range map[string]string{
		"revoked": Token(secret, unit, 1), "other key": Token([]byte("x"), unit, 2), "empty": "", "no dot": "abc", "cut": good[:len(good)-1],
		"longer": good + "A", "other subject": Token(secret, SubjectUnit("市财政局"), 0)[:10] + good[10:], "huge": strings.Repeat("A", 1000) + ".A",
	} {
		if got, err := Verify(secret, token, current); got != "" || !errors.Is(err, ErrToken) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := Verify(nil, Token(nil, unit, 2), current); !errors.Is(err, ErrToken) {
		t.Errorf("an empty secret verifies: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	secret := []byte("0123456789abcdef")
	f.Add(Token(secret, "unit:a", 0))
	f.Add(".")
	f.Fuzz(func(t *testing.T, token string) {
		subject, err := Verify(secret, token, func(string) int { return 0 })
		if err == nil && Token(secret, subject, 0) != token {
			t.Errorf("%q passes for %q", token, subject)
		}
	})
}
