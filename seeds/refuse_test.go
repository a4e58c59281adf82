package seeds

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"duban/internal/zh"
	"duban/store/ledger"
)

const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

func zipOf(t *testing.T, name string, size int) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range size >> 20 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name, file string
		b          []byte
		reason     Reason
		says       string
	}{
		{"empty", "a.txt", nil, ReasonEmpty, "空"},
		{"blank", "a.txt", []byte(" \n\t\r\n"), ReasonEmpty, "空"},
		{"doc", "方案.doc", []byte(ole + "..."), ReasonFormat, ".docx"},
		{"xls by name", "台账.xls", []byte(ole + "..."), ReasonFormat, ".xlsx"},
		{"xls by content", "", []byte(ole + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), ReasonFormat, ".xlsx"},
		{"password", "a.docx", []byte(ole + "..."), ReasonFormat, "密码"},
		{"pdf", "a.pdf", []byte("%PDF-1.7\n"), ReasonFormat, "PDF"},
		{"rtf", "a.doc", []byte(`{\rtf1 x}`), ReasonFormat, ".docx"},
		{"picture", "a.txt", []byte("\x89PNG\r\n\x1a\n"), ReasonFormat, "图片"},
		{"binary", "a.txt", []byte("abc\x00\x01\x02def"), ReasonEncoding, "编码"},
		{"no docx", "a.docx", []byte("plain words"), ReasonDamaged, "损坏"},
		{"cut zip", "a.docx", []byte("PK\x03\x04xxxxxxxx"), ReasonDamaged, "损坏"},
		{"other zip", "a.zip", zipOf(t, "readme.txt", 0), ReasonFormat, "解压"},
		{"bomb", "a.docx", zipOf(t, "word/document.xml", 80<<20), ReasonLarge, "解压后过大"},
		{"xlsx bomb", "a.xlsx", zipOf(t, "xl/workbook.xml", 80<<20), ReasonLarge, "解压后过大"},
		{"too big", "a.txt", bytes.Repeat([]byte("任务"), 3<<20), ReasonLarge, "16MB"},
		{"long text", "a.txt", bytes.Repeat([]byte("任务"), 1<<20), ReasonLarge, "4MB"},
		{"bad docx xml", "a.docx", docxFile(t, "<w:p>"), ReasonDamaged, "损坏"},
		{"no task", "a.txt", []byte("今天天气很好。\n大家辛苦了。\n"), ReasonNoTask, "没有找到任务"},
		{"no task in docx", "a.docx", docxFile(t, para("你好")), ReasonNoTask, "没有找到任务"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Read(tt.b, Options{Name: tt.file})
			var fe *FormatError
			if !errors.As(err, &fe) || p != nil {
				t.Fatalf("plan %v, error %v", p != nil, err)
			}
			if fe.Reason != tt.reason || !strings.Contains(fe.Message, tt.says) {
				t.Errorf("%s %q, want %s with %q", fe.Reason, fe.Message, tt.reason, tt.says)
			}
		})
	}
}

// TestLyingDirectory: the zip directory understates a part; reading stops anyway.
func TestLyingDirectory(t *testing.T) {
	b := zipOf(t, "word/document.xml", 80<<20)
	small := []byte{16, 0, 0, 0}
	if i := bytes.Index(b, []byte{0, 0, 0, 5}); i >= 0 { // 80 MiB, little endian
		copy(b[i:], small)
	}
	if j := bytes.LastIndex(b, []byte{0, 0, 0, 5}); j >= 0 {
		copy(b[j:], small)
	}
	if _, err := Read(b, Options{Name: "a.docx"}); err == nil {
		t.Error("accepted")
	}
}

