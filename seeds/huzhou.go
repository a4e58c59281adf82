package seeds

import (
	_ "embed" // the plan below

	"duban/store/ledger"
)

//go:embed data/huzhou-2018-20.txt
var huzhouText []byte

// Huzhou returns the plan that the bot starts with: 湖政发〔2018〕20号, read from
// the embedded document as it circulates. Each call gives a plan of its own.
func Huzhou() (*ledger.Plan, error) {
	return Read(huzhouText, Options{Name: "湖政发〔2018〕20号"})
}
