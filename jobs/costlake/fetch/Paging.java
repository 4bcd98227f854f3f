package costlake.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an API divides a list into pages. {@code items} and {@code total} are JSON pointers, e.g.
 * {@code /data/next}.
 *
 * @param items place of the list in a page
 * @param total place of the number of items of all pages; empty if the API does not state it
 * @param following finds the address of the next page
 */
public record Paging(String items, Optional<String> total, Following following) {

  /** Finds the address of the next page; empty after the last page. */
  interface Following {
    Optional<URI> of(Page page);
  }

  /** Creates a paging in which each page except the last contains the address of the next page. */
  public static Paging byLink(String items, String link) {
    return new Paging(
        items, Optional.empty(), page -> text(page, link).map(page.address()::resolve));
  }

  /**
   * Creates a paging in which each page except the last contains a cursor. The next request sends
   * the cursor as a parameter.
   */
  public static Paging byCursor(String items, String cursor, String parameter) {
    return new Paging(
        items,
        Optional.empty(),
        page -> text(page, cursor).map(mark -> with(page.first(), parameter, mark)));
  }

  /**
   * Creates a paging in which each request sends the number of items already fetched. The list ends
   * at a page without items.
   */
  public static Paging byOffset(String items, String parameter) {
    return new Paging(
        items,
        Optional.empty(),
        page ->
            page.here() == 0
                ? Optional.empty()
                : Optional.of(with(page.first(), parameter, Long.toString(page.items()))));
  }

  /** Returns the same paging for an API whose pages state the total number of items. */
  public Paging ofTotal(String place) {
    return new Paging(
        items,
        Optional.of(place),
        page ->
            page.items() >= page.body().at(place).asLong(Long.MAX_VALUE)
                ? Optional.empty()
                : following.of(page));
  }

  private static Optional<String> text(Page page, String place) {
    JsonNode value = page.body().at(place);
    return value.isNull() || value.isMissingNode()
        ? Optional.empty()
        : Optional.of(value.asText()).filter(text -> !text.isEmpty());
  }

  /** Sets a parameter of an address. */
  static URI with(URI address, String parameter, String value) {
    String own = encoded(parameter) + "=" + encoded(value);
    String before = address.getRawQuery() == null ? "" : address.getRawQuery();
    String query =
        Stream.concat(
                Arrays.stream(before.split("&"))
                    .filter(one -> !one.isEmpty() && !one.startsWith(encoded(parameter) + "=")),
                Stream.of(own))
            .collect(Collectors.joining("&"));
    String text = address.toString().replaceFirst("[?#].*$", "");
    return URI.create(text + "?" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
