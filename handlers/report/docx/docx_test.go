package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/store/ledger"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	keep   = flag.String("keep", "", "folder in which to leave the files for looking at")
)

var day = ledger.NewDate(2018, 12, 20)

func facts(t *testing.T) report.Facts {
	t.Helper()
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	f := report.AsOf(b, events, reporttest.Query(b, day))
	if err := report.Check(f); err != nil {
		t.Fatal(err)
	}
	return f
}

func bulletin(t *testing.T, f report.Facts, m Masthead) map[string]string {
	t.Helper()
	var buf bytes.Buffer
	if err := Bulletin(&buf, f, m); err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, strings.ReplaceAll(t.Name(), "/", "_")+".docx"), buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, file := range z.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[file.Name] = string(body)
	}
	return out
}

var office = Masthead{Imprint: ledger.Imprint{Organ: "湖州市人民政府", Office: "市政府督查室", Basis: "湖政发〔2018〕20号文件要求"}, Issue: 3}

// shown is what a reader sees: each paragraph with its style, cells of a row on one line.
func shown(t *testing.T, doc string) string {
	t.Helper()
	var b strings.Builder
	dec := xml.NewDecoder(strings.NewReader(doc))
	inText, inRow := false, false
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			switch x.Name.Local {
			case "pStyle":
				if !inRow {
					b.WriteString("[" + x.Attr[0].Value + "] ")
				}
			case "t":
				inText = true
			case "tr":
				inRow = true
				b.WriteString("| ")
			case "tblHeader":
				b.WriteString("(repeats) ")
			case "tab":
				b.WriteString("→")
			case "br":
				b.WriteString("⏎")
			}
		case xml.EndElement:
			switch x.Name.Local {
			case "t":
				inText = false
			case "tc":
				b.WriteString(" | ")
			case "tr":
				inRow = false
				b.WriteString("\n")
			case "p":
				if !inRow {
					b.WriteString("\n")
				}
			}
		case xml.CharData:
			if inText {
				b.Write(x)
			}
		}
	}
}

