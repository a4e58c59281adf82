package app

import (
	"path/filepath"
	"strings"
	"testing"

	"duban/bot/bottest"
)

// TestDoctorPeople: people whose department is a unit of the plan are proposed, those
// who are bound already or whose department is none of the plan's are not, and nothing is
// written.
func TestDoctorPeople(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	w.fake.AddDepartment(bottest.Department{ID: 10, Name: "市财政局"})
	w.fake.AddDepartment(bottest.Department{ID: 11, Parent: 10, Name: "预算科"})
	w.fake.AddDepartment(bottest.Department{ID: 12, Name: "大数据中心"})
	w.fake.AddDepartment(bottest.Department{ID: 13, Name: "食堂"})
	w.fake.AddUser(bottest.User{ID: "zhaolei", Name: "赵蕾", Departments: []int64{11}})
	w.fake.AddUser(bottest.User{ID: "zhangmin", Name: "张敏", Departments: []int64{12}})
	w.fake.AddUser(bottest.User{ID: "qianwu", Name: "钱武", Departments: []int64{13}})
	w.serve(dir).end(t) // the plan and the members are in the store now
	doctor := func(args ...string) string {
		var out, errs strings.Builder
		code := Run(t.Context(), Env{
			Args: append([]string{"doctor", "-c", filepath.Join(dir, "duban.yaml")}, args...), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
			Now: w.clock.Now, Wait: impatient,
		})
		if code != 0 {
			t.Fatalf("doctor ended with %d\n%s%s", code, &out, &errs)
		}
		return out.String()
	}
	first := doctor("--people")
	if !strings.Contains(first, "可绑定“市财政局”：赵蕾(zhaolei)") || !strings.Contains(first, "只是建议，未做任何改动") {
		t.Errorf("the fitting person is not proposed:\n%s", first)
	}
	for _, no := range []string{"张敏(", "钱武("} {
		if strings.Contains(first, no) {
			t.Errorf("%s is proposed:\n%s", no, first)
		}
	}
	if doctor("--people") != first {
		t.Error("the second look differs from the first")
	}
	if plain := doctor(); strings.Contains(plain, "建议") {
		t.Errorf("nobody asked for people:\n%s", plain)
	}
}
