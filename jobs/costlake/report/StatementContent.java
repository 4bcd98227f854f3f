package costlake.report;

import java.util.List;

/**
 * The content of the document for one team and month.
 *
 * @param parts its statements, one per currency
 * @param sheets the rows behind them, one sheet per reporting table with rows
 */
record StatementContent(List<Statement> parts, List<TeamRows> sheets) {
  StatementContent {
    parts = List.copyOf(parts);
    sheets = List.copyOf(sheets);
  }
}
