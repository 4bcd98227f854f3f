package costlake.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user's description of files of any columns, which makes one charge of each row ({@code
 * mappings/NAME.yml}).
 *
 * @param text the mapping as written
 * @param title what the files are, for messages
 * @param times formats of dates and times
 * @param zone time zone of times without an offset; days stay days
 * @param numbers how numbers are written
 * @param nullText text that means null; or null
 * @param skip rows that are no charges
 * @param negate rows whose costs are written with the opposite sign
 * @param anySign rows whose costs may have either sign
 * @param charges FOCUS column to its origin, in the order of the file
 * @param tags tag key to its origin, in the order of the file
 * @param tagsFrom delivered JSON object whose members are tags; or null
 * @param prices prices of rows that state no cost
 * @param spread how the cost of a row counts over its period
 * @param irregular whether some months have no delivery
 */
public record UserMapping(
    MappingText text,
    String title,
    List<String> times,
    ZoneId zone,
    NumberFormat numbers,
    @Nullable String nullText,
    List<RowCondition> skip,
    List<RowCondition> negate,
    List<RowCondition> anySign,
    Map<String, ColumnRule> charges,
    Map<String, ColumnRule> tags,
    @Nullable String tagsFrom,
    List<MappingPrice> prices,
    Spread spread,
    boolean irregular) {
  /** The kind of sources whose files a mapping describes. */
  public static final String KIND = "mapping";

  /** How the cost of a row counts over its period. */
  public enum Spread {
    /** One charge with the whole cost. */
    NONE,
    /** A purchase with the billed cost, and in each month the share of its days. */
    MONTHS
  }

  public UserMapping {
    times = List.copyOf(times);
    skip = List.copyOf(skip);
    negate = List.copyOf(negate);
    anySign = List.copyOf(anySign);
    charges = Collections.unmodifiableMap(new LinkedHashMap<>(charges));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    prices = List.copyOf(prices);
  }

  /** Reads the mapping of a delivery that landed with it, without checking it again. */
  public static UserMapping pinned(MappingText text) {
    return UserMappingReader.pinned(text);
  }

  /**
   * Reads a file.
   *
   * @throws costlake.core.Failure with exit code 2 that lists every problem with file and line
   */
  public static UserMapping read(Path file) {
    return UserMappingReader.read(file);
  }

  /** The kind of its charges. */
  public static SourceKind kind() {
    return SourceKinds.of(KIND);
  }

  /** The delivered columns that it reads, in the order of their first use. */
  public List<String> columns() {
    return Stream.concat(rules().flatMap(rule -> rule.columns().stream()), otherColumns())
        .distinct()
        .toList();
  }

  /**
   * Returns the columns that a file lacks. Of several columns of a rule, one is enough.
   *
   * @param delivered whether the file has a column
   */
  public List<String> absent(Predicate<String> delivered) {
    return Stream.concat(
            rules()
                .filter(rule -> !rule.optional())
                .filter(rule -> rule.columns().stream().noneMatch(delivered))
                .flatMap(rule -> rule.columns().stream()),
            otherColumns().filter(delivered.negate()))
        .distinct()
        .toList();
  }

  /** The columns of conditions and tags. */
  private Stream<String> otherColumns() {
    return Stream.concat(
        conditions().flatMap(condition -> condition.columns().stream()),
        Stream.ofNullable(tagsFrom));
  }

  private Stream<ColumnRule> rules() {
    return Stream.concat(charges.values().stream(), tags.values().stream());
  }

  private Stream<RowCondition> conditions() {
    return Stream.of(skip, negate, anySign, prices.stream().map(MappingPrice::where).toList())
        .flatMap(List::stream);
  }

  /**
   * Returns the name of a column for a message: the delivered columns that it is read from, then
   * its own name.
   */
  public String named(String column) {
    ColumnRule rule = charges.get(column);
    return rule == null || rule.columns().isEmpty()
        ? column
        : String.join(", ", rule.columns()) + " (" + column + ")";
  }
}
