package dev.hone.lab.server;

import dev.hone.Server;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A Hone of the lab: in this process, asked over HTTP. */
public final class LabHone implements AutoCloseable {

  /** The model that answers when no other is named. */
  public static final String BUILTIN = "hone-builtin";

  private static final String INSTRUCTION =
      "Answer a multiple-choice question with the letter of the right choice, any other question in"
          + " a few words. Then write, on a line of its own, 'Confidence: ' and a number between 0"
          + " and 1.";

  private final Server server;
  private final HttpClient http;
  private final HoneClient client;

  private LabHone(Server server, HttpClient http, HoneClient client) {
    this.server = server;
    this.http = http;
    this.client = client;
  }

  /**
   * Starts one.
   *
   * @param data its data folder, which stays when it is closed
   * @param model who answers and distills, unless it is the built-in model
   * @param own settings besides those of the lab
   */
  public static LabHone start(Path data, Optional<RemoteModel> model, Map<String, String> own) {
    Server server = Server.start(LabSettings.of(data, model, own));
    HttpClient http = HttpClient.newHttpClient();
    return new LabHone(
        server,
        http,
        new HoneClient(
            http,
            server.url(),
            "desk",
            model.map(RemoteModel::name).orElse(BUILTIN),
            model.map(any -> INSTRUCTION)));
  }

  /** A client of it. */
  public HoneClient client() {
    return client;
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
