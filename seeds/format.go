package seeds

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"duban/internal/zh"
)

// refusedFormat says what to do with formats that are not read.
func refusedFormat(b []byte, name string) error {
	ext := strings.ToLower(filepath.Ext(name))
	switch {
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0")):
		switch {
		case ext == ".xls" || ext == ".et" || bytes.Contains(b, utf16Name("Workbook")):
			return refuse(ReasonFormat, ".xls 文件无法读取，请在 Excel 或 WPS 中另存为 .xlsx 后再导入", nil)
		case ext == ".docx" || ext == ".xlsx":
			return refuse(ReasonFormat, "文件可能设有密码，或是旧格式改了后缀，请去掉密码并另存为 .docx 或 .xlsx 后再导入", nil)
		}
		return refuse(ReasonFormat, ".doc 文件无法读取，请在 Word 或 WPS 中另存为 .docx 后再导入", nil)
	case bytes.HasPrefix(b, []byte("%PDF")) || ext == ".pdf":
		return refuse(ReasonFormat, "PDF 文件无法读取，请导入 Word、Excel 原件，或把文字复制到文本文件后再导入", nil)
	case bytes.HasPrefix(b, []byte(`{\rtf`)):
		return refuse(ReasonFormat, "RTF 文件无法读取，请在 Word 或 WPS 中另存为 .docx 后再导入", nil)
	case bytes.HasPrefix(b, []byte("\x89PNG")), bytes.HasPrefix(b, []byte("\xFF\xD8\xFF")), bytes.HasPrefix(b, []byte("GIF8")):
		return refuse(ReasonFormat, "图片无法读取，请导入 Word、Excel 或文本原件", nil)
	case ext == ".docx" || ext == ".xlsx":
		return refuse(ReasonDamaged, "文件已损坏，打不开，请重新保存或重新发送后再导入", nil)
	case ext == ".ofd":
		return refuse(ReasonFormat, "OFD 文件无法读取，请导入 Word、Excel 原件", nil)
	}
	return nil
}

func utf16Name(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// decode turns the bytes of a text file into a string. Single damaged bytes stay
// and are marked as lost later.
func decode(b []byte) (string, error) {
	if len(b) > maxText {
		return "", refuse(ReasonLarge, "文本超过4MB，请只保留方案正文和任务表后再导入", nil)
	}
	s, err := zh.Decode(b)
	if err != nil {
		return "", refuse(ReasonEncoding, "文件不是文本或编码无法识别，请导入 .docx、.xlsx 文件，或 UTF-8、GBK 编码的文本", err)
	}
	if strings.TrimSpace(s) == "" {
		return "", refuse(ReasonEmpty, "文件是空的，请检查后重新导入", nil)
	}
	return s, nil
}
