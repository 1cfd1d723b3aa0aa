package synth

import (
	"encoding/json"
	"fmt"
	"time"
)

// item is one piece of news.
type item struct {
	At    time.Time `json:"at"`
	Title string    `json:"title"`
	Text  string    `json:"text"`
	Img   string    `json:"img"`
}

// Day is the date as the pages print it.
func (i item) Day() string { return i.At.Format("2 January 2006") }

// event is one line of the diary.
type event struct {
	On    string `json:"on"`
	What  string `json:"what"`
	Where string `json:"where"`

	day time.Time
}

// Short is the date as the diary prints it.
func (e event) Short() string { return e.day.Format("2 Jan") }

// almanac is everything dated that the town publishes, oldest first.
type almanac struct {
	news   []item
	events []event
}

func readAlmanac() (almanac, error) {
	var a almanac
	if err := readJSON("testdata/town/news.json", &a.news); err != nil {
		return a, err
	}
	if err := readJSON("testdata/town/events.json", &a.events); err != nil {
		return a, err
	}
	for i := range a.events {
		day, err := time.Parse(time.DateOnly, a.events[i].On)
		if err != nil {
			return a, fmt.Errorf("read event %q: %w", a.events[i].What, err)
		}
		a.events[i].day = day
	}
	return a, nil
}

func readJSON(name string, v any) error {
	data, err := pages.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// latest returns up to n items published by at, newest first.
func (a almanac) latest(at time.Time, n int) []item {
	var out []item
	for i := len(a.news) - 1; i >= 0 && len(out) < n; i-- {
		if !a.news[i].At.After(at) {
			out = append(out, a.news[i])
		}
	}
	return out
}

// coming returns up to n events on or after at's day.
func (a almanac) coming(at time.Time, n int) []event {
	today := at.UTC().Truncate(24 * time.Hour)
	var out []event
	for _, e := range a.events {
		if !e.day.Before(today) && len(out) < n {
			out = append(out, e)
		}
	}
	return out
}
