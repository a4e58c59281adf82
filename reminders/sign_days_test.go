package reminders

import (
	"slices"
	"testing"
)

// TestSignDays: what is not signed for was repeated every working day for ever.
func TestSignDays(t *testing.T) {
	var contacts, office []int
	for n := range 15 {
		if contactsHear(n) {
			contacts = append(contacts, n)
		}
		if officeHears(n) {
			office = append(office, n)
		}
	}
	if want := []int{1, 2, 3, 8, 13}; !slices.Equal(contacts, want) {
		t.Errorf("contacts hear on the working days %v, want %v", contacts, want)
	}
	if want := []int{2, 7, 12}; !slices.Equal(office, want) {
		t.Errorf("the office hears on the working days %v, want %v", office, want)
	}
}
