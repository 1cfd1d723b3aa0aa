package queue

import "sync"

// flights lets claims be judged side by side, and those that were in flight when a
// process ended alone: if one of them ends the next process too, it is known which.
type flights struct{ mu sync.RWMutex }

// take waits for leave to judge; the caller gives it back by what is returned.
func (f *flights) take(alone bool) (land func()) {
	if alone {
		f.mu.Lock()
		return f.mu.Unlock
	}
	f.mu.RLock()
	return f.mu.RUnlock
}
