package recent_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/verify/recent"
)

func TestWhatWasUsedLongestAgoIsForgotten(t *testing.T) {
	t.Parallel()
	c := recent.New[string, int](10)
	c.Put("a", 1, 4)
	c.Put("b", 2, 4)
	c.Get("a")
	c.Put("c", 3, 4)
	for key, want := range map[string]int{"a": 1, "b": 0, "c": 3} {
		if got, ok := c.Get(key); got != want || ok != (want != 0) {
			t.Errorf("%s: %d, %t", key, got, ok)
		}
	}
	c.Put("a", 9, 11)
	if _, ok := c.Get("a"); ok || c.Bytes() != 4 {
		t.Errorf("a value that is too large was kept, or its last one: %d bytes", c.Bytes())
	}
}

// TestItIsAListInTheOrderOfUse holds the cache against a list that is walked.
func TestItIsAListInTheOrderOfUse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type kept struct{ key, value, size int }
		var list []kept // the last used first
		drop := func(key int) (k kept, ok bool) {
			for i := range list {
				if list[i].key == key {
					k, ok = list[i], true
					list = append(list[:i:i], list[i+1:]...)
					break
				}
			}
			return k, ok
		}
		most := rapid.IntRange(0, 20).Draw(t, "most")
		c := recent.New[int, int](int64(most))
		for i := range rapid.IntRange(0, 60).Draw(t, "steps") {
			key := rapid.IntRange(0, 5).Draw(t, "key")
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				k := kept{key, i, rapid.IntRange(0, 12).Draw(t, "size")}
				c.Put(k.key, k.value, int64(k.size))
				if drop(key); k.size <= most {
					list = append([]kept{k}, list...)
				}
			case 1:
				got, ok := c.Get(key)
				k, want := drop(key)
				if want {
					list = append([]kept{k}, list...)
				}
				if ok != want || got != k.value {
					t.Fatalf("key %d: %d, %t; want %d, %t", key, got, ok, k.value, want)
				}
			case 2:
				c.Drop(key)
				drop(key)
			}
			sum := 0
			for n, k := range list {
				if sum += k.size; sum > most {
					sum, list = sum-k.size, list[:n:n]
					break
				}
			}
			if c.Bytes() != int64(sum) {
				t.Fatalf("%d bytes, want %d of %v", c.Bytes(), sum, list)
			}
		}
	})
}
