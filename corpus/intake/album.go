package intake

// maxAlbum is how many pictures Telegram puts into one album.
const maxAlbum = 10

// taken is a message with what tells which others were posted with it.
type taken struct {
	message
	from  string // id of who posted it
	at    string // moment, as written
	plain bool   // a message that people wrote, and not the messenger
}

// album puts messages together that are one album. Telegram exports each picture of an
// album as a message of its own, without a sign that they belong together: they follow
// each other, have the sender and the second in common, and at most one has a text.
// Where several have a text, they are messages that were sent, or forwarded, at once;
// a picture without a text among them could belong to any, and is left.
type album struct {
	give func(message) error
	run  []taken
}

func (a *album) add(t taken) error {
	if len(a.run) > 0 && !together(a.run[len(a.run)-1], t) {
		if err := a.flush(); err != nil {
			return err
		}
	}
	a.run = append(a.run, t)
	if len(a.run) > 10*maxAlbum { // no album, whatever comes: memory stays flat
		return a.flush()
	}
	return nil
}

// together says whether two messages that follow each other can be of one album.
func together(a, b taken) bool {
	return a.plain && b.plain && hasMedia(a.message) && hasMedia(b.message) &&
		a.from == b.from && a.at == b.at && a.posting.Forwarded == b.posting.Forwarded
}

func hasMedia(m message) bool { return len(m.pictures) > 0 || len(m.left) > 0 }

// flush gives what was gathered.
func (a *album) flush() error {
	run := a.run
	a.run = nil
	texts := 0
	for _, t := range run {
		if t.posting.Text != "" {
			texts++
		}
	}
	if len(run) > 1 && texts <= 1 && len(run) <= maxAlbum {
		return a.give(merge(run))
	}
	for _, t := range run {
		m := t.message
		if texts > 0 && len(run) > 1 && m.posting.Text == "" {
			m = aside(m)
		}
		if err := a.give(m); err != nil {
			return err
		}
	}
	return nil
}

// merge makes one message of an album, called as its first.
func merge(run []taken) message {
	m := run[0].message
	for _, t := range run[1:] {
		m.pictures = append(m.pictures, t.pictures...)
		m.left = append(m.left, t.left...)
		if t.posting.Text != "" {
			m.posting.Text, m.search = t.posting.Text, t.search
		}
		if t.posting.EditedAt.After(m.posting.EditedAt) {
			m.posting.EditedAt = t.posting.EditedAt
		}
	}
	return m
}

// aside leaves the pictures of a message.
func aside(m message) message {
	for _, p := range m.pictures {
		l := m.where(AmbiguousAlbum, "")
		l.Picture = p
		m.left = append(m.left, l)
	}
	m.pictures = nil
	return m
}
