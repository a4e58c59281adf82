//go:build !race

package understand

const raced = false
