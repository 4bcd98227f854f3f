package costlake.lake;

import com.fasterxml.jackson.databind.JavaType;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** A kind of decision: where its decisions are kept and what follows from one. */
interface DecisionKind<T> {
  /**
   * A table {@code ops.*} that has rows of each decision.
   *
   * @param key columns by which the rows of a decision are known again
   */
  record Projection<T>(TableSpec table, List<String> key, Function<Decision<T>, List<Row>> rows) {}

  /** The folder of its decisions, below the root of the lake. */
  String folder();

  /** The class of what is decided. */
  Class<T> content();

  /** Makes a decision of the bytes of its file. */
  default Decision<T> parse(byte[] json) throws IOException {
    JavaType type =
        JournalFiles.JSON.getTypeFactory().constructParametricType(Decision.class, content());
    return JournalFiles.JSON.readValue(json, type);
  }

  /**
   * Carries out a decision, except for its rows in {@code ops.*}. It may have been carried out in
   * part before.
   *
   * @return what was decided, with what was reached
   */
  default T carryOut(Decision<T> decision) {
    return decision.content();
  }

  /** Its tables, in the order in which they are written. */
  List<Projection<T>> projections();
}
