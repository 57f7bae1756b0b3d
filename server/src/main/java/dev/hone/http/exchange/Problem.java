package dev.hone.http.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request that cannot be served (RFC 9457); the detail says what is wrong and what to do. The
 * type follows from the title and is described in {@code docs/problems.md}.
 */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * One thing that is wrong with a request.
   *
   * @param place {@code pointer} (into the body) or {@code parameter} (of the query)
   * @param name the JSON pointer as a URI fragment, or the parameter's name
   * @param detail what is wrong
   */
  public record Fault(String place, String name, String detail) {

    /** Something in the body, at a JSON pointer (RFC 6901). */
    public static Fault inBody(String pointer, String detail) {
      return new Fault("pointer", "#" + pointer, detail);
    }

    /** Something in the query. */
    public static Fault inQuery(String parameter, String detail) {
      return new Fault("parameter", parameter, detail);
    }
  }

  private final int status;
  private final String title;
  private final transient List<Fault> faults;
  private final transient Map<String, String> headers;
  private final transient Map<String, Object> members;

  public Problem(int status, String title, String detail) {
    this(status, title, detail, List.of(), Map.of(), Map.of());
  }

  private Problem(
      int status,
      String title,
      String detail,
      List<Fault> faults,
      Map<String, String> headers,
      Map<String, Object> members) {
    super(detail);
    this.status = status;
    this.title = title;
    this.faults = faults;
    this.headers = headers;
    this.members = members;
  }

  /** 400: the request cannot be understood. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  /** 400: what is wrong, and where. */
  public static Problem invalid(List<Fault> faults) {
    return new Problem(
        400,
        "Bad request",
        faults.stream().map(Fault::detail).collect(Collectors.joining(" ")),
        List.copyOf(faults),
        Map.of(),
        Map.of());
  }

  /** 404: what is asked for is not there, or not in this space. */
  public static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail);
  }

  /** The same problem, told with a header. */
  public Problem header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, title, detail(), faults, more, members);
  }

  /** The same problem with a further member. */
  public Problem member(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(status, title, detail(), faults, headers, more);
  }

  /** What sort of problem: a relative reference, stable. */
  public String type() {
    return "/problems/" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<Fault> faults() {
    return faults;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public Map<String, Object> members() {
    return members;
  }
}
