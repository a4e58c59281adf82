//go:build race

package understand

// raced: the race detector makes reading some twenty times slower. The tables are read whole
// all the same; what is made of their rows besides takes every eighth of them.
const raced = true
