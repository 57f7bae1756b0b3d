-- The truth of one Hone. Times are milliseconds since 1970-01-01 UTC. Everything belongs to one space.

CREATE TABLE space (
  name       TEXT PRIMARY KEY,
  learning   TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- The last refinement: when it ended (when the space was made, if there was none), and items shown after it.
  refined_at   INTEGER NOT NULL,
  refined_size INTEGER NOT NULL
);

-- API keys. Of a key only the SHA-256 digest is kept; its spaces are separated by commas, * stands for all.
CREATE TABLE api_key (
  id         TEXT PRIMARY KEY,
  digest     TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL,
  spaces     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at    INTEGER,
  revoked_at INTEGER
);

-- Frontend: the journal ------------------------------------------------------------------------------------------------

CREATE TABLE message (
  space  TEXT NOT NULL,
  digest TEXT NOT NULL,
  role   TEXT NOT NULL,
  parts  TEXT NOT NULL,
  PRIMARY KEY (space, digest)
);

CREATE TABLE parameters (
  space  TEXT NOT NULL,
  digest TEXT NOT NULL,
  json   TEXT NOT NULL,
  PRIMARY KEY (space, digest)
);

CREATE TABLE interaction (
  id           TEXT PRIMARY KEY,
  space        TEXT NOT NULL,
  principal    TEXT NOT NULL,
  end_user     TEXT,
  session      TEXT,
  agent        TEXT,
  mode         TEXT NOT NULL,
  path         TEXT NOT NULL,
  conversation TEXT NOT NULL,
  parent       TEXT,
  model        TEXT NOT NULL,
  state        TEXT NOT NULL,
  chain        TEXT NOT NULL,
  parameters   TEXT NOT NULL,
  opened_at    INTEGER NOT NULL,
  status       INTEGER,
  answer       TEXT,
  answer_chain TEXT,
  raw          BLOB,
  raw_stream   INTEGER,
  -- The version of the reassembly that read the answer from raw; absent where the answer came by itself.
  reading      INTEGER,
  prompt_tokens INTEGER,
  cached_tokens INTEGER,
  answer_tokens INTEGER,
  completed_at INTEGER,
  episode      TEXT
);
CREATE INDEX interaction_space ON interaction (space, principal, id);
CREATE INDEX interaction_chain ON interaction (space, principal, answer_chain) WHERE answer_chain IS NOT NULL;
CREATE INDEX interaction_open ON interaction (id) WHERE state = 'OPENED';
CREATE INDEX interaction_unbuffered ON interaction (id) WHERE state = 'COMPLETED' AND episode IS NULL AND answer IS NOT NULL;
-- What retention asks: the oldest that are kept, and who else refers to a text.
CREATE INDEX interaction_kept ON interaction (opened_at, id) WHERE state <> 'EXPIRED';
CREATE INDEX interaction_conversation ON interaction (conversation, space);
CREATE INDEX interaction_answer ON interaction (answer, space) WHERE answer IS NOT NULL;
CREATE INDEX interaction_parameters ON interaction (parameters, space) WHERE state <> 'EXPIRED';

CREATE TABLE interaction_message (
  interaction TEXT NOT NULL,
  position    INTEGER NOT NULL,
  digest      TEXT NOT NULL,
  PRIMARY KEY (interaction, position)
);
CREATE INDEX interaction_message_digest ON interaction_message (digest);

CREATE TABLE anchor (
  space        TEXT NOT NULL,
  conversation TEXT NOT NULL,
  chain        TEXT NOT NULL,
  text         TEXT NOT NULL,
  items        TEXT NOT NULL,
  tokens       INTEGER NOT NULL,
  interaction  TEXT NOT NULL,
  PRIMARY KEY (space, conversation, chain)
);

-- Digests of the sentences that Hone itself put into a principal's prompts, first for that interaction: coming back, they
-- are never evidence.
CREATE TABLE emitted (
  space       TEXT NOT NULL,
  principal   TEXT NOT NULL,
  digest      TEXT NOT NULL,
  interaction TEXT NOT NULL,
  PRIMARY KEY (space, principal, digest)
);

CREATE TABLE exposure (
  interaction TEXT NOT NULL,
  rank        INTEGER NOT NULL,
  space       TEXT NOT NULL,
  experience  TEXT NOT NULL,
  version     INTEGER NOT NULL,
  tokens      INTEGER NOT NULL,
  arm         TEXT NOT NULL,
  probability REAL NOT NULL,
  PRIMARY KEY (interaction, rank)
);
CREATE INDEX exposure_experience ON exposure (space, experience);

