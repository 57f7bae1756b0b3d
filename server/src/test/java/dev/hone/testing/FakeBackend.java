package dev.hone.testing;

import dev.hone.experience.Admission;
import dev.hone.experience.Commit;
import dev.hone.experience.Draft;
import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.experience.Refinement;
import dev.hone.port.Backend;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A backend of which a test says what it needs; the rest is not expected to be asked. */
public class FakeBackend implements Backend {

  @Override
  public List<Hit> retrieve(Query query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Explanation explain(Query query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Edit.Result edit(String space, String principal, Edit edit, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Admission> store(Episode episode, List<Draft> drafts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Refinement refine(String space, boolean dryRun, String author, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean refinementDue(String space) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Commit> restore(String space, long sequence, String author, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Commit> alone(String space, Supplier<Optional<Commit>> change) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void settle(String space) {
    throw new UnsupportedOperationException();
  }
}
