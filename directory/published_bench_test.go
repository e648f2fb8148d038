package directory

import "testing"

func BenchmarkUnpack(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := unpack(publishedDivisions); err != nil {
			b.Fatal(err)
		}
	}
}
