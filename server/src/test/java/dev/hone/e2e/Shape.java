package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One recorded shape of a request and its answer: a folder of the corpus.
 *
 * <ul>
 *   <li>{@code request.http}: the request line and the headers, but for those of the connection
 *   <li>{@code request.body}: its bytes
 *   <li>{@code request.place}: the one place where a block may be put: offset, and what it is there
 *       ({@code string}, {@code part}, {@code first-part}); missing when no block may be put in
 *   <li>{@code answer.http}, {@code answer.body}: likewise
 *   <li>{@code answer.chunks}: the lengths of the chunks in which the body comes; missing when it
 *       comes whole
 * </ul>
 *
 * A body is there exactly when its head tells a {@code Content-Type}.
 */
record Shape(
    String name,
    String requestHead,
    byte[] requestBody,
    Optional<Place> place,
    String answerHead,
    byte[] answerBody,
    List<Integer> chunks) {

  /** Where a block may be put, and as what. */
  record Place(int offset, String as) {}

  static Shape load(Path folder) throws IOException {
    String requestHead = text(folder.resolve("request.http"));
    String answerHead = text(folder.resolve("answer.http"));
    Path place = folder.resolve("request.place");
    Path chunks = folder.resolve("answer.chunks");
    return new Shape(
        folder.getFileName().toString(),
        requestHead,
        body(requestHead, folder.resolve("request.body")),
        Files.exists(place) ? Optional.of(place(text(place).strip().split(" "))) : Optional.empty(),
        answerHead,
        body(answerHead, folder.resolve("answer.body")),
        Files.exists(chunks)
            ? Arrays.stream(text(chunks).strip().split(" ")).map(Integer::valueOf).toList()
            : List.of());
  }

  private static Place place(String[] offsetAndKind) {
    return new Place(Integer.parseInt(offsetAndKind[0]), offsetAndKind[1]);
  }

  private static String text(Path file) throws IOException {
    return new String(bytes(file), UTF_8);
  }

  private static byte[] body(String head, Path file) throws IOException {
    return head.contains("\nContent-Type:") ? bytes(file) : new byte[0];
  }

  private static byte[] bytes(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      throw new IOException(file + " is empty");
    }
    return bytes;
  }

  boolean isChat() {
    return requestHead.startsWith("POST /v1/chat/completions");
  }

  String requestLine() {
    return requestHead.lines().findFirst().orElseThrow();
  }

  int status() {
    return Integer.parseInt(answerHead.split(" ", 3)[1]);
  }

  /** The request's head and body as a message. */
  WireMessage request() {
    return new WireMessage(requestHead.getBytes(UTF_8), requestBody, true);
  }

  /** The answer's head and body as a message. */
  WireMessage answer() {
    return new WireMessage(answerHead.getBytes(UTF_8), answerBody, true);
  }

  /** What the newest message asks. */
  String asked() {
    JsonNode messages = Json.read(new String(requestBody, UTF_8)).path("messages");
    JsonNode content = messages.path(messages.size() - 1).path("content");
    return content.isTextual()
        ? content.asText()
        : content
            .valueStream()
            .map(part -> part.path("text").asText())
            .collect(Collectors.joining(" "))
            .strip();
  }

  /** Answers as recorded. */
  RawUpstream.Script script() {
    List<String> lines = new ArrayList<>(answerHead.lines().toList());
    String status = lines.removeFirst().split(" ", 2)[1];
    if (chunks.isEmpty()) {
      boolean none = status() == 204;
      String[] head = lines.toArray(String[]::new);
      return none
          ? (request, wire) -> wire.head(status, head)
          : (request, wire) -> wire.whole(status, answerBody, head);
    }
    lines.add("Transfer-Encoding: chunked");
    return (request, wire) -> {
      wire.head(status, lines.toArray(String[]::new));
      int from = 0;
      for (int length : chunks) {
        wire.chunk(Arrays.copyOfRange(answerBody, from, from + length));
        from += length;
      }
      wire.lastChunk();
    };
  }

  @Override
  public String toString() {
    return name;
  }

  /** All folders of a corpus, by name. */
  static List<Shape> all(Path corpus) throws IOException {
    List<Shape> shapes = new ArrayList<>();
    try (Stream<Path> folders = Files.list(corpus)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        shapes.add(load(folder));
      }
    }
    return shapes;
  }
}
