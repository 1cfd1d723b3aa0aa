-- What was posted and by whom, the pictures' files, what people and batches decided,
-- and the parts of a verdict that can be asked for.
--
-- Of a posting the claim holds the address and the times. The columns of a verdict
-- that are added here, its captures and its evidence are copies of what its result
-- says; the result stays the form that counts.

ALTER TABLE claims ADD COLUMN notifier BYTEA NOT NULL DEFAULT ''; -- as it was said first; empty when not said
ALTER TABLE claims ADD COLUMN words BYTEA NOT NULL DEFAULT '';
CREATE INDEX claims_by_time ON claims (seen, id);

CREATE TABLE files (
    sha256 TEXT PRIMARY KEY REFERENCES pictures (sha256),
    data   BYTEA NOT NULL -- as it was given, untouched
);

CREATE TABLE postings (
    id        TEXT PRIMARY KEY, -- digest of claim, channel and message
    claim     TEXT NOT NULL REFERENCES claims (id),
    channel   BYTEA NOT NULL,   -- empty when not known, like all that follow
    source    TEXT NOT NULL,    -- digest of channel, which can be too long for an index
    message   BYTEA NOT NULL,
    text      BYTEA NOT NULL,
    forwarded BYTEA NOT NULL,
    edited_at TEXT NOT NULL,
    origin    BYTEA NOT NULL,
    name      BYTEA NOT NULL,
    notifier  BYTEA NOT NULL,
    words     BYTEA NOT NULL
);
CREATE INDEX postings_by_claim ON postings (claim);
CREATE INDEX postings_by_channel ON postings (source, claim);

ALTER TABLE verdicts ADD COLUMN word TEXT NOT NULL DEFAULT '';
ALTER TABLE verdicts ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE verdicts ADD COLUMN leaning TEXT NOT NULL DEFAULT '';
ALTER TABLE verdicts ADD COLUMN log10_lr DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE verdicts ADD COLUMN probability DOUBLE PRECISION NOT NULL DEFAULT 0;

CREATE TABLE captures (
    claim        TEXT NOT NULL,
    verdict      TEXT NOT NULL,
    place        INTEGER NOT NULL, -- in the result, from 0
    id           BYTEA NOT NULL,
    kind         TEXT NOT NULL,
    source       BYTEA NOT NULL,
    url          BYTEA NOT NULL,
    final_url    BYTEA NOT NULL,
    seen_at      TEXT NOT NULL,
    validity     TEXT NOT NULL,
    status       INTEGER NOT NULL,
    title        BYTEA NOT NULL,
    state        TEXT NOT NULL,    -- what the picture is to it; empty when not compared
    ordinary     BOOLEAN NOT NULL,
    html_sha256  TEXT NOT NULL,
    image_sha256 TEXT NOT NULL,
    PRIMARY KEY (claim, verdict, place),
    FOREIGN KEY (claim, verdict) REFERENCES verdicts (claim, sha256)
);

CREATE TABLE evidence (
    claim    TEXT NOT NULL,
    verdict  TEXT NOT NULL,
    place    INTEGER NOT NULL, -- in the result, from 0
    test     TEXT NOT NULL,
    cause    TEXT NOT NULL,    -- group of tests that is counted once
    method   TEXT NOT NULL,
    version  TEXT NOT NULL,
    ran      BOOLEAN NOT NULL,
    finding  TEXT NOT NULL,    -- empty when the test did not run
    log10_lr DOUBLE PRECISION NOT NULL,
    counted  DOUBLE PRECISION NOT NULL,
    leaning  TEXT NOT NULL,
    PRIMARY KEY (claim, verdict, place),
    FOREIGN KEY (claim, verdict) REFERENCES verdicts (claim, sha256)
);
CREATE INDEX evidence_by_finding ON evidence (finding);

-- Never changed and never deleted: who changes their mind adds another.
CREATE TABLE adjudications (
    id     TEXT PRIMARY KEY, -- digest of all of it
    claim  TEXT NOT NULL REFERENCES claims (id),
    at     TEXT NOT NULL,
    judge  BYTEA NOT NULL,
    truth  TEXT NOT NULL,
    reason BYTEA NOT NULL
);
CREATE INDEX adjudications_by_claim ON adjudications (claim);

CREATE TABLE setbacks (
    id       TEXT PRIMARY KEY, -- digest of all but taken_up
    claim    TEXT NOT NULL REFERENCES claims (id),
    at       TEXT NOT NULL,
    program  TEXT NOT NULL,
    tries    INTEGER NOT NULL,
    reason   BYTEA NOT NULL,
    taken_up TEXT NOT NULL     -- empty while the claim is set aside
);
CREATE INDEX setbacks_by_claim ON setbacks (claim);
