package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import costlake.cli.Main;
import costlake.config.LakeConfig;
import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C stops a night in the middle: it says what stands, and the next night does the rest. */
@Tag("night")
class StoppedNightTest {
  private static final long MAX_S = 300;

  @TempDir Path folder;

  @Test
  void saysWhatStandsAndTheNextNightEndsLikeAnUndisturbedOne() throws Exception {
    assumeThat(ignored()).as("signals that this process ignores").doesNotContain("SIGINT");
    TinyCompany stopped = company("stopped");
    Path said = folder.resolve("said");
    Process night =
        JavaProcess.of(Main.class, "1g")
            .arguments("night", "--conf", stopped.conf().toString())
            .arguments("--set", "lake.format=iceberg")
            .arguments("--set", "lake.root=" + stopped.config().lake().root())
            .start(said);
    while (night.isAlive() && !isStaging(stopped)) {
      Thread.sleep(20);
    }
    assertThat(night.isAlive()).as(Files.readString(said)).isTrue();
    interrupt(night);

    assertThat(night.waitFor(MAX_S, TimeUnit.SECONDS)).isTrue();
    assertThat(night.exitValue()).isEqualTo(130);
    assertThat(Files.readString(said))
        .isEqualTo(
            "costlake: Stopped before the end. What was published before stays in force, and no"
                + " table was published without the others. Run the same command again to"
                + " continue.\n");
    assertThat(stopped.lake().publication()).isEmpty();

    stopped.night();
    TinyCompany undisturbed = company("undisturbed");
    undisturbed.night();
    assertThat(stopped.content()).isNotEmpty().isEqualTo(undisturbed.content());
  }

  private TinyCompany company(String name) {
    TinyCompany company = new TinyCompany(folder.resolve(name), LakeConfig.Format.ICEBERG);
    company.deliver("20");
    return company;
  }

  /** Whether the night writes tables that are not published yet. */
  private static boolean isStaging(TinyCompany company) throws IOException {
    Path stage = company.file("lake/stage");
    if (!Files.exists(stage)) {
      return false;
    }
    try (Stream<Path> tables = Files.walk(stage, 2)) {
      return tables.anyMatch(table -> stage.relativize(table).getNameCount() == 2);
    }
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
  }

  /**
   * A program in the background of a shell without job control ignores SIGINT, and so do its own.
   */
  private static List<String> ignored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return List.of();
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .filter(mask -> (mask & 2) != 0)
        .map(mask -> "SIGINT")
        .toList();
  }
}
