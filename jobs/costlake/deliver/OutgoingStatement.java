package costlake.deliver;

import costlake.report.Statement;
import costlake.report.StatementDocument;
import costlake.report.StatementStatus;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A statement that is to be sent by mail.
 *
 * @param id {@code month/team/number}, e.g. {@code 2026-09/search/1}; a preliminary statement has
 *     no number
 * @param issue its status; the number of each part ends with its number
 * @param parts figures of the statement, one part for each currency
 * @param pdf the PDF of the statement, as issued
 */
public record OutgoingStatement(
    String id, String teamId, StatementStatus issue, List<Statement> parts, Supplier<byte[]> pdf) {
  public OutgoingStatement {
    parts = List.copyOf(parts);
  }

  /** Returns the numbers of its parts, as the statement prints them. */
  String numbers() {
    return parts.stream()
        .map(part -> issue.id(part.head().number()))
        .collect(Collectors.joining(", "));
  }

  /** Creates an outgoing statement with the id, the figures and the PDF of a printed statement. */
  public static OutgoingStatement of(StatementDocument document) {
    String month = document.parts().get(0).head().month().toString().substring(0, 7);
    return new OutgoingStatement(
        document.issue().id(month + "/" + document.receiverId()),
        document.receiverId(),
        document.issue(),
        document.parts(),
        document::pdf);
  }
}
