package costlake.price;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model of a vendor with all its prices.
 *
 * @param name name of the model in the list
 */
public record PricedModel(String vendor, String name, List<TokenPrice> prices) {
  private static final String ANY = "*";

  public PricedModel {
    prices = List.copyOf(prices);
  }

  /**
   * Returns the price of a request with this many input tokens; empty if none is in force. Before
   * the first day of the list, the prices of that day count.
   */
  Optional<TokenPrice> at(LocalDateTime time, long inputTokens) {
    return prices.stream()
        .filter(price -> price.period().isInForce(time, firstDay()))
        .filter(price -> price.contextAbove() == 0 || inputTokens > price.contextAbove())
        .max(Comparator.comparingLong(TokenPrice::contextAbove));
  }

  /** Whether the list has no price yet at this time, so that a later one counts. */
  boolean isBeforeFirstDay(LocalDateTime time) {
    return time.toLocalDate().isBefore(firstDay());
  }

  /**
   * Returns the first day with a price; {@code LocalDate.MIN} if a price is in force since ever.
   */
  public LocalDate firstDay() {
    return prices.stream()
        .map(price -> Objects.requireNonNullElse(price.period().validFrom(), LocalDate.MIN))
        .min(Comparator.naturalOrder())
        .orElse(LocalDate.MIN);
  }

  /** Returns the vendor and the model, e.g. {@code openai/gpt-4o}. */
  String qualified() {
    return vendor + "/" + name;
  }

  /** Whether the model has this name, without regard to case. */
  boolean isNamed(String wanted) {
    return names().anyMatch(wanted::equalsIgnoreCase);
  }

  /** Returns the names of the model without those that end in a star. */
  Stream<String> names() {
    return Stream.concat(Stream.of(name, qualified()), aliases())
        .filter(alias -> !alias.endsWith(ANY));
  }

  private Stream<String> aliases() {
    return prices.stream().flatMap(price -> price.aliases().stream()).distinct();
  }

  /** Returns how many letters of a name an alias with a star has; -1 if none fits. */
  int lettersOf(String wanted) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return aliases()
        .filter(alias -> alias.endsWith(ANY))
        .map(alias -> alias.substring(0, alias.length() - 1).toLowerCase(Locale.ROOT))
        .filter(lower::startsWith)
        .mapToInt(String::length)
        .max()
        .orElse(-1);
  }
}
