package zhengding

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"duban/bot"
)

// maxCodes is how many people one look-up may name.
const maxCodes = 100

// EmployeeByMobile returns the employee code (GE_…) of the person with that mobile
// number. Nobody with it is a *bot.Refusal that is not retryable.
func (c *Client) EmployeeByMobile(ctx context.Context, mobile string) (string, error) {
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
	return "", &bot.Refusal{Op: opPeople, Code: codeNobody, Msg: "no employee with this number"}
}

// AccountIDs returns the account id, by which people are written to, of each employee
// code. Codes that the directory does not know are left out. Many codes are asked for
// a hundred at a time; an error means that none are returned.
func (c *Client) AccountIDs(ctx context.Context, employeeCodes []string) (map[string]string, error) {
	codes := slices.DeleteFunc(slices.Clone(employeeCodes), func(s string) bool { return s == "" })
	slices.Sort(codes)
	found := map[string]string{}
	for some := range slices.Chunk(slices.Compact(codes), maxCodes) {
		params := []Param{{"tenantId", c.opt.TenantID}}
		for _, code := range some {
			params = append(params, Param{"employeeCodes", code})
		}
		payload, err := c.call(ctx, opPeople, http.MethodPost, "/mozi/employee/listEmployeeAccountIds", params)
		if err != nil {
			return nil, err
		}
		for _, p := range persons(payload) {
			if p.Employee != "" && account(string(p.Account)) {
				found[string(p.Employee)] = string(p.Account)
			}
		}
	}
	return found, nil
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
