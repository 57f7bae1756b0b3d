package dev.hone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A running Hone, as commands speak to it.
 *
 * @param url where it listens
 * @param key what to show; absent where none is needed
 */
record HoneApi(String url, @Nullable String key) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Asks for something.
   *
   * @param body absent for none
   * @param headers name, value, name, value
   * @throws CommandFailed if nobody answers, or the answer is a refusal
   */
  JsonNode ask(String method, String path, @Nullable JsonNode body, String... headers)
      throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + path))
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body.toString()));
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      if (key != null && !key.isBlank()) {
        request.header("authorization", "Bearer " + key.strip());
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode said = JSON.readTree(answer.body());
      if (answer.statusCode() >= 400) {
        throw new CommandFailed(said.path("detail").asText());
      }
      return said;
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          "the server cannot be asked: --url is a URL such as http://127.0.0.1:8420, a key has no"
              + " blanks or special characters.");
    } catch (JsonProcessingException e) {
      throw new CommandFailed("what answers at " + url + " is no Hone.");
    } catch (IOException e) {
      throw new CommandFailed(
          "no server answers at "
              + url
              + ". Start one with 'hone serve', or name it with --url or --data.");
    }
  }

  /**
   * Sends lines of JSON.
   *
   * @param headers name, value, name, value
   * @throws CommandFailed if nobody answers, or the answer is a refusal
   */
  JsonNode send(String path, String lines, String... headers) throws InterruptedException {
    HttpRequest.Builder request =
        request(path, headers).POST(HttpRequest.BodyPublishers.ofString(lines));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              request.header("content-type", "application/x-ndjson").build(),
              HttpResponse.BodyHandlers.ofString());
      return said(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw silent();
    }
  }

  /** Reads an answer while it comes. */
  interface Reading<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * Fetches what is too long to be held.
   *
   * @param headers name, value, name, value
   * @throws CommandFailed if nobody answers, or the answer is a refusal
   * @throws IOException if what is read cannot be kept, or breaks off
   */
  <T> T fetch(String path, Reading<T> reading, String... headers)
      throws InterruptedException, IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> answer = streamed(client, request(path, headers).build());
      try (InputStream in = answer.body()) {
        if (answer.statusCode() >= 400) {
          said(answer.statusCode(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return reading.read(in);
      }
    }
  }

  private HttpResponse<InputStream> streamed(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw silent();
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      if (key != null && !key.isBlank()) {
        request.header("authorization", "Bearer " + key.strip());
      }
      return request;
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          "the server cannot be asked: --url is a URL such as http://127.0.0.1:8420, a key has no"
              + " blanks or special characters.");
    }
  }

  private JsonNode said(int status, String body) {
    try {
      JsonNode said = JSON.readTree(body);
      if (status >= 400) {
        throw new CommandFailed(said.path("detail").asText());
      }
      return said;
    } catch (JsonProcessingException e) {
      throw new CommandFailed("what answers at " + url + " is no Hone.");
    }
  }

  private CommandFailed silent() {
    return new CommandFailed(
        "no server answers at "
            + url
            + ". Start one with 'hone serve', or name it with --url or --data.");
  }
}