func TestBulletinGolden(t *testing.T) {
	files := bulletin(t, facts(t), office)
	got := shown(t, files["word/document.xml"])
	path := filepath.Join("testdata", "bulletin.golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

// TestEveryPartIsXML: each part parses, and whoever is referred to is there.
func TestEveryPartIsXML(t *testing.T) {
	files := bulletin(t, facts(t), office)
	for name, body := range files {
		dec := xml.NewDecoder(strings.NewReader(body))
		for {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	for _, m := range regexp.MustCompile(`PartName="/([^"]+)"`).FindAllStringSubmatch(files["[Content_Types].xml"], -1) {
		if files[m[1]] == "" {
			t.Errorf("no part %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`Target="([^"]+)"`).FindAllStringSubmatch(files["word/_rels/document.xml.rels"], -1) {
		if files["word/"+m[1]] == "" {
			t.Errorf("no part %s", m[1])
		}
	}
	for _, name := range []string{"word/document.xml", "word/header.xml", "word/footer_odd.xml", "word/footer_even.xml"} {
		for _, m := range regexp.MustCompile(`<w:(?:pStyle|tblStyle) w:val="([^"]+)"`).FindAllStringSubmatch(files[name], -1) {
			if !strings.Contains(files["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
				t.Errorf("%s: no style %s", name, m[1])
			}
		}
	}
}

// TestRefusesWrongSums: facts that do not add up leave no byte behind.
func TestRefusesWrongSums(t *testing.T) {
	f := facts(t)
	f.Classes[0].Count++
	var buf bytes.Buffer
	if err := Bulletin(&buf, f, office); !errors.Is(err, report.ErrSums) || buf.Len() > 0 {
		t.Errorf("%d bytes, error %v", buf.Len(), err)
	}
}

func TestDraftHasNoRedHead(t *testing.T) {
	files := bulletin(t, facts(t), Masthead{})
	all := files["word/document.xml"] + files["word/styles.xml"] + files["word/header.xml"]
	if m := regexp.MustCompile(`(?i)(?:color|fill)[^>]*"(FF0000|C00000|red)"|drawing|pict`).FindString(all); m != "" {
		t.Errorf("the draft has %s", m)
	}
	if !strings.Contains(files["word/header.xml"], "〔草稿〕") {
		t.Error("the pages do not say that it is a draft")
	}
	if !strings.Contains(files["word/document.xml"], "第____期") {
		t.Error("no blank for the issue number")
	}
}

// TestPublishedIsNoDraft: what somebody has published bears its number and no word of a
// draft; the rest is the same file.
func TestPublishedIsNoDraft(t *testing.T) {
	draft, issue := bulletin(t, facts(t), Masthead{}), bulletin(t, facts(t), Masthead{Issue: 3, Published: true})
	for name, body := range issue {
		if strings.Contains(body, "草稿") || strings.Contains(body, "不得印发") {
			t.Errorf("%s says that it is a draft", name)
		}
		if name != "word/document.xml" && name != "word/header.xml" && name != "docProps/core.xml" && body != draft[name] {
			t.Errorf("%s is not the draft's", name)
		}
	}
	if !strings.Contains(issue["word/document.xml"], "第3期") {
		t.Error("no number")
	}
}

// TestEmptyPlan: nothing to count is said in words; rates show a dash.
func TestEmptyPlan(t *testing.T) {
	b, err := ledger.NewBook().Apply(ledger.Delta{Rev: 1, Full: true, Records: []ledger.Record{{Kind: ledger.RecordPlan, ID: "plan", Rev: 1, Body: []byte(`{"title":"试点工作方案"}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	doc := shown(t, bulletin(t, report.AsOf(b, nil, reporttest.Query(b, day)), Masthead{})["word/document.xml"])
	for _, want := range []string{"关于《试点工作方案》落实情况的通报", "没有任务", "办结率为—"} {
		if !strings.Contains(doc, want) {
			t.Errorf("%q is not in\n%s", want, doc)
		}
	}
}

func TestBalance(t *testing.T) {
	for in, want := range map[string]string{
		"关于《试点方案》落实情况的通报":                            "关于《试点方案》落实情况的通报",
		"关于《政府“两强三提高”建设行动计划（2018—2022年）实施方案》落实情况的通报": "关于《政府“两强三提高”\n建设行动计划（2018—2022年）\n实施方案》落实情况的通报",
	} {
		if got := balance(in); got != want {
			t.Errorf("got %q", got)
		}
	}
}

// TestPageOfTheStandard: A4, a text block of 156 × 225 mm that holds 22 lines, and 28
// characters of the body's size on each.
func TestPageOfTheStandard(t *testing.T) {
	files := bulletin(t, facts(t), office)
	doc, styles := files["word/document.xml"], files["word/styles.xml"]
	value := func(in, pattern string) float64 {
		m := regexp.MustCompile(pattern).FindStringSubmatch(in)
		if m == nil {
			t.Fatalf("no %s", pattern)
		}
		v, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	const mm = 1440 / 25.4
	w, h := value(doc, `pgSz w:w="(\d+)"`), value(doc, `pgSz w:w="\d+" w:h="(\d+)"`)
	top, left := value(doc, `w:top="(\d+)"`), value(doc, `pgMar[^>]*w:left="(\d+)"`)
	wide, high := w-left-value(doc, `pgMar[^>]*w:right="(\d+)"`), h-top-value(doc, `w:bottom="(\d+)"`)
	line := value(styles, `styleId="Normal".*?w:line="(\d+)" w:lineRule="exact"`)
	char := value(styles, `<w:sz w:val="(\d+)"`)*10 + value(styles, `styleId="Normal".*?<w:rPr><w:spacing w:val="(-?\d+)"`)
	for _, x := range []struct {
		what      string
		got, want float64
		within    float64
	}{
		{"page width", w / mm, 210, 0.2}, {"page height", h / mm, 297, 0.2}, {"top margin", top / mm, 37, 1}, {"left margin", left / mm, 28, 1},
		{"text width", wide / mm, 156, 0.5}, {"text height", high / mm, 225, 0.5}, {"lines", math.Floor(high / line), 22, 0}, {"characters", math.Floor(wide / char), 28, 0},
	} {
		if math.Abs(x.got-x.want) > x.within {
			t.Errorf("%s is %.1f, want %.1f", x.what, x.got, x.want)
		}
	}
}

// TestWideTables: a table whose rows would fill an upright page lies across, with the same
// margins turned; the body and the figures by unit stay upright, and the columns fill the
// page.
func TestWideTables(t *testing.T) {
	plan := &ledger.Plan{Title: "方案", Issued: ledger.NewDate(2018, 1, 2)}
	for i := range 3 {
		task := ledger.Task{No: strconv.Itoa(i + 1), Title: strings.Repeat("健全数据归集治理共享开放应用全链条工作机制，", 12), Points: []ledger.Point{{ID: "1", Due: ledger.NewDate(2018, 9, 30)}}}
		for u := range 12 {
			task.Owners = append(task.Owners, ledger.Owner{Role: ledger.RoleResponsible, Name: fmt.Sprintf("市第%d专项工作领导小组办公室", u)})
		}
		plan.Tasks = append(plan.Tasks, task)
	}
	b, events, err := reporttest.Of(plan)
	if err != nil {
		t.Fatal(err)
	}
	doc := bulletin(t, report.AsOf(b, events, reporttest.Query(b, day)), office)["word/document.xml"]
	pages := regexp.MustCompile(`<w:pgSz w:w="(\d+)" w:h="(\d+)"`).FindAllStringSubmatch(doc, -1)
	if len(pages) != 3 || pages[0][1] != "11906" || pages[1][1] != "16838" || pages[2][1] != "11906" {
		t.Fatalf("pages: %v", pages)
	}
	for i, m := range regexp.MustCompile(`<w:tblGrid>(.*?)</w:tblGrid>`).FindAllStringSubmatch(doc, -1) {
		sum := 0
		for _, c := range regexp.MustCompile(`w:w="(\d+)"`).FindAllStringSubmatch(m[1], -1) {
			n, err := strconv.Atoi(c[1])
			if err != nil {
				t.Fatal(err)
			}
			sum += n
		}
		if want := []int{12755, 12755, 8844}[i]; sum > want || sum < want-20 {
			t.Errorf("table %d is %d wide, want %d", i+1, sum, want)
		}
	}
	if body, _, _ := strings.Cut(doc, "附件1<"); strings.Contains(body, "专项工作领导小组办公室、市第5") || !strings.Contains(body, "等12家") {
		t.Error("the body names every unit")
	}
	if n := strings.Count(bulletin(t, facts(t), office)["word/document.xml"], "<w:sectPr>"); n != 1 {
		t.Errorf("a plan of usual length has %d parts", n)
	}
}
