package costlake.explain;

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

  /**
   * Creates the explained line. Reads its id from the column {@code line_id}, and its receiver from
   * the column {@code receiver_id}.
   */
  static ExplainedLine of(Row line, ExplanationStep tree) {
    return new ExplainedLine(line.getAs("receiver_id"), line.getAs("line_id"), tree);
  }

  static Map<String, ExplanationStep> byId(List<ExplainedLine> lines) {
    Map<String, ExplanationStep> trees = new LinkedHashMap<>();
    lines.forEach(line -> trees.put(line.id(), line.tree()));
    return trees;
  }
}
