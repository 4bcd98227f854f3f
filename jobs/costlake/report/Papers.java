package costlake.report;

import java.util.List;

/**
 * What the document of one team's month is made of.
 *
 * @param parts its statements, one a currency
 * @param sheets the rows behind them, one sheet a reporting table that has any
 */
record Papers(List<Statement> parts, List<Sheet> sheets) {
  Papers {
    parts = List.copyOf(parts);
    sheets = List.copyOf(sheets);
  }
}
