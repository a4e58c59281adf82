package workday

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"duban/store/ledger"
)

func day(t testing.TB, s string) ledger.Date {
	t.Helper()
	d, err := ledger.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestKnownDays(t *testing.T) {
	c := Default()
	for _, s := range strings.Fields(`2018-02-11 2018-02-24 2018-04-08 2018-04-28 2018-09-29 2018-09-30 2018-12-29
		2019-05-05 2024-02-09 2024-02-18 2025-01-26 2026-01-04 2026-02-14 2026-02-28 2026-10-10`) {
		if !c.IsWorkday(day(t, s)) {
			t.Errorf("%s must be worked", s)
		}
	}
	for _, s := range strings.Fields("2018-12-31 2019-05-01 2019-05-04 2020-01-31 2020-02-02 2025-10-08 2026-02-23 2018-06-30") {
		if c.IsWorkday(day(t, s)) {
			t.Errorf("%s must be off", s)
		}
	}
	if !c.Covers(2018) || !c.Covers(2026) || c.Covers(2027) || c.Covers(2017) {
		t.Error("the embedded data covers 2018 to 2026")
	}
}

func TestWalk(t *testing.T) {
	c := Default()
	for _, tt := range []struct {
		name, want string
		got        ledger.Date
	}{
		{"ten days after a Saturday", "2018-07-13", c.Add(day(t, "2018-06-30"), 10)},
		{"five days into the national week", "2018-10-11", c.Add(day(t, "2018-09-28"), 6)},
		{"none", "2018-06-30", c.Add(day(t, "2018-06-30"), 0)},
		{"next over the new year", "2019-01-02", c.Next(day(t, "2018-12-29"))},
		{"prev", "2018-09-30", c.Prev(day(t, "2018-10-08"))},
		{"a year without data", "2027-10-04", c.Next(day(t, "2027-10-01"))},
	} {
		if tt.got.String() != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestWith(t *testing.T) {
	c, err := Default().With(strings.NewReader(`{"holidays":{"2027-10-01":"国庆节","2018-07-02":"停工"},"workdays":["2027-10-09","2018-10-01"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if c.IsWorkday(day(t, "2018-07-02")) || !c.IsWorkday(day(t, "2018-10-01")) || !c.IsWorkday(day(t, "2027-10-09")) || !c.Covers(2027) {
		t.Error("the file must override and extend")
	}
	if !Default().IsWorkday(day(t, "2018-07-02")) {
		t.Error("the default calendar must not change")
	}
	for _, bad := range []string{`{`, `{"holidays":{"2027-13-01":"x"}}`, `{"workdays":["x"]}`, `{"holidays":{"2027-01-01":"x"},"workdays":["2027-01-01"]}`} {
		if c, err := Default().With(strings.NewReader(bad)); err == nil || c != nil {
			t.Errorf("With(%s) = %v, %v", bad, c, err)
		}
	}
}

func TestAddGoesThereAndBack(t *testing.T) {
	c := Default()
	rapid.Check(t, func(t *rapid.T) {
		d := c.Next(ledger.NewDate(2018, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "day")))
		n := rapid.IntRange(0, 200).Draw(t, "n")
		if back := c.Add(c.Add(d, n), -n); back != d {
			t.Fatalf("%s + %d - %d = %s", d, n, n, back)
		}
	})
}
