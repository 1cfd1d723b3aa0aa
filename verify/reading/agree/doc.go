// Package agree compares the words read off a picture with the text of a
// capture: the way to recognise a page that another browser painted with other
// fonts and other line breaks, where pixels say nothing.
//
// Words are folded (case, accents, letters that are mistaken for each other)
// and matched by runs: a word counts as found where its neighbours are, not
// wherever it stands, so that two pages in one language do not agree by their
// common words, and blocks may come in another order. Then one scale and offset
// is fitted to the places of the words found (Theil 1950, Sen 1968), and words
// that lie elsewhere are not in place: a page with the same sentences in other
// places is another page.
//
// Agreement.Whole is the verdict: nearly all words of the picture are on the
// page, nearly all of the page's in view are in the picture, in place, at least
// four of them rare, hardly any word surely read that the page does not have,
// and no word in whose place the page has another.
//
// # What was measured
//
// Of eleven claims from a mirror of defacements, rendered by an old WebKit at
// 1024 px, nine agree wholly with their own page as our Chrome has it at 1366
// px, and none of the 110 pairs with another page; of the two that do not, one
// holds the words of a form, the other text in motion.
//
// # What it cannot see
//
// A word that was not read. Where one word of the page was exchanged for
// another (the same defacement with another victim's name), 20 % of 224
// exchanges went unnoticed: the word was misread, or hidden on the page. So
// agreement never says that two pages are the same to the letter. Pages made
// from one template with its demonstration text agree, because their words are
// the same. Words are easily copied: that a forger's picture holds the ordinary
// page's words says nothing for it. Scripts that Tesseract has no data for
// here are left out on both sides and told as Unread.
package agree
