package costlake.fetch;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * One question.
 *
 * @param form fields that are posted; empty: the address is got
 * @param shown what is asked, for messages
 */
public record FetchRequest(URI address, Optional<String> form, String shown) {
  /** A page that is got. */
  public static FetchRequest get(URI address) {
    return new FetchRequest(address, Optional.empty(), shown(address));
  }

  /** Fields that are posted. */
  public static FetchRequest post(URI address, String form, String shown) {
    return new FetchRequest(address, Optional.of(form), shown);
  }

  FetchRequest at(URI other) {
    return new FetchRequest(other, form, form.isEmpty() ? shown(other) : shown);
  }

  /** Whether a secret for one address may be sent to the other. */
  boolean isSameServer(URI other) {
    return address.getScheme().equals(other.getScheme())
        && String.valueOf(address.getAuthority()).equals(other.getAuthority());
  }

  HttpRequest.Builder http() {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address);
    return form.map(
            fields ->
                builder
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(fields)))
        .orElse(builder);
  }

  /** Without user and query, where keys may be. */
  static String shown(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port + address.getPath();
  }
}
