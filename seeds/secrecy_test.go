package seeds

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/internal/zh/secrecy"
)

const openPlan = "临溪市2023年工作要点\n临政发〔2023〕1号\n2023年1月5日\n序号 | 任务 | 责任单位 | 完成时限\n1 | 加强内部管理和保密教育 | 市保密局 | 6月底前\n2 | 清理涉密文件 | 市司法局 | 每季度\n"

// wordOf is a Word file of parts, by name; document.xml holds the lines as paragraphs.
func wordOf(t *testing.T, lines string, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	put := func(name, body string) {
		w, err := z.Create("word/" + name)
		if err == nil {
			_, err = w.Write([]byte(`<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` + body + `</w:x>`))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	for l := range strings.SplitSeq(lines, "\n") {
		b.WriteString("<w:p><w:r><w:t>" + l + "</w:t></w:r></w:p>")
	}
	put("document.xml", "<w:body>"+b.String()+parts["document.xml"]+"</w:body>")
	for name, body := range parts {
		if name != "document.xml" {
			put(name, body)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func sheetOf(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", at, &r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestMarkedIsRefused: a marking anywhere in a document or in its name refuses it; what
// merely speaks of secrecy does not.
func TestMarkedIsRefused(t *testing.T) {
	prose := "一、加强内部管理和保密教育。责任单位：市保密局，2023年6月底前完成。\n二、讲好秘密战线故事。责任单位：市委宣传部，2023年9月底前完成。"
	head := []any{"序号", "任务", "责任单位", "完成时限"}
	row := []any{"1", "加强内部管理", "市保密局", "2023年6月底前"}
	run := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	box := "<w:p><w:r><w:t>正文</w:t><w:txbxContent>" + run("机密★1年") + "</w:txbxContent></w:r></w:p>"
	own := secrecy.New([]string{"天网一号"}, []string{"内部资料"})
	for _, c := range []struct {
		name, file string
		b          []byte
		gate       *secrecy.Gate
		refused    bool
	}{
		{"open text", "a.txt", []byte(openPlan), nil, false},
		{"star", "a.txt", []byte("机密★1年\n" + openPlan), nil, true},
		{"inside at the head", "a.txt", []byte("内部\n" + openPlan), nil, true},
		{"inside in a cell", "a.txt", []byte(strings.Replace(openPlan, "市司法局", "内部", 1)), nil, false},
		{"secret in a cell", "a.txt", []byte(strings.Replace(openPlan, "每季度", "秘密", 1)), nil, true},
		{"at the end", "a.txt", []byte(openPlan + "附件（绝密）\n"), nil, true},
		{"name", "工作要点（秘密）.txt", []byte(openPlan), nil, true},
		{"open name", "内部管理工作要点.txt", []byte(openPlan), nil, false},
		{"own word", "a.txt", []byte(openPlan + "3 | 天网一号 | 市公安局 | 6月底前\n"), own, true},
		{"harmless word", "a.txt", []byte("【内部资料】\n" + openPlan), own, false},
		{"open Word", "a.docx", wordOf(t, prose, nil), nil, false},
		{"Word", "a.docx", wordOf(t, "机 密 ★ 1 年\n"+prose, nil), nil, true},
		{"header", "a.docx", wordOf(t, prose, map[string]string{"header1.xml": run("秘密★5年")}), nil, true},
		{"open header", "a.docx", wordOf(t, prose, map[string]string{"header1.xml": run("临溪市人民政府")}), nil, false},
		{"text box", "a.docx", wordOf(t, prose, map[string]string{"document.xml": box}), nil, true},
		{"open Excel", "a.xlsx", sheetOf(t, head, row), nil, false},
		{"Excel", "a.xlsx", sheetOf(t, []any{"密级：机密"}, head, row), nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(c.b, Options{Name: c.file, Secrecy: c.gate})
			var no *FormatError
			if errors.As(err, &no) && no.Reason == ReasonSecret != c.refused || (err != nil) != c.refused {
				t.Errorf("got %v, refused should be %v", err, c.refused)
			}
			if c.refused && no != nil && no.Message != secrecy.Refusal {
				t.Errorf("it says %q", no.Message)
			}
		})
	}
}