// TestEncodings: one document in all the encodings gives one plan.
func TestEncodings(t *testing.T) {
	const text = "星湖市2020年工作任务表\n序号\t工作任务\t责任单位\t完成时限\n1\t建设污水处理厂\t市水务局\t2020年10月底前\n2\t改造老旧管网30公里\t市住建局、市水务局\t每季度\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte{0xFF, 0xFE}
	for _, r := range text {
		wide = append(wide, byte(r), byte(r>>8))
	}
	want := []string{"1 建设污水处理厂 | R:市水务局 | due=2020-10-31", "2 改造老旧管网30公里 | R:市住建局; R:市水务局 | every=quarter"}
	for name, b := range map[string][]byte{
		"utf-8": []byte(text), "bom": []byte("\uFEFF" + text), "crlf": []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"gbk": gbk, "utf-16": wide, "cr": []byte(strings.ReplaceAll(text, "\n", "\r")),
	} {
		p, err := Read(b, Options{Name: "表.txt", Issued: ledger.NewDate(2020, 1, 15)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(want, rowsOf(p)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestNoIssueDate: a list without any date is read, and says what is missing.
func TestNoIssueDate(t *testing.T) {
	p, err := Read([]byte("序号|任务|责任单位|时限\n1|修桥补路工程|县交通局|2021年6月底前\n2|清淤疏浚工程|县水利局|年底前\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Issued.IsZero() || len(p.Problems) == 0 || !strings.Contains(p.Problems[0].Text, "成文日期") {
		t.Errorf("issued %v, problems %+v", p.Issued, p.Problems)
	}
	if got := p.Tasks[1].Deadline; got.Kind == ledger.DeadlineDue {
		t.Errorf("a date was invented: %s", got.Expected())
	}
}

var reDigits = regexp.MustCompile(`\d+`)

// FuzzRead: nothing panics, nothing hangs, and no number of a task is invented.
// Run it with -fuzzminimizetime 20x: shrinking each new input takes a minute otherwise,
// in which no run is counted.
func FuzzRead(f *testing.F) {
	for _, n := range []string{"own-01-bars-merged.txt", "own-02-one-cell-per-line.txt", "own-03-glued.txt", "own-07-governing-line.txt", "own-09-rectification.txt", "own-13-csv.csv", "18-spreadsheet-tabs.txt"} {
		b, err := os.ReadFile("testdata/plans/" + n)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("序号|任务|责任单位|时限\n|||\n1||\n2|a|b|c|d|e|f\n"))
	f.Add([]byte("（（（责任单位：））"))
	f.Add([]byte("<table><tr><th>序号<th>任务</th><th>责任单位</th></tr><tr><td rowspan=2>1</td><td>修路<br>架桥</td><td>县住建局</td></tr><tr><td colspan=3>二</table>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 20000 {
			return
		}
		p, err := Read(b, Options{Name: "x.txt", Issued: ledger.NewDate(2020, 5, 6)})
		var fe *FormatError
		if err != nil {
			if !errors.As(err, &fe) || fe.Message == "" {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		text, err := zh.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		noted := map[string]bool{}
		for _, task := range p.Tasks {
			if noted[task.No] {
				t.Fatalf("number %q twice", task.No)
			}
			noted[task.No] = true
			if len(task.Problems) == 0 && !strings.Contains(zh.Fold(text), zh.Fold(printedNo(task.No))) && !counted(p) {
				t.Fatalf("number %q is not in the text", task.No)
			}
			for _, n := range reDigits.FindAllString(task.TimeText, -1) {
				if !strings.Contains(zh.Fold(text), n) {
					t.Fatalf("time text %q is not in the text", task.TimeText)
				}
			}
		}
		if _, err := JSON(p); err != nil {
			t.Fatal(err)
		}
	})
}

// TestBrackets: a closing bracket in a value led the next label's word back over the
// colon before it, and the slice ran backwards.
func TestBrackets(t *testing.T) {
	for _, text := range []string{"1.修路。责任单位：市局）：甲", "责任单位：市局）：时限：年底）：乙", "1.（责任单位：市局））：丙", "）：）：）："} {
		if _, err := Read([]byte(text), Options{}); err != nil {
			var fe *FormatError
			if !errors.As(err, &fe) {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}

// TestMutations cuts and doubles pieces of every plan: none may panic.
func TestMutations(t *testing.T) {
	files, err := filepath.Glob("testdata/plans/*.[tc][xs][tv]")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	docs := make([][]byte, len(files))
	for i, f := range files {
		if docs[i], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
		docs[i] = docs[i][:min(len(docs[i]), 3000)]
	}
	pieces := []string{"（", "）", "：", "责任单位：", "\n", "|", "\t", "1.", "一、", "（一）", "序号", "由", "牵头", "，", "2020年", "\"", "各", "以上", "\xff"}
	rapid.Check(t, func(rt *rapid.T) {
		doc := slices.Clone(rapid.SampledFrom(docs).Draw(rt, "doc"))
		for range rapid.IntRange(1, 12).Draw(rt, "edits") {
			i := rapid.IntRange(0, len(doc)).Draw(rt, "at")
			j := min(len(doc), i+rapid.IntRange(0, 60).Draw(rt, "length"))
			switch rapid.IntRange(0, 2).Draw(rt, "edit") {
			case 0:
				doc = slices.Delete(doc, i, j)
			case 1:
				doc = slices.Insert(doc, i, slices.Clone(doc[i:j])...)
			default:
				doc = slices.Insert(doc, i, []byte(rapid.SampledFrom(pieces).Draw(rt, "piece"))...)
			}
		}
		var fe *FormatError
		if _, err := Read(doc, Options{Issued: ledger.NewDate(2020, 5, 6)}); err != nil && !errors.As(err, &fe) {
			rt.Fatal(err)
		}
	})
}

// counted reports whether the plan says that its tasks were numbered by count.
func counted(p *ledger.Plan) bool {
	for _, pr := range p.Problems {
		if strings.Contains(pr.Text, "没有编号") {
			return true
		}
	}
	return false
}
