package dev.hone.frontend.capture;

import dev.hone.port.Journal;
import dev.hone.port.Unwritable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes requests and answers to the journal while the model works, and waits for them no longer
 * than a deadline: a full or slow disk never fails a request. What missed the deadline is still
 * written when the disk comes back. A request that the disk refused is written once more together
 * with its answer; an answer that it refused, though it had taken the request, when it takes
 * something again.
 */
public final class Recorder {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final Journal journal;
  private final Executor executor;
  private final Duration deadline;
  private final Consumer<String> missed;
  private final Owed owed = new Owed();

  /**
   * @param deadline how long a request waits for its journal entry
   * @param missed told what was not durable in time: {@code opened} or {@code completed}
   */
  public Recorder(Journal journal, Executor executor, Duration deadline, Consumer<String> missed) {
    this.journal = journal;
    this.executor = executor;
    this.deadline = deadline;
    this.missed = missed;
  }

  /** Begins to write a request; does not wait. */
  public Recording open(Journal.Opening opening) {
    CompletableFuture<?> written =
        CompletableFuture.runAsync(() -> journal.opened(opening), executor);
    if (!owed.isEmpty()) {
      var _ = written.thenRunAsync(owed::settle, executor);
    }
    return new Recording(opening, written);
  }

  /** One interaction being recorded. */
  public final class Recording {

    private final Journal.Opening opening;
    private CompletableFuture<?> written;
    private volatile boolean withoutExperience;

    private Recording(Journal.Opening opening, CompletableFuture<?> written) {
      this.opening = opening;
      this.written = written;
    }

    public Journal.Opening opening() {
      return opening;
    }

    /** Takes back what the opening said of experience; does not wait. */
    public void withoutExperience() {
      withoutExperience = true;
      written = written.thenRunAsync(() -> journal.withoutExperience(opening), executor);
    }

    /** Waits, within the deadline, until the request is durable; says whether it is. */
    public boolean opened() {
      return durable(written, "opened");
    }

    /**
     * Writes the answer; waits, within the deadline, until it is durable, and says whether it is.
     * Of an error only the status is kept: what refuses a key may repeat it. When the request has
     * missed the deadline already, it does not wait again.
     */
    public boolean completed(Journal.Completion completion) {
      boolean late = !written.isDone();
      Journal.Completion kept = completion.status() < 400 ? completion : completion.withoutBody();
      written =
          written.handleAsync(
              (any, refused) -> {
                if (refused == null) {
                  writeAnswer(kept);
                } else {
                  writeBoth(kept);
                }
                return true;
              },
              executor);
      return !late && durable(written, "completed");
    }

    private void writeAnswer(Journal.Completion completion) {
      Runnable write = () -> journal.completed(opening.scope().space(), opening.id(), completion);
      try {
        write.run();
      } catch (Unwritable e) {
        owed.add(write, completion.raw().length);
        throw e;
      }
    }

    /** What had been refused may be there all the same. */
    private void writeBoth(Journal.Completion completion) {
      journal.recorded(opening, completion, List.of());
      if (withoutExperience) {
        journal.withoutExperience(opening);
      }
    }

    private boolean durable(CompletableFuture<?> write, String what) {
      try {
        write.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        LOG.warn("interaction {}: '{}' is not durable in time", opening.id(), what);
      } catch (ExecutionException | CompletionException e) {
        if (e.getCause() instanceof Unwritable refused) {
          LOG.debug("interaction {}: '{}': {}", opening.id(), what, refused.getMessage());
        } else {
          LOG.error("interaction {}: '{}' was not written", opening.id(), what, e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      missed.accept(what);
      return false;
    }
  }
}
