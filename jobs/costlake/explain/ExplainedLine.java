package costlake.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * A printed line and where it comes from.
 *
 * @param receiver the team, cost centre or company whose statement prints it
 */
record ExplainedLine(String receiver, String id, ExplanationStep tree) {

  /** A line with {@code line_id}, and with its recipient in {@code team_id}. */
  static ExplainedLine of(Row line, ExplanationStep tree) {
    return new ExplainedLine(line.getAs("team_id"), line.getAs("line_id"), tree);
  }

  static Map<String, ExplanationStep> byId(List<ExplainedLine> lines) {
    Map<String, ExplanationStep> trees = new LinkedHashMap<>();
    lines.forEach(line -> trees.put(line.id(), line.tree()));
    return trees;
  }
}
