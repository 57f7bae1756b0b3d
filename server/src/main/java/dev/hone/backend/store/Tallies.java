package dev.hone.backend.store;

import java.util.List;

/** What is counted is what is there: the members of an episode, and its repetitions. */
public final class Tallies extends Queried {

  public Tallies(Database database) {
    super(
        database,
        "counts",
        List.of(
            new Question(
                "SELECT count(*) FROM episode",
                "SELECT 'episode ' || e.id || ' counts ' || e.size || ' interactions and ' ||"
                    + " e.repetitions || ' repetitions' FROM episode e WHERE e.size <> (SELECT"
                    + " count(*) FROM interaction i WHERE i.episode = e.id AND i.repeats IS NULL)"
                    + " OR e.repetitions <> (SELECT count(*) FROM interaction i WHERE i.episode ="
                    + " e.id AND i.repeats IS NOT NULL)"),
            new Question(
                "SELECT count(*) FROM interaction WHERE repeats IS NOT NULL",
                "SELECT 'interaction ' || i.id || ' repeats ' || i.repeats || ', which its episode"
                    + " does not have' FROM interaction i WHERE i.repeats IS NOT NULL AND NOT"
                    + " EXISTS (SELECT 1 FROM interaction o WHERE o.id = i.repeats AND o.space ="
                    + " i.space AND o.episode = i.episode AND o.repeats IS NULL)"),
            new Question(
                "SELECT count(*) FROM interaction WHERE episode IS NOT NULL",
                "SELECT 'interaction ' || i.id || ' is in episode ' || i.episode || ', which is not"
                    + " there' FROM interaction i WHERE i.episode IS NOT NULL AND NOT EXISTS"
                    + " (SELECT 1 FROM episode e WHERE e.id = i.episode)")));
  }
}
