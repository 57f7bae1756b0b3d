package dev.hone;

import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import dev.hone.frontend.capture.Recorder;
import dev.hone.port.Journal;
import dev.hone.port.Upstream;
import dev.hone.wire.Answers;
import dev.hone.wire.DoneMarker;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Passes a model's answer on, byte for byte, and sees to it that the request is durable before the
 * first byte and the answer before {@code [DONE]} or the end.
 */
final class Reply {

  private static final int LARGEST_RECORDED = 16 * 1024 * 1024;

  private final Call call;
  private final Optional<Recorder.Recording> recording;
  private final Client client;
  private final Meters meters;
  private final InstantSource clock;
  private Augmentation augmentation;
  private long asked;
  private long overhead;
  private boolean recorded;
  private boolean started;

  Reply(
      Call call,
      Augmentation augmentation,
      Optional<Recorder.Recording> recording,
      Client client,
      Meters meters,
      InstantSource clock) {
    this.call = call;
    this.augmentation = augmentation;
    this.recording = recording;
    this.client = client;
    this.meters = meters;
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
   * The model cannot be reached, or broke off: writes that down, and makes what to tell the client.
   */
  IOException unreachable(IOException cause) {
    if (started) {
      return cause;
    }
    boolean durable = opened();
    record(new Journal.Completion(true, 502, null, new byte[0], false, null, clock.instant()));
    meters.answered(augmentation.mode(), 502, overhead, augmentation.tokens());
    return new Inference.Unreachable(headers(Map.of(), durable), cause);
  }

  /** Passes the answer on. */
  void relay(Upstream.Answer answer) throws IOException {
    if (isStream(answer)) {
      stream(answer);
    } else {
      byte[] body = answer.body().readAllBytes();
      long back = System.nanoTime();
      boolean opened = opened();
      boolean durable = record(completion(answer.status(), body, false, true)) && opened;
      overhead += System.nanoTime() - back;
      started = true;
      client.send(answer.status(), headers(answer.headers(), durable), body);
    }
    meters.answered(augmentation.mode(), answer.status(), overhead, augmentation.tokens());
  }

  private static boolean isStream(Upstream.Answer answer) {
    return answer.headers().getOrDefault("content-type", List.of()).stream()
        .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
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
      DoneMarker marker = new DoneMarker();
      InputStream body = answer.body();
      byte[] buffer = new byte[16 * 1024];
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        if (raw.size() + n <= LARGEST_RECORDED) {
          raw.write(buffer, 0, n);
        }
        DoneMarker.Split split = marker.split(buffer, n);
        out.write(split.before());
        if (split.marked()) {
          record(completion(answer.status(), raw.toByteArray(), true, true));
        }
        out.write(split.after());
        out.flush();
      }
      out.write(marker.rest());
      record(completion(answer.status(), raw.toByteArray(), true, true));
      whole = true;
      out.close();
    } finally {
      if (!whole) {
        record(completion(answer.status(), raw.toByteArray(), true, false));
      }
    }
  }

  private boolean opened() {
    return recording.isPresent() && recording.get().opened();
  }

  private boolean record(Journal.Completion completion) {
    if (recording.isEmpty()) {
      return false;
    }
    if (recorded) {
      return true;
    }
    recorded = true;
    return recording.get().completed(completion);
  }

  private Journal.Completion completion(int status, byte[] raw, boolean stream, boolean whole) {
    Message answer = status < 400 ? Answers.read(raw, stream).orElse(null) : null;
    return new Journal.Completion(
        whole, status, answer, raw, stream, chainAfter(answer), clock.instant());
  }

  private @Nullable Digest chainAfter(@Nullable Message answer) {
    return answer == null ? null : call.chat().chain().getLast().then(answer.digest());
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
    headers.put("x-hone-overhead-ms", List.of(String.format(Locale.ROOT, "%.3f", overhead / 1e6)));
    headers.put("x-hone-capture", List.of(durable ? "durable" : "none"));
    return headers;
  }

  /** All headers of Hone together stay below 1 KB; the receipt has every id. */
  private static String shortened(String ids) {
    return ids.length() <= 700 ? ids : ids.substring(0, ids.lastIndexOf(',', 700));
  }
}
