package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plain client of one Hone: an address, and the headers that go with every request. */
public record HoneClient(String url, List<String> headers) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String MODEL = "hone-builtin";

  /** An answer as it came over the wire. */
  public record Answer(int status, HttpHeaders headers, byte[] bytes) {

    public String text() {
      return new String(bytes, UTF_8);
    }

    public JsonNode json() {
      return Json.read(text());
    }

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** What the model says. */
    public String said() {
      return json().path("choices").path(0).path("message").path("content").asText();
    }

    public String mode() {
      return header("x-hone-mode");
    }

    public String interaction() {
      return header("x-hone-interaction-id");
    }
  }

  public HoneClient with(String... more) {
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    return new HoneClient(url, List.copyOf(all));
  }

  /** Somebody who shows this key. */
  public HoneClient key(String key) {
    return with("authorization", "Bearer " + key);
  }

  public HoneClient space(String space) {
    return with("x-hone-space", space);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(90));
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return request;
  }

  private static Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  public Answer post(String path, String body) throws IOException, InterruptedException {
    return send(posting(path, body));
  }

  Answer patch(String path, String body) throws IOException, InterruptedException {
    return ask("PATCH", path, body);
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return ask("DELETE", path, "");
  }

  /** A request of any method; without a body when it is empty. */
  Answer ask(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request = request(path).method(method, publisher);
    if (!body.isEmpty() && !headers.contains("content-type")) {
      request.header("content-type", "application/json");
    }
    return send(request.build());
  }

  /** Makes a key as one who may: what its holder shows. */
  String makeKey(String role, String... spaces) throws IOException, InterruptedException {
    return madeKey(role, spaces).path("key").asText();
  }

  /** Makes a key as one who may: the key and what is known of it. */
  JsonNode madeKey(String role, String... spaces) throws IOException, InterruptedException {
    String bound = Stream.of(spaces).map(Json::quoted).collect(Collectors.joining(","));
    Answer made =
        post(
            "/api/v1/keys",
            "{\"name\":\"a key\",\"role\":\"" + role + "\",\"spaces\":[" + bound + "]}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json();
  }

  private HttpRequest posting(String path, String body) {
    return request(path)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** A chat request as it stands. */
  public Answer chat(String body) throws IOException, InterruptedException {
    return post("/v1/chat/completions", body);
  }

  /** A chat request whose answer is read while it comes. */
  public HttpResponse<InputStream> stream(String body) throws IOException, InterruptedException {
    return HTTP.send(
        posting("/v1/chat/completions", body), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Asks the built-in model. */
  public Answer ask(String question) throws IOException, InterruptedException {
    Answer answer = chat(Json.chat(MODEL, question));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  /** Tells of a question, a wrong answer and its correction; returns the interaction's id. */
  public String teach(String question, String correction) throws IOException, InterruptedException {
    Answer taken =
        post(
            "/api/v1/interactions",
            "{\"messages\":["
                + Json.message("user", question)
                + "],\"answer\":\"I don't know.\",\"correction\":"
                + Json.quoted(correction)
                + "}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    return taken.json().path("id").asText();
  }

  public void correct(String interaction, String correction)
      throws IOException, InterruptedException {
    Answer taken =
        post(
            "/api/v1/feedback",
            Json.object("interaction_id", interaction, "correction", correction));
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
  }

  /** Waits until everything is learned from. */
  public void settle() throws IOException, InterruptedException {
    Answer settled = post("/api/v1/learning/settle", "{}");
    assertThat(settled.status()).as(settled.text()).isEqualTo(200);
  }

  public JsonNode receipt(String interaction) throws IOException, InterruptedException {
    return found("/api/v1/interactions/" + interaction);
  }

  public JsonNode item(String id) throws IOException, InterruptedException {
    return found("/api/v1/experiences/" + id);
  }

  /** All entries of a list, newest first. */
  public List<JsonNode> list(String of) throws IOException, InterruptedException {
    List<JsonNode> list = new ArrayList<>();
    found("/api/v1/" + of).path("items").forEach(list::add);
    return list;
  }

  public List<JsonNode> search(String query) throws IOException, InterruptedException {
    Answer answer = post("/api/v1/experiences/search", Json.object("query", query));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<JsonNode> hits = new ArrayList<>();
    answer.json().path("items").forEach(hits::add);
    return hits;
  }

  private JsonNode found(String path) throws IOException, InterruptedException {
    Answer answer = get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
