package docx

import (
	"regexp"
	"strings"
	"testing"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/internal/wording"
	"duban/store/ledger"
)

// TestOwnLights: an office's own words stand in the bulletin's text, tables and notes.
func TestOwnLights(t *testing.T) {
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	q := reporttest.Query(b, day)
	q.Lights = wording.Lights{ledger.LevelOverdue: {Word: "红灯"}, ledger.LevelNear: {Word: "近"}}
	text := shown(t, bulletin(t, report.AsOf(b, events, q), office)["word/document.xml"])
	for _, want := range []string{`红灯\d+项，占`, `红灯\d+天`, `红灯，指`, `近，指`, `近\d+项`} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "逾期未办结") && strings.Contains(text, "逾期，指") {
		t.Error("the built-in word stands beside the office's own")
	}
}
