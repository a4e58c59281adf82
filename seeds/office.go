package seeds

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

var errTooLarge = errors.New("unpacked size over the limit")

// parseOffice opens a zip container and reads it as Word or Excel.
func parseOffice(b []byte) (*document, error) {
	damaged := "文件已损坏，打不开，请重新保存或重新发送后再导入"
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, refuse(ReasonDamaged, damaged, err)
	}
	if err := checkSize(z); err != nil {
		return nil, refuse(ReasonLarge, "文件解压后过大，已停止读取，请删去图片等附件后再导入", err)
	}
	switch {
	case hasPart(z, "word/document.xml"):
		doc, err := readDocx(z)
		if errors.Is(err, errTooLarge) {
			return nil, refuse(ReasonLarge, "文件解压后过大，已停止读取，请删去图片等附件后再导入", err)
		}
		if err != nil {
			return nil, refuse(ReasonDamaged, damaged, err)
		}
		return doc, nil
	case hasPart(z, "xl/workbook.xml"):
		doc, err := readXlsx(b)
		if err != nil {
			return nil, refuse(ReasonDamaged, damaged, err)
		}
		return doc, nil
	}
	return nil, refuse(ReasonFormat, "这种文件无法读取，请导入 .docx、.xlsx、.csv 或 .txt 文件（压缩包请先解压）", nil)
}

// checkSize adds up what the parts say they unpack to. Readers count again: the
// directory may lie.
func checkSize(z *zip.Reader) error {
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
	}
	if len(z.File) > maxEntries || total > maxUnpacked {
		return fmt.Errorf("%d parts, %d bytes: %w", len(z.File), total, errTooLarge)
	}
	return nil
}

func hasPart(z *zip.Reader, name string) bool {
	for _, f := range z.File {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// openPart opens a part for reading up to the limit.
func openPart(z *zip.Reader, name string) (io.ReadCloser, error) {
	for _, f := range z.File {
		if strings.EqualFold(f.Name, name) {
			rc, err := f.Open()
			if err != nil {
				return nil, fmt.Errorf("open %s: %w", name, err)
			}
			return &bounded{rc: rc, left: maxUnpacked}, nil
		}
	}
	return nil, fmt.Errorf("no part %s", name)
}

// bounded fails instead of ending quietly when the limit is reached.
type bounded struct {
	rc   io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.rc.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

func (b *bounded) Close() error { return b.rc.Close() }
