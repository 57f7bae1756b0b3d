package dev.hone.model;

import dev.hone.port.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for another upstream as long as there is a reason to: until somebody no longer waits for
 * the answer (seen within {@link #LOOK}), and no longer than a limit for its head and for each
 * further piece. A request that is given up breaks off its connection, which is how a model learns
 * of it.
 */
public final class PatientUpstream implements Upstream {

  /** How often a silent model is taken as the occasion to ask whether anybody waits. */
  public static final Duration LOOK = Duration.ofMillis(100);

  private static final int PIECES = 8;
  private static final int LARGEST_PIECE = 16 * 1024;

  private final Upstream inner;
  private final Duration first;
  private final Duration silence;

  /**
   * @param first how long the head of an answer may take
   * @param silence how long each further piece may take
   */
  public PatientUpstream(Upstream inner, Duration first, Duration silence) {
    this.inner = inner;
    this.first = first;
    this.silence = silence;
  }

  /** What comes of a model, in order. */
  private sealed interface Event {

    record Head(int status, Map<String, List<String>> headers, boolean bodiless) implements Event {}

    record Piece(byte[] bytes) implements Event {}

    record End() implements Event {}

    record Broke(Throwable why) implements Event {}
  }

  @Override
  public Answer ask(Request request) throws IOException {
    Asking asking = new Asking(request);
    asking.thread.start();
    return asking.answer();
  }

  /** The upstream's address. */
  @Override
  public String toString() {
    return inner.toString();
  }

  /** One request being answered, on a thread of its own that can be interrupted. */
  private final class Asking {

    private final Request request;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(PIECES);
    private final Thread thread = Thread.ofVirtual().name("hone-upstream").unstarted(this::run);
    private boolean over;

    Asking(Request request) {
      this.request = request;
    }

    private void run() {
      try {
        events.put(ask());
      } catch (InterruptedException e) {
        // Given up: closing the answer has broken the connection off.
        return;
      }
    }

    /** Hands over all but the last event, which it returns. */
    private Event ask() throws InterruptedException {
      try (Answer answer = inner.ask(request)) {
        events.put(new Event.Head(answer.status(), answer.headers(), answer.isBodiless()));
        InputStream in = answer.body();
        byte[] buffer = new byte[LARGEST_PIECE];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          events.put(new Event.Piece(Arrays.copyOf(buffer, n)));
        }
        return new Event.End();
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable e) {
        return new Event.Broke(e);
      }
    }

    private Event next(Duration limit) throws IOException {
      long since = System.nanoTime();
      boolean waiting = true;
      while (waiting) {
        if (request.abandoned().getAsBoolean()) {
          giveUp();
          throw new Abandoned();
        }
        try {
          Event event = events.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
          if (event != null) {
            over = event instanceof Event.End || event instanceof Event.Broke;
            return event;
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          giveUp();
          throw new IOException("interrupted", e);
        }
        waiting = System.nanoTime() - since < limit.toNanos();
      }
      giveUp();
      throw new Silent(limit);
    }

    private void giveUp() {
      over = true;
      thread.interrupt();
    }

    Answer answer() throws IOException {
      return switch (next(first)) {
        case Event.Head(int status, Map<String, List<String>> headers, boolean bodiless) ->
            new Arriving(this, status, headers, new Body(this), bodiless);
        case Event.Broke(Throwable why) -> throw broken(why);
        case Event.Piece _, Event.End _ -> throw new IllegalStateException("an answer has a head");
      };
    }

    /** The next piece, or null at the end. */
    byte @Nullable [] piece() throws IOException {
      if (over) {
        return null;
      }
      return switch (next(silence)) {
        case Event.Piece(byte[] bytes) -> bytes;
        case Event.End _ -> null;
        case Event.Broke(Throwable why) -> throw broken(why);
        case Event.Head _ -> throw new IllegalStateException("an answer has one head");
      };
    }

    void close() {
      if (!over) {
        giveUp();
      }
    }
  }

  private static IOException broken(Throwable why) {
    return why instanceof IOException io ? io : new IOException(String.valueOf(why), why);
  }

  private record Arriving(
      Asking asking,
      int status,
      Map<String, List<String>> headers,
      InputStream body,
      boolean isBodiless)
      implements Answer {

    @Override
    public void close() {
      asking.close();
    }
  }

  private static final class Body extends InputStream {

    private final Asking asking;
    private byte[] piece = new byte[0];
    private int at;

    Body(Asking asking) {
      this.asking = asking;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (at == piece.length) {
        byte[] next = asking.piece();
        if (next == null) {
          return -1;
        }
        piece = next;
        at = 0;
      }
      int n = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, into, offset, n);
      at += n;
      return n;
    }
  }
}
