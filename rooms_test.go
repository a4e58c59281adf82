package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room says what a package may import from this module and from third parties. "x/..."
// stands for x and all below it. Every line has its why.
type room struct {
	may   []string // of this module
	third []string // third-party import prefixes
	why   string
}

var rooms = map[string]room{
	".":                          {may: []string{"internal/app"}, why: "main hands the outside world to app and nothing else"},
	"internal/app":               {may: []string{"..."}, third: []string{"github.com/alecthomas/kong", "github.com/prometheus/client_golang"}, why: "wires; knows everyone; known by none but main"},
	"config":                     {third: []string{"go.yaml.in/yaml", "github.com/caarlos0/env"}, why: "reads what main hands it and knows no room"},
	"bot":                        {why: "the door's own words must not know a task or a platform"},
	"bot/wire":                   {may: []string{"bot"}, why: "what every platform's client does with one HTTP call; a client of its own it is not"},
	"bot/faults":                 {why: "what goes wrong at a fake, whose protocol it does not know; no client may import it"},
	"bot/dingtalk":               {may: []string{"bot", "bot/wire"}, third: []string{"github.com/gorilla/websocket"}, why: "the wire decides nothing"},
	"bot/console":                {may: []string{"bot"}, third: []string{"github.com/gorilla/websocket"}, why: "a platform like any other"},
	"bot/bottest":                {may: []string{"bot/faults"}, third: []string{"github.com/gorilla/websocket"}, why: "a fake that shared the client's types would share its mistakes"},
	"handlers":                   {may: []string{"bot", "store/ledger", "handlers/understand", "handlers/report", "internal/wording", "internal/zh", "internal/zh/secrecy", "seeds"}, why: "decides; knows no Redis and no HTTP"},
	"handlers/understand":        {may: []string{"store/ledger", "internal/maxent", "internal/zh/..."}, why: "pure: words to meaning"},
	"handlers/report":            {may: []string{"store/ledger", "internal/wording"}, why: "facts come from the book only"},
	"handlers/report/reporttest": {may: []string{"handlers/report", "seeds", "store/ledger"}, why: "sample history for the renderings' tests"},
	"handlers/report/docx":       {may: []string{"handlers/report", "store/ledger", "internal/wording"}, why: "a rendering of the facts"},
	"handlers/report/xlsx":       {may: []string{"handlers/report", "store/ledger", "internal/wording"}, third: []string{"github.com/xuri/excelize"}, why: "a rendering of the facts"},
	"handlers/report/picture":    {may: []string{"handlers/report", "store/ledger", "internal/wording"}, third: []string{"golang.org/x/image"}, why: "a rendering of the facts"},
	"handlers/report/calendar":   {may: []string{"handlers/report", "store/ledger", "internal/wording"}, why: "a rendering of the facts"},
	"bot/zhengding":              {may: []string{"bot", "bot/wire"}, why: "a platform of its own: it shares no client with DingTalk"},
	"bot/zhengding/zhengtest":    {may: []string{"bot/faults"}, why: "a fake that shared the client's types would share its mistakes"},
	"bot/platformtest":           {may: []string{"bot"}, why: "the one contract of all platforms"},
	"internal/sdkcheck":          {may: []string{"bot/bottest"}, why: "holds the fake against the official SDK"},
	"handlers/llm":               {may: []string{"internal/zh", "internal/zh/secrecy"}, third: []string{"github.com/sashabaranov/go-openai"}, why: "the only door to a model; it cannot write"},
	"reminders":                  {may: []string{"bot", "store/ledger", "internal/wording", "internal/zh/workday"}, third: []string{"github.com/robfig/cron"}, why: "must not know DingTalk"},
	"seeds":                      {may: []string{"store/ledger", "internal/zh/..."}, third: []string{"github.com/xuri/excelize"}, why: "documents to plans; never overwrites progress because it cannot reach it"},
	"store":                      {may: []string{"store/..."}, why: "one interface over the engines"},
	"store/entry":                {may: []string{"store/ledger"}, why: "what the engines share"},
	"store/redis":                {may: []string{"store/ledger", "store/entry"}, third: []string{"github.com/redis/go-redis"}, why: "an engine applies, it does not decide"},
	"store/embedded":             {may: []string{"store/ledger", "store/entry"}, third: []string{"zombiezen.com/go/sqlite", "golang.org/x/sys"}, why: "an engine applies, it does not decide"},
	"store/storetest":            {may: []string{"store", "store/ledger", "store/entry"}, third: []string{"pgregory.net/rapid", "github.com/google/go-cmp"}, why: "the one suite for all engines"},
	"store/ledger":               {why: "the nouns import the standard library only, so that every room may use them"},
	"internal/wording":           {may: []string{"store/ledger", "internal/zh"}, why: "facts to short Chinese lines"},
	"internal/zh":                {third: []string{"golang.org/x/text"}, why: "a leaf: Chinese text"},
	"internal/zh/when":           {may: []string{"store/ledger", "internal/zh", "internal/zh/workday"}, why: "a leaf: deadline phrases"},
	"internal/zh/units":          {may: []string{"store/ledger", "internal/zh"}, why: "a leaf: unit names"},
	"internal/zh/secrecy":        {may: []string{"internal/zh"}, why: "a leaf: markings of secrecy, the one list"},
	"internal/maxent":            {why: "a leaf: which class a text belongs to; knows no Chinese"},
	"internal/zh/workday":        {may: []string{"store/ledger"}, why: "a leaf: working days"},
	"internal/bench":             {may: []string{"..."}, third: []string{"github.com/redis/go-redis"}, why: "measures the whole"},
}

