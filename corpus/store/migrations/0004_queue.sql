-- The queue's own side of its jobs, which are River's, and what its workers share.

-- Processes that judge. A beat is a number that goes up; whoever watches it
-- needs no clock in common with the one who counts.
CREATE TABLE queue_workers (
    id      TEXT PRIMARY KEY,
    machine TEXT NOT NULL,   -- '' when a process of it cannot be told from outside
    process TEXT NOT NULL,
    beat    BIGINT NOT NULL
);

-- Claims that wait for a verdict of a version. A claim that has ended has no row.
CREATE TABLE queue_tasks (
    claim        TEXT NOT NULL REFERENCES claims (id),
    program      TEXT NOT NULL,
    model_digest TEXT NOT NULL,
    host         BYTEA NOT NULL,   -- of the claimed address, with its port
    worker       TEXT NOT NULL,    -- who is judging it; '' when nobody is
    failures     INTEGER NOT NULL, -- tries that ended badly
    deaths       INTEGER NOT NULL, -- processes that ended while they judged it
    reason       BYTEA NOT NULL,   -- of the last failure or death
    PRIMARY KEY (claim, program, model_digest)
);

CREATE INDEX queue_tasks_by_worker ON queue_tasks (worker);
CREATE INDEX queue_tasks_by_host ON queue_tasks (host);

-- When the next request to an archive may be sent: microseconds since 1970 by one
-- clock, which is the database's where it has one.
CREATE TABLE queue_paces (
    host    TEXT NOT NULL,
    service TEXT NOT NULL,
    turn    BIGINT NOT NULL,   -- when what was granted so far will be used up
    held    BIGINT NOT NULL,   -- nothing before, because the archive asked for it
    PRIMARY KEY (host, service)
);

-- What archives have of a host.
CREATE TABLE queue_lists (
    archive BYTEA NOT NULL,   -- its name
    host    BYTEA NOT NULL,
    asked   BIGINT NOT NULL,   -- when somebody last set out to ask; microseconds since 1970
    got     BIGINT NOT NULL,   -- when the list came; 0 while there is none
    list    BYTEA NOT NULL,    -- JSON, gzip
    PRIMARY KEY (archive, host)
);
