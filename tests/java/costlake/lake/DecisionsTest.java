package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests decisions with a kind of decision that exists only in this test. */
class DecisionsTest {
  private static final Instant AT = Instant.parse("2026-10-05T08:00:00.123456Z");

  record Budget(String team, long amount) {}

  /** Decisions about budgets. Writing the second table fails if {@code stops} is true. */
  private static final class Budgets implements DecisionKind<Budget> {
    static final TableSpec BUDGETS =
        RunLog.table(
            "budgets",
            RunLog.whole("decision_number"),
            RunLog.text("team_id"),
            RunLog.whole("amount"),
            RunLog.text("actor"),
            RunLog.text("reason"));
    static final TableSpec TEAMS = RunLog.table("budget_teams", RunLog.text("team_id"));

    private boolean stops;

    @Override
    public String folder() {
      return Decisions.FOLDER + "/budgets";
    }

    @Override
    public Class<Budget> content() {
      return Budget.class;
    }

    @Override
    public List<Projection<Budget>> projections() {
      return List.of(
          new Projection<>(BUDGETS, List.of("decision_number", "team_id"), Budgets::budget),
          new Projection<>(TEAMS, List.of("team_id"), this::team));
    }

    private static List<Row> budget(Decision<Budget> decision) {
      return List.of(
          RunLog.row(
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
      return List.of(RunLog.row(decision.content().team()));
    }
  }

  @TempDir Path root;
  private final Budgets kind = new Budgets();
  private RunLog ops;
  private Decisions<Budget> decisions;

  @BeforeEach
  void open() {
    SparkSession spark = SparkHarness.session(SparkHarness.lake(LakeConfig.Format.DELTA, root));
    Journal journal = new Journal(root.toString(), new Configuration());
    ops = new RunLog(spark, new DeltaFormat(spark, root.toString()), journal);
    decisions = new Decisions<>(root.toString(), kind, ops, new Configuration());
  }

  private Decision<Budget> decide(String team, long amount, String reason) {
    return decisions.decide("run", AT, "ann", reason, new Budget(team, amount));
  }

  private List<String> rows(TableSpec table) {
    return ops.rows(table).orElseThrow().collectAsList().stream()
        .map(row -> row.mkString(" "))
        .sorted()
        .toList();
  }

  @Test
  void decisionsAreNumberedAndWrittenToTheirTables() {
    Decision<Budget> first = decide("search", 100, "plan of 2027");
    Decision<Budget> second = decide("search", 120, null);
    assertThat(decisions.all()).containsExactly(first, second);
    assertThat(first)
        .isEqualTo(
            new Decision<>(
                1,
                Decision.State.CARRIED_OUT,
                "run",
                AT,
                "ann",
                "plan of 2027",
                new Budget("search", 100)));
    assertThat(root.resolve("decisions/budgets/000000002.json")).isRegularFile();
    assertThat(rows(Budgets.BUDGETS))
        .containsExactly("1 search 100 ann plan of 2027", "2 search 120 ann null");
    assertThat(rows(Budgets.TEAMS)).as("one row for each key").containsExactly("search");
  }

  @Test
  void aDecisionThatWasCutOffIsCarriedOutOnce() {
    kind.stops = true;
    assertThatThrownBy(() -> decide("search", 100, null)).hasMessage("stopped");
    assertThat(decisions.all()).isEmpty();
    assertThat(rows(Budgets.BUDGETS)).hasSize(1);
    kind.stops = false;
    decisions.resume();
    decisions.resume();
    assertThat(decisions.all()).extracting(Decision::number).containsExactly(1L);
    assertThat(rows(Budgets.BUDGETS)).containsExactly("1 search 100 ann null");
    assertThat(rows(Budgets.TEAMS)).containsExactly("search");
    assertThat(decide("vision", 50, null).number()).isEqualTo(2);
  }

  @Test
  void aFileOfAnotherShapeIsRefused() throws IOException {
    Path file = root.resolve("decisions/budgets/000000001.json");
    decide("search", 100, null);
    String unknown = Files.readString(file).replace("\"amount\"", "\"cents\"");
    Files.writeString(file, unknown);
    assertThatThrownBy(decisions::all)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("000000001.json: Unrecognized field \"cents\"");
  }

  @Test
  void theLastDecisionAboutASubjectCountsAndChangesTheDigest() {
    decide("search", 100, null);
    decide("vision", 50, null);
    String before = Decisions.digest(decisions.last(Budget::team));
    assertThat(Decisions.digest(decisions.last(Budget::team))).isEqualTo(before);
    Decision<Budget> last = decide("search", 120, null);
    assertThat(decisions.last(Budget::team)).containsOnlyKeys("search", "vision");
    assertThat(decisions.last(Budget::team).get("search")).isEqualTo(last);
    assertThat(Decisions.digest(decisions.last(Budget::team))).isNotEqualTo(before);
  }
}
