package intake

// Ignored are the hosts whose addresses in a message are not taken for the victim's:
// the messenger itself, defacement mirrors, services that check whether a page is up,
// web archives, and the places where channels send their readers. It is short on
// purpose: whatever stands here could be a victim as well, and whatever is missing is
// only one more claim that will not be supported. Names with whatever lies below them.
func Ignored() []string {
	return []string{
		// the messenger
		"t.me", "telegram.me", "telegram.org", "telegram.dog", "telegra.ph",
		// mirrors of defacements
		"zone-h.org", "zone-h.com", "zone-xsec.com", "zone-d.org", "mirror-h.org", "haxor.id",
		"hax.or.id", "defacer.id", "defacer.net", "ownzyou.com", "attrition.org",
		// is it up
		"check-host.net", "check-host.cc", "isitdownrightnow.com", "downforeveryoneorjustme.com",
		// web archives and scanners
		"web.archive.org", "archive.org", "archive.ph", "archive.today", "archive.is", "archive.md",
		"archive.li", "archive.vn", "archive.fo", "urlscan.io", "virustotal.com",
		// where readers are sent
		"twitter.com", "x.com", "facebook.com", "instagram.com", "youtube.com", "youtu.be",
		"tiktok.com", "discord.gg", "discord.com", "wa.me", "chat.whatsapp.com",
		"pastebin.com", "ghostbin.com", "imgur.com", "ibb.co", "prnt.sc",
	}
}
