package app

import (
	"errors"
	"fmt"
	"strings"

	"duban/config"
	"duban/internal/wording"
	"duban/reminders"
	"duban/store/ledger"
)

// rulesOf turns what is configured of reminders and lights into rules, with every fault
// at once.
func rulesOf(cfg config.Config) (reminders.Rules, error) {
	r, out := cfg.Remind, reminders.DefaultRules()
	out.Slot, out.Before, out.After, out.Weekly, out.Near = r.Cron, r.Before, r.After, r.Weekly, r.Near
	out.Behind, out.Lights = cfg.Lights.BehindPoints, lightsOf(cfg)
	out.Follow = r.Instruct == ledger.Preset13710
	out.Report, out.ReportDay, out.Budget = ledger.Rhythm(r.Report), r.ReportDay, r.Budget
	out.Bulletin, out.BulletinDay = ledger.Rhythm(cfg.Bulletin.Every), cfg.Bulletin.Day
	out.Steps = reminders.Steps{Contact: r.Contact, Head: r.Head, Draft: r.Draft}
	out = out.Configured()
	for at, s := range map[*reminders.Clock]string{&out.Open: r.Open, &out.Close: r.Close} {
		c, err := reminders.ParseClock(s)
		if err != nil {
			return out, err
		}
		*at = c
	}
	return out, errors.Join(out.Validate()...)
}

// lightsOf are the office's own words and colours; nil without any.
func lightsOf(cfg config.Config) wording.Lights {
	var out wording.Lights
	for l, x := range cfg.Lights.Levels {
		if out == nil {
			out = wording.Lights{}
		}
		out[ledger.Level(l)] = wording.Light{Word: x.Word, Mark: x.Mark, Colour: x.Colour}
	}
	return out
}

// comparisonOf is what is configured about comparing units.
func comparisonOf(cfg config.Config) ledger.Comparison {
	out := ledger.Comparison{On: &cfg.Compare.On}
	for _, g := range cfg.Compare.Groups {
		out.Groups = append(out.Groups, ledger.Alike{Name: strings.TrimSpace(g.Name), Units: g.Units})
	}
	return out
}

// checkLights returns the faults of the configured lights in one error.
func checkLights(cfg config.Config) error {
	if err := errors.Join(lightsOf(cfg).Faults()...); err != nil {
		return fmt.Errorf("lights.levels 有误：%w", err)
	}
	return nil
}

// lightRules are the thresholds of the lights for the plan of a book, nil for none.
func lightRules(cfg config.Config, b *ledger.Book) ledger.LightRules {
	out := ledger.LightRules{Near: cfg.Remind.Near, Behind: cfg.Lights.BehindPoints}
	if b != nil && b.Plan != nil {
		out.Issued = b.Plan.Issued
	}
	return out
}
