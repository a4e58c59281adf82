// Package zh knows the ways of Chinese text in the documents and chats that the
// bot reads: what a machine did to it on its way (traditional characters, pinyin
// after characters, lost bytes, full-width forms), its encodings, its numerals, and
// how to find a title by words half remembered.
//
// Strings come in and strings go out. The package knows nothing of plans or tasks,
// reads no clock and no file, and keeps nothing but tables that never change.
package zh
