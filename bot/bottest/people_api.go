package bottest

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Department is a part of the organisation. The root has the id 1 and is always there.
type Department struct {
	ID     int64
	Parent int64
	Name   string
}

// AddDepartment adds or replaces a department.
func (f *Fake) AddDepartment(d Department) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d.Parent == 0 {
		d.Parent = 1
	}
	f.office.departments[d.ID] = d
}

// UnionID is the person's id across apps, which to-dos want.
func UnionID(user string) string { return "u" + user }

// param reads one parameter of an old call, whose body is JSON or a form.
func (c call) param(name string) string {
	if !strings.HasPrefix(c.header.Get("Content-Type"), "application/json") {
		form, err := url.ParseQuery(string(c.body))
		if err != nil {
			return ""
		}
		return form.Get(name)
	}
	var in map[string]any
	if json.Unmarshal(c.body, &in) != nil {
		return ""
	}
	switch v := in[name].(type) {
	case string:
		return v
	case float64:
		return strconv.FormatInt(int64(v), 10)
	}
	return ""
}

// found is a success of the old API.
func (f *Fake) found(result any) answer {
	return ok(map[string]any{"errcode": 0, "errmsg": "ok", "request_id": f.id("FAKE-%08d"), "result": result})
}

func (f *Fake) userGet(c call) answer {
	id := c.param("userid")
	u := f.users[id]
	switch {
	case id == "":
		return ok(oapiError{400002, "参数错误: userid"})
	case len(id) > 64:
		return ok(oapiError{33012, "无效的USERID"})
	case u == nil || u.External:
		return ok(oapiError{60121, "找不到该用户"})
	}
	person := map[string]any{
		"userid": u.ID, "unionid": UnionID(u.ID), "name": u.Name, "dept_id_list": departmentsOf(u),
		"title": u.Title, "job_number": "", "active": !u.Inactive, "admin": u.Admin, "boss": false, "senior": false,
	}
	if u.Mobile != "" {
		person["mobile"] = u.Mobile
	}
	return f.found(person)
}

func departmentsOf(u *User) []int64 {
	if len(u.Departments) == 0 {
		return []int64{1}
	}
	return u.Departments
}

func (f *Fake) userByMobile(c call) answer {
	mobile := c.param("mobile")
	if len(mobile) != 11 || strings.Trim(mobile, "0123456789") != "" {
		return ok(oapiError{40104, "不合法的手机号"})
	}
	return f.who(func(u *User) bool { return u.Mobile == mobile })
}

func (f *Fake) userByUnionID(c call) answer {
	id := c.param("unionid")
	return f.who(func(u *User) bool { return UnionID(u.ID) == id })
}

func (f *Fake) who(is func(u *User) bool) answer {
	for _, u := range f.users {
		if !u.External && is(u) {
			return f.found(map[string]any{"userid": u.ID, "contact_type": 0})
		}
	}
	return ok(oapiError{60121, "找不到该用户"})
}

// department reads and checks dept_id.
func (f *Fake) department(c call) (int64, bool) {
	id, err := strconv.ParseInt(c.param("dept_id"), 10, 64)
	_, known := f.office.departments[id]
	return id, err == nil && (known || id == 1)
}

func (f *Fake) departmentSub(c call) answer {
	parent, known := f.department(c)
	if !known {
		return ok(oapiError{60003, "部门不存在"})
	}
	list := []any{}
	for _, id := range slices.Sorted(maps.Keys(f.office.departments)) {
		if d := f.office.departments[id]; d.Parent == parent {
			list = append(list, map[string]any{
				"dept_id": d.ID, "name": d.Name, "parent_id": d.Parent, "create_dept_group": false, "auto_add_user": false,
			})
		}
	}
	return f.found(list)
}

func (f *Fake) departmentUsers(c call) answer {
	dept, known := f.department(c)
	if !known {
		return ok(oapiError{60003, "部门不存在"})
	}
	ids := []string{}
	for _, id := range slices.Sorted(maps.Keys(f.users)) {
		if u := f.users[id]; !u.External && slices.Contains(departmentsOf(u), dept) {
			ids = append(ids, id)
		}
	}
	return f.found(map[string]any{"userid_list": ids})
}
