package costlake.price;

import costlake.core.Money;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a traffic file has the values of a request.
 *
 * @param time when the request was sent
 * @param input tokens of the prompt, cached ones too
 * @param output generated tokens
 * @param cached tokens of the prompt that a cache had, of which the first with a value counts
 * @param batch whether the request was sent as part of a batch; null if none was
 * @param model model that answered; null if the file does not say
 * @param callType call of LiteLLM, which names batches; null if the file has none
 * @param cacheHit whether LiteLLM answered from its own cache; null if the file does not say
 * @param start start of times in milliseconds; null if times are complete
 */
record TrafficColumns(
    TrafficField time,
    TrafficField input,
    TrafficField output,
    List<TrafficField> cached,
    @Nullable TrafficField batch,
    @Nullable TrafficField model,
    @Nullable TrafficField callType,
    @Nullable TrafficField cacheHit,
    @Nullable LocalDateTime start) {
  private static final Set<String> YES = Set.of("true", "yes", "1", "batch");
  private static final Set<String> NO = Set.of("false", "no", "0", "standard", "default");

  TrafficColumns {
    cached = List.copyOf(cached);
  }

  /** A row that is no request. */
  static final class NoRequest extends Exception {
    private static final long serialVersionUID = 1L;

    NoRequest(String reason) {
      super(reason);
    }

    String reason() {
      return Objects.requireNonNull(getMessage());
    }
  }

  /** Returns the delivered columns to read; rows are maps with these keys. */
  List<String> names() {
    return Stream.concat(
            Stream.of(time, input, output, batch, model, callType, cacheHit)
                .filter(Objects::nonNull),
            cached.stream())
        .map(TrafficField::column)
        .distinct()
        .toList();
  }

  /** Whether no model was asked, because the proxy had the answer. */
  boolean isAnsweredByProxy(Map<String, @Nullable String> row) {
    return cacheHit != null && "true".equalsIgnoreCase(cacheHit.in(row));
  }

  /**
   * Returns the model of a row.
   *
   * @throws NoRequest if the row names none
   */
  String model(Map<String, @Nullable String> row) throws NoRequest {
    String name = model == null ? null : model.in(row);
    if (name == null) {
      throw new NoRequest("no model");
    }
    return name;
  }

  /**
   * Reads a request from a row.
   *
   * @throws NoRequest with the reason
   */
  Request request(Map<String, @Nullable String> row) throws NoRequest {
    LocalDateTime at = time(time.in(row));
    long in = tokens(input.name(), input.in(row));
    long out = tokens(output.name(), output.in(row));
    long hit = cached(row);
    if (hit > in) {
      throw new NoRequest(
          cached.get(0).name() + " is " + hit + ", more than " + input.name() + ", which is " + in);
    }
    return new Request(at, in, hit, out, isBatch(row));
  }

  /** Returns the cached tokens. An object without the member had none. */
  private long cached(Map<String, @Nullable String> row) throws NoRequest {
    for (TrafficField field : cached) {
      String text = field.in(row);
      if (text != null || !field.isMember()) {
        return tokens(field.name(), text);
      }
    }
    return 0;
  }

  private LocalDateTime time(@Nullable String text) throws NoRequest {
    if (text == null) {
      throw new NoRequest("no " + time.name());
    }
    String stripped = text.strip();
    return (start == null ? RequestTimes.parse(stripped) : RequestTimes.after(start, stripped))
        .orElseThrow(() -> new NoRequest(time.name() + " is '" + text + "', " + noTime(stripped)));
  }

  private String noTime(String text) {
    if (start != null) {
      return "which is no number of milliseconds after --start";
    }
    return RequestTimes.after(LocalDateTime.MIN, text).isPresent()
        ? "which is no time; if it is milliseconds after a start, name the start with --start"
        : "which is no time";
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

  private boolean isBatch(Map<String, @Nullable String> row) throws NoRequest {
    if (callType != null) {
      String call = callType.in(row);
      return call != null && call.contains("batch");
    }
    return batch != null && isBatch(batch.name(), batch.in(row));
  }

  private static boolean isBatch(String column, @Nullable String text) throws NoRequest {
    String word = text == null ? "no" : text.strip().toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      throw new NoRequest(column + " is '" + text + "', neither true nor false");
    }
    return YES.contains(word);
  }
}
