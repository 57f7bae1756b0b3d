package dev.hone.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code hone lab data}: getting data sets, and seeing which there are. */
class DataCommandTest {

  @TempDir private Path folder;
  private HttpServer server;
  private byte[] archive = new byte[0];
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void start() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
      byte[] csv = "Which star?,Sun,Vega,Mars,Moon,A\n".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 2; i++) {
        String subject = i == 0 ? "astronomy" : "virology";
        TarArchiveEntry entry = new TarArchiveEntry("data/test/" + subject + "_test.csv");
        entry.setSize(csv.length);
        tar.putArchiveEntry(entry);
        tar.write(csv);
        tar.closeArchiveEntry();
      }
    }
    archive = packed.toByteArray();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/data.tar",
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int data(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return new CommandLine(new DataCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/data.tar";
  }

  @Test
  void aDataSetThatWasGotCanBeLivedThrough() throws IOException {
    assertThat(data("get", "mmlu", "--data", folder.toString(), "--url", url())).isZero();
    assertThat(out.toString())
        .contains("SHA-256 " + Sha256.of(archive), "seen for the first time", "Licence: MIT");

    Dataset mmlu = new Datasets(Optional.of(folder)).named("mmlu");
    assertThat(mmlu.parts(1).lived().size() + mmlu.parts(1).asked().size()).isPositive();

    assertThat(data("list", "--data", folder.toString(), "--json")).isZero();
    JsonNode sets = new ObjectMapper().readTree(out.toString()).path("sets");
    assertThat(sets.path(0).path("here").asBoolean()).isTrue();
    assertThat(sets.path(1).path("here").asBoolean()).isFalse();
  }

  @Test
  void aDigestThatIsKnownIsHeeded() {
    String digest = Sha256.of(archive);
    String[] get = {"get", "mmlu", "--data", folder.toString(), "--url", url(), "--sha256", digest};
    assertThat(data(get)).isZero();
    assertThat(out.toString()).contains(", as expected");

    get[7] = Sha256.of(new byte[0]);
    assertThat(data(get)).isEqualTo(1);
    assertThat(err.toString()).contains(digest, "not " + get[7]);

    get[7] = "short";
    assertThat(data(get)).isEqualTo(2);
    assertThat(err.toString()).contains("64 hexadecimal digits");
  }

  @Test
  void withoutANetworkItSaysWhereFromAndWhereTo() {
    server.stop(0);
    assertThat(data("get", "mmlu", "--data", folder.toString(), "--url", url())).isEqualTo(1);
    assertThat(err.toString()).contains(url(), folder.resolve("mmlu.tar").toString());
  }

  @Test
  void theListNamesLicencesAndAddresses() {
    assertThat(data("list", "--data", folder.toString())).isZero();
    assertThat(out.toString())
        .contains(
            "MIT",
            "CC BY-NC 3.0",
            "https://people.eecs.berkeley.edu/~hendrycks/data.tar",
            "hone lab data get sciq");
  }

  @Test
  void whatIsNotKnownIsNamed() {
    assertThat(data("get", "imagenet", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("'imagenet'", "mmlu, sciq");
    assertThat(data()).isEqualTo(2);
    assertThat(err.toString()).contains("get NAME, or list");
  }
}
