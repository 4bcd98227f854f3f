package costlake.explain;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * A printed line with its explanation.
 *
 * @param receiver the team, cost centre or company whose statement prints the line
 */
record ExplainedLine(String receiver, String id, ExplanationStep tree) {

  /** Columns with the printed figure of a line; a row has one of them. */
  private static final List<String> SHOWN = List.of("shown", "cost_shown", "change_shown");

  /**
   * Creates the explained line. Reads its id from the column {@code line_id}, its receiver from the
   * column {@code receiver_id}, and the printed figure.
   */
  static ExplainedLine of(Row line, ExplanationStep tree) {
    BigDecimal shown = line.getAs(shown(line));
    return new ExplainedLine(line.getAs("receiver_id"), line.getAs("line_id"), tree.shownAs(shown));
  }

  private static String shown(Row line) {
    return Arrays.stream(line.schema().fieldNames())
        .filter(SHOWN::contains)
        .findFirst()
        .orElseThrow();
  }

  static Map<String, ExplanationStep> byId(List<ExplainedLine> lines) {
    Map<String, ExplanationStep> trees = new LinkedHashMap<>();
    lines.forEach(line -> trees.put(line.id(), line.tree()));
    return trees;
  }
}
