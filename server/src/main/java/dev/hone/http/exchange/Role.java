package dev.hone.http.exchange;

/** Who may use an operation; each includes those before it. */
public enum Role {
  /** Anybody who reaches the address. */
  OPEN,
  /** An application: asks, tells, gives feedback, reads what is its own or shared. */
  CLIENT,
  /** A person who edits and reviews experience. */
  CURATOR,
  /** A person who makes spaces and decides how they learn. */
  ADMIN
}
