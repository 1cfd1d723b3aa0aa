// Package address reads the host name in an address bar and says whether it is
// the one that a claim is about.
//
// An address bar is read twice, at two sizes, without dictionaries; and where
// neither gives a claimed host, its part in stronger ink is read by itself, because
// browsers grey scheme and path, which run into the host when they are misread
// ("co.il/index" as "co.iVindex"). Judge then gives one of five outcomes. Claimed: a
// claimed host was read to the letter. Alike: a name like the claimed one, which mostly
// no reading can tell from it, be it misread or made to look alike. Other: another host.
// Unsure and Nothing say nothing.
//
// # When a host is another
//
// Only when both readings give it with confidence, below a suffix that ICANN
// has delegated (the public suffix list) or that is reserved for examples, its registrable domain lies far from
// that of every host of the claim, and neither is a piece of the other, as an
// icon or an edge over the bar would leave. Far is meant in letters weighted by
// how easily they are mistaken for each other (Distance: rn and m, l, 1 and i,
// 0 and o, after Unicode Technical Standard 39 and what was met here). Another
// host of the same domain is never Other. So a misread host becomes Alike or
// Unsure, and the price is that some other hosts do too.
//
// A claimed host is also one of which a reading lost nothing but points, since
// without them it is no host ("hospitalgov.tw" is another, "hospitaltw" is none).
// The part in stronger ink and what is put together from two pieces can only be the
// claimed host: no other is concluded from them.
//
// # Letters beyond a to z
//
// A name is kept in punycode and decoded. Small print swallows accents, so a claimed
// "münchen.de" is also what was read as "munchen.de"; never the reverse, because "münchen.de"
// is another name than "munchen.de" (it is Alike). Where the bar has punycode, its accents
// cannot have been lost. Punycode that both readings have to the letter, and that decodes to
// letters which look like the claimed ones (lookAlike), is surely another name than one of a
// to z, and said to be (Letters), whatever confidence the reader gives for so odd a word. One
// letter misread in it mostly decodes to nothing, or to a letter of another script in a word
// of Latin ones: of that nothing is concluded, unless both readings have what looks like the
// claim.
//
// What a browser shows decoded is read as the a to z that it looks like: a Cyrillic "а" as a,
// "ü" mostly as "ii". So a look-alike that a browser does not show in punycode passes for the
// claimed host, and another host with accents may be told by a misread name. Claims about
// addresses in numbers and names in other scripts than Latin, Chinese among them, or with
// letters that look like none of a to z (ß) are Unsure.
//
// # The claimed name in another
//
// Where both readings have a host to the letter and with confidence, and the claimed name,
// or five letters and more that its domain has to itself, stands whole between points or
// hyphens of a host of another domain ("paypal.com.evil.ru", "paypal-secure.com"), it is
// Alike for what it Contains. That says no more than that the domain is another: services
// that translate pages name their hosts so too.
//
// # What was measured
//
// Of 684 address bars drawn in six typefaces, light and dark, the host was read to
// the letter in 193 of 195 untouched ones (99 %), 193 of 196 after JPEG at 60 to 90
// (98 %) and 177 of 196 reduced from 1920 to 1280 and recompressed (90 %); of names
// made to be misread (paypa1, rnobile) in 35 of 97. Not one misread host was taken
// for another than the claimed one (at most 0.5 % at 95 % confidence). Against a
// claim of another host, 278 of 587 bars were called another, none of them by a wrong
// name: a host before a close word is not named, since its end may be read as that word
// ("br/"). The rest abstain. In eleven of twelve pictures in frames
// drawn after browsers the host was read to the letter. (make eval-reading, or go
// test -run AddressBars -bars 684 -fonts DIR.) All of these hosts were of a to z.
//
// # What it deliberately does not do
//
// It does not look for the bar: package frame does. It does not judge whether the
// connection was secure: today's Chromium and Firefox show no padlock and hide the
// scheme of what is, the words "Not secure" are mostly not read where they are grey,
// and nothing that is kept tells that a site had no TLS (METHOD.md). Paths are given as read
// and weigh nothing, because 0 and O, 1 and l are read for each other in them.
package address
