package intake

// Reason says why something was not taken. Reasons are words for programs; Sentence
// has them for people.
type Reason string

// The reasons.
const (
	NoAddress      Reason = "no_address"      // a picture, and no address in its message
	OnlyIgnored    Reason = "only_ignored"    // a picture, and only addresses of hosts that are ignored
	NoPicture      Reason = "no_picture"      // an address, and no picture in its message
	Ambiguous      Reason = "ambiguous"       // several pictures and several addresses: which belongs to which is not said
	AmbiguousAlbum Reason = "ambiguous_album" // a picture without text among several texts of the same moment
	TooMany        Reason = "too_many"        // more pairs than one message can honestly mean
	PictureMissing Reason = "picture_missing" // the file is not there, or the export left it out
	PictureOutside Reason = "picture_outside" // the path leads out of the folder
	PictureRefused Reason = "picture_refused" // the file cannot be read as a picture
	NotPicture     Reason = "not_picture"     // a video, a document, or another thing that is no picture
	BadAddress     Reason = "bad_address"     // an address that no browser would visit as it stands
	BadTime        Reason = "bad_time"        // a time that cannot be read, or cannot be
	BadEntry       Reason = "bad_entry"       // a row, line or message that cannot be understood
	NoSidecar      Reason = "no_sidecar"      // a picture in a folder without a file that tells of it

	NoClaim      Reason = "no_claim"      // nothing that looks like a claim: text alone, a service message
	PersonalChat Reason = "personal_chat" // a message of a personal chat in an export of many chats
	OtherChat    Reason = "other_chat"    // a message of a chat that is not one of Options.Chats
)

// Harmless says that nothing was lost: what was left was not offered as a claim.
func (r Reason) Harmless() bool { return r == NoClaim || r == PersonalChat || r == OtherChat }

// Sentence is the reason for people, as the end of "left out: n ...".
func (r Reason) Sentence(n int) string {
	words, ok := sentences()[r]
	switch {
	case !ok:
		return string(r)
	case n == 1:
		return words[0]
	}
	return words[1]
}

// sentences are the reasons of one thing and of several.
func sentences() map[Reason][2]string {
	return map[Reason][2]string{
		NoAddress:      {"picture without an address in its message", "pictures without an address in their message"},
		OnlyIgnored:    {"picture whose message has only addresses of ignored hosts", "pictures whose message has only addresses of ignored hosts"},
		NoPicture:      {"address without a picture in its message", "addresses without a picture in their message"},
		Ambiguous:      {"message with several pictures and several addresses; --pair order or --pair all takes it", "messages with several pictures and several addresses; --pair order or --pair all takes them"},
		AmbiguousAlbum: {"picture without text among several messages of the same second", "pictures without text among several messages of the same second"},
		TooMany:        {"message with more pairs of picture and address than can be meant", "messages with more pairs of picture and address than can be meant"},
		PictureMissing: {"picture that is not there", "pictures that are not there"},
		PictureOutside: {"picture whose path leads out of the folder", "pictures whose path leads out of the folder"},
		PictureRefused: {"file that cannot be read as a picture", "files that cannot be read as pictures"},
		NotPicture:     {"video, document or other file that is no picture", "videos, documents and other files that are no pictures"},
		BadAddress:     {"address that cannot be visited as it stands", "addresses that cannot be visited as they stand"},
		BadTime:        {"time that cannot be read, or cannot be", "times that cannot be read, or cannot be"},
		BadEntry:       {"entry that cannot be understood", "entries that cannot be understood"},
		NoSidecar:      {"picture without a file that tells of it", "pictures without a file that tells of them"},
		NoClaim:        {"message that claims nothing", "messages that claim nothing"},
		PersonalChat:   {"message of a personal chat; --chat NAME takes a chat", "messages of personal chats; --chat NAME takes a chat"},
		OtherChat:      {"message of a chat that --chat does not name", "messages of chats that --chat does not name"},
	}
}

// Left is one thing that was not taken, and why. All but Reason is as strangers wrote it,
// cut, and the address without what may be a secret in it (capture.Redact).
type Left struct {
	Reason  Reason `json:"reason"`
	Channel string `json:"channel,omitempty"`
	Message string `json:"message,omitempty"`
	Origin  string `json:"origin"`            // the file and the place in it
	Picture string `json:"picture,omitempty"` // path in the folder
	Address string `json:"address,omitempty"`
	Detail  string `json:"detail,omitempty"`
}
