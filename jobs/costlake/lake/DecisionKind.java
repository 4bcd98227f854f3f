package costlake.lake;

import com.fasterxml.jackson.databind.JavaType;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** A kind of decision: the folder of its decisions, and how a decision is carried out. */
interface DecisionKind<T> {
  /**
   * A table {@code ops.*} with rows for each decision.
   *
   * @param key columns that identify the rows of a decision
   */
  record Projection<T>(TableSpec table, List<String> key, Function<Decision<T>, List<Row>> rows) {}

  /** Returns the folder of the decisions, below the root of the lake. */
  String folder();

  /** Returns the class of the content of a decision. */
  Class<T> content();

  /** Parses the file of a decision. */
  default Decision<T> parse(byte[] json) throws IOException {
    JavaType type =
        JournalFiles.JSON.getTypeFactory().constructParametricType(Decision.class, content());
    return JournalFiles.JSON.readValue(json, type);
  }

  /**
   * Carries out a decision, except for its rows in {@code ops.*}. An earlier run may have done a
   * part of the work.
   *
   * @return the content of the decision with the results, e.g. the pins of tables
   */
  default T carryOut(Decision<T> decision) {
    return decision.content();
  }

  /** Returns the tables with rows of a decision, in the order in which they are written. */
  List<Projection<T>> projections();
}
