package costlake.deliver;

import costlake.report.Statement;
import costlake.report.StatementDocument;
import java.util.List;
import java.util.function.Supplier;

/**
 * A statement that goes out.
 *
 * @param id {@code month/team/number}, e.g. {@code 2026-09/search/1}; without the number while it
 *     is preliminary
 * @param parts its figures, one part a currency
 * @param pdf its PDF, as issued
 */
public record OutgoingStatement(
    String id, String teamId, List<Statement> parts, Supplier<byte[]> pdf) {
  public OutgoingStatement {
    parts = List.copyOf(parts);
  }

  /**
   * Builds the mail of a printed statement; the only class that knows where statements come from.
   */
  public static OutgoingStatement of(StatementDocument document) {
    String month = document.parts().get(0).head().month().toString().substring(0, 7);
    return new OutgoingStatement(
        document.issue().id(month + "/" + document.teamId()),
        document.teamId(),
        document.parts(),
        document::pdf);
  }
}
