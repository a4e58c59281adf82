package understand

import "testing"

func TestOwn(t *testing.T) {
	t.Parallel()
	rows, misses, wrongs := runTable(t, "testdata/own.tsv")
	if wrongs > 0 || misses > 0 {
		t.Errorf("%d of %d rows missed, %d wrong writes", misses, rows, wrongs)
	}
}

func TestOwnHard(t *testing.T) {
	t.Parallel()
	rows, misses, wrongs := runTable(t, "testdata/own2.tsv")
	if wrongs > 0 || misses > 0 {
		t.Errorf("%d of %d rows missed, %d wrong writes", misses, rows, wrongs)
	}
}

func TestOwnFresh(t *testing.T) {
	t.Parallel()
	rows, misses, wrongs := runTable(t, "testdata/own3.tsv")
	if wrongs > 0 || misses > 0 {
		t.Errorf("%d of %d rows missed, %d wrong writes", misses, rows, wrongs)
	}
}

func TestOwnReports(t *testing.T) {
	t.Parallel()
	rows, misses, wrongs := runTable(t, "testdata/own4.tsv")
	if wrongs > 0 || misses > 0 {
		t.Errorf("%d of %d rows missed, %d wrong writes", misses, rows, wrongs)
	}
}

func TestOwnOrders(t *testing.T) {
	t.Parallel()
	rows, misses, wrongs := runTable(t, "testdata/own5.tsv")
	if wrongs > 0 || misses > 0 {
		t.Errorf("%d of %d rows missed, %d wrong writes", misses, rows, wrongs)
	}
}
