package costlake.lake;

import static costlake.lake.RunLog.text;
import static costlake.lake.RunLog.time;
import static costlake.lake.RunLog.whole;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Money;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Decisions to close or re-open a month: a close freezes tables and issues statements. */
final class CloseDecisionKind implements DecisionKind<MonthChange> {
  /**
   * Folder of closes. It is not below {@link Decisions#FOLDER}, because earlier versions had no
   * other decisions.
   */
  static final String FOLDER = "closes";

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

  private final String root;
  private final TableFormat format;

  CloseDecisionKind(String root, TableFormat format) {
    this.root = root;
    this.format = format;
  }

  @Override
  public String folder() {
    return FOLDER;
  }

  @Override
  public Class<MonthChange> content() {
    return MonthChange.class;
  }

  @Override
  public Decision<MonthChange> parse(byte[] json) throws IOException {
    boolean earlier = !JournalFiles.JSON.readTree(json).has("content");
    return earlier ? EarlierClose.parse(json) : DecisionKind.super.parse(json);
  }

  /** Freezes the tables of the close. */
  @Override
  public MonthChange carryOut(Decision<MonthChange> decision) {
    MonthChange change = decision.content();
    DiskSync disk = DiskSync.since(root, format, decision.at());
    Map<String, String> pins = new TreeMap<>();
    for (Map.Entry<String, String> table : new TreeMap<>(change.tables()).entrySet()) {
      TableName name = TableName.parse(table.getKey());
      pins.put(
          table.getKey(),
          format.pin(name, table.getValue(), change.label(), CloseJournal.rows(change)));
      disk.force(name);
      if (pins.size() == 1) {
        FailPoint.reached(FailPoints.CLOSE_AFTER_FIRST_PIN);
      }
    }
    FailPoint.reached(FailPoints.CLOSE_PINNED);
    return change.withPins(pins);
  }

  @Override
  public List<Projection<MonthChange>> projections() {
    return List.of(
        new Projection<>(STATEMENTS, List.of("statement_id"), CloseDecisionKind::statements),
        new Projection<>(CLOSES, List.of("act_number"), CloseDecisionKind::close));
  }

  private static List<Row> statements(Decision<MonthChange> decision) {
    return decision.content().statements().stream()
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
        .toList();
  }

  private static List<Row> close(Decision<MonthChange> decision) {
    MonthChange change = decision.content();
    return List.of(
        RunLog.row(
            decision.number(),
            change.period().toString(),
            (long) change.closeNumber(),
            RunLog.word(change.kind()),
            decision.runId(),
            change.publication(),
            change.pins(),
            change.configurationHash(),
            change.configuration(),
            change.facts(),
            decision.reason(),
            decision.actor(),
            Timestamp.from(decision.at())));
  }

  private static StructField map(String name) {
    return createStructField(name, DataTypes.createMapType(StringType, StringType), true);
  }
}
