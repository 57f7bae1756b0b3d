package dev.hone;

import dev.hone.experience.Block;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Usage;
import dev.hone.frontend.capture.Recorder;
import dev.hone.port.Journal;
import dev.hone.port.Upstream;
import dev.hone.wire.Answers;
import dev.hone.wire.DoneMarker;
import dev.hone.wire.Endpoint;
import dev.hone.wire.Unzipped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Passes a model's answer on, byte for byte, and sees to it that the request is durable before the
 * first byte and the answer before {@code [DONE]} or the end.
 */
final class Reply {

  private static final int LARGEST_RECORDED = 16 * 1024 * 1024;
  private static final int PIECE = 16 * 1024;

  /** What the status of an interaction says when its client went away. */
  private static final int NOBODY_WAITS = 499;

  private final Call call;
  private final Optional<Recorder.Recording> recording;
  private final Client client;
  private final Meters meters;
  private final Credentials credentials;
  private final InstantSource clock;
  private Augmentation augmentation;
  private long asked;
  private long overhead;
  private boolean recorded;
  private boolean started;
  private boolean tooLarge;

  Reply(
      Call call,
      Augmentation augmentation,
      Optional<Recorder.Recording> recording,
      Client client,
      Meters meters,
      Credentials credentials,
      InstantSource clock) {
    this.call = call;
    this.augmentation = augmentation;
    this.recording = recording;
    this.client = client;
    this.meters = meters;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** The model is about to be asked: what came before is Hone's overhead. */
  void asking() {
    asked = System.nanoTime();
    overhead = asked - call.arrived();
  }

  /** The augmented request was refused. */
  void withoutExperience() {
    augmentation = Augmentation.none(Augmentation.FAILED_OPEN);
    recording.ifPresent(Recorder.Recording::withoutExperience);
  }

  /**
   * The model cannot be reached, broke off, or nobody waits for it any more: writes that down, and
   * makes what to tell the client.
   */
  IOException unanswered(IOException cause) {
    if (started) {
      return cause;
    }
    boolean durable = opened();
    if (cause instanceof Upstream.Abandoned) {
      meters.abandoned();
      record(() -> ended(InteractionState.INTERRUPTED, NOBODY_WAITS));
      return cause;
    }
    int status = cause instanceof Upstream.Silent ? 504 : 502;
    record(() -> ended(InteractionState.FAILED, status));
    meters.answered(augmentation.mode(), status, overhead, augmentation.tokens());
    return new Inference.Unreachable(status, headers(Map.of(), durable), cause);
  }

  private Journal.Completion ended(InteractionState state, int status) {
    return new Journal.Completion(
        state, status, null, new byte[0], false, null, null, clock.instant());
  }

  /** Passes the answer on. */
  void relay(Upstream.Answer answer) throws IOException {
    if (isStream(answer)) {
      stream(answer);
    } else {
      byte[] body = answer.body().readNBytes(LARGEST_RECORDED);
      if (body.length < LARGEST_RECORDED) {
        whole(answer, body);
      } else {
        large(answer, body);
      }
    }
    meters.answered(augmentation.mode(), answer.status(), overhead, augmentation.tokens());
  }

  private static boolean isStream(Upstream.Answer answer) {
    return has(answer, "content-type", "text/event-stream");
  }

  private static boolean has(Upstream.Answer answer, String header, String value) {
    return answer.headers().getOrDefault(header, List.of()).stream()
        .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).startsWith(value));
  }

  private void whole(Upstream.Answer answer, byte[] body) {
    long back = System.nanoTime();
    boolean opened = opened();
    byte[] content =
        has(answer, "content-encoding", "gzip") ? Unzipped.content(body, LARGEST_RECORDED) : body;
    boolean durable = record(() -> completion(answer.status(), content, false, true)) && opened;
    overhead += System.nanoTime() - back;
    started = true;
    client.send(answer.status(), headers(answer.headers(), durable), body);
  }

  /** An answer too large to be read passes through; its last piece waits for the journal. */
  private void large(Upstream.Answer answer, byte[] begun) throws IOException {
    boolean durable = opened();
    started = true;
    tooLarge = true;
    boolean whole = false;
    try {
      OutputStream out = client.stream(answer.status(), headers(answer.headers(), durable));
      InputStream body = answer.body();
      byte[] piece = begun;
      for (byte[] next = body.readNBytes(PIECE); next.length > 0; next = body.readNBytes(PIECE)) {
        out.write(piece);
        piece = next;
      }
      record(() -> completion(answer.status(), new byte[0], false, true));
      whole = true;
      out.write(piece);
      out.close();
    } finally {
      if (!whole) {
        record(() -> completion(answer.status(), new byte[0], false, false));
      }
    }
  }

  /**
   * Only an answer that came to its end ends the client's; one that broke off breaks the
   * connection.
   */
  private void stream(Upstream.Answer answer) throws IOException {
    long back = System.nanoTime();
    boolean durable = opened();
    overhead += System.nanoTime() - back;
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    boolean whole = false;
    try {
      started = true;
      OutputStream out = client.stream(answer.status(), headers(answer.headers(), durable));
      if (has(answer, "content-encoding", "gzip")) {
        zipped(answer, out, raw);
      } else {
        plain(answer, out, raw);
      }
      whole = true;
      out.close();
    } finally {
      if (!whole) {
        record(() -> completion(answer.status(), raw.toByteArray(), true, false));
      }
    }
  }

  private void plain(Upstream.Answer answer, OutputStream out, ByteArrayOutputStream raw)
      throws IOException {
    DoneMarker marker = new DoneMarker();
    InputStream body = answer.body();
    byte[] buffer = new byte[PIECE];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      keep(raw, buffer, n);
      DoneMarker.Split split = marker.split(buffer, n);
      out.write(split.before());
      if (split.marked()) {
        record(() -> completion(answer.status(), raw.toByteArray(), true, true));
      }
      out.write(split.after());
      out.flush();
    }
    record(() -> completion(answer.status(), raw.toByteArray(), true, true));
    out.write(marker.rest());
  }

  /** What the pieces of a zipped stream say decides when it is passed on. */
  private void zipped(Upstream.Answer answer, OutputStream out, ByteArrayOutputStream raw)
      throws IOException {
    DoneMarker marker = new DoneMarker();
    InputStream body = answer.body();
    Unzipped unzipped = new Unzipped(body);
    for (Unzipped.Piece piece = unzipped.next(); ; piece = unzipped.next()) {
      boolean end = piece.content().length == 0;
      keep(raw, piece.content(), piece.content().length);
      if (end || marker.split(piece.content(), piece.content().length).marked()) {
        record(() -> completion(answer.status(), raw.toByteArray(), true, true));
      }
      out.write(piece.bytes());
      out.flush();
      if (end) {
        body.transferTo(out);
        return;
      }
    }
  }

  /** What is too large is not kept in part. */
  private void keep(ByteArrayOutputStream raw, byte[] bytes, int length) {
    if (raw.size() + length > LARGEST_RECORDED) {
      tooLarge = true;
      raw.reset();
    }
    if (!tooLarge) {
      raw.write(bytes, 0, length);
    }
  }

  /** Nothing is to come any more: what was not written down by now was given up. */
  void over() {
    record(() -> ended(InteractionState.INTERRUPTED, 500));
  }

  private boolean opened() {
    return recording.isPresent() && recording.get().opened();
  }

  private boolean record(Supplier<Journal.Completion> completion) {
    if (recording.isEmpty()) {
      return false;
    }
    if (recorded) {
      return true;
    }
    Journal.Completion made = completion.get();
    recorded = true;
    return recording.get().completed(made);
  }

  private Journal.Completion completion(
      int status, byte[] received, boolean stream, boolean whole) {
    byte[] raw = credentials.hiddenIn(received, call.wire().headers());
    Endpoint endpoint = call.asked().endpoint();
    Answers.Reading reading = Answers.read(endpoint, raw, stream);
    boolean good =
        status < 400
            && !reading.error()
            && (tooLarge || reading.answer() != null || !endpoint.answersInWords());
    boolean ended = tooLarge || !stream || reading.ended() || !endpoint.answersInWords();
    Usage usage = reading.usage();
    if (usage != null) {
      meters.used(augmentation.mode(), usage);
    }
    Message answer = status < 400 ? reading.answer() : null;
    return new Journal.Completion(
        !whole || (good && !ended)
            ? InteractionState.INTERRUPTED
            : good ? InteractionState.COMPLETED : InteractionState.FAILED,
        status,
        answer,
        raw,
        stream,
        answer == null ? null : call.asked().end().then(answer.digest()),
        usage,
        clock.instant());
  }

  private Map<String, List<String>> headers(Map<String, List<String>> answer, boolean durable) {
    Map<String, List<String>> headers = new LinkedHashMap<>(answer);
    recording.ifPresent(each -> headers.put("x-hone-interaction-id", List.of(each.opening().id())));
    String items =
        augmentation.items().stream().map(Block.Shown::id).collect(Collectors.joining(","));
    if (!items.isEmpty()) {
      headers.put("x-hone-experiences", List.of(shortened(items)));
    }
    headers.put("x-hone-tokens", List.of(Integer.toString(augmentation.tokens())));
    headers.put("x-hone-mode", List.of(augmentation.mode()));
    String pin = call.pin().commit();
    if (pin != null) {
      headers.put("x-hone-pin", List.of(pin));
    }
    headers.put("x-hone-overhead-ms", List.of(String.format(Locale.ROOT, "%.3f", overhead / 1e6)));
    headers.put("x-hone-capture", List.of(durable ? "durable" : "none"));
    return headers;
  }

  /** All headers of Hone together stay below 1 KB; the receipt has every id. */
  private static String shortened(String ids) {
    return ids.length() <= 700 ? ids : ids.substring(0, ids.lastIndexOf(',', 700));
  }
}
