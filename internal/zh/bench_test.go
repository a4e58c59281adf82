package zh

import "testing"

func BenchmarkFold(b *testing.B) {
	noisy := readHuzhou(b)
	for _, bb := range []struct{ name, text string }{{"noisy", noisy}, {"clean", Clean(noisy)}, {"folded", Fold(noisy)}} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			for b.Loop() {
				Fold(bb.text)
			}
		})
	}
}

func BenchmarkClean(b *testing.B) {
	noisy := readHuzhou(b)
	b.SetBytes(int64(len(noisy)))
	for b.Loop() {
		Clean(noisy)
	}
}
