package costlake.fetch;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * A request to an HTTP API.
 *
 * @param body body of a POST request; empty for a GET request
 * @param type media type of the body
 * @param shown name of the request, for messages
 */
public record FetchRequest(URI address, Optional<String> body, String type, String shown) {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  /** Creates a GET request. */
  public static FetchRequest get(URI address) {
    return new FetchRequest(address, Optional.empty(), "", shown(address));
  }

  /** Creates a POST request with a form. */
  public static FetchRequest post(URI address, String form, String shown) {
    return new FetchRequest(address, Optional.of(form), FORM, shown);
  }

  /** Creates a POST request with JSON. */
  public static FetchRequest postJson(URI address, String json, String shown) {
    return new FetchRequest(address, Optional.of(json), JSON, shown);
  }

  FetchRequest at(URI other) {
    return new FetchRequest(other, body, type, body.isEmpty() ? shown(other) : shown);
  }

  /** Whether the other address is on the same server, so that the secret may be sent to it. */
  boolean isSameServer(URI other) {
    return address.getScheme().equals(other.getScheme())
        && String.valueOf(address.getAuthority()).equals(other.getAuthority());
  }

  HttpRequest.Builder http() {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address);
    return body.map(
            text ->
                builder
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(text)))
        .orElse(builder);
  }

  /** Returns an address without user and query, because these may contain keys. */
  static String shown(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port + address.getPath();
  }
}
