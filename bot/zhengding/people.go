package zhengding

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"duban/bot"
)

// ErrNobody: the directory has no such person, or not for this app.
var ErrNobody = errors.New("zhengding: no such person")

// AccountByMobile returns the account id, by which people are written to, of the person
// with that mobile number. errors.Is(err, ErrNobody) when there is none.
func (c *Client) AccountByMobile(ctx context.Context, mobile string) (string, error) {
	code, err := c.employeeByMobile(ctx, mobile)
	if err != nil {
		return "", err
	}
	id, err := c.accountOf(ctx, code)
	if err == nil && id == "" {
		err = fmt.Errorf("%w: employee without an account", ErrNobody)
	}
	return id, err
}

// employeeByMobile returns the employee code (GE_…).
func (c *Client) employeeByMobile(ctx context.Context, mobile string) (string, error) {
	payload, err := c.call(ctx, opPeople, http.MethodPost, "/mozi/employee/get_by_mobile", []Param{
		{"areaCode", "86"}, {"namespace", "local"}, {"mobile", mobile}, {"tenantId", c.opt.TenantID},
	})
	if err != nil {
		return "", err
	}
	for _, p := range persons(payload) {
		if p.Employee != "" {
			return string(p.Employee), nil
		}
	}
	return "", fmt.Errorf("%w: %w", ErrNobody, &bot.Refusal{Op: opPeople, Code: codeNobody, Msg: "no employee with this number"})
}

// accountOf returns the account id of an employee; "" when the directory has none.
func (c *Client) accountOf(ctx context.Context, employee string) (string, error) {
	payload, err := c.call(ctx, opPeople, http.MethodPost, "/mozi/employee/listEmployeeAccountIds", []Param{
		{"tenantId", c.opt.TenantID}, {"employeeCodes", employee},
	})
	if err != nil {
		return "", err
	}
	for _, p := range persons(payload) {
		if string(p.Employee) == employee && account(string(p.Account)) {
			return string(p.Account), nil
		}
	}
	return "", nil
}

// person is one entry of a look-up.
type person struct {
	Employee loose `json:"employeeCode"`
	Account  loose `json:"accountId"`
}

// persons reads a list, or the one person that single look-ups answer with.
func persons(payload json.RawMessage) []person {
	var list []person
	if json.Unmarshal(payload, &list) == nil {
		return list
	}
	var one person
	if json.Unmarshal(payload, &one) == nil {
		return []person{one}
	}
	return nil // as good as nobody: the callers say so
}

// account reports whether s is an accountId: a number. Anything else in the list of
// receivers, a comma above all, could name other people.
func account(s string) bool {
	if s == "" || len(s) > 19 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
