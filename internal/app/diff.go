package app

import (
	"fmt"
	"io"

	"duban/seeds"
	"duban/store/ledger"
)

// changeWords are the kinds of change in words, in the order in which they are shown.
var changeWords = []struct {
	kind seeds.ChangeKind
	word string
}{
	{seeds.ChangePlan, "方案信息变动"}, {seeds.ChangeNew, "新增任务"}, {seeds.ChangeGone, "删除任务"}, {seeds.ChangeUnits, "责任单位变动"},
	{seeds.ChangeDeadline, "时限变动"}, {seeds.ChangeWords, "文字变动"}, {seeds.ChangeNumber, "编号变动"},
}

// showDiff prints what a revised plan changes, for a person to confirm.
func showDiff(w io.Writer, d seeds.Diff) {
	fmt.Fprintln(w, "与库中方案相比，有以下改动：")
	for _, k := range changeWords {
		list := d.Of(k.kind)
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s%d处：\n", k.word, len(list))
		for _, c := range list {
			no := c.NewNo
			if no == "" {
				no = c.OldNo
			}
			fmt.Fprintf(w, "- %s %s", no, c.Title)
			switch {
			case c.Old != "" && c.New != "":
				fmt.Fprintf(w, "：%s → %s", c.Old, c.New)
			case c.New != "":
				fmt.Fprintf(w, "：%s", c.New)
			}
			fmt.Fprintln(w)
		}
	}
}

// moved refuses a revision that gives a task with progress another number: its history
// stands under the number that people have used.
func moved(b *ledger.Book, d seeds.Diff) error {
	for _, c := range d.Of(seeds.ChangeNumber) {
		if p := b.Progress(c.OldNo); p != nil && p.Events > 0 {
			return fmt.Errorf("修订稿把任务%s改编为%s，而任务%s已有办理记录。请在修订稿中保留原编号，新增任务接着编号", c.OldNo, c.NewNo, c.OldNo)
		}
	}
	return nil
}
