package config

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/caarlos0/env/v11"
	"go.yaml.in/yaml/v4"
)

// FileFault says in Chinese why a file cannot be read or written, and keeps the cause.
func FileFault(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault{"找不到这个文件，请核对路径", err}
	case errors.Is(err, fs.ErrPermission):
		return fault{"没有权限，请核对文件和目录的权限", err}
	case errors.Is(err, syscall.EISDIR):
		return fault{"这是一个目录，请写明文件名", err}
	}
	return err
}

// fault words an error for the operator.
type fault struct {
	text string
	err  error
}

func (f fault) Error() string { return f.text }
func (f fault) Unwrap() error { return f.err }

// The sentences of the YAML reader that are put into Chinese; it has no error values for them.
var (
	reUnknownKey = regexp.MustCompile(`^field (.+) not found in type (\S+)$`)
	reWrongType  = regexp.MustCompile("(?s)^cannot construct (!!\\w+)(?: `(.*)`)? into (\\S+)$")
	reTwice      = regexp.MustCompile(`^mapping key "?(.+?)"? already defined`)
)

// yamlFaults words what is wrong with the file, each with its line.
func yamlFaults(file string, err error) []error {
	list := []*yaml.LoadError{}
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &many):
		list = many.Errors
	case errors.As(err, &one):
		list = append(list, one)
	default:
		return []error{fmt.Errorf("配置文件 %s 有误：%w", file, err)}
	}
	out := make([]error, len(list))
	for i, e := range list {
		out[i] = fmt.Errorf("配置文件 %s 第%d行%w", file, e.Mark.Line, fault{yamlWords(e), e})
	}
	return out
}

func yamlWords(e *yaml.LoadError) string {
	text := e.Message
	if cause := errors.Unwrap(e); cause != nil {
		text = cause.Error()
	}
	if m := reUnknownKey.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("：没有“%s”这一项，请核对拼写和缩进%s", m[1], suggestion(m[1], keysOfType(m[2])))
	}
	if m := reWrongType.FindStringSubmatch(text); m != nil {
		now := yamlKinds[m[1]]
		if value := strings.ToValidUTF8(m[2], ""); value != "" {
			now = "“" + strings.TrimSuffix(value, "...") + "”"
		}
		return fmt.Sprintf("：应为%s，现为%s", kindWords(m[3]), now)
	}
	if m := reTwice.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("：“%s”写了两次，请只保留一处", m[1])
	}
	return "附近的格式有误，请核对缩进（只能用空格）、冒号后的空格和成对的引号、括号：" + text
}

var yamlKinds = map[string]string{"!!seq": "列表", "!!map": "下级各项", "!!null": "空"}

// kindWords says what a key of a Go type takes.
func kindWords(goType string) string {
	switch {
	case goType == "bool":
		return " true 或 false"
	case goType == "[]int":
		return "整数的列表，例如 [3, 1]"
	case goType == "[]string":
		return "列表，例如 [市财政局]"
	case strings.HasPrefix(goType, "[]"):
		return "列表，每条以“- ”开头"
	case strings.HasPrefix(goType, "int"):
		return "整数"
	case strings.HasPrefix(goType, "float"):
		return "数字"
	case goType == "time.Duration":
		return "时长，例如 30s"
	case strings.HasPrefix(goType, "map["), strings.HasPrefix(goType, "config.") && goType != "config.Secret":
		return "下级各项，写成“项: 值”"
	}
	return "一段文字"
}

// keysOfType lists the keys of one of our structs, by its name.
func keysOfType(name string) []string {
	var out []string
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Slice, reflect.Map, reflect.Pointer:
			walk(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				if f := t.Field(i); f.Tag.Get("yaml") != "" {
					if t.String() == name {
						out = append(out, f.Tag.Get("yaml"))
					}
					walk(f.Type)
				}
			}
		}
	}
	walk(reflect.TypeOf(Config{}))
	return out
}

// envFaults words the variables whose value cannot be meant.
func envFaults(err error) []error {
	var many env.AggregateError
	if !errors.As(err, &many) {
		return []error{fmt.Errorf("环境变量有误：%w", err)}
	}
	out := make([]error, len(many.Errors))
	for i, e := range many.Errors {
		var p env.ParseError
		if !errors.As(e, &p) {
			out[i] = fmt.Errorf("环境变量有误：%w", e)
			continue
		}
		out[i] = fmt.Errorf("环境变量有误：%w", fault{fmt.Sprintf("%s 应为%s", varsOf(p), kindWords(p.Type.String())), e})
	}
	return out
}

// varsOf names the variables whose field has the name and type: the reader tells no more.
func varsOf(p env.ParseError) string {
	var out []string
	var walk func(t reflect.Type, prefix string)
	walk = func(t reflect.Type, prefix string) {
		for i := range t.NumField() {
			f := t.Field(i)
			if sub := f.Tag.Get("envPrefix"); sub != "" {
				walk(f.Type, prefix+sub)
			} else if f.Name == p.Name && f.Type == p.Type {
				out = append(out, prefix+f.Tag.Get("env"))
			}
		}
	}
	walk(reflect.TypeOf(Config{}), Prefix)
	return strings.Join(out, " 或 ")
}

// suggestion offers the key that was most likely meant.
func suggestion(word string, known []string) string {
	best, least := "", 3 // two letters wrong, at most
	for _, k := range known {
		if d := edits(word, k); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "（是否要写 " + best + "？）"
}

// edits counts the letters to change, add or drop to get from a to b; two neighbours in
// the wrong order count as two.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			same := last
			if a[i] != b[j] {
				same++
			}
			last = row[j+1]
			row[j+1] = slices.Min([]int{same, row[j+1] + 1, row[j] + 1})
		}
	}
	return row[len(b)]
}
