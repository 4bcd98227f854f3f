package costlake.land;

import static costlake.land.Deliveries.HEADER;
import static costlake.land.Deliveries.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import costlake.config.Config;
import costlake.core.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the next night refuses, the doctor names, and leaves the lake as it is. */
class RehearsalTest {
  private static final String SACCT = "JobID|JobIDRaw|Cluster|Start|End|State|AllocTRES|NodeList\n";

  @TempDir Path folder;

  private Deliveries deliveries() {
    return new Deliveries(folder);
  }

  private static Stream<Arguments> logsThatAreNotTaken() {
    String job = "1|1|tiny|2026-09-14T10:00:00|2026-09-14T11:00:00|COMPLETED|cpu=1|n1";
    return Stream.of(
        arguments("fixed-width", "JobID JobName State\n----- ------- -----\n1 train COMPLETED\n"),
        arguments("neither-header-nor-26-fields", job + "\n"),
        arguments("times-of-another-form", SACCT + job.replace("2026-09-14T", "14.09.2026 ")),
        arguments("without-nodes", SACCT.replace("|NodeList", "") + job.replace("|n1", "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logsThatAreNotTaken")
  void namesEachLogOfJobsThatTheNightDoesNotTake(String name, String text) throws IOException {
    deliveries().write("2026-09/" + name + ".psv", text);
    namesWhatTheNightRefuses(name + ".psv", deliveries().config("slurm"));
  }

  @Test
  void namesALogThatIsCut() throws IOException {
    Path log = deliveries().write("2026-09/cut.psv.gz", SACCT.repeat(40));
    Files.write(log, Arrays.copyOf(Files.readAllBytes(log), 30));
    namesWhatTheNightRefuses("cut.psv.gz", deliveries().config("slurm"));
  }

  @Test
  void namesAnAnswerOfPrometheusThatIsNone() throws IOException {
    deliveries().write("2026-09-14/pod-labels.json", "<html>503</html>");
    Config config =
        deliveries()
            .config("prometheus", deliveries().exports().toString(), ", cluster: gpu, step_s: 60");
    LandResult night = deliveries().land(config, List.of());
    assertThat(night.refused()).isNotEmpty();
    assertThat(Deliveries.check(config).problems())
        .containsExactly(night.refused().get(0).message());
  }

  @Test
  void namesADeliveryThatLostRowsAndReadsWhatIsPinnedNoSecondTime() throws IOException {
    deliveries()
        .write(
            "2026-09/bill.csv", HEADER + line(1, "1", "a") + line(2, "2", "a") + line(3, "3", "a"));
    Config config = deliveries().config("aws-cur");
    List<Delivery> known = deliveries().land(config, List.of()).current();
    List<Path> pinned = deliveries().pinned();
    assertThat(Deliveries.check(config, known).summary()).isEqualTo("1 file of aws-cur");
    assertThat(Deliveries.check(config, known).landed()).isEqualTo(known);

    deliveries().write("2026-09/bill.csv", HEADER + line(1, "1", "a"));
    assertThat(Deliveries.check(config, known).problems())
        .singleElement()
        .asString()
        .contains("it has 1 rows where delivery", "had 3");
    assertThat(deliveries().pinned()).isEqualTo(pinned);
  }

  /** The only difference may be that the doctor names the file by its address. */
  private void namesWhatTheNightRefuses(String file, Config config) throws IOException {
    SourceCheck check = Deliveries.check(config);
    assertThat(deliveries().pinned()).isEmpty();
    LandResult night = deliveries().land(config, List.of());
    assertThat(night.landed()).isEmpty();
    assertThat(check.problems()).singleElement().asString().contains(file);
    assertThat(night.notices().get(0).message()).contains(check.problems().get(0));
  }
}
