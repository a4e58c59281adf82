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
		args += " " + a.Summary()
	}
	fmt.Fprintf(e.Stdout, "%s\n\n用法：duban %s%s [选项]\n", n.Help, n.Name, args)
	if len(n.Positional)+len(n.Flags) > 0 {
		fmt.Fprintln(e.Stdout)
	}
	for _, a := range n.Positional {
		fmt.Fprintf(e.Stdout, "  %-22s %s\n", a.Name, a.Help)
	}
	for _, f := range n.Flags {
		name := "--" + f.Name
		if f.Short != 0 {
			name = "-" + string(f.Short) + ", " + name
		}
		if !f.IsBool() {
			name += " " + f.FormatPlaceHolder()
		}
		fmt.Fprintf(e.Stdout, "  %-22s %s\n", name, f.Help)
	}
	return 0
}

// help is what kong would print by itself; Run prints its own before parsing.
func help(kong.HelpOptions, *kong.Context) error { return nil }

// misuse says what is wrong with a command line, in Chinese.
func misuse(e Env, err error) int {
	text := err.Error()
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		text = translate(text)
	}
	text = strings.TrimPrefix(text, errMisuse.Error()+": ")
	fmt.Fprintf(e.Stderr, "命令有误：%s\n用 duban --help 查看用法。\n", text)
	return 2
}

// translate puts the parser's sentences into Chinese; what it does not know stays as
// it is, since it names the argument.
func translate(s string) string {
	for _, p := range [][2]string{
		{"unexpected argument ", "多余的参数 "}, {"unknown flag ", "没有这个选项 "}, {"expected one of ", "应为以下命令之一："},
		{"missing flags: ", "缺少选项："}, {"missing positional arguments ", "缺少参数 "}, {"expected ", "缺少 "},
		{"did you mean", "是否要写"},
	} {
		s = strings.Replace(s, p[0], p[1], 1)
	}
	return s
}
