-- By what pictures are found again in other pictures, and what was seen when two were laid
-- beside each other.

CREATE TABLE landmarks (
    picture TEXT PRIMARY KEY REFERENCES pictures (sha256),
    method  INTEGER NOT NULL, -- version of how they are taken; of another version they are taken anew
    added   TEXT NOT NULL,
    data    BYTEA NOT NULL    -- 32 bytes each; empty for a picture that holds too little, or is none
);
CREATE INDEX landmarks_by_time ON landmarks (added, picture);

CREATE TABLE relations (
    one      TEXT NOT NULL REFERENCES pictures (sha256),
    other    TEXT NOT NULL REFERENCES pictures (sha256), -- sorts behind one; is one where others were searched for it
    method   INTEGER NOT NULL,
    relation TEXT NOT NULL,
    page     BOOLEAN NOT NULL, -- what lies within the frames agrees
    address  BOOLEAN NOT NULL,
    clock    BOOLEAN NOT NULL,
    why      TEXT NOT NULL,
    PRIMARY KEY (one, other, method)
);
