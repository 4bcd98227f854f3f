package costlake.assist;

import costlake.serve.Answer;
import costlake.serve.GuardedQueries;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.types.StructType;

/** A request of a signed-in user. Its queries end when it is cancelled or its client has gone. */
final class Call {
  /** Name of the call in the context that the protocol passes to tools. */
  static final String KEY = "call";

  private final GuardedQueries.Reader reader;
  private final BooleanSupplier gone;
  private volatile boolean cancelled;

  Call(GuardedQueries.Reader reader, BooleanSupplier gone) {
    this.reader = reader;
    this.gone = gone;
  }

  String user() {
    return reader.user();
  }

  /** Whether the user may see the rows of all teams and of the company. */
  boolean seesEverything() {
    return reader.seesEverything();
  }

  void cancel() {
    cancelled = true;
  }

  private boolean isOver() {
    return cancelled || gone.getAsBoolean();
  }

  /** Returns the columns of the tables that the user may see, by name. */
  Map<String, StructType> tables() {
    return reader.tables(this::isOver);
  }

  /** Returns at most {@code rowsMax} rows of a query. */
  Answer rows(String sql, int rowsMax, List<? extends Serializable> arguments) {
    return reader.rows(sql, arguments, rowsMax, this::isOver);
  }
}
