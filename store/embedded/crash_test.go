package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"go.uber.org/goleak"

	"duban/store/embedded"
	"duban/store/storetest"
)

const (
	crashDir   = "DUBAN_TEST_CRASH_DIR"
	crashFirst = "DUBAN_TEST_CRASH_FIRST"
	crashMost  = 200_000 // reports that a child writes if nobody kills it
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		if err := writeUntilKilled(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// writeUntilKilled is the child: it prints each number after its report is acknowledged.
func writeUntilKilled(dir string) error {
	first, err := strconv.ParseInt(os.Getenv(crashFirst), 10, 64)
	if err != nil {
		return err
	}
	ctx := context.Background()
	e, err := embedded.Open(ctx, dir, "crash")
	if err != nil {
		return err
	}
	return storetest.Write(ctx, e, first, crashMost, func(i int64) {
		// One write call per line: a pipe keeps it whole, and nothing is buffered here.
		if _, err := os.Stdout.WriteString(strconv.FormatInt(i, 10) + "\n"); err != nil {
			panic(err)
		}
	})
}

// TestKill kills a writing process at a random moment, again and again, and looks for
// each report that it had acknowledged.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	var acknowledged []int64
	for round := range 3 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), crashDir+"="+dir, crashFirst+"="+strconv.Itoa(round*crashMost))
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		moment := 200 + rand.IntN(1500)
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			i, err := strconv.ParseInt(lines.Text(), 10, 64)
			if err != nil {
				break // the last line may be cut
			}
			acknowledged = append(acknowledged, i)
			if n == moment {
				if err := child.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := child.Wait(); err == nil {
			t.Fatal("the child was not killed")
		}
		e, err := embedded.Open(t.Context(), dir, "crash")
		if err != nil {
			t.Fatal(err)
		}
		storetest.Survived(t, e, acknowledged)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
