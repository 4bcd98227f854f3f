package costlake.approve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.approve.ApprovalAct.Kind;
import costlake.approve.RunRequest.Purpose;
import costlake.core.Failure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that launchers read, and the example of a hook that reads it. */
class DecisionFileTest {
  @SuppressWarnings("TimeInStaticInitializer") // only compared with itself
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private static final Duration VALID = Duration.ofDays(14);
  private static final int ENTRY_BYTES_MAX = 1000;

  @TempDir Path folder;
  private SampleEstimates sample;

  @BeforeEach
  void open() {
    sample = SampleEstimates.below(folder, Map.of("approvals.decision_file", "../out/runs.json"));
  }

  private Path file() {
    return folder.resolve("out/runs.json");
  }

  private Approvals at(Instant now) {
    return new Approvals(sample.config(), sample.lake(), sample.estimates(), now);
  }

  private Approval ask(String run) {
    RunRequest wish = RunRequest.of("64xA100", new BigDecimal(96));
    Approvals approvals = at(NOW);
    return approvals.request(
        approvals.estimate(wish), new Purpose(run, "search", null, null), "ann");
  }

  private void approve(String run) {
    at(NOW).decide(ask(run).id(), Kind.APPROVED, "go", "bob");
  }

  private JsonNode published(Instant now) throws IOException {
    at(now).publish();
    return new ObjectMapper().readTree(file().toFile());
  }

  private static List<String> names(JsonNode node) {
    return Stream.of(node).flatMap(n -> n.propertyStream()).map(Map.Entry::getKey).toList();
  }

  @Test
  void aRunHasTheStateTheCapAndTheUseOfItsLastRequest() throws IOException {
    approve("new");
    approve("runs");
    ask("open");
    ask("gone");
    at(NOW).withdraw("4", "smaller", "ann");
    sample.runs("('runs', '%s', null, 'USD', 120.505)".formatted(NOW.plusSeconds(60)));
    JsonNode file = published(NOW);
    assertThat(file.get("shape").intValue()).isEqualTo(1);
    assertThat(file.get("written_at").textValue()).isEqualTo(NOW.toString());
    assertThat(file.get("currency").textValue()).isEqualTo("USD");
    assertThat(file.get("cost_min").decimalValue()).isEqualByComparingTo("10000");
    assertThat(file.get("accelerators").toString())
        .isEqualTo(
            """
            {"A100":{"model":"A100 40GB","hourly_rate":2.5},"B200":{"model":"B200","hourly_rate":14.2416}}""");
    assertThat(names(file.get("runs"))).containsExactly("new", "open", "runs");
    assertThat(file.get("runs").get("new"))
        .hasToString(
            """
            {"request":"1","state":"approved","accelerator_model":"A100 40GB","accelerator_hours":6144,"cap":15360.0,"used":null,"expires":"%s"}"""
                .formatted(NOW.plus(VALID)));
    JsonNode runs = file.get("runs").get("runs");
    assertThat(runs.get("used").decimalValue()).isEqualByComparingTo("120.51");
    assertThat(runs.get("expires").isNull()).as("it started in time").isTrue();
    assertThat(file.get("runs").get("open").get("state").textValue()).isEqualTo("requested");
    assertThat(file.get("runs"))
        .allSatisfy(run -> assertThat(run.toString().length()).isLessThan(ENTRY_BYTES_MAX));
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files).as("no temporary file is left").containsExactly(file());
    }
  }

  @Test
  void whatExpiredOrEndedLongAgoIsLeftOut() throws IOException {
    approve("new");
    approve("ended");
    approve("runs");
    Instant end = NOW.plus(VALID);
    String rows =
        "('ended', '%1$s', '%1$s', 'USD', 100), ('runs', '%1$s', null, 'USD', 100)".formatted(NOW);
    sample.runs(rows);
    assertThat(names(published(end).get("runs"))).containsExactly("ended", "runs");
    Instant later = end.plus(Duration.ofDays(90));
    assertThat(names(published(later.minusSeconds(1)).get("runs"))).hasSize(2);
    assertThat(names(published(later).get("runs"))).containsExactly("runs");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndTheActStands() throws IOException {
    ask("new");
    Files.writeString(folder.resolve("out"), "a file where the folder should be");
    assertThatThrownBy(() -> at(NOW).publish())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot write the decision file " + file())
        .hasMessageContaining("Correct approvals.decision_file");
    assertThat(at(NOW).all()).hasSize(1);
  }

  /** The threshold of 10000 is 40 A100 for 100 hours at 2.5. */
  @Test
  void theExampleHookLetsStartWhatIsApprovedOrNeedsNoApproval() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":")).anyMatch(f -> Files.exists(Path.of(f, "jq"))),
        "skipped without jq, which the hook runs");
    approve("new");
    approve("runs");
    approve("spent");
    ask("open");
    sample.runs(
        "('runs', '%1$s', null, 'USD', 15359.99), ('spent', '%1$s', null, 'USD', 15360)"
            .formatted(NOW));
    at(NOW).publish();
    assertThat(hook("other", "A100", "40", "99.9")).isZero();
    assertThat(hook("other", "A100", "40", "100")).isEqualTo(2);
    assertThat(hook("other", "nothing", "1", "1")).isEqualTo(2);
    assertThat(hook("open", "A100", "1", "1")).isEqualTo(2);
    assertThat(hook("new", "A100", "64", "96")).isZero();
    assertThat(hook("new", "A100", "64", "96.1")).isEqualTo(2);
    assertThat(hook("new", "B200", "1", "1")).isEqualTo(2);
    assertThat(hook("runs", "A100", "64", "96")).isZero();
    assertThat(hook("spent", "A100", "64", "96")).isEqualTo(2);
    String expired = Files.readString(file()).replace(NOW.plus(VALID).toString(), NOW.toString());
    Files.writeString(file(), expired);
    assertThat(hook("new", "A100", "64", "96")).isEqualTo(2);
    Files.writeString(file(), "{");
    assertThat(hook("other", "A100", "1", "1")).as("a file that is none").isEqualTo(2);
  }

  private int hook(String run, String accelerator, String number, String hours) throws Exception {
    return new ProcessBuilder(
            "docs/examples/approval-hook.sh", file().toString(), run, accelerator, number, hours)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
