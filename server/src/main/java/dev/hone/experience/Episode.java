package dev.hone.experience;

import java.util.List;

/**
 * Interactions that share meaning, of one principal in one space. A late outcome makes a new
 * revision; storing is unique on (id, revision).
 *
 * @param id unique, time-ordered
 * @param revision from 1
 * @param space the pool
 * @param principal whose interactions these are
 * @param interactions oldest first
 */
public record Episode(
    String id, int revision, String space, String principal, List<Interaction> interactions) {

  public Episode {
    interactions = List.copyOf(interactions);
    if (revision < 1) {
      throw new IllegalArgumentException("revisions count from 1");
    }
  }
}
