package bottest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// User is a person. External people have no staff id in what the bot hears.
type User struct {
	ID       string
	Name     string
	Admin    bool
	External bool

	// For the look-up of people only.
	Mobile      string
	Title       string
	Departments []int64 // empty is the root
	Inactive    bool    // has never signed in
}

// dingtalkID is the encrypted id that stands for the person everywhere but in
// senderStaffId.
func dingtalkID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return "$:LWCP_v1:$" + hex.EncodeToString(sum[:8])
}

// Group is a group chat. The bot hears and writes in it only when it is a member.
type Group struct {
	ID      string
	Title   string
	Members []string
	NoBot   bool // the app's robot is not in the group
	Gone    bool // disbanded
}

// session is a reply address.
type session struct {
	group, user string
	until       time.Time
}

// Robot is a custom group robot (an incoming webhook).
type Robot struct {
	Secret   string   // empty: not signed
	Keywords []string // one must appear in each message, when given
	IPs      []string // addresses that may send, when given
	Disabled bool
}

// robot is a Robot at work.
type robot struct {
	Robot
	group string
	times []time.Time // of the last minute
	muted time.Time
	uuids map[string]bool
}

// AddUser adds or replaces a person.
func (f *Fake) AddUser(u User) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.users[u.ID] = &u
}

// AddGroup adds or replaces a group.
func (f *Fake) AddGroup(g Group) {
	f.mu.Lock()
	defer f.mu.Unlock()
	g.Members = slices.Clone(g.Members)
	f.groups[g.ID] = &g
}

// AddRobot adds a custom robot to a group and returns its webhook address.
func (f *Fake) AddRobot(group string, r Robot) (webhook string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	sum := sha256.Sum256([]byte(f.id("robot-%d")))
	token := hex.EncodeToString(sum[:])
	f.robots[token] = &robot{Robot: r, group: group, uuids: map[string]bool{}}
	return f.URL() + "/robot/send?access_token=" + token
}

// FlowControl makes batchSend report the person as flow-controlled, or no more.
func (f *Fake) FlowControl(user string, on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.flow[user] = on
}
