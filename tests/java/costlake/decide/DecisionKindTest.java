package costlake.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.lake.DecisionStage;
import costlake.lake.Decisions;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a lake keeps decisions of a kind which it does not know: budgets of teams. */
class DecisionKindTest {
  private static final Instant AT = Instant.parse("2026-10-05T08:00:00.123456Z");
  private static final String BUDGETS = "ops.current_budgets";

  /** A budget of a team; no amount means that the team has none any more. */
  record Budget(String team, Long amount) {}

  /** Decisions about budgets. Writing the second table fails if {@code stops} is true. */
  private static final class Budgets implements DecisionKind<Budget> {
    private static final OpsTable DECISIONS =
        OpsTable.of(
            "budgets",
            OpsTable.whole("decision_number"),
            OpsTable.text("team_id"),
            OpsTable.whole("amount"),
            OpsTable.text("actor"),
            OpsTable.text("reason"));
    private static final OpsTable TEAMS = OpsTable.of("budget_teams", OpsTable.text("team_id"));

    private boolean stops;

    @Override
    public String name() {
      return "budgets";
    }

    @Override
    public TypeReference<Decision<Budget>> type() {
      return new TypeReference<>() {};
    }

    @Override
    public String subject(Budget budget) {
      return budget.team();
    }

    @Override
    public boolean isInForce(Budget budget) {
      return budget.amount() != null;
    }

    @Override
    public List<DecisionTable<Budget>> tables() {
      return List.of(
          new DecisionTable<>(DECISIONS, List.of("decision_number", "team_id"), Budgets::budget),
          new DecisionTable<>(TEAMS, List.of("team_id"), this::team));
    }

    @Override
    public List<DecisionInput<Budget>> inputs() {
      return List.of(new DecisionInput<>(BUDGETS, Budgets::current));
    }

    private static List<Row> budget(Decision<Budget> decision) {
      return List.of(
          OpsTable.row(
              decision.number(),
              decision.content().team(),
              decision.content().amount(),
              decision.actor(),
              decision.reason()));
    }

    private List<Row> team(Decision<Budget> decision) {
      if (stops) {
        throw new IllegalStateException("stopped");
      }
      return List.of(OpsTable.row(decision.content().team()));
    }

    private static Dataset<Row> current(
        SparkSession spark, Collection<Decision<Budget>> inForce, Pins pins, StructType columns) {
      List<Row> rows =
          inForce.stream()
              .map(Decision::content)
              .map(budget -> OpsTable.row(budget.team(), budget.amount()))
              .toList();
      return spark.createDataFrame(rows, columns);
    }
  }

  @TempDir Path root;
  @TempDir Path backup;
  private final Budgets kind = new Budgets();
  private SparkSession session;
  private Lake lake;

