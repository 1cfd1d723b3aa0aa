-- Claims, the hashes of their pictures, and the verdicts on them.
--
-- Written so that SQLite and PostgreSQL both take it. Text of strangers (file
-- names, addresses) is BYTEA, because it may hold bytes that PostgreSQL's TEXT
-- refuses; SQLite keeps such a column as the blob it is given. Times are TEXT in
-- UTC with nine digits of a second, which keeps them exact and in order. Hashes
-- are the 64 bits of each word, read as a signed number.

CREATE TABLE pictures (
    sha256      TEXT PRIMARY KEY, -- of the file as it was given, hexadecimal
    bytes       BIGINT NOT NULL,
    format      TEXT NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    average     BIGINT NOT NULL,
    difference  BIGINT NOT NULL,
    perception  BIGINT NOT NULL,
    wide_0      BIGINT NOT NULL, -- difference hash of 256 bits, first word
    wide_1      BIGINT NOT NULL,
    wide_2      BIGINT NOT NULL,
    wide_3      BIGINT NOT NULL,
    information DOUBLE PRECISION NOT NULL,
    informative BOOLEAN NOT NULL -- false: the hashes match nothing
);

CREATE TABLE claims (
    id           TEXT PRIMARY KEY, -- digest of picture, address and times
    picture      TEXT NOT NULL REFERENCES pictures (sha256),
    name         BYTEA NOT NULL,   -- of the file, as it was called first
    url          BYTEA NOT NULL,
    claimed_from TEXT NOT NULL,    -- '' when no time was claimed
    claimed_to   TEXT NOT NULL,
    posted_from  TEXT NOT NULL,    -- '' when not known
    posted_to    TEXT NOT NULL,
    seen         TEXT NOT NULL     -- when the program was given the claim first recorded
);

CREATE INDEX claims_by_picture ON claims (picture);

CREATE TABLE verdicts (
    claim        TEXT NOT NULL REFERENCES claims (id),
    sha256       TEXT NOT NULL, -- of result
    read_at      TEXT NOT NULL, -- when the program was given the claim, this time
    program      TEXT NOT NULL,
    model        TEXT NOT NULL,
    model_digest TEXT NOT NULL,
    result       TEXT NOT NULL, -- the whole result, as JSON
    PRIMARY KEY (claim, sha256)
);
