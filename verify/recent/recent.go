// Package recent keeps what was used last, within a number of bytes.
package recent

import "container/list"

// Cache forgets what was used longest ago. It is used from one goroutine at a time. Make
// one with New.
type Cache[K comparable, V any] struct {
	most, bytes int64
	order       list.List // of *entry[K, V], the last used first
	found       map[K]*list.Element
}

type entry[K comparable, V any] struct {
	key   K
	value V
	size  int64
}

// New keeps values of so many bytes in all.
func New[K comparable, V any](most int64) *Cache[K, V] {
	return &Cache[K, V]{most: most, found: map[K]*list.Element{}}
}

// Get returns what is kept, and that it was used.
func (c *Cache[K, V]) Get(key K) (v V, ok bool) {
	e := c.found[key]
	if e == nil {
		return v, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry[K, V]).value, true
}

// Put keeps a value of so many bytes in the place of the key's last one, unless it is
// larger than all may be.
func (c *Cache[K, V]) Put(key K, v V, size int64) {
	c.Drop(key)
	if size > c.most {
		return
	}
	c.found[key] = c.order.PushFront(&entry[K, V]{key, v, size})
	for c.bytes += size; c.bytes > c.most; {
		c.Drop(c.order.Back().Value.(*entry[K, V]).key)
	}
}

// Drop forgets a value.
func (c *Cache[K, V]) Drop(key K) {
	if e := c.found[key]; e != nil {
		c.bytes -= c.order.Remove(e).(*entry[K, V]).size
		delete(c.found, key)
	}
}

// Bytes is the size of what is kept.
func (c *Cache[K, V]) Bytes() int64 { return c.bytes }
