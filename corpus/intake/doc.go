// Package intake reads claims from where analysts find them, and puts them into a
// corpus: a Telegram Desktop export, a table (CSV), JSON Lines, a folder of pictures
// with sidecars, and a tree of a defacement mirror.
//
// Import reads one source, pairs pictures with addresses, decodes and hashes every
// picture in a child process (package picture), and keeps what it took. Its Report says
// what was taken, and of everything that looked like a claim, or a part of one, and was
// not taken, where it stands and why. Nothing is kept twice: a posting is known by its
// claim, its channel and its message, so that an import that was cut off is taken up by
// doing it again. Pictures are kept as they are, byte for byte.
//
// # Telegram
//
// Telegram Desktop, "Export chat history", format "Machine-readable JSON", photos
// included. It is a folder with result.json and photos/; an export of everything has a
// result.json with many chats. Of those, chats with single persons and bots, and saved
// messages, are passed over, unless Options.Chats names chats; where none of these is
// there, the error (ErrNoChat) names those that are. The export as HTML, which is for
// people, is refused (ErrHTMLExport).
//
//	{"name": "Some band", "type": "public_channel", "id": 1234567890, "messages": [
//	 {"id": 17, "type": "message", "date": "2025-03-01T15:30:00", "date_unixtime": "1740839400",
//	  "from_id": "channel1234567890", "photo": "photos/photo_1@01-03-2025_15-30-00.jpg",
//	  "text": ["hxxps://www[.]example[.]org/ mirror: ", {"type": "link", "text": "zone-h.org/mirror/id/1"}]}]}
//
// The channel is the chat's name, the message its id. An export of before 2022 has no
// date_unixtime; its dates are those of a clock of unknown zone, and the time of posting is
// then a span of 26 hours. Control characters are read as Telegram Desktop writes them
// (\x1B), which is not JSON. An album is exported as a message for each picture, with no
// sign that they belong together: messages with pictures that follow each other are taken
// for one if they have sender, source and second in common, are at most ten, and at most
// one of them has a text. Otherwise, a picture without text among them is left
// (AmbiguousAlbum). Documents count as pictures where they say that they are; videos and
// animations do not, nor do thumbnails and buttons.
//
// # CSV
//
//	picture,url,claimed_at,posted_at,notifier,words,channel,message,text,forwarded,edited_at
//	shots/1.png,hxxp://example[.]org/,2025-02-16,2025-02-17T08:00:00Z,Somebody,,Some band,17,,,
//
// UTF-8 with or without a byte order mark, or UTF-16 with one; commas, semicolons or tabs,
// whichever the first line has most of; quotes as in RFC 4180. The columns may stand in
// any order, and all but picture, and url or text, may be missing. Other names of columns:
//
//	picture     pictures, image, images, screenshot, file, path
//	url         urls, address, domain, site, target
//	claimed_at  date_of_defacement, defaced_at
//	posted_at   posted, date
//	notifier    claimant, attacker, defacer
//	message     message_id
//	text        caption
//	forwarded   forwarded_from
//	edited_at   edited
//
// Capitals do not matter, nor do blanks for underscores. Columns of other names are told
// and not used. A picture is a path in the folder of the table; one with the backslashes of
// Windows is tried with slashes where there is no file of that name. A row with a quotation
// mark out of place within its line is left, and the rest is read; after it, rows that have
// fewer cells than there are columns are left as well, since they may be the rest of it. A
// quotation mark that swallows lines ends the table with an error that says where.
//
// A time is RFC 3339, a date (that whole day in UTC), or a date and time without a zone
// (26 hours, as above). A row of which a time cannot be read, or cannot be, is left:
// without it, it would be another claim.
//
// # JSON Lines
//
// An object a line, with the names of CSV; of pictures and addresses, there may be a list. A
// line of more than MaxEntry bytes is left.
//
//	{"pictures": ["shots/1.png", "shots/2.png"], "url": "https://example.org/", "channel": "Some band", "message": 17}
//
// # Folder
//
// Beside shot.png (or .jpg, .gif, .webp, .bmp) stands shot.png.json or shot.json, an object
// as in JSON Lines without picture, or shot.png.txt or shot.txt, which is read like the
// text of a message. Folders below are read the same way.
//
//	shot.png
//	shot.json    {"url": "https://example.org/", "claimed_at": "2025-02-16"}
//
// # Mirror
//
// What mirrors of defacements can be downloaded as: an index with the pictures' paths, or a
// folder for each claim. The index is claims.csv or claims.jsonl in the topmost folder.
// Without it, each folder that has pictures or a file that tells of them is a claim: one
// picture, or several of which one is called screenshot (or screen, shot, mirror,
// defacement); and claim.json, metadata.json, meta.json or info.json, an object as above, or
// the same as .txt, a text. Without such a file the folder must be called as the host is.
// Folders below it are the page as it was served, and are not looked into.
//
//	2025/000123/screenshot.png
//	2025/000123/meta.json    {"url": "https://example.org/x.html", "notifier": "Somebody", "date": "2025-02-16 10:00:00"}
//	2025/000123/html/index.html
//	2025/www.example.org/screenshot.png
//
// # Which address is claimed
//
// In a text, every address that is written as an address (https://example.org/x) or as a
// name of a host whose ending is one of the public suffixes of ICANN (example.org/x, which
// is read as http://, as Telegram does), also where it was made harmless: hxxp, h**p, [.],
// (.), {.}, [dot], [:]//, example[.org, \., characters without width. Names of files
// (deface.py), mail addresses and numbers are none. Targets of links count as well. An
// address whose host has no dot is bad, with the name behind it: http://four teen.com is
// neither four nor teen.com. Not taken, and counted by host, are addresses of hosts that
// are not victims: Ignored, and those that the user names. An address that has a field of
// its own is what the source says it is; of these, only hosts that the user names are
// ignored.
//
// # Which picture belongs to which address
//
// With one picture and several addresses, or several pictures and one address, every
// picture is claimed of every address: that is what the message says. With several of
// both, it does not say which belongs to which. A pair that nobody meant would be judged
// false, and the channel with it, so such messages are left (Ambiguous), unless the user
// knows how the channel posts: PairOrder takes the first with the first where there are as
// many of both, PairAll every pair.
//
// # Limits
//
// A source may have any size: no more than one message of MaxEntry bytes and some
// pictures (64, or 32 MB and one more, three times over) are in memory. Files are opened
// in the folder of the source alone, whatever paths and symbolic links say; nothing is
// downloaded. What stands before a place that cannot be read is kept, and the error names
// the place. Import runs at 0.79 of the speed at which this program decodes the same
// pictures in children, and at 0.30 of that of bare decoders in its own process, which give
// no pixels of one form and survive no hostile file (10,000 pictures of a channel, two at
// once, 27 a second):
//
//	go test -run xxx -bench Import -benchtime 1x -timeout 1h ./corpus/intake/ -pictures 10000
//
// The hashes of a picture that is in the corpus are computed again. The text of a message
// is kept as the export has it; two messages of one id are both read.
package intake
