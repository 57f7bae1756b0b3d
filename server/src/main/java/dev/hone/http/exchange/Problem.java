package dev.hone.http.exchange;

/** A request that cannot be served (RFC 9457); the detail says what is wrong and what to do. */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;

  public Problem(int status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  /** 400: the request cannot be understood. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  /** 404: what is asked for is not there, or not in this space. */
  public static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail);
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
}
