package costlake.report;

import java.util.List;

/**
 * The content of the document for one recipient and month.
 *
 * @param parts the statements, one for each currency
 * @param sheets the rows that the statements print, one sheet for each reporting table that has
 *     rows
 */
record StatementContent(List<Statement> parts, List<Sheet> sheets) {
  StatementContent {
    parts = List.copyOf(parts);
    sheets = List.copyOf(sheets);
  }
}
