-- What messages said later. A channel can edit what it posted, and whoever reads it again
-- finds the last of it only.

ALTER TABLE postings ADD COLUMN post TEXT NOT NULL DEFAULT ''; -- digest of channel and message; empty where the message has no name
CREATE INDEX postings_by_post ON postings (post);

-- Versions of messages that are later than one that was known when they were read.
CREATE TABLE edits (
    post      TEXT NOT NULL,
    edited_at TEXT NOT NULL,
    text      BYTEA NOT NULL,
    PRIMARY KEY (post, edited_at)
);
