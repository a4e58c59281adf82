package embedded_test

import (
	"testing"

	"go.uber.org/goleak"

	"duban/store"
	"duban/store/embedded"
	"duban/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(tb testing.TB, tenant string) store.Engine {
	tb.Helper()
	e, err := embedded.Open(tb.Context(), tb.TempDir(), tenant)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func TestEngine(t *testing.T) { storetest.Run(t, open) }

func BenchmarkEngine(b *testing.B) { storetest.Benchmark(b, open) }
