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
)

// Harmless says that nothing was lost: what was left was not offered as a claim.
func (r Reason) Harmless() bool { return r == NoClaim || r == PersonalChat }

// Sentence is the reason for people, as the end of "left out: ...".
func (r Reason) Sentence() string {
	switch r {
	case NoAddress:
		return "pictures without an address in their message"
	case OnlyIgnored:
		return "pictures whose message has only addresses of ignored hosts"
	case NoPicture:
		return "addresses without a picture in their message"
	case Ambiguous:
		return "messages with several pictures and several addresses; --pair order or --pair all takes them"
	case AmbiguousAlbum:
		return "pictures without text among several messages of the same second"
	case TooMany:
		return "messages with more pairs of picture and address than can be meant"
	case PictureMissing:
		return "pictures that are not there"
	case PictureOutside:
		return "pictures whose path leads out of the folder"
	case PictureRefused:
		return "files that cannot be read as pictures"
	case NotPicture:
		return "videos, documents and other files that are no pictures"
	}
	return r.more()
}

func (r Reason) more() string {
	switch r {
	case BadAddress:
		return "addresses that cannot be visited as they stand"
	case BadTime:
		return "times that cannot be read, or cannot be"
	case BadEntry:
		return "entries that cannot be understood"
	case NoSidecar:
		return "pictures without a file that tells of them"
	case NoClaim:
		return "messages that claim nothing"
	case PersonalChat:
		return "messages of personal chats; --chat NAME takes a chat"
	}
	return string(r)
}

// Left is one thing that was not taken, and why. All but Reason is as strangers wrote it.
type Left struct {
	Reason  Reason `json:"reason"`
	Channel string `json:"channel,omitempty"`
	Message string `json:"message,omitempty"`
	Origin  string `json:"origin"`            // the file and the place in it
	Picture string `json:"picture,omitempty"` // path in the folder
	Address string `json:"address,omitempty"`
	Detail  string `json:"detail,omitempty"`
}
