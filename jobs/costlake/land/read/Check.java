package costlake.land.read;

import java.io.Serializable;

/**
 * What a field must hold; a row that does not is rejected with its reason.
 *
 * @param position field of the record, 0-based
 * @param column the delivered name, for the message
 */
public record Check(int position, String column, Rule rule) implements Serializable {

  /** What is asked of the field. */
  public enum Rule {
    /** Empty, or a decimal that decimal(38,21) holds exactly. */
    MONEY,
    /** A decimal that decimal(38,21) holds exactly. */
    MONEY_REQUIRED,
    /** Empty, or an instant or day. */
    TIME,
    /** An instant or day. */
    TIME_REQUIRED,
    /** A month or day. */
    MONTH_REQUIRED,
    /** Not empty. */
    REQUIRED,
    /** Empty, or a JSON object. */
    JSON_OBJECT;

    boolean required() {
      return switch (this) {
        case MONEY_REQUIRED, TIME_REQUIRED, MONTH_REQUIRED, REQUIRED -> true;
        case MONEY, TIME, JSON_OBJECT -> false;
      };
    }
  }
}
