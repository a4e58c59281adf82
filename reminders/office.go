package reminders

import (
	"errors"
	"slices"

	"duban/store/ledger"
)

// Steps are the After stages that go further up, as they are configured. A nil list
// stands for those of the built-in ones that are After stages; an empty one for none.
type Steps struct{ Contact, Head, Draft []int }

// With returns the rules with the stages that the office has set in chat in the place of
// the configured ones. A step that is no After stage any more is left out.
func (r Rules) With(l ledger.Ladder) Rules {
	if !l.Set() {
		return r
	}
	r = r.wished(l)
	for _, step := range []*[]int{&r.Contact, &r.Head, &r.Draft} {
		*step = within(*step, r.After)
	}
	return r
}

// Check returns what is wrong with the stages that the office wants to set, in Chinese;
// nil when they can be used. A step that is configured, and not only built in, must stay
// an After stage.
func (r Rules) Check(l ledger.Ladder) error { return errors.Join(r.wished(l).Validate()...) }

// wished is the ladder as it is wanted, right or wrong.
func (r Rules) wished(l ledger.Ladder) Rules {
	if l.Before != nil {
		r.Before = l.Before
	}
	if l.After != nil {
		r.After = l.After
	}
	if l.Weekly != nil {
		r.Weekly = *l.Weekly
	}
	return r.Configured()
}

// Configured returns the rules with the steps that go further up as they are configured,
// right or wrong.
func (r Rules) Configured() Rules {
	built := DefaultRules()
	for _, s := range []struct {
		step          *[]int
		own, standard []int
	}{{&r.Contact, r.Steps.Contact, built.Contact}, {&r.Head, r.Steps.Head, built.Head}, {&r.Draft, r.Steps.Draft, built.Draft}} {
		if *s.step = s.own; s.own == nil {
			*s.step = within(s.standard, r.After)
		}
	}
	return r
}

// within keeps what is allowed.
func within(list, allowed []int) []int {
	return slices.DeleteFunc(slices.Clone(list), func(n int) bool { return !slices.Contains(allowed, n) })
}
