package zh

import (
	"errors"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	const want = "湖州市人民政府 2018年6月30日\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	gb18030, err := simplifiedchinese.GB18030.NewEncoder().String(want + "㐂")
	if err != nil {
		t.Fatal(err)
	}
	le, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	be, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"utf-8", want, want},
		{"utf-8 with mark", "\ufeff" + want, want},
		{"gbk", gbk, want},
		{"gb18030", gb18030, want + "㐂"},
		{"utf-16 little", le, want},
		{"utf-16 big", be, want},
		{"utf-8 with a broken byte", want + want + "市\xe5\x8f", want + want + "市\uFFFD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Decode([]byte(tt.in))
			if err != nil || got != tt.want {
				t.Errorf("Decode = %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestDecodeBinary(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"PK\x03\x04\x14\x00\x06\x00", "\x89PNG\r\n\x1a\n\x00\x00", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "\x01\x02\x03\x04\x05", "%PDF-1.4\x00\x01"} {
		if out, err := Decode([]byte(s)); !errors.Is(err, ErrBinary) {
			t.Errorf("Decode(%q) = %q, %v; want ErrBinary", s, out, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("市"))
	f.Add([]byte{0xFF, 0xFE, 0x02})
	f.Add([]byte{0xB2, 0xE2})
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := Decode(b); err != nil && !errors.Is(err, ErrBinary) {
			t.Errorf("Decode(%q): %v", b, err)
		}
	})
}