  @BeforeEach
  void open() {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.DELTA, root);
    session = SparkHarness.session(config);
    lake = Lake.open(config, session, List.of(kind));
  }

  private Decision<Budget> decide(String team, Long amount, String reason) {
    try (DecisionStage<Budget> stage = lake.begin(kind, "budgets set")) {
      return stage.decide(AT, "ann", reason, new Budget(team, amount));
    }
  }

  private Decisions<Budget> decisions() {
    return lake.decided().of(kind);
  }

  private List<String> rows(String table) {
    lake.registerViews(table::equals);
    return sorted(session.table(table));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString(" ")).sorted().toList();
  }

  private List<String> current() {
    StructType columns = StructType.fromDDL("team_id string, amount bigint");
    return sorted(lake.decided().inputs(session, input -> columns).get(BUDGETS));
  }

  private void cutOff() {
    kind.stops = true;
    assertThatThrownBy(() -> decide("search", 100L, null)).hasMessage("stopped");
    kind.stops = false;
    assertThat(decisions().all()).isEmpty();
  }

  @Test
  void decisionsAreNumberedAndWrittenToTheirTables() {
    Decision<Budget> first = decide("search", 100L, "plan of 2027");
    Decision<Budget> second = decide("search", 120L, null);
    assertThat(decisions().all()).containsExactly(first, second);
    assertThat(first)
        .isEqualTo(
            new Decision<>(
                1,
                Decision.State.CARRIED_OUT,
                "budgets set",
                AT,
                "ann",
                "plan of 2027",
                new Budget("search", 100L)));
    assertThat(root.resolve("decisions/budgets/000000002.json")).isRegularFile();
    assertThat(rows("ops.budgets"))
        .containsExactly("1 search 100 ann plan of 2027", "2 search 120 ann null");
    assertThat(rows("ops.budget_teams")).as("one row for each key").containsExactly("search");
  }

  @Test
  void aDecisionThatWasCutOffIsCarriedOutOnceByTheNextDecision() {
    cutOff();
    assertThat(rows("ops.budgets")).hasSize(1);
    assertThat(decide("vision", 50L, null).number()).isEqualTo(2);
    assertThat(decisions().all()).extracting(Decision::number).containsExactly(1L, 2L);
    assertThat(rows("ops.budgets"))
        .containsExactly("1 search 100 ann null", "2 vision 50 ann null");
    assertThat(rows("ops.budget_teams")).containsExactly("search", "vision");
  }

  @Test
  void aNightCarriesOutADecisionThatWasCutOffBecauseModelsReadIt() {
    cutOff();
    lake.begin("night-1").close();
    lake.begin("night-2").close();
    assertThat(current()).containsExactly("search 100");
    assertThat(rows("ops.budgets")).containsExactly("1 search 100 ann null");
    assertThat(rows("ops.budget_teams")).containsExactly("search");
  }

  @Test
  void aNightLeavesADecisionToTheProcessThatStillMakesIt() {
    cutOff();
    try (DecisionStage<Budget> another = lake.begin(kind, "budgets set")) {
      Path file = root.resolve("decisions/budgets/000000001.json");
      rewrite(file, "RECORDED", "RECORDING");
      lake.begin("night-1").close();
      assertThat(decisions().all()).isEmpty();
      another.decide(AT, "ann", null, new Budget("vision", 50L));
    }
    assertThat(current()).containsExactly("search 100", "vision 50");
  }

  @Test
  void peopleDecideDuringANightButNotDuringABackup() {
    Dataset<Row> charges = session.range(1).toDF();
    try (NightStage night = lake.begin("night-1")) {
      decide("search", 100L, null);
      night.stageAll(spec("focus.charges", charges), charges);
      night.publish(List.of(), Map.of());
    }
    try (DecisionStage<Budget> another = lake.begin(kind, "budgets set")) {
      assertThatThrownBy(() -> lake.backup(backup))
          .hasMessageContaining("another decision about budgets is running");
      another.decide(AT, "ann", null, new Budget("search", 120L));
    }
    assertThat(lake.backup(backup).files()).isPositive();
    assertThat(backup.resolve("lake/decisions/budgets/000000002.json")).isRegularFile();
  }

  @Test
  void aFileOfAnotherShapeIsRefused() {
    decide("search", 100L, null);
    rewrite(root.resolve("decisions/budgets/000000001.json"), "\"amount\"", "\"cents\"");
    assertThatThrownBy(decisions()::all)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("000000001.json: Unrecognized field \"cents\"");
  }

  @Test
  void modelsReadTheDecisionsInForceAndTheDigestChangesWithThem() {
    decide("search", 100L, null);
    decide("vision", 50L, null);
    String before = lake.decided().digests().get(BUDGETS);
    assertThat(lake.decided().digests()).containsOnlyKeys(BUDGETS);
    assertThat(current()).containsExactly("search 100", "vision 50");
    decide("search", 120L, null);
    decide("vision", null, "the team is gone");
    assertThat(current()).containsExactly("search 120");
    assertThat(lake.decided().digests().get(BUDGETS)).isNotEqualTo(before);
  }

  private static TableSpec spec(String name, Dataset<Row> rows) {
    return new TableSpec(
        TableName.parse(name), rows.schema(), Partitioning.whole(), Map.of(), Set.of());
  }

  private static void rewrite(Path file, String from, String to) {
    try {
      String text = Files.readString(file);
      assertThat(text).contains(from);
      Files.writeString(file, text.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
