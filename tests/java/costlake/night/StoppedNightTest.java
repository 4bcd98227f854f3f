package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.cli.Main;
import costlake.config.LakeConfig;
import costlake.model.Layer;
import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A signal stops a night in the middle: it says what stands, and the next night does the rest. The
 * signal is that of Ctrl-C, or SIGTERM where programs ignore Ctrl-C: in the background of a shell
 * without job control.
 */
@Tag("night")
class StoppedNightTest {
  private static final long MAX_S = 300;

  @TempDir Path folder;

  @Test
  void saysWhatStandsAndTheNextNightEndsLikeAnUndisturbedOne() throws Exception {
    TinyCompany stopped = company("stopped");
    Path said = folder.resolve("said");
    Process night =
        JavaProcess.of(Main.class, "1g")
            .arguments("night", "--until", "allocation", "--conf", stopped.conf().toString())
            .arguments("--set", "lake.format=iceberg")
            .arguments("--set", "lake.root=" + stopped.config().lake().root())
            .start(said);
    while (night.isAlive() && !isStaging(stopped)) {
      Thread.sleep(20);
    }
    assertThat(night.isAlive()).as(Files.readString(said)).isTrue();
    boolean asTerm = ignoresInterrupts();
    send(asTerm ? "TERM" : "INT", night);

    assertThat(night.waitFor(MAX_S, TimeUnit.SECONDS)).isTrue();
    assertThat(night.exitValue()).isEqualTo(asTerm ? 143 : 130);
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
    TinyCompany company =
        new TinyCompany(folder.resolve(name), LakeConfig.Format.ICEBERG).until(Layer.ALLOCATION);
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

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
  }

  /** Whether this process ignores SIGINT, so that its children do too. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
