package dev.hone.e2e;

import dev.hone.Server;
import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import dev.hone.http.exchange.Operation;
import java.nio.file.Path;
import java.util.List;

/** A Hone in this process, on a free port. */
final class HoneFixture implements AutoCloseable {

  private final Server server;

  private HoneFixture(Server server) {
    this.server = server;
  }

  /** Starts one; settings are given as {@code key=value}. */
  static HoneFixture start(Path data, String... settings) {
    return new HoneFixture(Server.start(settings(data, settings)));
  }

  /** Deadlines are long here: a busy machine must not make a request go on without experience. */
  static Settings settings(Path data, String... settings) {
    SettingsReader reader =
        new SettingsReader()
            .set("server.port", "0")
            .set("server.data", data.toString())
            .set("retrieval.deadline", "30s")
            .set("capture.deadline", "30s")
            .set("outcome.dropout", "0");
    for (String setting : settings) {
      String[] keyAndValue = setting.split("=", 2);
      reader.set(keyAndValue[0], keyAndValue[1]);
    }
    return reader.read();
  }

  int port() {
    return server.port();
  }

  String url() {
    return server.url();
  }

  /** All that can be asked. */
  List<Operation> operations() {
    return server.operations();
  }

  /** A client without a key. */
  HoneClient client() {
    return new HoneClient(server.url(), List.of());
  }

  /** A client with a key. */
  HoneClient client(String key) {
    return client().key(key);
  }

  @Override
  public void close() {
    server.close();
  }
}
