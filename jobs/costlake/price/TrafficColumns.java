package costlake.price;

import costlake.core.Failure;
import costlake.core.Money;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a traffic file.
 *
 * @param time when the request was sent
 * @param input tokens of the prompt, cached ones too
 * @param output generated tokens
 * @param cached tokens of the prompt that a cache had; null if no request had any
 * @param batch whether the request was sent as part of a batch; null if none was
 */
public record TrafficColumns(
    String time, String input, String output, @Nullable String cached, @Nullable String batch) {
  private static final Set<String> YES = Set.of("true", "yes", "1", "batch");
  private static final Set<String> NO = Set.of("false", "no", "0", "standard", "default");

  /** A row that is no request. */
  static final class NoRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private NoRequest(String reason) {
      super(reason);
    }

    String reason() {
      return Objects.requireNonNull(getMessage());
    }
  }

  /** Returns the names of the columns to read, in the order that {@link #request} expects. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(time, input, output));
    if (cached != null) {
      names.add(cached);
    }
    if (batch != null) {
      names.add(batch);
    }
    return names;
  }

  /**
   * Refuses a file that lacks a column.
   *
   * @throws Failure with exit code 2
   */
  void requireIn(Path file, List<String> columns) {
    for (String name : names()) {
      if (!columns.contains(name)) {
        throw Failure.operator(
            "Cannot price %s: it has no column '%s'.%s Its columns: %s.",
            file, name, Nearest.hint(name, columns), String.join(", ", columns));
      }
    }
  }

  /**
   * Reads a request from the values of the columns.
   *
   * @throws NoRequest with the reason
   */
  Request request(List<@Nullable String> values) throws NoRequest {
    LocalDateTime at = time(values.get(0));
    long in = tokens(input, values.get(1));
    long out = tokens(output, values.get(2));
    long hit = cached == null ? 0 : tokens(cached, values.get(3));
    if (hit > in) {
      throw new NoRequest(cached + " is " + hit + ", more than " + input + ", which is " + in);
    }
    return new Request(at, in, hit, out, batch != null && isBatch(values.get(values.size() - 1)));
  }

  private LocalDateTime time(@Nullable String text) throws NoRequest {
    if (text == null) {
      throw new NoRequest("no " + time);
    }
    return RequestTimes.parse(text.strip())
        .orElseThrow(() -> new NoRequest(time + " is '" + text + "', which is no time"));
  }

  private static long tokens(String column, @Nullable String text) throws NoRequest {
    if (text == null) {
      throw new NoRequest("no " + column);
    }
    BigDecimal number =
        Money.parse(text)
            .map(BigDecimal::stripTrailingZeros)
            .filter(n -> n.scale() <= 0)
            .orElseThrow(
                () -> new NoRequest(column + " is '" + text + "', which is no number of tokens"));
    if (number.signum() < 0) {
      throw new NoRequest(column + " is negative: " + number.toPlainString());
    }
    return number.longValueExact();
  }

  private boolean isBatch(@Nullable String text) throws NoRequest {
    String word = text == null ? "no" : text.strip().toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      throw new NoRequest(batch + " is '" + text + "', neither true nor false");
    }
    return YES.contains(word);
  }
}
