package metadata

import (
	"strconv"
	"strings"
	"time"
)

// The furthest zones in use are UTC+14 and UTC-12, so a time without a zone
// lies between 14 hours before and 12 hours after the same figures in UTC.
const (
	eastmost = 14 * time.Hour
	westmost = 12 * time.Hour
)

// timeTag says what a tag that holds a time means, and which EXIF tag holds its
// zone.
type timeTag struct {
	kind TimeKind
	zone string
}

// timeTags are the tags that hold times, by source and name. Where programs
// use a name differently from its standard, the weaker meaning is taken.
func timeTags() map[Source]map[string]timeTag {
	return map[Source]map[string]timeTag{
		EXIF: {
			"DateTimeOriginal":  {Created, "OffsetTimeOriginal"},
			"DateTimeDigitized": {Created, "OffsetTimeDigitized"},
			"DateTime":          {Modified, "OffsetTime"},
		},
		XMP: {
			"xmp:CreateDate":         {Created, ""},
			"xmp:ModifyDate":         {Modified, ""},
			"xmp:MetadataDate":       {Modified, ""},
			"stEvt:when":             {Modified, ""},
			"photoshop:DateCreated":  {Created, ""},
			"exif:GPSTimeStamp":      {Located, ""},
			"exif:DateTimeOriginal":  {Created, ""},
			"exif:DateTimeDigitized": {Created, ""},
		},
		IPTC: {"DateCreated": {Created, ""}},
		C2PA: {"when": {Modified, ""}},
		Text: {
			"Creation Time": {Created, ""},
			"tIME":          {Modified, ""},
			// ImageMagick copies the file system's times of its input.
			"date:create":    {FileTime, ""},
			"date:modify":    {FileTime, ""},
			"date:timestamp": {FileTime, ""},
			"create-date":    {FileTime, ""},
			"modify-date":    {FileTime, ""},
		},
	}
}

// timesOf finds the times among tags; what is not a full date is left out.
func timesOf(tags []Tag) []Time {
	known := timeTags()
	var out []Time
	for _, t := range tags {
		meaning, ok := known[t.Source][t.Name]
		if !ok {
			continue
		}
		at, ok := parseTime(t.Value, value(tags, t.Source, meaning.zone))
		if !ok {
			continue
		}
		at.Source, at.Name, at.Text, at.Kind = t.Source, t.Name, t.Value, meaning.kind
		if t.Name == "tIME" {
			at = unzoned(at) // many programs write local time where UTC is asked for
		}
		out = append(out, at)
	}
	return append(out, satelliteTimes(tags)...)
}

// satelliteTimes is when, in UTC, satellites told the device where it was. EXIF
// keeps day and time of day apart; the day alone is all of that day.
func satelliteTimes(tags []Tag) []Time {
	at, err := time.Parse("2006:01:02", strings.TrimSpace(value(tags, EXIF, gpsDay)))
	if err != nil {
		return nil
	}
	since, ok := sinceMidnight(value(tags, EXIF, gpsClock))
	from, lasts, layout := at.Add(since), time.Duration(0), "2006:01:02 15:04:05"
	if !ok {
		lasts, layout = 24*time.Hour-time.Second, "2006:01:02"
	}
	return []Time{{Source: EXIF, Name: gpsDay, Text: from.Format(layout), Kind: Located, From: from, To: from.Add(lasts), Zoned: true}}
}

// The tags of EXIF in which the satellites' day and time of day stand.
const gpsDay, gpsClock = "GPSDateStamp", "GPSTimeStamp"

// sinceMidnight reads hours, minutes and seconds, each a number or a fraction.
func sinceMidnight(clock string) (since time.Duration, ok bool) {
	words := strings.FieldsFunc(clock, func(r rune) bool { return strings.ContainsRune(`[]", :`, r) })
	if len(words) != 3 {
		return 0, false
	}
	for i, unit := range []time.Duration{time.Hour, time.Minute, time.Second} {
		v, ok := fraction(words[i])
		if !ok || !(v >= 0 && v <= 60) { // no number fails as well
			return 0, false
		}
		since += time.Duration(v * float64(unit))
	}
	return since, since <= 24*time.Hour
}

// fraction reads "5", "5.5" or "11/2".
func fraction(s string) (float64, bool) {
	top, bottom, divided := strings.Cut(s, "/")
	v, err := strconv.ParseFloat(top, 64)
	if err != nil || !divided {
		return v, err == nil
	}
	d, err := strconv.ParseFloat(bottom, 64)
	return v / d, err == nil && d != 0
}

// value is the first value of a tag, "" when there is none.
func value(tags []Tag, s Source, name string) string {
	for _, t := range tags {
		if t.Source == s && t.Name == name {
			return t.Value
		}
	}
	return ""
}

// zonedLayouts and localLayouts are the ways in which the standards, and the
// screenshot programs that keep to none, write times.
var (
	zonedLayouts = [...]string{
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05 Z07:00", "2006-01-02T15:04Z07:00", "2006:01:02 15:04:05Z07:00",
		time.RFC1123Z, "2 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05-0700",
	}
	localLayouts = [...]string{
		"2006:01:02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04",
		time.ANSIC, time.RFC1123, "Mon 02 Jan 2006 03:04:05 PM MST", "Mon 02 Jan 2006 15:04:05 MST",
		"Mon 2 Jan 2006 15:04:05 MST", time.UnixDate, "2 Jan 2006 15:04:05",
	}
	dayLayouts = [...]string{"2006-01-02", "2006:01:02", "20060102"}
)

// parseTime reads text, with zone ("+02:00") where it is given apart. Zone
// abbreviations are not believed: the same letters stand for several zones.
func parseTime(text, zone string) (Time, bool) {
	text = strings.TrimSpace(text)
	if zone != "" {
		if t, err := time.Parse("2006:01:02 15:04:05Z07:00", text+strings.TrimSpace(zone)); err == nil {
			return moment(t), true
		}
	}
	for _, l := range zonedLayouts {
		if t, err := time.Parse(l, text); err == nil {
			return moment(t), true
		}
	}
	for _, l := range localLayouts {
		if t, err := time.Parse(l, text); err == nil {
			return local(t, 0), true
		}
	}
	for _, l := range dayLayouts {
		if t, err := time.Parse(l, text); err == nil {
			return local(t, 24*time.Hour-time.Second), true
		}
	}
	return Time{}, false
}

func moment(t time.Time) Time { return Time{From: t.UTC(), To: t.UTC(), Zoned: true} }

// local is a time without a zone that lasts so long.
func local(t time.Time, lasts time.Duration) Time {
	_, offset := t.Zone()
	t = t.UTC().Add(time.Duration(offset) * time.Second) // the figures as written
	return Time{From: t.Add(-eastmost), To: t.Add(lasts + westmost)}
}

func unzoned(t Time) Time {
	if t.Zoned {
		t.From, t.To, t.Zoned = t.From.Add(-eastmost), t.To.Add(westmost), false
	}
	return t
}
