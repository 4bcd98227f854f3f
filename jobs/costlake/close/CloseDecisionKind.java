package costlake.close;

import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Money;
import costlake.decide.Decision;
import costlake.decide.DecisionInput;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.LakeLock;
import costlake.decide.OpsTable;
import costlake.decide.Pins;
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
public final class CloseDecisionKind implements DecisionKind<MonthChange> {
  private static final DataType MONEY = DataTypes.createDecimalType(Money.PRECISION, Money.SCALE);

  private static final OpsTable CLOSES =
      OpsTable.of(
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

  private static final OpsTable STATEMENTS =
      OpsTable.of(
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

  @Override
  public String name() {
    return "closes";
  }

  /**
   * Closes are not below {@link DecisionKind#FOLDER}, because earlier versions had no other
   * decisions.
   */
  @Override
  public String folder() {
    return name();
  }

  @Override
  public LakeLock lock() {
    return LakeLock.WRITER;
  }

  @Override
  public TypeReference<Decision<MonthChange>> type() {
    return new TypeReference<>() {};
  }

  @Override
  public String subject(MonthChange change) {
    return change.period().toString();
  }

  @Override
  public boolean isInForce(MonthChange change) {
    return change.kind() == MonthChange.Kind.CLOSED;
  }

  @Override
  public String action(MonthChange change) {
    return "close " + change.period();
  }

  @Override
  public String result(MonthChange change) {
    return change.period() + " is " + OpsTable.word(change.kind());
  }

  @Override
  public Decision<MonthChange> parse(byte[] json, ObjectMapper mapper) throws IOException {
    boolean earlier = !mapper.readTree(json).has("content");
    return earlier ? EarlierClose.parse(json, mapper) : DecisionKind.super.parse(json, mapper);
  }

  /** Freezes the tables of the close. */
  @Override
  public MonthChange carryOut(Decision<MonthChange> decision, Pins pins) {
    MonthChange change = decision.content();
    Map<String, String> pinned = new TreeMap<>();
    new TreeMap<>(change.tables())
        .forEach(
            (table, version) -> {
              String pin = pins.pin(table, version, change.label(), CloseJournal.rows(change));
              pinned.put(table, pin);
              if (pinned.size() == 1) {
                FailPoint.reached(FailPoints.CLOSE_AFTER_FIRST_PIN);
              }
            });
    FailPoint.reached(FailPoints.CLOSE_PINNED);
    return change.withPins(pinned);
  }

  @Override
  public List<DecisionTable<MonthChange>> tables() {
    return List.of(
        new DecisionTable<>(STATEMENTS, List.of("statement_id"), CloseDecisionKind::statements),
        new DecisionTable<>(CLOSES, List.of("act_number"), CloseDecisionKind::close));
  }

  @Override
  public List<DecisionInput<MonthChange>> inputs() {
    return ClosedMonths.INPUTS;
  }

  private static List<Row> statements(Decision<MonthChange> decision) {
    return decision.content().statements().stream()
        .map(
            s ->
                OpsTable.row(
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
        OpsTable.row(
            decision.number(),
            change.period().toString(),
            (long) change.closeNumber(),
            OpsTable.word(change.kind()),
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
