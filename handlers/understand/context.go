package understand

import (
	"fmt"
	"strings"
	"time"

	"duban/store/ledger"
)

// ParseContext reads the second column of the table of utterances: dm, grp,
// grp-noat, leader, admin, supervisor, unbound, quote=N, quote=list, ask=…, unit=…,
// joined with semicolons. The speaker belongs to 市大数据中心 unless it says otherwise.
func ParseContext(s string, today ledger.Date) (Context, error) {
	c := Context{Today: today, Bound: true, Unit: "市大数据中心", Duty: "staff", Now: today.In(time.FixedZone("CST", 8*3600), 9, 0)}
	for part := range strings.SplitSeq(s, ";") {
		part = strings.TrimSpace(part)
		key, value, _ := strings.Cut(part, "=")
		switch strings.TrimSpace(key) {
		case "", "dm":
		case "grp", "group":
			c.Group, c.Mentioned = true, true
		case "grp-noat":
			c.Group, c.Mentioned = true, false
		case "leader", "admin", "supervisor", "contact", "staff":
			c.Duty = part
		case "unbound":
			c.Bound, c.Unit = false, ""
		case "unit":
			c.Unit, c.Bound = value, true
		case "quote":
			if value == "list" {
				c.QuoteList = true
				break
			}
			for no := range strings.SplitSeq(value, ",") {
				c.Quoted = append(c.Quoted, strings.TrimSpace(no))
			}
		case "ask":
			c.Asked = value
			if nos := QuotedTasks(value); len(nos) == 1 {
				c.AskedTask = nos[0]
			}
		default:
			return Context{}, fmt.Errorf("understand: context %q is not known", part)
		}
	}
	return c, nil
}
