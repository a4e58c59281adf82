// Package app is the command line: it reads flags, wires the rooms together and runs
// them. In go arguments, environment, streams and the clock, all handed in by main;
// out come text and an exit status: 0 done, 1 failed, 2 misuse. It holds no rule of
// its own.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/alecthomas/kong"
)

// Env is all of the outside world that a run may touch.
type Env struct {
	Args    []string
	Environ []string
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Now     func() time.Time
	Steady  func() time.Time // a clock that nobody sets, for how long things last; nil is Now
	Wait    func(ctx context.Context, d time.Duration) bool
}

// Zone is the one zone of the program.
const Zone = "Asia/Shanghai"

type cli struct {
	Demo     demoCmd     `cmd:"" help:"试用：自带湖州方案和示例人员，在浏览器里对话，无需安装其他软件"`
	Serve    serveCmd    `cmd:"" help:"正式运行：接入钉钉"`
	Import   importCmd   `cmd:"" help:"导入方案文件（txt、docx、xlsx、csv、tsv，或办公系统导出的 HTML 表格）"`
	Explain  explainCmd  `cmd:"" help:"说明一段文字如何理解：时限、责任单位或消息"`
	Doctor   doctorCmd   `cmd:"" help:"体检：配置、凭证、连通、日历、存储、未绑定的群和人员"`
	Backup   backupCmd   `cmd:"" help:"备份全部数据到文件"`
	Restore  restoreCmd  `cmd:"" help:"从备份文件恢复到空库"`
	Report   reportCmd   `cmd:"" help:"写出汇总、通报、台账、进度图和时限日历"`
	Rehearse rehearseCmd `cmd:"" help:"演练：按脚本对着模拟的钉钉离线运行一遍"`
	Version  versionCmd  `cmd:"" help:"显示版本"`
}

// errMisuse marks a command line that cannot be meant.
var errMisuse = errors.New("misuse")

// stopped ends kong's own exit, so that help and errors return through Run.
type stopped struct{ code int }

// Run carries out one command line and returns the exit status.
func Run(ctx context.Context, e Env) (code int) {
	loc, err := time.LoadLocation(Zone)
	if err != nil {
		return fail(e, fmt.Errorf("时区 %s 无法载入：%w", Zone, err))
	}
	now := e.Now
	e.Now = func() time.Time { return now().In(loc) }
	defer func() {
		switch p := recover().(type) {
		case nil:
		case stopped:
			code = p.code
		default:
			panic(p)
		}
	}()
	var c cli
	parser, err := kong.New(&c, kong.Name("duban"), kong.Description("督办：让行动方案落到实处的聊天助手"),
		kong.Writers(e.Stdout, e.Stderr), kong.Exit(func(n int) { panic(stopped{n}) }), kong.Help(help),
		kong.ShortHelp(help), kong.NoDefaultHelp())
	if err != nil {
		return fail(e, err)
	}
	if wantsHelp(e.Args) {
		return usage(e, parser)
	}
	k, err := parser.Parse(e.Args)
	if err != nil {
		return misuse(e, parser, err)
	}
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(e); err != nil {
		if errors.Is(err, errMisuse) {
			return misuse(e, parser, err)
		}
		return fail(e, err)
	}
	return 0
}

func fail(e Env, err error) int {
	fmt.Fprintln(e.Stderr, "错误："+err.Error())
	return 1
}
