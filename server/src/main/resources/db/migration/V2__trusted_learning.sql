-- Learning that can be trusted: episodes that count repetition, decisions with their reasons, links between items, budgets,
-- jobs, imports, forgetting. Times are milliseconds since 1970-01-01 UTC. Everything belongs to one space.

-- Frontend -------------------------------------------------------------------------------------------------------------

-- The interaction of the same episode that said exactly the same before: this one is counted, not distilled again.
ALTER TABLE interaction ADD COLUMN repeats TEXT;
-- Where an imported interaction stood (SOURCE, then its place in it); absent for what Hone captured itself.
ALTER TABLE interaction ADD COLUMN source TEXT;
CREATE INDEX interaction_repeats ON interaction (repeats) WHERE repeats IS NOT NULL;
CREATE UNIQUE INDEX interaction_source ON interaction (space, source) WHERE source IS NOT NULL;

CREATE INDEX emitted_interaction ON emitted (interaction);

-- Repetitions that were counted, tokens of what it holds (estimated), when the newest value or correction came while it was
-- open, and how often learning from its revision broke.
ALTER TABLE episode ADD COLUMN repetitions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episode ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episode ADD COLUMN judged_at INTEGER;
ALTER TABLE episode ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
CREATE INDEX episode_judged ON episode (id) WHERE state = 'OPEN' AND judged_at IS NOT NULL;
CREATE INDEX episode_failed ON episode (space, id) WHERE state = 'FAILED';

-- What became of each draft of a revision of an episode, and why. The item is absent when the draft was turned down before
-- admission.
CREATE TABLE decision (
  space      TEXT NOT NULL,
  episode    TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  decision   TEXT NOT NULL,
  experience TEXT,
  title      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (space, episode, revision, position)
);
CREATE INDEX decision_experience ON decision (space, experience) WHERE experience IS NOT NULL;

-- What learning cost in a space on a day (UTC, as yyyy-mm-dd): calls and tokens of the learning model, processor time of the
-- built-in one.
CREATE TABLE spending (
  space      TEXT NOT NULL,
  day        TEXT NOT NULL,
  calls      INTEGER NOT NULL,
  tokens     INTEGER NOT NULL,
  cpu_millis INTEGER NOT NULL,
  PRIMARY KEY (space, day)
);

-- Backend --------------------------------------------------------------------------------------------------------------

-- What two items have to do with one another; like evidence it counts from one commit until another. one < other.
CREATE TABLE link (
  space      TEXT NOT NULL,
  one        TEXT NOT NULL,
  other      TEXT NOT NULL,
  relation   TEXT NOT NULL,
  similarity REAL NOT NULL,
  sequence   INTEGER NOT NULL,
  ended_by   INTEGER
);
CREATE INDEX link_one ON link (space, one);
CREATE INDEX link_other ON link (space, other);
CREATE INDEX link_sequence ON link (space, sequence);

-- From which similarity on items were linked, as measured with BM25's k1 and b: all settings that ever held, for all spaces.
CREATE TABLE linking (
  least REAL NOT NULL,
  k1    REAL NOT NULL,
  b     REAL NOT NULL
);

-- Work besides learning from episodes (whose rows are their own queue): refinements that are due. A row goes when its work is
-- done. FAILED waits for a person.
CREATE TABLE job (
  id       TEXT PRIMARY KEY,
  space    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  state    TEXT NOT NULL,
  due_at   INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  note     TEXT,
  made_at  INTEGER NOT NULL
);
CREATE UNIQUE INDEX job_once ON job (space, kind, subject);
CREATE INDEX job_due ON job (due_at, id) WHERE state = 'WAITING';

-- How far a source has been imported: lines of it that are done, and what its reader knows them by.
CREATE TABLE import (
  space   TEXT NOT NULL,
  source  TEXT NOT NULL,
  records INTEGER NOT NULL,
  mark    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (space, source)
);

-- Items of an export that is being imported, as they stand in it, until its last line makes one commit of them.
CREATE TABLE staged (
  space  TEXT NOT NULL,
  source TEXT NOT NULL,
  id     TEXT NOT NULL,
  line   TEXT NOT NULL,
  PRIMARY KEY (space, source, id)
);

-- What was forgotten, or is in its undo window. Of what was asked only the kind and a keyed digest are kept.
CREATE TABLE forgetting (
  id            TEXT PRIMARY KEY,
  space         TEXT NOT NULL,
  kind          TEXT NOT NULL,
  digest        TEXT NOT NULL,
  state         TEXT NOT NULL,
  author        TEXT NOT NULL,
  at            INTEGER NOT NULL,
  purge_at      INTEGER NOT NULL,
  -- The commit that changed the items; absent when none changed.
  sequence      INTEGER,
  interactions  INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  outcomes      INTEGER NOT NULL,
  answers       INTEGER NOT NULL,
  evidence      INTEGER NOT NULL,
  items         INTEGER NOT NULL
);
CREATE INDEX forgetting_due ON forgetting (purge_at) WHERE state IN ('FORGOTTEN', 'PURGING');

-- What a forgetting covers: ids, and keyed digests of what must not come back under another id. Never text.
CREATE TABLE forgotten (
  space      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  id         TEXT NOT NULL,
  forgetting TEXT NOT NULL,
  PRIMARY KEY (space, kind, id, forgetting)
);
CREATE INDEX forgotten_by ON forgotten (forgetting);

-- The rows that a forgetting took out of other tables, as JSON, until they are put back or destroyed.
CREATE TABLE sealed (
  forgetting TEXT NOT NULL,
  position   INTEGER NOT NULL,
  space      TEXT NOT NULL,
  tab        TEXT NOT NULL,
  contents   TEXT NOT NULL,
  PRIMARY KEY (forgetting, position)
);

-- Doors ----------------------------------------------------------------------------------------------------------------

-- The commit that requests with this key see the pool at; absent for its newest state.
ALTER TABLE api_key ADD COLUMN pin TEXT;

-- Alarms ---------------------------------------------------------------------------------------------------------------

CREATE INDEX pool_commit_kind ON pool_commit (space, kind, sequence);
CREATE INDEX outcome_space ON outcome (space, at);
