package costlake.lake;

import static costlake.lake.RunLog.text;
import static costlake.lake.RunLog.time;
import static costlake.lake.RunLog.whole;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import costlake.core.Money;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Writes closes and issued statements to {@code ops.closes} and {@code ops.statements}. */
final class CloseRecords {
  private static final DataType MONEY = DataTypes.createDecimalType(Money.PRECISION, Money.SCALE);

  static final TableSpec CLOSES =
      RunLog.table(
          "closes",
          whole("act_number"),
          text("period"),
          whole("close_number"),
          text("act"),
          text("run_id"),
          whole("publication"),
          map("tables"),
          text("configuration_hash"),
          text("configuration"),
          map("facts"),
          text("reason"),
          text("actor"),
          time("acted_at"));

  static final TableSpec STATEMENTS =
      RunLog.table(
          "statements",
          text("statement_id"),
          text("period"),
          text("team_id"),
          text("billing_currency"),
          whole("number"),
          whole("close_number"),
          createStructField("total_cost", MONEY, true),
          createStructField("billed_cost", MONEY, true),
          text("content_hash"),
          time("issued_at"),
          text("supersedes"));

  private final RunLog ops;

  CloseRecords(RunLog ops) {
    this.ops = ops;
  }

  /** Records a close or re-opening in {@code ops.closes}, once. */
  void close(CloseAction act) {
    if (ops.has(CLOSES, "act_number", act.sequence())) {
      return;
    }
    ops.append(
        CLOSES,
        List.of(
            RunLog.row(
                act.sequence(),
                act.period().toString(),
                (long) act.closeNumber(),
                RunLog.word(act.kind()),
                act.runId(),
                act.publication(),
                act.pins(),
                act.configurationHash(),
                act.configuration(),
                act.facts(),
                act.reason(),
                act.actor(),
                Timestamp.from(act.at()))));
  }

  /** Writes down the statements that an act issued, once. */
  void statements(CloseAction act) {
    if (act.statements().isEmpty()
        || ops.has(STATEMENTS, "statement_id", act.statements().get(0).id())) {
      return;
    }
    ops.append(
        STATEMENTS,
        act.statements().stream()
            .map(
                s ->
                    RunLog.row(
                        s.id(),
                        s.period().toString(),
                        s.teamId(),
                        s.currency(),
                        (long) s.number(),
                        (long) s.closeNumber(),
                        s.total(),
                        s.billed(),
                        s.contentHash(),
                        Timestamp.from(s.issuedAt()),
                        s.supersedes()))
            .toList());
  }

  private static StructField map(String name) {
    return createStructField(name, DataTypes.createMapType(StringType, StringType), true);
  }
}
