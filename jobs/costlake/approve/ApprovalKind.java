package costlake.approve;

import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.core.Money;
import costlake.decide.Decision;
import costlake.decide.DecisionInput;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.OpsTable;
import costlake.decide.Pins;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Requests for approvals and what people did about them: the table {@code ops.approvals} with a row
 * for each act, and the relation {@code ops.approval_requests} with the last act about each
 * request, which models read.
 */
public final class ApprovalKind implements DecisionKind<ApprovalAct> {
  private static final int HOURS_SCALE = 9;

  private static final OpsTable ACTS =
      OpsTable.of(
          "approvals",
          whole("act_number"),
          text("request_id"),
          text("act"),
          text("run_id"),
          text("team_id"),
          text("project_id"),
          text("accelerator_model"),
          createStructField("accelerators", IntegerType, true),
          decimal("hours", HOURS_SCALE),
          text("billing_currency"),
          decimal("hourly_rate", Money.SCALE),
          text("rate_basis"),
          createStructField("priced_until", DateType, true),
          decimal("projected_cost", Money.SCALE),
          decimal("likely_low", Money.SCALE),
          decimal("likely_high", Money.SCALE),
          createStructField("past_runs", IntegerType, true),
          time("expires_at"),
          text("reason"),
          text("actor"),
          time("acted_at"));

  private static StructField decimal(String name, int scale) {
    DataType type = createDecimalType(Money.PRECISION, scale);
    return createStructField(name, type, true);
  }

  @Override
  public String name() {
    return "approvals";
  }

  @Override
  public TypeReference<Decision<ApprovalAct>> type() {
    return new TypeReference<>() {};
  }

  @Override
  public String subject(ApprovalAct act) {
    return act.request().id();
  }

  @Override
  public String action(ApprovalAct act) {
    return "record that request " + subject(act) + " is " + OpsTable.word(act.kind());
  }

  @Override
  public String result(ApprovalAct act) {
    return "request " + subject(act) + " is " + OpsTable.word(act.kind());
  }

  @Override
  public List<DecisionTable<ApprovalAct>> tables() {
    return List.of(new DecisionTable<>(ACTS, List.of("act_number"), ApprovalKind::acts));
  }

  @Override
  public List<DecisionInput<ApprovalAct>> inputs() {
    return List.of(new DecisionInput<>("ops.approval_requests", ApprovalKind::requests));
  }

  private static List<Row> acts(Decision<ApprovalAct> decision) {
    Stream<@Nullable Object> tail =
        Stream.of(
            moment(decision.content().expiresAt()),
            decision.reason(),
            decision.actor(),
            moment(decision.at()));
    Stream<@Nullable Object> all =
        Stream.of(Stream.of(decision.number()), facts(decision.content()), tail)
            .flatMap(values -> values);
    return List.of(OpsTable.row(all.toArray()));
  }

  private static Stream<@Nullable Object> facts(ApprovalAct act) {
    ApprovalRequest request = act.request();
    Price price = request.price();
    return Stream.of(
        request.id(),
        OpsTable.word(act.kind()),
        request.runId(),
        request.teamId(),
        request.projectId(),
        price.acceleratorModel(),
        request.accelerators(),
        request.hours().setScale(HOURS_SCALE),
        price.currency(),
        money(price.hourlyRate()),
        price.basis(),
        day(price.until()),
        money(request.projectedCost()),
        money(request.likely().low()),
        money(request.likely().high()),
        request.likely().pastRuns());
  }

  private static Dataset<Row> requests(
      SparkSession spark, Collection<Decision<ApprovalAct>> last, Pins pins, StructType columns) {
    return spark
        .createDataFrame(last.stream().map(ApprovalKind::request).toList(), columns)
        .coalesce(1);
  }

  private static Row request(Decision<ApprovalAct> last) {
    ApprovalRequest request = last.content().request();
    boolean isRequest = last.content().kind() == ApprovalAct.Kind.REQUESTED;
    Stream<@Nullable Object> people =
        Stream.of(
            request.requester(),
            moment(request.requestedAt()),
            request.why(),
            isRequest ? null : last.actor(),
            isRequest ? null : moment(last.at()),
            isRequest ? null : last.reason(),
            moment(last.content().expiresAt()));
    return OpsTable.row(Stream.concat(facts(last.content()), people).toArray());
  }

  private static Timestamp moment(Instant at) {
    return Timestamp.from(at);
  }

  private static @Nullable Date day(@Nullable LocalDate day) {
    return day == null ? null : Date.valueOf(day);
  }

  private static @Nullable BigDecimal money(@Nullable BigDecimal amount) {
    return amount == null ? null : amount.setScale(Money.SCALE);
  }
}
