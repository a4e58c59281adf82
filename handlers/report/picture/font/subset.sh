#!/bin/sh
# Makes duban-hei.ttf: WenQuanYi Micro Hei cut down to what Chinese official text needs,
# under Apache-2.0 (LICENSE). Characters: GB2312, the 8105 of 通用规范汉字表, Latin, punctuation,
# arrows, circled numbers, shapes, full-width forms. No hinting, no layout features.
# Needs (Debian names): fonts-wqy-microhei libharfbuzz-bin unicode-data bzip2 python3
set -eu
cd "$(dirname "$0")"
chars=$(mktemp)
trap 'rm -f "$chars"' EXIT
bzcat /usr/share/unicode/Unihan_OtherMappings.txt.bz2 | awk '$2 == "kTGH" { print $1 }' >"$chars"
python3 -c '
for hi in range(0xA1, 0xF8):
    for lo in range(0xA1, 0xFF):
        try:
            print("U+%04X" % ord(bytes([hi, lo]).decode("gb2312")))
        except UnicodeDecodeError:
            pass
for a, b in [(0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x203F), (0x2190, 0x2199), (0x2460, 0x2473), (0x25A0, 0x25CF), (0x3000, 0x301F), (0xFF01, 0xFF5E)]:
    for c in range(a, b + 1):
        print("U+%04X" % c)
' >>"$chars"
hb-subset --face-index=0 --unicodes-file="$chars" --no-hinting --layout-features= --drop-tables+=GSUB,GPOS,GDEF,kern \
	--output-file=duban-hei.ttf /usr/share/fonts/truetype/wqy/wqy-microhei.ttc
