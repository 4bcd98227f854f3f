package costlake.deliver;

import costlake.report.Statement;
import costlake.report.StatementDocument;
import java.util.List;
import java.util.function.Supplier;

/**
 * A statement that is to be sent by mail.
 *
 * @param id {@code month/team/number}, e.g. {@code 2026-09/search/1}; a preliminary statement has
 *     no number
 * @param parts figures of the statement, one part for each currency
 * @param pdf the PDF of the statement, as issued
 */
public record OutgoingStatement(
    String id, String teamId, List<Statement> parts, Supplier<byte[]> pdf) {
  public OutgoingStatement {
    parts = List.copyOf(parts);
  }

  /** Creates an outgoing statement with the id, the figures and the PDF of a printed statement. */
  public static OutgoingStatement of(StatementDocument document) {
    String month = document.parts().get(0).head().month().toString().substring(0, 7);
    return new OutgoingStatement(
        document.issue().id(month + "/" + document.receiverId()),
        document.receiverId(),
        document.parts(),
        document::pdf);
  }
}