// TestRooms holds the layout of README against the imports: arrows go one way.
func TestRooms(t *testing.T) {
	seen := map[string]bool{}
	for dir, files := range sources(t) {
		seen[dir] = true
		r, ok := rooms[dir]
		if !ok {
			t.Errorf("%s has no row in the table of rooms", dir)
			continue
		}
		for name, f := range files {
			for _, imp := range f.Imports {
				if path := strings.Trim(imp.Path.Value, `"`); !r.allows(path) {
					t.Errorf("%s/%s imports %s: %s", dir, name, path, r.why)
				}
			}
		}
	}
	for dir := range rooms {
		if !seen[dir] {
			t.Errorf("the table has a row for %s, which has no code", dir)
		}
	}
}

func (r room) allows(path string) bool {
	own, inside := strings.CutPrefix(path, "duban/")
	switch {
	case inside:
		return slices.ContainsFunc(r.may, func(m string) bool {
			base, deep := strings.CutSuffix(m, "...")
			return own == m || deep && (own == strings.TrimSuffix(base, "/") || strings.HasPrefix(own, base))
		})
	case !strings.Contains(strings.SplitN(path, "/", 2)[0], "."):
		return true // standard library
	}
	return slices.ContainsFunc(r.third, func(p string) bool { return strings.HasPrefix(path, p) })
}

// TestPackageComments: every package says once what its room is for.
func TestPackageComments(t *testing.T) {
	for dir, files := range sources(t) {
		n := 0
		for _, f := range files {
			if f.Doc != nil && (strings.HasPrefix(f.Doc.Text(), "Package ") || strings.HasPrefix(f.Doc.Text(), "Command ")) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s has %d package comments, want 1", dir, n)
		}
	}
}

// TestFileSize: a file that grows past 300 lines holds two ideas.
func TestFileSize(t *testing.T) {
	fset := token.NewFileSet()
	walk(t, func(path string) {
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if n := fset.Position(f.FileEnd).Line; n > 301 {
			t.Errorf("%s has %d lines, want at most 300", path, n-1)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				if n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1; n > 60 {
					t.Errorf("%s: %s has %d lines, want at most 60", path, fn.Name.Name, n)
				}
			}
		}
	})
}

// sources parses the non-test files, by folder.
func sources(t *testing.T) map[string]map[string]*ast.File {
	t.Helper()
	out := map[string]map[string]*ast.File{}
	walk(t, func(path string) {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if out[dir] == nil {
			out[dir] = map[string]*ast.File{}
		}
		out[dir][filepath.Base(path)] = f
	})
	return out
}

// walk visits the hand-written non-test Go files of the module.
func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "gen" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		visit(path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
