package dingtalk

import (
	"context"
	"errors"
	"fmt"

	"duban/bot"
	"duban/bot/wire"
)

// ErrNobody: DingTalk knows no such person, or the app may not see them. It comes
// together with the *bot.Refusal.
var ErrNobody = errors.New("dingtalk: no such person")

const (
	opUser        = "user"
	opDepartments = "departments"
)

const (
	pathUser        = "/topapi/v2/user/get"
	pathByMobile    = "/topapi/v2/user/getbymobile"
	pathDepartments = "/topapi/v2/department/listsub"
	pathMembers     = "/topapi/user/listid"
)

// RootDepartment is the id of the whole organisation.
const RootDepartment int64 = 1

// Person is a member of the organisation.
type Person struct {
	ID          string // staff id
	UnionID     string // for to-dos
	Name        string
	Departments []int64
	Title       string
	JobNumber   string
	Mobile      string // only with a permission of its own
	Manager     string // staff id
	Active      bool   // has signed in to DingTalk
	Admin       bool
}

// User looks up a person by staff id. errors.Is(err, ErrNobody) when there is none.
func (c *Client) User(ctx context.Context, staffID string) (Person, error) {
	var got struct {
		ID          loose   `json:"userid"`
		UnionID     loose   `json:"unionid"`
		Name        loose   `json:"name"`
		Departments []int64 `json:"dept_id_list"`
		Title       loose   `json:"title"`
		JobNumber   loose   `json:"job_number"`
		Mobile      loose   `json:"mobile"`
		Manager     loose   `json:"manager_userid"`
		Active      flag    `json:"active"`
		Admin       flag    `json:"admin"`
	}
	body := map[string]string{"userid": staffID, "language": "zh_CN"}
	if err := c.ask(ctx, opUser, pathUser, body, &got); err != nil {
		return Person{}, nobody(err)
	}
	if got.ID == "" {
		return Person{}, &bot.Refusal{Op: opUser, Code: wire.CodeUnsent, Msg: "reply without a person", Retry: true, After: wire.AfterBusy}
	}
	return Person{
		ID: string(got.ID), UnionID: string(got.UnionID), Name: cut(string(got.Name), maxName),
		Departments: got.Departments, Title: cut(string(got.Title), maxName), JobNumber: cut(string(got.JobNumber), maxName),
		Mobile: cut(string(got.Mobile), maxName), Manager: string(got.Manager), Active: got.Active == yes, Admin: got.Admin == yes,
	}, nil
}

// ByMobile gives the staff id of the person with that mobile number.
// errors.Is(err, ErrNobody) when there is none.
func (c *Client) ByMobile(ctx context.Context, mobile string) (staffID string, err error) {
	var got struct {
		ID loose `json:"userid"`
	}
	if err := c.ask(ctx, opUser, pathByMobile, map[string]string{"mobile": mobile}, &got); err != nil {
		return "", nobody(err)
	}
	if got.ID == "" {
		return "", fmt.Errorf("%w: %w", ErrNobody, &bot.Refusal{Op: opUser, Code: "60121", Msg: "reply without a person"})
	}
	return string(got.ID), nil
}

// nobody marks the refusals that mean that there is no such person.
func nobody(err error) error {
	var no *bot.Refusal
	if errors.As(err, &no) {
		switch no.Code {
		case "60121", "33012", "40104":
			return fmt.Errorf("%w: %w", ErrNobody, err)
		}
	}
	return err
}

// Department is a part of the organisation.
type Department struct {
	ID     int64
	Parent int64
	Name   string
	Path   string // names from below the root to this one, joined by "/"
}

// SubDepartments lists the departments directly below one.
func (c *Client) SubDepartments(ctx context.Context, dept int64) ([]Department, error) {
	var got []struct {
		ID     int64 `json:"dept_id"`
		Parent int64 `json:"parent_id"`
		Name   loose `json:"name"`
	}
	if err := c.ask(ctx, opDepartments, pathDepartments, map[string]int64{"dept_id": dept}, &got); err != nil {
		return nil, err
	}
	list := make([]Department, len(got))
	for i, d := range got {
		name := cut(string(d.Name), maxName)
		list[i] = Department{ID: d.ID, Parent: d.Parent, Name: name, Path: name}
	}
	return list, nil
}

// Members lists the staff ids of those who stand in a department itself.
func (c *Client) Members(ctx context.Context, dept int64) ([]string, error) {
	var got struct {
		IDs []string `json:"userid_list"`
	}
	if err := c.ask(ctx, opDepartments, pathMembers, map[string]int64{"dept_id": dept}, &got); err != nil {
		return nil, err
	}
	return got.IDs, nil
}
