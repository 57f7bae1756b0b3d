package dev.hone.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is whole or not there; what broke off goes on. */
class DownloadTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Long> seen = new ArrayList<>();
  private byte[] content = new byte[300_000];
  private volatile int breaksAt = Integer.MAX_VALUE;
  private volatile String tag = "\"one\"";
  private HttpServer server;
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    file = folder.resolve("sets").resolve("data.tar");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/data.tar", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  /** As a file server does: parts on request, the whole when the file is another one by now. */
  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("range");
    asked.add(String.valueOf(range));
    int from = 0;
    if (range != null && tag.equals(exchange.getRequestHeaders().getFirst("if-range"))) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }
    if (!tag.isEmpty()) {
      exchange.getResponseHeaders().set("etag", tag);
    }
    if (from >= content.length) {
      exchange.getResponseHeaders().set("content-range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      exchange.close();
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "content-range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    int to = Math.min(content.length, breaksAt);
    exchange.getResponseBody().write(content, from, to - from);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private Download.Got fetch(Optional<String> sha256) {
    return new Download(http, (done, of) -> seen.add(done)).fetch(address(), file, sha256);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data.tar");
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(file.getParent())) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileComesWithItsDigestBesideIt() throws IOException {
    Download.Got got = fetch(Optional.empty());

    assertThat(file).hasBinaryContent(content);
    assertThat(got.known()).isFalse();
    assertThat(got.loaded()).isEqualTo(content.length);
    assertThat(got.sha256()).isEqualTo(Sha256.of(content));
    assertThat(folder.resolve("sets").resolve("data.tar.sha256"))
        .hasContent(got.sha256() + "  data.tar");
    assertThat(files()).containsExactly("data.tar", "data.tar.sha256");
    assertThat(seen).isSorted().last().isEqualTo((long) content.length);
  }

  @Test
  void whatIsHereIsCheckedAndNotLoadedAgain() {
    fetch(Optional.empty());
    Download.Got again = fetch(Optional.empty());
    assertThat(again.loaded()).isZero();
    assertThat(again.known()).isTrue();
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatBrokeOffGoesOnWhereItBrokeOff() throws IOException {
    breaksAt = 200_000;
    assertThatThrownBy(() -> fetch(Optional.empty()))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("The same command goes on where it broke off");
    assertThat(file).doesNotExist();
    long here = Files.size(folder.resolve("sets").resolve("data.tar.part"));
    assertThat(here).isBetween(1L, 200_000L);

    breaksAt = Integer.MAX_VALUE;
    Download.Got got = fetch(Optional.of(Sha256.of(content)));

    assertThat(file).hasBinaryContent(content);
    assertThat(got.loaded()).isEqualTo(content.length - here);
    assertThat(asked).containsExactly("null", "bytes=" + here + "-");
    assertThat(files()).containsExactly("data.tar", "data.tar.sha256");
  }

  @Test
  void aFileThatChangedMeanwhileIsLoadedAnew() {
    breaksAt = 200_000;
    assertThatThrownBy(() -> fetch(Optional.empty())).isInstanceOf(BadData.class);
    breaksAt = Integer.MAX_VALUE;
    tag = "\"two\"";
    content = Arrays.copyOf(content, 250_000);
    content[0]++;

    fetch(Optional.empty());

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void withoutAnythingThatTellsFilesApartItBeginsAnew() {
    tag = "";
    breaksAt = 200_000;
    assertThatThrownBy(() -> fetch(Optional.empty())).isInstanceOf(BadData.class);
    breaksAt = Integer.MAX_VALUE;
    fetch(Optional.empty());
    assertThat(file).hasBinaryContent(content);
    assertThat(asked).containsExactly("null", "null");
  }

  @Test
  void whatHadComeWholeBeforeAKillIsNotLoadedAgain() throws IOException {
    Path part = folder.resolve("sets").resolve("data.tar.part");
    Files.createDirectories(part.getParent());
    Files.write(part, content);
    Files.writeString(folder.resolve("sets").resolve("data.tar.part.tag"), tag);

    assertThat(fetch(Optional.empty()).loaded()).isZero();
    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void anotherDigestThanExpectedIsRefused() {
    String other = Sha256.of(new byte[1]);
    assertThatThrownBy(() -> fetch(Optional.of(other)))
        .isInstanceOf(BadData.class)
        .hasMessageContaining(Sha256.of(content))
        .hasMessageContaining("not " + other);
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherFileThanTheFirstTimeIsRefused() throws IOException {
    fetch(Optional.empty());
    Files.delete(file);
    content[5]++;
    assertThatThrownBy(() -> fetch(Optional.empty()))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("not what was expected from");
  }

  @Test
  void withoutANetworkItSaysWhatToDo() {
    URI address = address();
    server.stop(0);
    assertThatThrownBy(
            () ->
                new Download(http, (done, of) -> seen.add(done))
                    .fetch(address, file, Optional.empty()))
        .isInstanceOf(BadData.class)
        .hasMessageContaining(address.toString())
        .hasMessageContaining(
            "Without a network, download it elsewhere and put it here as " + file);
  }

  @Test
  void aRefusalIsToldWithItsStatus() {
    assertThatThrownBy(
            () ->
                new Download(http, (done, of) -> seen.add(done))
                    .fetch(address().resolve("/none"), file, Optional.empty()))
        .hasMessageContaining("the server answered 404");
  }
}
