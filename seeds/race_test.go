//go:build race

package seeds

// raced: the race detector makes reading some fifteen times slower. The tests that read every
// document in many prints then take a share of the pairs, so that each print is still read
// often; they start no goroutines that would have to be watched.
const raced = true
