// Package dataset writes a corpus as a dataset that others can learn and measure on, and
// puts a dataset back into a corpus.
//
// A dataset is a folder: files with an Entry for each claim, README.md (a datasheet under
// the headings of Datasheets for Datasets), croissant.json (Croissant 1.0, JSON-LD) and
// dataset.json (Manifest: counts, and the digest of every file). The formats:
//
//	webdataset  train-000000.tar ...: ID.jpg and ID.json for each claim
//	parquet     train.parquet, test.parquet: columns to select by, the whole entry as JSON
//	            in column entry, the picture's bytes in column image
//	jsonl       train.jsonl, test.jsonl: an entry a line; pictures/AB/SHA256.jpg beside them
//
// A split without claims has no file. An entry on one line:
//
//	{"id":"<SHA-256>","split":"train","site":"example.org","group":"0123456789abcdef","label":"genuine",
//	 "features":{"program":"defacecheck 0.3.0","word":"supported","log10_lr":2.1,"evidence":[...],"captures":[...]},
//	 "claim":{"url":"https://example.org/",...},"picture":{"sha256":"...","hashes":{...},...},
//	 "postings":[...],"adjudications":[...],"verdicts":1,"results":[...],"digests":["..."]}
//
// Features are the findings of the newest verdict, with their LRs and the measures of each
// capture; labels are what people decided (corpus adjudicate), the newest first to count.
// Verdicts of the program are features and never labels.
//
// # What comes back
//
// Read of a dataset with images gives a corpus with the same records: claims, pictures
// and their bytes, postings and what their messages said later, every verdict byte for
// byte, judgements, and the setback for which a claim is set aside. Strings that are no
// UTF-8 come back, too ({"base64": ...}). Older setbacks, and those that were taken up, are
// not in a Record and do not come back.
//
// Without images, no byte of a picture and nothing that was read off a picture or copied
// from a page is written: no results (their sentences, titles and words quote pages), no
// places of changes, no metadata of files. Addresses, messages, file names, reasons, digests
// and perceptual hashes stay. What comes back is all but verdicts and the pictures' bytes;
// Restored.Missing counts the verdicts.
//
// # Splits
//
// Claims that share a registrable domain (public suffix list), a picture by SHA-256, or an
// informative picture's 256-bit difference hash form a group, also through others, and a
// group lies on one side (package rows says why). The side is drawn by a digest of the
// group's least domain: the same claims are split the same by everybody, and most claims stay
// where they are when others come, unless they join two groups. One picture that is
// used for everything makes one large group, and the share of test claims (TestShare of
// the groups) is then far from TestShare.
//
// # Limits
//
// Claims are read twice, one by one; of each, some hundred bytes stay in memory until the
// end. The reader holds files against their digests, bounds entries (MaxEntry), opens
// nothing outside the folder, refuses addresses that are not as a browser writes them
// (capture.ErrBadURL), and believes a dataset's hashes of pictures: a dataset
// from a stranger is a stranger's word. Parquet files are read by a library that was not
// made for hostile ones.
package dataset
