-- Did it help? What was held back, and sessions that are over. Times are milliseconds since 1970-01-01 UTC. Everything belongs
-- to one space.

-- The share of sessions that were held out when this was drawn.
ALTER TABLE exposure ADD COLUMN holdout REAL NOT NULL DEFAULT 0;

-- What would have stood in a prompt, and was held back to measure whether it helps.
CREATE TABLE withheld (
  interaction TEXT NOT NULL,
  rank        INTEGER NOT NULL,
  space       TEXT NOT NULL,
  experience  TEXT NOT NULL,
  version     INTEGER NOT NULL,
  tokens      INTEGER NOT NULL,
  arm         TEXT NOT NULL,
  probability REAL NOT NULL,
  holdout     REAL NOT NULL,
  PRIMARY KEY (interaction, rank)
);

-- Sessions that are over and found experience, whether they were shown it or not, in the order in which they were closed. What is
-- said of them later does not count any more.
CREATE TABLE session (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  space        TEXT NOT NULL,
  conversation TEXT NOT NULL,
  arm          TEXT NOT NULL,
  holdout      REAL NOT NULL,
  -- The topic of what was found first.
  type         TEXT,
  interactions INTEGER NOT NULL,
  -- Tokens of prompts and answers as the model counted them; absent where it did not.
  tokens       INTEGER,
  -- Of these, tokens of prompts that the provider had cached, and tokens of answers.
  cached_tokens INTEGER,
  answer_tokens INTEGER,
  began_at     INTEGER NOT NULL,
  closed_at    INTEGER NOT NULL
);
CREATE UNIQUE INDEX session_once ON session (space, conversation);
CREATE INDEX session_space ON session (space, id);
CREATE INDEX session_cost ON session (space, arm, holdout, tokens, cached_tokens, answer_tokens);

-- The mean outcome of a session by a metric; absent where nothing was said by it.
CREATE TABLE session_value (
  session INTEGER NOT NULL,
  space   TEXT NOT NULL,
  metric  TEXT NOT NULL,
  value   REAL NOT NULL,
  PRIMARY KEY (session, metric)
);
CREATE INDEX session_value_metric ON session_value (space, metric);

-- The items that a session found: shown or dropped, by a coin of this probability of being shown. Not of sessions held out.
CREATE TABLE session_item (
  session     INTEGER NOT NULL,
  space       TEXT NOT NULL,
  experience  TEXT NOT NULL,
  version     INTEGER NOT NULL,
  shown       INTEGER NOT NULL,
  probability REAL NOT NULL,
  PRIMARY KEY (session, experience, version)
);

-- Up to which interaction sessions were closed.
CREATE TABLE session_mark (
  opened_at   INTEGER NOT NULL,
  interaction TEXT NOT NULL
);

-- What an answer says of its own confidence, in [0, 1]; absent where it says nothing.
ALTER TABLE interaction ADD COLUMN confidence REAL;

-- How sure the model was of an answer that was judged by a metric, on the day (UTC) of its request; and whether experience stood
-- in the prompt (shown), was held out, or neither (nothing).
CREATE TABLE confidence (
  interaction TEXT NOT NULL,
  metric      TEXT NOT NULL,
  space       TEXT NOT NULL,
  day         TEXT NOT NULL,
  arm         TEXT NOT NULL,
  confidence  REAL NOT NULL,
  value       REAL NOT NULL,
  PRIMARY KEY (interaction, metric)
);
CREATE INDEX confidence_day ON confidence (space, metric, day, arm, confidence, value);

-- What is asked for the costs of days, without a look at the rows with their words.
CREATE INDEX interaction_cost ON interaction (space, opened_at, id, prompt_tokens, cached_tokens, answer_tokens, completed_at, source)
  WHERE completed_at IS NOT NULL AND source IS NULL;
