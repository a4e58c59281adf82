package seeds

import (
	"os"
	"slices"
	"testing"

	"duban/store/ledger"
)

// TestLinksAreNoted: what is left out as links of a web page is said.
func TestLinksAreNoted(t *testing.T) {
	for name, want := range map[string]string{
		"own-541-links-under-article":    "第17行",
		"own-542-links-between-sections": "第7行",
		"own-545-opening-hours":          "",
		"own-503-yidong-vertical-cells":  "",
		"own-504-yunxi-minsheng-shishi":  "第40行",
		"own-522-meeting-minutes":        "",
	} {
		doc := documentOf(t, "testdata/plans/"+name)
		b, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Read(b, Options{Name: doc, Issued: ledger.NewDate(2020, 3, 13)})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(p.Problems, func(x ledger.Problem) bool { return x.Text == "从这一行起是网页的相关链接" })
		if got := at >= 0; got != (want != "") || got && p.Problems[at].Row != want {
			t.Errorf("%s: links noted %v, want %q: %+v", name, got, want, p.Problems)
		}
	}
}
