package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

func wantsHelp(args []string) bool {
	if len(args) == 0 || args[0] == "help" {
		return true
	}
	end := slices.Index(args, "--")
	if end < 0 {
		end = len(args)
	}
	return slices.Contains(args[:end], "--help") || slices.Contains(args[:end], "-h")
}

// usage prints help in Chinese: all commands, or the one that is named.
func usage(e Env, p *kong.Kong) int {
	for _, n := range p.Model.Node.Children {
		if slices.Contains(e.Args, n.Name) {
			return commandHelp(e, n)
		}
	}
	fmt.Fprintf(e.Stdout, "督办：让行动方案落到实处的聊天助手\n\n用法：duban <命令> [选项]\n\n命令：\n")
	for _, n := range p.Model.Node.Children {
		fmt.Fprintf(e.Stdout, "  %-10s %s\n", n.Name, n.Help)
	}
	fmt.Fprintf(e.Stdout, "\n查看某个命令的选项：duban <命令> --help\n先试用：duban demo\n")
	return 0
}

func commandHelp(e Env, n *kong.Node) int {
	args := ""
	for _, a := range n.Positional {
		args += " " + argument(a)
	}
	fmt.Fprintf(e.Stdout, "%s\n\n用法：duban %s%s [选项]\n", n.Help, n.Name, args)
	if len(n.Positional)+len(n.Flags) > 0 {
		fmt.Fprintln(e.Stdout)
	}
	for _, a := range n.Positional {
		fmt.Fprintf(e.Stdout, "  %s %s\n", column(a.Tag.PlaceHolder, 22), a.Help)
	}
	for _, f := range n.Flags {
		name := "--" + f.Name
		if f.Short != 0 {
			name = "-" + string(f.Short) + ", " + name
		}
		if !f.IsBool() {
			name += " " + f.FormatPlaceHolder()
		}
		fmt.Fprintf(e.Stdout, "  %s %s\n", column(name, 22), f.Help)
	}
	return 0
}

// argument is how an argument stands in the first line: <文件>, [<脚本>].
func argument(a *kong.Positional) string {
	name := "<" + a.Tag.PlaceHolder + ">"
	if a.IsSlice() {
		name += " …"
	}
	if !a.Required {
		return "[" + name + "]"
	}
	return name
}

// column fills a text up to the width of a screen column; Chinese takes two places.
func column(s string, width int) string {
	for _, r := range s {
		width--
		if r > 0x2E80 {
			width--
		}
	}
	return s + strings.Repeat(" ", max(width, 0))
}

// help is what kong would print by itself; Run prints its own before parsing.
func help(kong.HelpOptions, *kong.Context) error { return nil }

// misuse says what is wrong with a command line, in Chinese.
func misuse(e Env, p *kong.Kong, err error) int {
	text := err.Error()
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		text = translate(text)
	}
	text = strings.TrimPrefix(text, errMisuse.Error()+": ")
	command := "duban"
	for _, n := range p.Model.Children {
		if len(e.Args) > 0 && e.Args[0] == n.Name {
			command += " " + n.Name
			for _, a := range n.Positional {
				text = strings.NewReplacer(`"`+a.Summary()+`"`, argument(a), a.Summary(), argument(a)).Replace(text)
			}
		}
	}
	if command == "duban" && !strings.HasPrefix(e.Args[0], "-") {
		text = "没有“" + e.Args[0] + "”这个命令"
	}
	fmt.Fprintf(e.Stderr, "命令有误：%s\n用 %s --help 查看用法。\n", text, command)
	return 2
}

// translate puts the parser's sentences into Chinese; what it does not know stays as
// it is, since it names the argument.
func translate(s string) string {
	for _, p := range [][2]string{
		{"unexpected argument ", "多余的参数 "}, {"unknown flag ", "没有这个选项 "}, {"expected one of ", "应为以下命令之一："},
		{"missing flags: ", "缺少选项："}, {"missing positional arguments ", "缺少参数 "}, {"expected ", "缺少 "},
		{"did you mean", "是否要写"}, {" must be one of ", " 应为 "}, {" but got ", "，现为 "},
	} {
		s = strings.Replace(s, p[0], p[1], 1)
	}
	return s
}
