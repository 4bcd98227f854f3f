package costlake.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import costlake.config.Config;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models of a night find the owners of running jobs. */
class LiveHoursTest {
  private static final Window WINDOW = Window.of(Instant.parse("2026-09-30T10:20:00Z"), 2);

  @TempDir Path conf;

  private static Squeue.Job job(
      String id, String account, String user, String model, String start) {
    return new Squeue.Job(
        "hpc",
        id,
        id,
        "gpu[01-02]",
        account,
        model,
        new BigDecimal("16"),
        Instant.parse(start),
        Map.of("account", account, "user", user));
  }

  @Test
  void ownersOfRunningJobsAreThoseOfTheNight() throws IOException {
    Files.writeString(
        conf.resolve("owners.yml"),
        """
        last_resort: {team: platform}
        teams: [{id: platform, name: Platform}, {id: vision, name: Vision}, {id: search, name: Search}]
        rules:
          - {id: ann, kind: override, where: {user: ann}, assign: {team: search, project: ranker}}
          - {id: vision, kind: namespace, where: {namespace: vision}, assign: {team: vision}}
        """);
    List<Squeue.Job> jobs =
        List.of(
            job("7", "vision", "bob", "a100", "2026-09-30T01:00:00Z"),
            job("8", "vision", "ann", "h100", "2026-09-30T09:45:00Z"),
            job("9", "other", "eve", "unheard_of", "2026-09-30T10:10:00Z"));

    List<Held> hours =
        LiveHours.of(
            SparkHarness.spark().newSession(),
            Config.load(conf, null, Map.of()),
            List.of(),
            jobs,
            WINDOW);

    assertThat(hours)
        .extracting(
            held -> held.hour().toString().substring(11, 13),
            Held::workload,
            Held::team,
            Held::project,
            Held::model,
            held -> held.acceleratorS().intValueExact(),
            Held::activeS)
        .containsExactlyInAnyOrder(
            tuple("08", "7", "vision", null, "A100 40GB", 57600, null),
            tuple("09", "7", "vision", null, "A100 40GB", 57600, null),
            tuple("10", "7", "vision", null, "A100 40GB", 19200, null),
            tuple("09", "8", "search", "ranker", "H100 80GB", 14400, null),
            tuple("10", "8", "search", "ranker", "H100 80GB", 19200, null),
            tuple("10", "9", "platform", null, null, 9600, null));
    assertThat(hours)
        .allSatisfy(
            held -> {
              assertThat(held.scheduler()).isEqualTo("slurm");
              assertThat(held.accelerators()).isEqualByComparingTo("16");
            });
  }
}
