package costlake.report;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The status of a statement: preliminary, or final with a number.
 *
 * @param publication sequence of the publication whose figures it prints
 * @param number of a final statement; null while it is preliminary
 * @param issuedOn when the number was given; null while it is preliminary
 */
public record StatementStatus(
    long publication, @Nullable Integer number, @Nullable LocalDate issuedOn) {
  /** The month is open: figures may still change. */
  public static StatementStatus preliminary(long publication) {
    return new StatementStatus(publication, null, null);
  }

  /** The month is closed: figures stay. */
  public static StatementStatus numbered(long publication, int number, LocalDate issuedOn) {
    return new StatementStatus(publication, number, issuedOn);
  }

  /** Whether its month is closed, so that it has a number. */
  public boolean closed() {
    return number != null;
  }

  /** Suffix of names that must be unique for each numbered statement. */
  String suffix(String separator) {
    return closed() ? separator + number : "";
  }

  /** The number of a statement of this issue. */
  public String id(String statement) {
    return statement + suffix("/");
  }
}