CREATE TABLE outcome (
  id          TEXT PRIMARY KEY,
  space       TEXT NOT NULL,
  interaction TEXT NOT NULL,
  metric      TEXT NOT NULL,
  value       REAL,
  correction  TEXT,
  comment     TEXT,
  principal   TEXT NOT NULL,
  at          INTEGER NOT NULL
);
CREATE INDEX outcome_interaction ON outcome (interaction);

CREATE TABLE episode (
  id        TEXT PRIMARY KEY,
  space     TEXT NOT NULL,
  principal TEXT NOT NULL,
  revision  INTEGER NOT NULL,
  state     TEXT NOT NULL,
  size      INTEGER NOT NULL,
  last_at   INTEGER NOT NULL,
  due_at    INTEGER NOT NULL,
  attempts  INTEGER NOT NULL,
  note      TEXT,
  raw       TEXT
);
CREATE INDEX episode_space ON episode (space, principal, id);
CREATE INDEX episode_closed ON episode (due_at, id) WHERE state = 'CLOSED';
CREATE INDEX episode_waiting ON episode (space, state, last_at) WHERE state IN ('OPEN', 'CLOSED');
CREATE INDEX interaction_episode ON interaction (episode) WHERE episode IS NOT NULL;

-- Backend: the pool ----------------------------------------------------------------------------------------------------

CREATE TABLE pool_commit (
  space    TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  id       TEXT NOT NULL UNIQUE,
  parent   TEXT,
  kind     TEXT NOT NULL,
  author   TEXT NOT NULL,
  reason   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  episode  TEXT,
  revision INTEGER,
  PRIMARY KEY (space, sequence)
);
CREATE UNIQUE INDEX pool_commit_once ON pool_commit (episode, revision) WHERE episode IS NOT NULL;

-- What a commit touched. The digest is salted with the version's salt, so that destroying text and salt leaves a chain
-- that still verifies.
CREATE TABLE touched (
  space          TEXT NOT NULL,
  sequence       INTEGER NOT NULL,
  position       INTEGER NOT NULL,
  experience     TEXT NOT NULL,
  version_before INTEGER NOT NULL,
  version_after  INTEGER NOT NULL,
  state          TEXT NOT NULL,
  digest         TEXT NOT NULL,
  PRIMARY KEY (space, sequence, position)
);

-- All versions of all items; a version counts from its own commit until ended_by.
CREATE TABLE version (
  space         TEXT NOT NULL,
  experience    TEXT NOT NULL,
  version       INTEGER NOT NULL,
  sequence      INTEGER NOT NULL,
  ended_by      INTEGER,
  state         TEXT NOT NULL,
  owner         TEXT NOT NULL,
  kind          TEXT NOT NULL,
  type          TEXT NOT NULL,
  title         TEXT NOT NULL,
  applies_when  TEXT NOT NULL,
  content       TEXT NOT NULL,
  tokens        INTEGER NOT NULL,
  successor     TEXT,
  salt          TEXT NOT NULL,
  PRIMARY KEY (space, experience, version)
);
CREATE INDEX version_head ON version (space, state, experience) WHERE ended_by IS NULL;
CREATE INDEX version_sequence ON version (space, sequence);
CREATE INDEX version_ended ON version (space, ended_by) WHERE ended_by IS NOT NULL;

CREATE TABLE evidence (
  space       TEXT NOT NULL,
  experience  TEXT NOT NULL,
  interaction TEXT NOT NULL,
  role        TEXT NOT NULL,
  quote       TEXT NOT NULL,
  principal   TEXT NOT NULL,
  sequence    INTEGER NOT NULL,
  ended_by    INTEGER
);
CREATE INDEX evidence_experience ON evidence (space, experience);
CREATE INDEX evidence_interaction ON evidence (space, interaction);
CREATE INDEX evidence_sequence ON evidence (space, sequence);

CREATE TABLE rejection (
  space TEXT NOT NULL,
  grp   TEXT NOT NULL,
  why   TEXT NOT NULL,
  at    INTEGER NOT NULL,
  PRIMARY KEY (space, grp)
);

-- Doors ----------------------------------------------------------------------------------------------------------------

-- Answers to requests that carry an Idempotency-Key, written in the transaction of what they tell of. They hold ids, no
-- text; the fingerprint is a digest of the request.
CREATE TABLE replay (
  principal   TEXT NOT NULL,
  name        TEXT NOT NULL,
  space       TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status      INTEGER NOT NULL,
  headers     TEXT NOT NULL,
  body        BLOB NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (principal, name)
);
CREATE INDEX replay_at ON replay (at);
