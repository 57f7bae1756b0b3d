package dev.hone.backend.admit;

import dev.hone.experience.Draft;
import dev.hone.experience.Evidence;
import java.util.ArrayList;
import java.util.List;

/**
 * The drafts of an episode, those that are one put together.
 *
 * @param drafts no two of them are one; the first says what it says for all
 * @param places of each of the episode's drafts, where in {@code drafts} it is
 */
record United(List<Draft> drafts, List<Integer> places) {

  static United of(List<Draft> drafts, Likeness likeness) {
    United united = new United(new ArrayList<>(), new ArrayList<>());
    Known known = likeness.known();
    for (Draft draft : drafts) {
      united.places.add(united.place(draft, known, likeness));
    }
    return united;
  }

  private int place(Draft draft, Known known, Likeness likeness) {
    for (var match : known.saying(draft.lesson())) {
      int place = Integer.parseInt(match.key());
      Draft other = drafts.get(place);
      if (likeness.apart(draft.lesson(), other.lesson()).isEmpty()) {
        List<Evidence> evidence = new ArrayList<>(other.evidence());
        evidence.addAll(draft.evidence());
        drafts.set(place, new Draft(other.lesson(), evidence));
        return place;
      }
    }
    drafts.add(draft);
    known.put(Integer.toString(drafts.size() - 1), draft.lesson());
    return drafts.size() - 1;
  }
}
