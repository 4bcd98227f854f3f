package costlake.report;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The status of a statement: preliminary, or final with a number.
 *
 * @param publication number of the publication whose figures the statement prints
 * @param number number of a final statement; null for a preliminary one
 * @param issuedOn day of the close; null for a preliminary one
 * @param edition edition of the pages, from 1. A final statement is printed in the edition in which
 *     it was issued, because it never changes
 */
public record StatementStatus(
    long publication, @Nullable Integer number, @Nullable LocalDate issuedOn, int edition) {
  /**
   * Edition of the pages that are printed today. In edition 1, pages print all their tables. In
   * edition 2, each page is a sheet that answers one question, and full tables come after them.
   */
  public static final int EDITION = 2;

  /** Returns the status in an open month: figures may still change. */
  public static StatementStatus preliminary(long publication) {
    return new StatementStatus(publication, null, null, EDITION);
  }

  /** Returns the status in a closed month: figures no longer change. */
  public static StatementStatus numbered(long publication, int number, LocalDate issuedOn) {
    return new StatementStatus(publication, number, issuedOn, EDITION);
  }

  /** Returns the status of a statement that was issued in an edition of the pages. */
  public StatementStatus inEdition(int issued) {
    return new StatementStatus(publication, number, issuedOn, issued);
  }

  /** Whether the month is closed, so that the statement has a number. */
  public boolean closed() {
    return number != null;
  }

  /** Returns the number as the suffix of a name; empty for a preliminary statement. */
  String suffix(String separator) {
    return closed() ? separator + number : "";
  }

  /** Adds the number to the id of a statement. */
  public String id(String statement) {
    return statement + suffix("/");
  }
}
