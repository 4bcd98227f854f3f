package costlake.land.read.rows;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a field. A row that does not meet the condition is rejected with the reason.
 *
 * @param position position of the field in the record, from 0
 * @param column delivered name of the column, for the message
 * @param times formats of times besides ISO 8601
 */
public record FieldCheck(int position, String column, Rule rule, TimeFormats times)
    implements Serializable {
  private static final String OUT_OF_RANGE = "not between 2000 and 2099";
  private static final int DAY_TEXT = 10;
  private static final int VALUE_IN_MESSAGE_MAX = 60;

  /** Creates a condition with times in ISO 8601. */
  public FieldCheck(int position, String column, Rule rule) {
    this(position, column, rule, TimeFormats.ISO);
  }

  /** The kind of condition. */
  public enum Rule {
    /** Empty, or a decimal that fits decimal(38,21). */
    MONEY(false, "not a number that fits decimal(38,21)"),
    /** A decimal that fits decimal(38,21). */
    MONEY_REQUIRED(true, MONEY.not),
    /** Empty, or a whole number that is not below zero. */
    COUNT(false, "not a whole number from 0"),
    /** A whole number that is not below zero. */
    COUNT_REQUIRED(true, COUNT.not),
    /** Empty, or an instant or day. */
    TIME(false, "not a date or time"),
    /** An instant or day. */
    TIME_REQUIRED(true, TIME.not),
    /** Empty, or an instant or day on which a record may be. */
    RECORD_TIME(false, TIME.not),
    /** An instant or day on which a record may be. */
    RECORD_TIME_REQUIRED(true, RECORD_TIME.not),
    /** Empty, or a month or day. */
    MONTH(false, "not a month"),
    /** A month or day. */
    MONTH_REQUIRED(true, MONTH.not),
    /** Not empty. */
    REQUIRED(true, "empty"),
    /** Empty, or a JSON object. */
    JSON_OBJECT(false, "not a JSON object");

    private final boolean required;
    private final String not;

    Rule(boolean required, String not) {
      this.required = required;
      this.not = not;
    }

    public boolean money() {
      return this == MONEY || this == MONEY_REQUIRED;
    }
  }

  /** Returns the reason for rejection if the field is null; null if it may be null. */
  public @Nullable String problemOfNull() {
    return rule.required ? column + " is empty" : null;
  }

  /**
   * Whether the bytes of a field that is not null meet the condition. The row readers check JSON
   * objects.
   */
  public boolean holds(byte[] bytes, int from, int to) {
    return switch (rule) {
      case MONEY, MONEY_REQUIRED -> ValueChecks.money(bytes, from, to);
      case COUNT, COUNT_REQUIRED -> ValueChecks.count(bytes, from, to);
      case TIME, TIME_REQUIRED -> time(bytes, from, to).isPresent();
      case RECORD_TIME, RECORD_TIME_REQUIRED ->
          time(bytes, from, to).filter(FieldCheck::isPlausible).isPresent();
      case MONTH, MONTH_REQUIRED -> ValueChecks.month(bytes, from, to);
      case REQUIRED, JSON_OBJECT -> true;
    };
  }

  /** Returns the first characters of a time in ISO 8601; empty if the text is no time. */
  private Optional<String> time(byte[] bytes, int from, int to) {
    if (ValueChecks.time(bytes, from, to)) {
      return Optional.of(new String(bytes, from, DAY_TEXT, StandardCharsets.US_ASCII));
    }
    return times.changesNothing()
        ? Optional.empty()
        : times.iso(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private boolean isOutOfRange(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean ofRecord = rule == Rule.RECORD_TIME || rule == Rule.RECORD_TIME_REQUIRED;
    return ofRecord && time(bytes, 0, bytes.length).isPresent();
  }

  /** Whether a record may be of this year. A scheduler writes 1970 for a time that was not set. */
  private static boolean isPlausible(String time) {
    return time.startsWith("20") || time.startsWith("1970-01-01") || time.startsWith("1969-12-31");
  }

  /** Returns the reason for rejection of a field with this text. */
  public String problem(String text) {
    String shown =
        text.length() <= VALUE_IN_MESSAGE_MAX
            ? text
            : text.substring(0, VALUE_IN_MESSAGE_MAX) + "...";
    return column + " is " + (isOutOfRange(text) ? OUT_OF_RANGE : rule.not) + ": '" + shown + "'";
  }
}
